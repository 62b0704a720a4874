package io.flowyml.catalog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryErrorsTest {
  private static CatalogException error(String text) {
    var error =
        catchThrowableOfType(
            CatalogException.class,
            () -> QueryParser.parse(text, Instant.parse("2026-03-10T12:00:00Z")));
    assertThat(error).as(text).isNotNull();
    return error;
  }

  @Test
  void message_showsColumnExpectationWayOutAndCaret() {
    assertThat(error("type:Model stage: f1>0.9"))
        .hasMessage(
            """
            query, column 18: expected a value; it follows the operator without a space; "" is the \
            empty text, * any value
              type:Model stage: f1>0.9
                               ^\
            """);
  }

  @Test
  void facts_haveTheColumnInCodePoints() {
    var error = error("😀😀 (x");
    assertThat(error.code()).isEqualTo(ErrorCode.QUERY_SYNTAX);
    assertThat(error.facts()).containsEntry("column", 4).containsKey("expected");
    assertThat(error).hasMessageEndingWith("\n  😀😀 (x\n     ^");
  }

  @Test
  void longQuery_isShownAroundTheCaret() {
    assertThat(error("aaa ".repeat(200) + ")" + " bbb".repeat(200)).getMessage())
        .endsWith(
            "\n  ..."
                + "aaa ".repeat(15)
                + ")"
                + " bbb".repeat(14)
                + " bb...\n  "
                + " ".repeat(63)
                + "^")
        .contains("column 801:");
  }

  @Test
  void lineBreaks_doNotMoveTheCaret() {
    assertThat(error("a\n\tb )")).hasMessageEndingWith("\n  a  b )\n       ^");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a )                # 3  # no parenthesis is open",
        "(a                 # 1  # never closed",
        "()                 # 2  # nothing before it",
        "a AND              # 6  # the query ends here",
        "a AND AND b        # 7  # 'AND' has nothing before it",
        "OR a               # 1  # 'OR' has nothing before it",
        "a OR               # 5  # the query ends here",
        "NOT                # 4  # the query ends here",
        "-(                 # 3  # the query ends here",
        "-AND               # 2  # 'AND' has nothing before it",
        "\"abc              # 1  # never closed",
        "stage:\"abc        # 7  # never closed",
        "\"\"               # 1  # stands in everything",
        "\"a\"b             # 4  # expected a space",
        "5\"                # 2  # quotes around a text",
        "stage:a(b)         # 8  # quotes around a text",
        "stage:             # 7  # without a space",
        "stage:)            # 7  # without a space",
        "stage:AND          # 7  # write \"AND\"",
        "f1 > 0.9           # 4  # without spaces",
        "f1 >0.9            # 4  # without spaces",
        "stage==x           # 7  # one operator is enough",
        "rows:>5            # 6  # one operator is enough",
        "f1>.9              # 4  # write 0.9, not .9",
        "f1>+1              # 4  # a number as JSON writes it",
        "f1<1.              # 4  # a number as JSON writes it",
        "a && b             # 3  # written AND",
        "a || b             # 3  # or OR",
        "stage:(a b)        # 10 # write (a OR b)",
        "stage:(a OR        # 12 # without a space",
        "stage:(a OR )      # 13 # without a space",
        "stage:(a           # 7  # never closed",
        "stage:()           # 8  # without a space",
        "stage:((a))        # 8  # without a space",
        "stage:(NOT a)      # 8  # write \"NOT\"",
        "f1>(1 OR 2)        # 4  # a list goes with : = or !=",
        "has:parent         # 5  # did you mean parents?",
        "has:child          # 5  # did you mean children?",
        "has:stage          # 5  # there is parents, children, content, alias, duplicates; for a"
            + " tag",
        "has=parents        # 4  # write has:parents",
        "upstram(x)         # 1  # did you mean upstream?",
        "f(x)               # 1  # there is upstream, downstream",
        "upstream (x)       # 10 # remove the space",
        "upstream()         # 10 # write upstream(model@production)",
        "upstream(x         # 11 # ')' or a depth",
        "upstream(x,0)      # 12 # a whole number from 1",
        "upstream(x,-1)     # 12 # a whole number from 1",
        "upstream(x,1,2)    # 12 # a whole number from 1",
        "upstream(x(y))     # 11 # ')' or a depth",
        "created:yesterday  # 9  # 'yesterday' is none",
        "created:2026-02-30 # 9  # expected a time",
        "created:0000       # 9  # expected a time",
        "created:2026-03-*  # 9  # expected a time",
        "created>-7D        # 9  # expected a time",
        "created>-999999999w# 9  # expected a time",
        "created:-7d        # 9  # write created>-7d",
        "created>2026-03-03T10:15:30.1234567Z # 9 # expected a time",
        "duplicate:yes      # 11 # true or false",
        "duplicate>true     # 11 # true or false",
        "tag.:x             # 5  # a key after tag.",
        "metadata.:x        # 10 # a key after metadata.",
        "tag.\"\":x         # 5  # a key after tag.",
        "tag.\"a\"          # 8  # an operator after the key",
        "a (sort:name)      # 4  # beside the outermost terms",
        "-sort:name         # 2  # beside the outermost terms",
        "a OR sort:name     # 6  # beside the outermost terms",
        "sort:a sort:b      # 8  # one sort: in a query",
        "sort:              # 6  # a key to sort by",
        "sort:a, b          # 8  # a key to sort by",
        "sort:a:desc        # 7  # a dash before a key is descending",
      },
      delimiter = '#')
  void error_pointsAtThePlaceAndSaysWhatToWrite(String text, int column, String message) {
    var error = error(text);
    assertThat(error.code()).isEqualTo(ErrorCode.QUERY_SYNTAX);
    assertThat(error).hasMessageContaining(message);
    assertThat(error.facts()).containsEntry("column", column);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\uD800", "k:\uDC00x", "\"\uD83D\""})
  void textThatNoArtifactCanHold_isRefused(String text) {
    assertThat(error(text)).hasMessageContaining("no text in the catalog can hold it");
  }

  @Test
  void bytes_areLimited() {
    var longest = "é".repeat(Limits.QUERY_BYTES / 2);
    assertThat(QueryParser.parse(longest, Instant.EPOCH).where())
        .isEqualTo(new Query.Word(longest));
    assertThat(error(longest + "a").code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(error("a".repeat(50_000_000)).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void terms_areLimited() {
    var most = "a ".repeat(Limits.QUERY_TERMS);
    assertThat(QueryParser.parse(most, Instant.EPOCH).where()).isInstanceOf(Query.And.class);
    assertThat(error(most + "a").code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(error(most + "sort:a")).hasMessageContaining("more than 256 terms");
    assertThat(error("k:(a" + " OR a".repeat(Limits.QUERY_TERMS) + ")").code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "-", "NOT ", "-(", "(a OR "})
  void nesting_isLimited(String opening) {
    assertThat(error(opening.repeat(200)).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void nesting_ofSixtyFour_isFine() {
    var deepest = "(".repeat(64) + "a" + ")".repeat(64);
    assertThat(QueryParser.parse(deepest, Instant.EPOCH).where()).isEqualTo(new Query.Word("a"));
    assertThatThrownBy(() -> QueryParser.parse("(" + deepest + ")", Instant.EPOCH))
        .hasMessageContaining("deeper than 64");
  }
}
