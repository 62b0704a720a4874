package io.flowyml.catalog;

import static io.flowyml.catalog.Registration.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.Artifact.HashOrigin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
  /** One character, two UTF-16 units, four bytes. */
  private static final String EMOJI = "\uD83D\uDE00";

  private static final Registration MODEL = artifact("fraud_detector", "Model");

  static CatalogException refused(ErrorCode code, ThrowingCallable call) {
    var error = catchThrowableOfType(CatalogException.class, call);
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    return error;
  }

  private static CatalogException invalid(Registration registration) {
    return refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.registration(registration));
  }

  private static CatalogException tooLarge(Registration registration) {
    return refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.registration(registration));
  }

  @Test
  void registration_withEverything_passesUnchanged() {
    var full =
        MODEL
            .id("model-1.2_b")
            .version("2026.11")
            .content(new Content.Digest("0".repeat(64), 12L, HashOrigin.COMPUTED))
            .uri("s3://bucket/model.bin")
            .step("train")
            .run("run 1")
            .pipeline("fraud: nightly")
            .parent("raw@latest")
            .parent("features:3")
            .tag("stage", "staging")
            .metadata("description", "a model")
            .alias("candidate")
            .onDuplicate(OnDuplicate.REUSE);
    assertThat(Rules.registration(full)).isEqualTo(full);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-Z_0.9", ".", "-x"})
  void id_ofAllowedCharacters_passes(String id) {
    assertThat(Rules.registration(MODEL.id(id)).id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a@b", "a:b", "é", "a\n", "search", "by-hash"})
  void id_ofAnotherForm_isRefused(String id) {
    assertThat(invalid(MODEL.id(id)).facts()).containsEntry("field", "id");
  }

  @Test
  void id_mayHave128Characters() {
    assertThat(Rules.registration(MODEL.id("x".repeat(128))).id()).hasSize(128);
    invalid(MODEL.id("x".repeat(129)));
  }

  @Test
  void name_mayHave512Characters() {
    for (int length : new int[] {1, 511, 512}) {
      assertThat(Rules.name("n".repeat(length))).hasSize(length);
    }
    var error = tooLarge(artifact("n".repeat(513), "Model"));
    assertThat(error)
        .hasMessageStartingWith("name has 513 characters, more than the limit of 512; shorten");
    assertThat(error.facts()).containsEntry("actual", 513L).containsEntry("limit", 512L);
  }

  @Test
  void name_isCountedInCodePoints() {
    assertThat(Rules.name(EMOJI.repeat(512))).hasSize(1024);
    tooLarge(artifact(EMOJI.repeat(513), "Model"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a@b", "a:b", "@", ":", "a\tb", "a\u007Fb", "a\u0085b", "a\u0000", "", "\uD800"})
  void name_thatReferencesCannotHold_isRefused(String name) {
    invalid(artifact(name, "Model"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "données/été", "a b", "-x", "#1", "latest", "a\\b"})
  void name_ofAnyOtherText_passes(String name) {
    assertThat(Rules.name(name)).isEqualTo(name);
  }

  @Test
  void name_missing_isRefusedByItsName() {
    assertThat(invalid(artifact(null, "Model"))).hasMessage("name is missing; give one");
  }

  @Test
  void type_mayHave128Characters() {
    Rules.registration(artifact("n", "t".repeat(127)));
    Rules.registration(artifact("n", "t".repeat(128)));
    tooLarge(artifact("n", "t".repeat(129)));
    invalid(artifact("n", ""));
    invalid(artifact("n", "a\nb"));
  }

  @Test
  void version_isFreeTextOf128Characters() {
    for (var version :
        List.of("1", "007", "v1.0", "latest", "a:b@c", "v".repeat(127), "v".repeat(128))) {
      assertThat(Rules.registration(MODEL.version(version)).version()).isEqualTo(version);
    }
    tooLarge(MODEL.version("v".repeat(129)));
    invalid(MODEL.version("1\n"));
  }

  @Test
  void emptyText_isNoAbsentOne() {
    assertThat(invalid(MODEL.version(""))).hasMessage("version is empty; leave it out");
    assertThat(invalid(MODEL.uri(""))).hasMessage("uri is empty; leave it out");
    assertThat(invalid(MODEL.step(""))).hasMessage("source_step is empty; leave it out");
    assertThat(invalid(MODEL.run(""))).hasMessage("source_run_id is empty; leave it out");
    assertThat(invalid(MODEL.pipeline(""))).hasMessage("source_pipeline is empty; leave it out");
  }

  @Test
  void source_mayHave512Characters() {
    var most = EMOJI.repeat(512);
    Rules.registration(MODEL.step(most).run(most).pipeline(most));
    tooLarge(MODEL.step(most + "x"));
    tooLarge(MODEL.run(most + "x"));
    tooLarge(MODEL.pipeline(most + "x"));
    invalid(MODEL.run("a\rb"));
  }

  @Test
  void uri_mayHave4KiB() {
    Rules.registration(MODEL.uri("u".repeat(4095)));
    Rules.registration(MODEL.uri("u".repeat(4096)));
    Rules.registration(MODEL.uri(EMOJI.repeat(1024)));
    tooLarge(MODEL.uri("u".repeat(4097)));
    tooLarge(MODEL.uri(EMOJI.repeat(1024) + "u"));
    invalid(MODEL.uri("file:///a\nb"));
  }

  @Test
  void parents_mayBe10000() {
    var most = IntStream.range(0, 10_000).mapToObj(i -> "parent" + i).toList();
    assertThat(Rules.parents(most.subList(0, 9_999))).hasSize(9_999);
    assertThat(Rules.parents(most)).isEqualTo(most);
    var tooMany = new ArrayList<>(most);
    tooMany.add("one-more");
    assertThat(refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.parents(tooMany)))
        .hasMessageStartingWith("parents has 10001");
  }

  @Test
  void parents_namedTwice_countOnce() {
    assertThat(Rules.parents(List.of("b", "a", "b"))).containsExactly("b", "a");
  }

  @Test
  void parents_includingTheArtifactItself_areACycle() {
    var error =
        refused(
            ErrorCode.CYCLE, () -> Rules.registration(MODEL.id("m1").parent("raw").parent("m1")));
    assertThat(error.facts()).containsEntry("path", List.of("m1", "m1"));
    assertThat(error).hasMessageContaining("m1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "\uDC00"})
  void reference_thatCannotBeStored_isRefused(String reference) {
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.reference(reference));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.parents(List.of(reference)));
  }

  @Test
  void reference_toAnIdOfATolerantDoor_passes() {
    assertThat(Rules.reference("odd id: \n @@")).isEqualTo("odd id: \n @@");
  }

  @Test
  void metadata_mayHave1MiBOfJson() {
    int frame = "{\"k\":\"\"}".length();
    int most = 1024 * 1024 - frame;
    for (int length : new int[] {most - 1, most}) {
      assertThat(Rules.metadata(Map.of("k", "m".repeat(length)))).hasSize(1);
    }
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.metadata(Map.of("k", "m".repeat(most + 1))));
    refused(
        ErrorCode.LIMIT_EXCEEDED, () -> Rules.metadata(Map.of("k", EMOJI.repeat(most / 4 + 1))));
  }

  @Test
  void metadata_mayBe64LevelsDeep() {
    assertThat(Rules.metadata(nested(63))).isEqualTo(nested(63));
    assertThat(Rules.metadata(nested(64))).isEqualTo(nested(64));
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.metadata(nested(65)));
  }

  private static Map<String, Object> nested(int levels) {
    Map<String, Object> map = Map.of();
    for (int i = 1; i < levels; i++) {
      map = Map.of("k", map);
    }
    return map;
  }

  @Test
  void metadata_containingItself_isRefused() {
    var loop = new LinkedHashMap<String, Object>();
    loop.put("self", loop);
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.metadata(loop));
  }

  @Test
  void metadata_keepsNullsAndCopiesEverythingElse() {
    var list = new ArrayList<Object>(List.of(1, 2.5f));
    var given = new LinkedHashMap<String, Object>();
    given.put("list", list);
    given.put("gone", null);
    var checked = Rules.metadata(given);
    list.clear();
    var expected = new LinkedHashMap<String, Object>();
    expected.put("list", List.of(1L, 2.5));
    expected.put("gone", null);
    assertThat(checked).isEqualTo(expected);
  }

  @Test
  void metadata_thatIsNoJson_isRefusedByItsPath() {
    assertThat(
            refused(
                ErrorCode.INVALID_ARGUMENT,
                () -> Rules.metadata(Map.of("a", Map.of("b", List.of(Double.NaN))))))
        .hasMessageStartingWith("metadata.a.b[0] ");
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.metadata(Map.of("a", "\u0000")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.metadata(Map.of("\uD800", 1)));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.metadata(Map.of("a", new Object())));
  }

  @Test
  void aliases_givenTwice_countOnce() {
    assertThat(Rules.registration(MODEL.alias("a").alias("b").alias("a")).aliases())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Production", "v1.0-rc_2", "Latest"})
  void alias_ofAllowedForm_passes(String alias) {
    assertThat(Rules.alias(alias)).isEqualTo(alias);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "-a", "a b", "name@alias", "é", "a\n", "latest"})
  void alias_ofAnotherForm_isRefused(String alias) {
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.alias(alias));
    invalid(MODEL.alias(alias));
  }

  @Test
  void alias_mayHave64Characters() {
    assertThat(Rules.alias("a".repeat(64))).hasSize(64);
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.alias("a".repeat(65)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"m", "@production", "m@", "m@latest", "m:1", "m@1"})
  void aliasReference_thatNamesNoSettableAlias_isRefused(String reference) {
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.aliasReference(reference));
  }

  @Test
  void aliasReference_isNameAtAlias() {
    assertThat(Rules.aliasReference("m@production")).isEqualTo("m@production");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", ".a", "a/b", "a b", "é", "a\n"})
  void project_ofAnotherForm_isRefused(String project) {
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.project(project));
  }

  @Test
  void project_mayHave64Characters() {
    assertThat(Rules.project("0")).isEqualTo("0");
    assertThat(Rules.project("p".repeat(64))).hasSize(64);
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.project("p".repeat(65)));
  }

  @Test
  void actor_isShortText() {
    assertThat(Rules.actor("Ada Lovelace <ada@example.com>")).startsWith("Ada");
    assertThat(Rules.actor("a".repeat(512))).hasSize(512);
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.actor("a".repeat(513)));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.actor(""));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.actor("a\nb"));
  }

  @ParameterizedTest
  @CsvSource({"1", "999", "1000"})
  void limit_onAPage_is1To1000(int limit) {
    assertThat(Rules.limit(limit)).isEqualTo(limit);
  }

  @Test
  void limit_outsideAPage_isRefused() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.limit(0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.limit(-1));
    assertThat(refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.limit(1001)))
        .hasMessageStartingWith("limit is 1001, more than the limit of 1000");
  }

  @Test
  void depth_isAtLeast1() {
    assertThat(Rules.depth(1)).isEqualTo(1);
    assertThat(Rules.depth(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.depth(0));
  }

  @Test
  void graphLimit_is1To10000() {
    assertThat(Rules.graphLimit(1)).isEqualTo(1);
    assertThat(Rules.graphLimit(9_999)).isEqualTo(9_999);
    assertThat(Rules.graphLimit(10_000)).isEqualTo(10_000);
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.graphLimit(10_001));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.graphLimit(0));
  }

  @Test
  void computedDigest_isSha256InLowerCaseHex() {
    for (var hash :
        List.of("", "abc", "A".repeat(64), "0".repeat(63), "0".repeat(65), "g".repeat(64))) {
      invalid(MODEL.content(new Content.Digest(hash, null, HashOrigin.COMPUTED)));
    }
  }

  @Test
  void declaredDigest_isAnyShortText() {
    for (var hash : List.of("md5:abc", "h".repeat(4096))) {
      Rules.registration(MODEL.content(new Content.Digest(hash, null, HashOrigin.DECLARED)));
    }
    tooLarge(MODEL.content(new Content.Digest("h".repeat(4097), null, HashOrigin.DECLARED)));
    invalid(MODEL.content(new Content.Digest("a\u0000", null, HashOrigin.DECLARED)));
    invalid(MODEL.content(new Content.Digest("a", -1L, HashOrigin.DECLARED)));
  }

  @Test
  void messages_showLongAndControlCharactersSafely() {
    var error = invalid(artifact("\u001b[31m" + "x".repeat(400), "Model"));
    assertThat(error.getMessage()).doesNotContain("\u001b").hasSizeLessThan(200);
  }

  @Test
  void removedTags_mayBeAnyThatCanBeStored() {
    assertThat(Rules.removedTags(List.of("", "a\nb", "a", "a"))).containsExactly("", "a\nb", "a");
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.removedTags(List.of("\u0000")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.removedTags(Collections.singletonList(null)));
  }
}
