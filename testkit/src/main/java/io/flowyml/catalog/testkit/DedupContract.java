package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.OnDuplicate;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class DedupContract extends Contract {
  private static final byte[] BYTES = {1, 2, 3};
  private static final Content DECLARED = new Content.Digest("any text", 5L, HashOrigin.DECLARED);

  @Test
  void keep_namesTheOldestWithTheSameContent() {
    var first = catalog.register(model("a").id("first").content(BYTES));
    var second = catalog.register(model("b").id("second").content(BYTES));
    var third = catalog.register(model("c").id("third").content(BYTES));
    assertThat(first.duplicateOf()).isNull();
    assertThat(second.duplicateOf()).isEqualTo("first");
    assertThat(third.duplicateOf()).isEqualTo("first");
    assertThat(catalog.get("third")).isEqualTo(third);
  }

  @Test
  void reuse_answersTheOldestAndRegistersNothing() {
    var first = catalog.register(model("a").content(BYTES));
    var reused = catalog.register(model("b").content(BYTES).onDuplicate(OnDuplicate.REUSE));
    assertThat(reused).isEqualTo(first);
    assertThat(feed()).hasSize(1);
  }

  @Test
  void reuse_ofContentThatIsNew_registers() {
    var artifact = catalog.register(model("b").content(BYTES).onDuplicate(OnDuplicate.REUSE));
    assertThat(artifact.name()).isEqualTo("b");
  }

  @Test
  void refuse_namesTheOldest() {
    catalog.register(model("a").id("first").content(BYTES));
    var error =
        refused(
            ErrorCode.DUPLICATE_CONTENT,
            () -> catalog.register(model("b").content(BYTES).onDuplicate(OnDuplicate.REFUSE)));
    assertThat(error.getMessage()).contains("first");
    assertThat(error.facts()).containsEntry("id", "first");
    assertThat(feed()).hasSize(1);
  }

  @Test
  void declaredContent_isADuplicateButNeverReusedOrRefused() {
    catalog.register(model("a").id("first").content(DECLARED));
    for (var choice : OnDuplicate.values()) {
      var copy = catalog.register(model("b").content(DECLARED).onDuplicate(choice));
      assertThat(copy.name()).isEqualTo("b");
      assertThat(copy.duplicateOf()).isEqualTo("first");
    }
  }

  @Test
  void declaredContent_thatDiffersInCase_isOtherContent() {
    var upper = new Content.Digest("ANY TEXT", 5L, HashOrigin.DECLARED);
    catalog.register(model("a").content(DECLARED));
    assertThat(catalog.register(model("b").content(upper)).duplicateOf()).isNull();
    assertThat(catalog.findByHash("ANY TEXT")).map(Artifact::name).hasValue("b");
  }

  @Test
  void findByHash_answersTheOldestLivingOne() {
    var first = catalog.register(model("a").id("first").content(BYTES));
    var second = catalog.register(model("b").id("second").content(BYTES));
    var hash = String.valueOf(first.contentHash());
    assertThat(catalog.findByHash(hash)).hasValue(first);
    catalog.delete("first");
    assertThat(catalog.findByHash(hash)).map(Artifact::id).hasValue(second.id());
    assertThat(catalog.findByHash("0".repeat(64))).isEmpty();
  }

  @Test
  void duplicateOf_followsTheOldestLivingOne() {
    catalog.register(model("a").id("first").content(BYTES));
    catalog.register(model("b").id("second").content(BYTES));
    catalog.register(model("c").id("third").content(BYTES));
    catalog.delete("first");
    assertThat(catalog.get("second").duplicateOf()).isNull();
    assertThat(catalog.get("third").duplicateOf()).isEqualTo("second");
    catalog.restore("first");
    assertThat(catalog.get("second").duplicateOf()).isEqualTo("first");
  }

  @Test
  void emptyContent_isContentToo() {
    catalog.register(model("a").id("first").content(new byte[0]));
    var second = catalog.register(model("b").content(new byte[0]));
    assertThat(second.duplicateOf()).isEqualTo("first");
    assertThat(second.size()).isZero();
  }

  @Test
  void values_areTheSameContentWhateverTheOrderOfTheirKeys() {
    catalog.register(model("a").id("first").value(Map.of("x", 1, "y", 2)));
    var second =
        catalog.register(model("b").value(new java.util.TreeMap<>(Map.of("y", 2, "x", 1))));
    assertThat(second.duplicateOf()).isEqualTo("first");
  }
}
