package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void width_countsWideAndCombiningCharacters() {
    assertThat(Text.width("abc")).isEqualTo(3);
    assertThat(Text.width("模型")).isEqualTo(4);
    assertThat(Text.width("e\u0301")).isEqualTo(1);
    assertThat(Text.width("🚀")).isEqualTo(2);
  }

  @Test
  void cut_neverSplitsACharacterNorExceedsTheWidth() {
    assertThat(Text.cut("fraud_detector", 8)).isEqualTo("fraud_d…");
    assertThat(Text.cut("模型模型", 6)).isEqualTo("模型…");
    assertThat(Text.cut("🚀🚀🚀", 4)).isEqualTo("🚀…");
    assertThat(Text.cut("fits", 4)).isEqualTo("fits");
  }

  @Test
  void folded_keepsEveryCharacter() {
    assertThat(Text.folded("abcdefgh", 3)).containsExactly("abc", "def", "gh");
    assertThat(Text.folded("模型模", 3)).containsExactly("模", "型", "模");
    assertThat(Text.folded("", 3)).containsExactly("");
  }

  @Test
  void oneLine_makesControlCharactersVisible() {
    assertThat(Text.oneLine("a\u001b[31mb\nc\u009bd\u202ee"))
        .isEqualTo("a\\x1b[31mb\\nc\\x9bd\\u202ee");
    assertThat(Text.printable("a\nb\u0007")).isEqualTo("a\nb\\x07");
  }
}
