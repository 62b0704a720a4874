package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class VersionContract extends Contract {

  private String next(String name) {
    return catalog.register(model(name)).version();
  }

  @Test
  void versions_countFromOne_eachNameForItself() {
    assertThat(List.of(next("a"), next("a"), next("b"), next("a")))
        .containsExactly("1", "2", "1", "3");
  }

  @Test
  void version_ofTheCaller_isKeptAndCountedOnFrom() {
    assertThat(catalog.register(model("m").version("41")).version()).isEqualTo("41");
    assertThat(next("m")).isEqualTo("42");
    assertThat(catalog.register(model("m").version("7")).version()).isEqualTo("7");
    assertThat(next("m")).isEqualTo("43");
  }

  @Test
  void version_thatIsNoWholeNumber_isNotCountedOnFrom() {
    for (var version : List.of("007", "v2", "1.0", "-5", "+6", "1e3", "٣", "0")) {
      assertThat(catalog.register(model("m").version(version)).version()).isEqualTo(version);
    }
    assertThat(next("m")).isEqualTo("1");
  }

  @Test
  void version_mayBeAnyWholeNumber() {
    catalog.register(model("m").version("9".repeat(40)));
    assertThat(next("m")).isEqualTo("1" + "0".repeat(40));
  }

  @Test
  void version_thatTheNameHas_isRefusedNamingTheNextOne() {
    catalog.register(model("m").version("3"));
    var error = refused(ErrorCode.VERSION_EXISTS, () -> catalog.register(model("m").version("3")));
    assertThat(error.getMessage()).contains("m", "3", "4");
    assertThat(error.facts()).containsEntry("next", "4");
    assertThat(catalog.register(model("other").version("3")).version()).isEqualTo("3");
  }

  @Test
  void version_ofATombstone_staysUsed() {
    catalog.register(model("m").id("m"));
    catalog.delete("m");
    refused(ErrorCode.VERSION_EXISTS, () -> catalog.register(model("m").version("1")));
    assertThat(next("m")).isEqualTo("2");
  }

  @Test
  void reference_isIdThenAliasThenVersionThenName() {
    var first = catalog.register(model("m").id("one").version("v1").alias("stable"));
    var second = catalog.register(model("m").id("two"));
    assertThat(catalog.get("one")).isEqualTo(first);
    assertThat(catalog.get("m@stable")).isEqualTo(first);
    assertThat(catalog.get("m:v1")).isEqualTo(first);
    assertThat(catalog.get("m:1")).isEqualTo(second);
    assertThat(catalog.get("m")).isEqualTo(second);
    assertThat(catalog.get("m@latest")).isEqualTo(second);
    assertThat(catalog.resolve("m")).isEqualTo("two");
  }

  @Test
  void reference_thatIsAnIdAndAName_isTheId() {
    var byId = catalog.register(model("x").id("m"));
    catalog.register(model("m").id("y"));
    assertThat(catalog.get("m")).isEqualTo(byId);
  }

  @Test
  void newest_isTheLastRegistered_whateverWasDoneSince() {
    catalog.register(model("m").id("one"));
    catalog.register(model("m").id("two"));
    catalog.tag("one", "x", 1);
    catalog.promote("one", "production");
    assertThat(catalog.resolve("m")).isEqualTo("two");
    catalog.delete("two");
    assertThat(catalog.resolve("m")).isEqualTo("one");
    catalog.restore("two");
    assertThat(catalog.resolve("m")).isEqualTo("two");
  }

  @Test
  void reference_toNothing_namesWhatIsThere() {
    catalog.register(model("m"));
    for (var reference : List.of("m:9", "m@production")) {
      var error = refused(ErrorCode.NOT_FOUND, () -> catalog.get(reference));
      assertThat(error.getMessage()).contains(reference, "1");
    }
    refused(ErrorCode.NOT_FOUND, () -> catalog.get("other:1"));
  }

  @Test
  void versions_areNewestFirst_tombstonesIncluded_pageByPage() {
    for (int i = 0; i < 5; i++) {
      catalog.register(model("m"));
    }
    catalog.register(model("other"));
    catalog.delete("m:2");
    var seen = new ArrayList<String>();
    String cursor = null;
    do {
      var page = catalog.versions("m", 2, cursor);
      page.stream().map(Artifact::version).forEach(seen::add);
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(seen).containsExactly("5", "4", "3", "2", "1");
    assertThat(catalog.versions("m").items().get(3).isDeleted()).isTrue();
  }

  @Test
  void versions_ofANameThatNeverWas_isNotFound() {
    refused(ErrorCode.NOT_FOUND, () -> catalog.versions("nothing"));
  }
}
