package io.flowyml.catalog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowyml.catalog.CatalogException;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void of_takesValuesAfterASpaceOrAnEqualsSign() {
    assertThat(Options.of("--catalog", "a.db", "--project=wine", "--actor=ann=x"))
        .isEqualTo(new Options("a.db", "wine", "ann=x", false));
  }

  @Test
  void of_withoutArgumentsChoosesNothing() {
    assertThat(Options.of()).isEqualTo(new Options(null, null, null, false));
  }

  @Test
  void of_refusesWhatItDoesNotKnowAndSaysWhereToLook() {
    assertThatThrownBy(() -> Options.of("--cataloge", "a.db"))
        .isInstanceOf(CatalogException.class)
        .hasMessage(
            "\"--cataloge\" means nothing to demo; flowyml-catalog demo --help lists what does");
  }

  @Test
  void of_refusesAnOptionWithoutItsValue() {
    assertThatThrownBy(() -> Options.of("--catalog"))
        .hasMessageStartingWith("--catalog needs a value");
  }

  @Test
  void forOtherCommands_quotesWhatAShellWouldTakeApart() {
    assertThat(Options.of("--catalog", "my team's.db", "--project", "p").forOtherCommands())
        .isEqualTo(" --catalog 'my team'\\''s.db' --project p");
  }
}
