package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class AliasContract extends Contract {

  @BeforeEach
  void registerThreeVersions() {
    catalog.register(model("m").id("one"));
    catalog.register(model("m").id("two"));
    catalog.register(model("m").id("three"));
  }

  @Test
  void promote_answersWhatTheAliasPointedAt() {
    assertThat(catalog.promote("one", "production")).isEmpty();
    assertThat(catalog.promote("two", "production")).map(Artifact::id).hasValue("one");
    assertThat(catalog.resolve("m@production")).isEqualTo("two");
    assertThat(catalog.get("two").aliases()).containsExactly("production");
    assertThat(catalog.get("one").aliases()).isEmpty();
  }

  @Test
  void promote_toWhereItPoints_changesNothing() {
    catalog.promote("one", "production");
    var before = catalog.get("one");
    assertThat(catalog.promote("one", "production")).map(Artifact::id).hasValue("one");
    assertThat(catalog.get("one")).isEqualTo(before);
  }

  @Test
  void promote_moves_theLastChangeOfBoth() {
    catalog.promote("one", "production");
    catalog.promote("two", "production");
    assertThat(catalog.get("one").seq()).isEqualTo(5);
    assertThat(catalog.get("two").seq()).isEqualTo(5);
  }

  @Test
  void alias_isOfOneName() {
    catalog.register(model("other").id("other"));
    catalog.promote("one", "production");
    catalog.promote("other", "production");
    assertThat(catalog.resolve("m@production")).isEqualTo("one");
    assertThat(catalog.resolve("other@production")).isEqualTo("other");
  }

  @Test
  void artifact_mayHaveManyAliases_inAlphabeticalOrder() {
    catalog.promote("one", "stable");
    catalog.promote("one", "Beta");
    catalog.promote("one", "alpha");
    assertThat(catalog.get("one").aliases()).containsExactly("Beta", "alpha", "stable");
  }

  @Test
  void promote_ifCurrent_movesOnlyFromThere() {
    catalog.promote("one", "production", null);
    catalog.promote("two", "production", "one");
    assertThat(catalog.resolve("m@production")).isEqualTo("two");
  }

  @Test
  void promote_ifAnotherIsCurrent_saysWhoMovedItAndWhen() {
    catalog.actor("bob").promote("two", "production");
    var moved = history("two").getLast().at();
    var error = refused(ErrorCode.ALIAS_MOVED, () -> catalog.promote("three", "production", "one"));
    assertThat(error.getMessage()).contains("m@production", "two", "bob", moved.toString());
    assertThat(error.facts())
        .containsEntry("current", "two")
        .containsEntry("moved_by", "bob")
        .containsEntry("moved_at", moved.toString());
    assertThat(catalog.resolve("m@production")).isEqualTo("two");
  }

  @Test
  void promote_ifThereIsNone_isRefusedWhereThereIsOne() {
    catalog.promote("one", "production");
    refused(ErrorCode.ALIAS_MOVED, () -> catalog.promote("two", "production", null));
  }

  @Test
  void promote_ifCurrent_isRefusedWhereThereIsNone() {
    refused(ErrorCode.ALIAS_MOVED, () -> catalog.promote("two", "production", "one"));
    refused(ErrorCode.NOT_FOUND, () -> catalog.promote("two", "production", "nothing"));
  }

  @Test
  void demote_takesTheAliasAway() {
    catalog.promote("one", "production");
    assertThat(catalog.demote("m@production").id()).isEqualTo("one");
    assertThat(catalog.find("m@production")).isEmpty();
    refused(ErrorCode.NOT_FOUND, () -> catalog.demote("m@production"));
  }

  @Test
  void register_withAnAlias_movesIt() {
    catalog.promote("one", "production");
    catalog.register(model("m").id("four").alias("production"));
    assertThat(catalog.resolve("m@production")).isEqualTo("four");
    assertThat(catalog.get("one").aliases()).isEmpty();
  }

  @Test
  void latest_isReserved() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> catalog.promote("one", "latest"));
    assertThat(catalog.resolve("m@latest")).isEqualTo("three");
  }
}
