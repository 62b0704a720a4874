package io.flowyml.catalog.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFoldingTest {
  @ParameterizedTest
  @CsvSource({
    "ÉCOLE, école",
    "ΣΊΣΥΦΟΣ, σίσυφος",
    "TITLE, tıtle",
    "İstanbul, istanbul",
    "ЁЛКА, ёлка",
    "ＡＢ, ａｂ",
    "µm, Μm",
    "ſo, SO",
    "𐐀, 𐐨"
  })
  void case_isGone(String one, String other) {
    assertThat(CaseFolding.fold(one)).isEqualTo(CaseFolding.fold(other));
  }

  @ParameterizedTest
  @CsvSource({"straße, strasse", "é, e\u0301", "ﬁn, fin", "e, é"})
  void moreThanCase_stays(String one, String other) {
    assertThat(CaseFolding.fold(one)).isNotEqualTo(CaseFolding.fold(other));
  }

  @Test
  void everyCodePoint_becomesOneCodePointThatStays() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      var folded = CaseFolding.fold(Character.toString(c));
      assertThat(folded.codePointCount(0, folded.length())).as("U+%04X", c).isEqualTo(1);
      assertThat(CaseFolding.fold(folded)).as("U+%04X", c).isEqualTo(folded);
      assertThat(CaseFolding.fold(Character.toString(Character.toUpperCase(c))))
          .as("U+%04X", c)
          .isEqualTo(folded);
    }
  }

  @Test
  void order_isThatOfUtf8() {
    var texts = new ArrayList<String>(List.of(""));
    for (int c : new int[] {0x41, 0x61, 0xE9, 0xD7FF, 0xE000, 0xFF5E, 0x1F600, 0x10FFFF}) {
      for (var begin : List.copyOf(texts.subList(0, Math.min(texts.size(), 40)))) {
        texts.add(begin + Character.toString(c));
        texts.add(Character.toString(c) + begin);
      }
    }
    for (var a : texts) {
      for (var b : texts) {
        assertThat(Integer.signum(CaseFolding.ORDER.compare(a, b)))
            .as("%s and %s", a, b)
            .isEqualTo(
                Integer.signum(Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8))));
      }
    }
  }
}
