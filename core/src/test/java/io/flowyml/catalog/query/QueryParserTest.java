package io.flowyml.catalog.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.query.Query.All;
import io.flowyml.catalog.query.Query.Ancestors;
import io.flowyml.catalog.query.Query.And;
import io.flowyml.catalog.query.Query.Compare;
import io.flowyml.catalog.query.Query.Descendants;
import io.flowyml.catalog.query.Query.Has;
import io.flowyml.catalog.query.Query.Not;
import io.flowyml.catalog.query.Query.Or;
import io.flowyml.catalog.query.Query.Word;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00.123456789Z");

  private static Query where(String text) {
    return QueryParser.parse(text, NOW).where();
  }

  private static And and(Query... terms) {
    return new And(List.of(terms));
  }

  private static Or or(Query... terms) {
    return new Or(List.of(terms));
  }

  private static Word word(String text) {
    return new Word(text);
  }

  private static Compare tag(String key, Op op, String text) {
    return new Compare(new Field.Tag(key), op, new Operand.Text(text));
  }

  private static Operand operand(String text) {
    return ((Compare) where(text)).operand();
  }

  private static Operand.Pattern pattern(String... parts) {
    return new Operand.Pattern(Arrays.asList(parts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n\u00A0", "*", " * "})
  void blankText_isEverything(String text) {
    assertThat(where(text)).isEqualTo(new All());
  }

  @Test
  void terms_areJoinedByAnd() {
    var both = and(word("a"), word("b"));
    assertThat(where("a b")).isEqualTo(both);
    assertThat(where("a AND b")).isEqualTo(both);
    assertThat(where(" (a)  AND\t( b ) ")).isEqualTo(both);
  }

  @Test
  void notBindsBeforeAnd_andBeforeOr() {
    assertThat(where("a b OR NOT c d"))
        .isEqualTo(or(and(word("a"), word("b")), and(new Not(word("c")), word("d"))));
    assertThat(where("-(a OR b) c")).isEqualTo(and(new Not(or(word("a"), word("b"))), word("c")));
    assertThat(where("a AND NOT -b")).isEqualTo(and(word("a"), new Not(new Not(word("b")))));
  }

  @Test
  void parenthesesOfTheSameKind_areDissolved() {
    assertThat(where("a (b (c d))")).isEqualTo(where("a b c d"));
    assertThat(where("a OR (b OR c)")).isEqualTo(where("a OR b OR c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://b/x",
        "http://host/a?b=c",
        "12:30",
        "2026-03-03",
        "and",
        "Or",
        "not",
        "-",
        "5",
        "a*b",
        "größe:5",
        "C++",
        "!x",
        "upstream",
        "has",
        "sort",
        "AND1",
        "sort://x",
        "C|D",
        "a,b",
        "a'b"
      })
  void otherTexts_areWords(String text) {
    assertThat(where(text)).isEqualTo(word(text));
  }

  @Test
  void quotes_makeAWordOfAnyText() {
    assertThat(where("\"stage:production OR (x)\"")).isEqualTo(word("stage:production OR (x)"));
    assertThat(where("\"say \\\"hi\\\" \\\\ \\* \\n\"")).isEqualTo(word("say \"hi\" \\ * \\n"));
    assertThat(where("\"AND\" \"*\"")).isEqualTo(and(word("AND"), word("*")));
    assertThat(where("a\\*b")).isEqualTo(word("a*b"));
  }

  @ParameterizedTest
  @CsvSource({
    "stage:x, MATCH",
    "stage=x, EXACT",
    "stage!=x, NOT_MATCH",
    "stage>x, GREATER",
    "stage>=x, GREATER_OR_EQUAL",
    "stage<x, LESS",
    "stage<=x, LESS_OR_EQUAL"
  })
  void operators_areReadLongestFirst(String text, Op op) {
    assertThat(where(text)).isEqualTo(tag("stage", op, "x"));
  }

  @Test
  void keys_areFieldsElseTags() {
    for (var field : Field.BuiltIn.values()) {
      if (field.isNumeric()) {
        var text = Keys.lowerCase(field) + ":x";
        assertThat(where(text)).isEqualTo(new Compare(field, Op.MATCH, new Operand.Text("x")));
      }
    }
    assertThat(where("Name:x")).isEqualTo(tag("Name", Op.MATCH, "x"));
    assertThat(where("f1-score.v_2:x")).isEqualTo(tag("f1-score.v_2", Op.MATCH, "x"));
    assertThat(where("tag.name:x")).isEqualTo(tag("name", Op.MATCH, "x"));
    assertThat(where("tag.\"a b\":x")).isEqualTo(tag("a b", Op.MATCH, "x"));
    assertThat(where("tag:x")).isEqualTo(tag("tag", Op.MATCH, "x"));
    assertThat(where("metadata.a.b:x"))
        .isEqualTo(new Compare(new Field.Metadata("a.b"), Op.MATCH, new Operand.Text("x")));
    assertThat(where("metadata.\"é/x\":x"))
        .isEqualTo(new Compare(new Field.Metadata("é/x"), Op.MATCH, new Operand.Text("x")));
  }

  @Test
  void values_runToTheNextSpace() {
    assertThat(where("uri:s3://b/x?y=1"))
        .isEqualTo(new Compare(Field.BuiltIn.URI, Op.MATCH, new Operand.Text("s3://b/x?y=1")));
    assertThat(where("k:a:b=c")).isEqualTo(tag("k", Op.MATCH, "a:b=c"));
    assertThat(where("k:\"a b\"")).isEqualTo(tag("k", Op.MATCH, "a b"));
    assertThat(where("k:\"\"")).isEqualTo(tag("k", Op.MATCH, ""));
    assertThat(where("k:C:\\dir\\")).isEqualTo(tag("k", Op.MATCH, "C:\\dir\\"));
  }

  @Test
  void numbers_areJsonNumbersWithoutQuotes() {
    assertThat(operand("k>0.9")).isEqualTo(new Operand.Numeric(0.9));
    assertThat(operand("k:-5e1")).isEqualTo(new Operand.Numeric(-50));
    assertThat(operand("k:\"5\"")).isEqualTo(new Operand.Text("5"));
    assertThat(operand("k:007")).isEqualTo(new Operand.Text("007"));
    assertThat(operand("k>007")).isEqualTo(new Operand.Text("007"));
    assertThat(operand("k:.5")).isEqualTo(new Operand.Text(".5"));
    assertThat(operand("hash:5")).isEqualTo(new Operand.Text("5"));
    assertThat(operand("id:5")).isEqualTo(new Operand.Text("5"));
    assertThat(operand("version:5")).isEqualTo(new Operand.Numeric(5));
  }

  @Test
  void stars_areWildcardsAfterAColon() {
    assertThat(operand("k:a*b")).isEqualTo(pattern("a", "b"));
    assertThat(operand("k:\"a b*\"")).isEqualTo(pattern("a b", ""));
    assertThat(operand("k!=*")).isEqualTo(pattern("", ""));
    assertThat(operand("k:a***b")).isEqualTo(pattern("a", "b"));
    assertThat(operand("k:a\\*b*")).isEqualTo(pattern("a*b", ""));
    assertThat(operand("k:a\\*b")).isEqualTo(new Operand.Text("a*b"));
    assertThat(operand("k=a**b")).isEqualTo(new Operand.Text("a**b"));
    assertThat(operand("k>a*b")).isEqualTo(new Operand.Text("a*b"));
  }

  @Test
  void list_isAnOrOfItsValues() {
    var both = List.<Query>of(tag("k", Op.MATCH, "a"), tag("k", Op.MATCH, "b c"));
    assertThat(where("k:(a OR \"b c\")")).isEqualTo(new Or(both));
    assertThat(where("k:( a )")).isEqualTo(tag("k", Op.MATCH, "a"));
    assertThat(where("k!=(a OR 5)"))
        .isEqualTo(
            and(
                tag("k", Op.NOT_MATCH, "a"),
                new Compare(new Field.Tag("k"), Op.NOT_MATCH, new Operand.Numeric(5))));
    assertThat(where("has:(parents OR alias)"))
        .isEqualTo(or(new Has(Trait.PARENTS), new Has(Trait.ALIAS)));
  }

  @Test
  void duplicate_isTrueOrFalse() {
    var yes = new Compare(Field.BuiltIn.DUPLICATE, Op.MATCH, new Operand.Text("true"));
    assertThat(where("duplicate:true")).isEqualTo(yes);
    assertThat(where("duplicate=TRUE")).isEqualTo(yes);
    assertThat(where("duplicate!=false")).isEqualTo(yes);
  }

  @Test
  void lineage_takesAReferenceAndADepth() {
    assertThat(where("upstream(model@production)")).isEqualTo(new Ancestors("model@production", 0));
    assertThat(where("downstream( raw data:3 , 2 )")).isEqualTo(new Descendants("raw data:3", 2));
    assertThat(where("-upstream(\"a, (b)\",1)x"))
        .isEqualTo(and(new Not(new Ancestors("a, (b)", 1)), word("x")));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-03, 2026-03-03T00:00:00Z, 2026-03-04T00:00:00Z",
    "2026-02, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "2024, 2024-01-01T00:00:00Z, 2025-01-01T00:00:00Z",
    "9999-12-31, 9999-12-31T00:00:00Z, +10000-01-01T00:00:00Z",
    "2026-03-03T10:15, 2026-03-03T10:15:00Z, 2026-03-03T10:15:00.000001Z",
    "2026-03-03T10:15:30.5+02:00, 2026-03-03T08:15:30.500Z, 2026-03-03T08:15:30.500001Z",
    "'\"2026-03-03 10:15:30z\"', 2026-03-03T10:15:30Z, 2026-03-03T10:15:30.000001Z",
  })
  void created_isADayAMonthAYearOrAMoment(String text, Instant from, Instant to) {
    assertThat(operand("created:" + text)).isEqualTo(new Operand.Period(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "-90s, 2026-03-10T11:58:30.123456Z", "-5m, 2026-03-10T11:55:00.123456Z",
    "-36h, 2026-03-09T00:00:00.123456Z", "-7d, 2026-03-03T12:00:00.123456Z",
    "-2w, 2026-02-24T12:00:00.123456Z", "-0s, 2026-03-10T12:00:00.123456Z"
  })
  void created_countsBackFromNow(String text, Instant at) {
    assertThat(operand("created>" + text)).isEqualTo(Operand.Period.moment(at));
  }

  @Test
  void sort_standsAnywhereBesideTheOutermostTerms() {
    var keys =
        List.of(
            new SortKey(new Field.Tag("f1_score"), true), new SortKey(Field.BuiltIn.NAME, false));
    for (var text :
        List.of("sort:-f1_score,name a b", "a sort:-f1_score,name b", "a b sort:-f1_score,name ")) {
      assertThat(QueryParser.parse(text, NOW))
          .isEqualTo(new ParsedQuery(and(word("a"), word("b")), keys));
    }
    assertThat(QueryParser.parse("a sort:-f1_score,name OR b", NOW))
        .isEqualTo(new ParsedQuery(or(word("a"), word("b")), keys));
    assertThat(QueryParser.parse("sort:-tag.\"a b\",metadata.x", NOW))
        .isEqualTo(
            new ParsedQuery(
                new All(),
                List.of(
                    new SortKey(new Field.Tag("a b"), true),
                    new SortKey(new Field.Metadata("x"), false))));
  }

  @Test
  void asText_isShortAndSettled() {
    var text = "stage:Production  rows>1e3 AND (a OR \"b c\") NOT created>-7d sort:-f1";
    assertThat(QueryParser.parse(text, NOW).asText())
        .isEqualTo(
            "stage:Production rows>1000 (a OR \"b c\") -created>2026-03-03T12:00:00.123456Z"
                + " sort:-f1");
  }

  @Test
  void phrase_takesAnyTextAsOneWord() {
    assertThat(QueryParser.phrase("stage:(a").where()).isEqualTo(word("stage:(a"));
    assertThat(QueryParser.phrase("a\0\uD800b").where()).isEqualTo(word("a\uFFFD\uFFFDb"));
    assertThat(QueryParser.phrase("").where()).isEqualTo(new All());
  }
}
