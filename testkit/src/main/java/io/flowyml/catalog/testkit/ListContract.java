package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.ListFilter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ListContract extends Contract {

  @Test
  void list_isNewestFirst_withoutTombstones() {
    List.of("a", "b", "c").forEach(id -> catalog.register(model("m").id(id)));
    catalog.delete("b");
    assertThat(ids(catalog.list())).containsExactly("c", "a");
  }

  @Test
  void list_ofAnEmptyCatalog_isEmpty() {
    var page = catalog.list();
    assertThat(page.items()).isEmpty();
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void list_filtersBeforeItLimits() {
    catalog.register(dataset("wanted").tag("team", "fraud").pipeline("p").step("s"));
    for (int i = 0; i < 300; i++) {
      catalog.register(model("m").tag("team", "other"));
    }
    assertThat(names(catalog.list(ListFilter.all().limit(1).type("Dataset"))))
        .containsExactly("wanted");
    assertThat(names(catalog.list(ListFilter.all().limit(1).tag("team", "fraud"))))
        .containsExactly("wanted");
    assertThat(names(catalog.list(ListFilter.all().limit(1).pipeline("p")))).hasSize(1);
    assertThat(names(catalog.list(ListFilter.all().limit(1).step("s")))).hasSize(1);
  }

  @Test
  void list_allFiltersMustHold() {
    catalog.register(model("both").pipeline("p").tag("a", 1L).tag("b", "x"));
    catalog.register(model("one").pipeline("p").tag("a", 1L));
    catalog.register(dataset("type").pipeline("p").tag("a", 1L).tag("b", "x"));
    var filter = ListFilter.all().type("Model").pipeline("p").tag("a", 1L).tag("b", "x");
    assertThat(names(catalog.list(filter))).containsExactly("both");
  }

  @Test
  void list_comparesTagsExactly_numbersByValue() {
    catalog.register(model("number").tag("n", 1L));
    catalog.register(model("real").tag("n", 1.0));
    catalog.register(model("text").tag("n", "1"));
    catalog.register(model("truth").tag("n", true));
    assertThat(names(catalog.list(ListFilter.all().tag("n", 1L))))
        .containsExactly("real", "number");
    assertThat(names(catalog.list(ListFilter.all().tag("n", "1")))).containsExactly("text");
    assertThat(names(catalog.list(ListFilter.all().tag("n", true)))).containsExactly("truth");
    assertThat(names(catalog.list(ListFilter.all().tag("n", "true")))).isEmpty();
  }

  @Test
  void list_mindsCase() {
    catalog.register(model("m").pipeline("P").tag("k", "V"));
    assertThat(catalog.list(ListFilter.all().type("model")).items()).isEmpty();
    assertThat(catalog.list(ListFilter.all().pipeline("p")).items()).isEmpty();
    assertThat(catalog.list(ListFilter.all().tag("k", "v")).items()).isEmpty();
    assertThat(catalog.list(ListFilter.all().tag("K", "V")).items()).isEmpty();
  }

  @Test
  void list_seesAChangeAtOnce() {
    catalog.register(model("m").id("m").tag("stage", "staging"));
    catalog.tag("m", "stage", "production");
    assertThat(catalog.list(ListFilter.all().tag("stage", "staging")).items()).isEmpty();
    assertThat(ids(catalog.list(ListFilter.all().tag("stage", "production")))).containsExactly("m");
  }

  @Test
  void pages_showEachOnceWhileOthersRegister() {
    for (int i = 0; i < 25; i++) {
      catalog.register(model("m").id("id" + i));
    }
    var seen = new ArrayList<String>();
    String cursor = null;
    do {
      var page = catalog.list(ListFilter.all().limit(4).cursor(cursor));
      seen.addAll(ids(page));
      cursor = page.nextCursor();
      catalog.register(model("later"));
    } while (cursor != null);
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void pages_endWithoutACursor_alsoWhereTheLastOneIsFull() {
    for (int i = 0; i < 4; i++) {
      catalog.register(model("m"));
    }
    var first = catalog.list(ListFilter.all().limit(2));
    var second = catalog.list(ListFilter.all().limit(2).cursor(first.nextCursor()));
    assertThat(second.items()).hasSize(2);
    assertThat(second.nextCursor()).isNull();
  }

  @Test
  void cursor_ofAnotherListOrForged_isRefused() {
    for (int i = 0; i < 4; i++) {
      catalog.register(model("m"));
    }
    var cursor = catalog.list(ListFilter.all().limit(2)).nextCursor();
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> catalog.list(ListFilter.all().type("Model").cursor(cursor)));
    for (var forged : List.of("", "x", "2-0", "-", cursor + "1")) {
      refused(
          ErrorCode.INVALID_ARGUMENT, () -> catalog.list(ListFilter.all().limit(2).cursor(forged)));
    }
  }
}
