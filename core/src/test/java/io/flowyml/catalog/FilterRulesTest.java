package io.flowyml.catalog;

import static io.flowyml.catalog.RulesTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FilterRulesTest {

  @Test
  void filter_hasItsValuesInTheCatalogsTypes() {
    var asked = ListFilter.all().type("Model").pipeline("p").step("s").tag("n", 1).tag("f", 0.5f);
    assertThat(Rules.filter(asked))
        .isEqualTo(
            ListFilter.all().type("Model").pipeline("p").step("s").tag("n", 1L).tag("f", 0.5));
  }

  @Test
  void filter_mayAskForWhatOnlyTolerantDoorsLetIn() {
    var odd = ListFilter.all().type("t".repeat(1000)).step("a\nb").tag("", "v".repeat(5000));
    assertThat(Rules.filter(odd)).isEqualTo(odd);
  }

  @Test
  void filter_byNothing_isRefused() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().type("")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().pipeline("")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().step("")));
  }

  @Test
  void filter_byWhatIsNeverStored_isRefused() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().type("a\0")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().tag("k", "\uD800")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().tag("k", List.of())));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().tag("k", Double.NaN)));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().tag("k", null)));
  }

  @Test
  void filter_showsUpTo1000() {
    assertThat(Rules.filter(ListFilter.all().limit(1000)).limit()).isEqualTo(1000);
    refused(ErrorCode.LIMIT_EXCEEDED, () -> Rules.filter(ListFilter.all().limit(1001)));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Rules.filter(ListFilter.all().limit(0)));
  }
}
