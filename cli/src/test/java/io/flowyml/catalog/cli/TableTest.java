package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.cli.Table.Column;
import io.flowyml.catalog.cli.Table.Fit;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Style PLAIN = new Style(false);

  @Test
  void lines_withRoom_areAligned() {
    assertThat(table().lines(Integer.MAX_VALUE, PLAIN))
        .containsExactly(
            "NAME                               ID              TAGS",
            "a_rather_long_name_of_an_artifact  0123456789abcd  stage=production team=fraud",
            "模型                               x");
  }

  @Test
  void lines_inFewColumns_cutTheWidestAndKeepWholeOnes() {
    var lines = table().lines(50, PLAIN);
    assertThat(lines).allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(50));
    assertThat(lines.get(1)).isEqualTo("a_rather_long_n…  0123456789abcd  stage=productio…");
  }

  @Test
  void lines_inVeryFewColumns_leaveOptionalColumnsOut() {
    var lines = table().lines(26, PLAIN);
    assertThat(lines.get(0)).isEqualTo("NAME        ID");
    assertThat(lines.get(1)).isEqualTo("a_rather_…  0123456789abcd");
  }

  private static Table table() {
    var table =
        new Table(
            new Column("NAME", Fit.SHRINKS),
            new Column("ID", Fit.WHOLE),
            new Column("TAGS", Fit.OPTIONAL));
    table.row("a_rather_long_name_of_an_artifact", "0123456789abcd", "stage=production team=fraud");
    table.row("模型", "x", "");
    return table;
  }

  @Test
  void lines_tooWide_leaveSpareColumnsOutFirst() {
    var table =
        new Table(
            new Column("NAME", Fit.SHRINKS),
            new Column("ID", Fit.SPARE),
            new Column("TAGS", Fit.OPTIONAL));
    table.row("fraud_detector", "0123456789abcdef", "team=fraud");
    assertThat(table.lines(40, PLAIN).get(1)).isEqualTo("fraud_det…  0123456789abcdef  team=fraud");
    assertThat(table.lines(30, PLAIN).get(1)).isEqualTo("fraud_detector  team=fraud");
  }
}
