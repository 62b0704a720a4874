package io.flowyml.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

  @ParameterizedTest
  @CsvSource({
    "2, invalid_argument query_syntax limit_exceeded, 400 413",
    "3, not_found deleted no_catalog, 404 410",
    "4, version_exists id_exists alias_moved in_use unknown_parent cycle duplicate_content, 409"
        + " 412",
    "5, storage corrupt schema_too_new read_only, 500 507",
    "6, unreachable timeout overloaded rate_limited, 429 503",
    "7, unauthenticated forbidden, 401 403"
  })
  void exitCodeOfAClass_hasTheseCodesAndStatuses(int exitCode, String codes, String statuses) {
    var ofClass = Arrays.stream(ErrorCode.values()).filter(e -> e.exitCode() == exitCode).toList();
    assertThat(ofClass).extracting(ErrorCode::code).containsExactlyInAnyOrder(codes.split(" "));
    assertThat(ofClass)
        .extracting(e -> String.valueOf(e.httpStatus()))
        .isSubsetOf(statuses.split(" "));
  }

  @Test
  void codes_areUniqueAndExitCodesAreTheSixClasses() {
    var codes = new TreeSet<String>();
    var exitCodes = new TreeMap<Integer, Integer>();
    for (var code : ErrorCode.values()) {
      codes.add(code.code());
      exitCodes.merge(code.exitCode(), 1, Integer::sum);
    }
    assertThat(codes).hasSameSizeAs(ErrorCode.values());
    assertThat(exitCodes.keySet()).containsExactly(2, 3, 4, 5, 6, 7);
  }

  @ParameterizedTest
  @EnumSource
  void code_isTheConstantInLowerCase(ErrorCode code) {
    assertThat(code.code()).isEqualTo(code.name().toLowerCase(Locale.ROOT)).matches("[a-z_]+");
  }

  @Test
  void code_doesNotDependOnTheLocale() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(ErrorCode.INVALID_ARGUMENT.code()).isEqualTo("invalid_argument");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void exception_carriesCodeFactsAndCause() {
    var cause = new IllegalStateException("cause");
    var error =
        new CatalogException(ErrorCode.NOT_FOUND, "message", Map.of("name", "resnet"), cause);
    assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(error.facts()).containsEntry("name", "resnet");
    assertThat(error).hasMessage("message").hasCause(cause);
  }

  @Test
  void exception_cutsAMessageThatIsTooLong() {
    assertThat(new CatalogException(ErrorCode.STORAGE, "x".repeat(4000)).getMessage())
        .hasSize(4000);
    assertThat(new CatalogException(ErrorCode.STORAGE, "x".repeat(4001)).getMessage())
        .hasSizeLessThan(4020)
        .endsWith("(cut)");
  }
}
