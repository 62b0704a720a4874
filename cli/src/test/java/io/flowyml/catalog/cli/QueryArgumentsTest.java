package io.flowyml.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryArgumentsTest {
  @Test
  void separated_excludedTerm_isNoOption() {
    assertThat(separated("search", "-stage:archived", "fraud", "--limit", "5", "-o", "ids"))
        .containsExactly("search", "--limit", "5", "-o", "ids", "--", "-stage:archived", "fraud");
  }

  @Test
  void separated_termThatBeginsLikeAShortOption_isATerm() {
    assertThat(separated("search", "-owner:ada", "-old", "-ojson"))
        .containsExactly("search", "-ojson", "--", "-owner:ada", "-old");
  }

  @Test
  void separated_mistypedLongOption_staysAnOption() {
    assertThat(separated("search", "fraud", "--limt", "5"))
        .containsExactly("search", "--limt", "--", "fraud", "5");
  }

  @Test
  void separated_explicitSeparator_isKept() {
    assertThat(separated("--catalog", "x.db", "search", "a", "--", "--limit"))
        .containsExactly("--catalog", "x.db", "search", "--", "a", "--limit");
  }

  @Test
  void separated_otherCommands_areLeftAlone() {
    assertThat(separated("get", "-x")).containsExactly("get", "-x");
  }

  private static String[] separated(String... args) {
    return QueryArguments.separated(args);
  }
}
