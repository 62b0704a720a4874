package io.flowyml.catalog.query;

import static io.flowyml.catalog.query.Sample.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.Artifact;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  /** One parent, {@code root}, above {@code a1}; one child, {@code leaf}, below it. */
  private static final Evaluation.Facts FACTS =
      new Evaluation.Facts() {
        @Override
        public boolean hasChildren(Artifact artifact) {
          return artifact.id().equals("a1");
        }

        @Override
        public boolean hasDuplicates(Artifact artifact) {
          return artifact.id().equals("a1");
        }

        @Override
        public boolean isAncestor(Artifact artifact, String reference, int depth) {
          return artifact.id().equals("a1") && reference.equals("leaf") && depth == 2;
        }

        @Override
        public boolean isDescendant(Artifact artifact, String reference, int depth) {
          return artifact.id().equals("a1") && reference.equals("root") && depth == 0;
        }
      };

  private static boolean matches(String query, Sample sample) {
    return Evaluation.matches(QueryParser.parse(query, NOW).where(), sample.artifact(), FACTS);
  }

  private static void assertMatches(Sample sample, String... queries) {
    for (var query : queries) {
      assertThat(matches(query, sample)).as(query).isTrue();
    }
  }

  private static void assertMisses(Sample sample, String... queries) {
    for (var query : queries) {
      assertThat(matches(query, sample)).as(query).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fraud",
        "DETECT",
        "model",
        "nightly",
        "train",
        "run-77",
        "owner",
        "École",
        "école",
        "finds \"stolen cards\"",
        "0.93",
        "true",
        "[1, 2]",
        "null",
        "nan"
      })
  void word_standsInAnyOfTheSearchedTexts(String query) {
    var sample =
        sample()
            .name("fraud_detector")
            .source("Nightly", "Train", "run-77")
            .tag("owner", "ÉCOLE")
            .tag("f1", 0.93)
            .tag("approved", true)
            .tag("shape", List.of(1L, 2L))
            .tag("nothing", null)
            .tag("loss", Double.NaN)
            .metadata("description", "Finds stolen cards");
    assertMatches(sample, query);
  }

  @Test
  void word_looksNowhereElse() {
    var sample =
        sample()
            .id("xyz")
            .version("xyz")
            .hash("xyz")
            .uri("xyz")
            .aliases("xyz")
            .metadata("k", "xyz");
    assertMisses(sample, "xyz");
  }

  @Test
  void description_thatIsNoText_isNotSearched() {
    assertMisses(sample().metadata("description", List.of("stolen")), "stolen");
  }

  @Test
  void phrase_standsWithinOneValue() {
    var sample = sample().tag("team", "fraud").tag("stage", "production");
    assertMatches(sample, "fraud production", "\"fraud\"");
    assertMisses(sample, "\"fraud production\"");
  }

  @Test
  void word_takesAStarAsItIs() {
    assertMatches(sample().name("a*b"), "a*b", "\"a*b\"");
    assertMisses(sample().name("axb"), "a*b");
  }

  @Test
  void match_isTheWholeValueIgnoringCase() {
    var sample = sample().name("Fraud_Detector").tag("stage", "Production");
    assertMatches(sample, "stage:production", "name:FRAUD_detector", "stage:\"PRODUCTION\"");
    assertMisses(sample, "stage:prod", "name:detector", "STAGE:production");
  }

  @Test
  void match_takesAStarAsAnything() {
    var sample = sample().name("Fraud_Detector_v2");
    assertMatches(
        sample,
        "name:fraud*",
        "name:*DETECTOR*",
        "name:*v2",
        "name:f*d*2",
        "name:*",
        "name:\"f*\"",
        "name:fraud_detector_v2*",
        "name:f**2");
    assertMisses(sample, "name:detector*", "name:*detector", "name:f*d*3", "name:*v2*v2");
  }

  @Test
  void match_takesAnEscapedStarAsAStar() {
    assertMatches(sample().name("2*3"), "name:2\\*3", "name:\"2\\*3\"", "name=2*3", "name:2*3");
    assertMisses(sample().name("2x3"), "name:2\\*3", "name:\"2\\*3\"", "name=2*3");
  }

  @Test
  void wildcard_neverOverlapsItsOwnParts() {
    assertMisses(sample().name("aba"), "name:ab*ba", "name:aba*a");
    assertMatches(sample().name("abba"), "name:ab*ba");
  }

  @Test
  void exact_isTheWholeValueWithItsCase() {
    var sample = sample().tag("stage", "Production");
    assertMatches(sample, "stage=Production", "stage=\"Production\"");
    assertMisses(sample, "stage=production", "stage=Prod*");
  }

  @Test
  void notMatch_needsTheKey() {
    assertMatches(sample().tag("stage", "staging"), "stage!=production", "-stage:production");
    assertMisses(sample().tag("stage", "Production"), "stage!=production", "-stage:production");
    assertMisses(sample(), "stage!=production");
    assertMatches(sample(), "-stage:production");
  }

  @Test
  void notMatch_ofANumber_keepsWhatIsNoNumber() {
    assertMatches(sample().tag("rows", "many"), "rows!=5");
    assertMatches(sample().tag("rows", 6L), "rows!=5");
    assertMisses(sample().tag("rows", "5.0"), "rows!=5");
    assertMisses(sample(), "rows!=5");
  }

  @Test
  void notMatch_ofSeveralValues_wantsNoneOfThem() {
    var sample = sample().aliases("canary", "production");
    assertMisses(sample, "alias!=production", "alias!=canary");
    assertMatches(sample, "alias!=staging");
    assertMisses(sample(), "alias!=staging");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5.0", "5e0"})
  void number_isEqualHoweverItIsWritten(String text) {
    var query = "rows:" + text + " rows=" + text + " rows>=" + text + " rows<=" + text;
    assertMatches(sample().tag("rows", 5L), query);
    assertMatches(sample().tag("rows", 5.0), query);
    assertMatches(sample().tag("rows", "5.00"), query);
    assertMatches(sample().tag("rows", BigInteger.valueOf(5)), query);
  }

  @Test
  void inequality_withANumber_seesNumbersAndTextsThatAreWhollyOne() {
    assertMatches(sample().tag("f1", 0.93), "f1>0.9 f1>=0.93 f1<1 f1<=0.93 f1>-1");
    assertMatches(sample().tag("f1", "0.93"), "f1>0.9 f1>=0.93 f1<1 f1<=0.93");
    for (var other :
        Arrays.asList("high", "0.93 ", "", "007", true, null, Double.NaN, List.of(1L))) {
      assertMisses(sample().tag("f1", other), "f1>0", "f1<=0", "f1:0", "f1=7");
    }
  }

  @Test
  void inequality_comparesNumbersNotDigits() {
    assertMatches(sample().tag("rows", "1000"), "rows>999");
    assertMatches(sample().tag("rows", new BigInteger("9".repeat(400))), "rows>1e308");
    assertMatches(sample().version("10"), "version>9 version<11 version:10.0");
  }

  @Test
  void inequality_withAText_comparesFoldedTextsThatAreNoNumbers() {
    assertMatches(sample().tag("day", "2026-03-03"), "day>2026-03 day<2026-03-04 day>=2026-03-03");
    assertMatches(sample().tag("size", "Medium"), "size>LARGE size<small size<=medium");
    assertMisses(sample().tag("size", 5L), "size<medium", "size>\"4\"");
    assertMisses(sample().tag("size", List.of("a")), "size>a", "size<a");
  }

  @Test
  void quotedNumber_isAText() {
    assertMatches(sample().tag("v", "1.10"), "v=\"1.10\" v:\"1.10\" v:1.1");
    assertMisses(sample().tag("v", "1.1"), "v:\"1.10\"", "v=\"1.10\"");
  }

  @Test
  void idsAndHashes_areNeverNumbers() {
    assertMisses(sample().id("1.0"), "id:1");
    assertMatches(sample().id("1"), "id:1 id=1");
    assertMisses(sample().hash("00"), "hash:0");
  }

  @Test
  void valuesThatAreNoScalars_areFoundByTheirJson() {
    assertMatches(
        sample().tag("shape", List.of(1L, 2L)), "shape:\"[1, 2]\" shape:[1* shape=\"[1, 2]\"");
    assertMatches(sample().tag("x", null), "x:null x:* x!=5");
    assertMatches(sample().tag("x", true), "x:TRUE x=true x!=false");
  }

  @Test
  void list_isAnyOfItsValues() {
    assertMatches(sample().tag("stage", "staging"), "stage:(production OR staging)");
    assertMisses(sample().tag("stage", "dev"), "stage:(production OR staging)");
    assertMatches(sample().tag("stage", "dev"), "stage!=(production OR staging)");
    assertMisses(sample(), "stage!=(production OR staging)");
  }

  @Test
  void tagLikeAField_isReachedByTag() {
    assertMatches(sample().name("a").tag("name", "b"), "name:a tag.name:b");
    assertMatches(sample().tag("größe x", "b"), "tag.\"größe x\":b");
  }

  @Test
  void metadata_isReachedByItsPath() {
    var sample =
        sample()
            .metadata("params", Map.of("lr", 0.1, "layers", List.of(64L, Map.of("size", 32L))))
            .metadata("a.b", "dotted")
            .metadata("owner", "ada");
    assertMatches(
        sample,
        "metadata.params.lr<0.2",
        "metadata.params.layers:64",
        "metadata.params.layers.size:32",
        "metadata.a.b:dotted",
        "metadata.owner:ADA",
        "metadata.params:*");
    assertMisses(
        sample, "metadata.params.layers:32", "metadata.lr:0.1", "owner:ada", "metadata.params.x:*");
  }

  @Test
  void has_asksForWhatIsThere() {
    var full = sample().parents("p").hash("ab").aliases("production");
    assertMatches(full, "has:parents has:children has:content has:alias has:duplicates");
    assertMisses(
        sample().id("b"),
        "has:parents",
        "has:children",
        "has:content",
        "has:alias",
        "has:duplicates");
  }

  @Test
  void duplicate_isWhatHasAnOlderTwin() {
    assertMatches(
        sample().duplicateOf("a0"), "duplicate:true", "duplicate!=false", "-duplicate:false");
    assertMatches(sample(), "duplicate:false", "duplicate=false", "duplicate!=true");
  }

  @Test
  void upstreamAndDownstream_askForTheLineage() {
    assertMatches(sample(), "upstream(leaf, 2)", "downstream(root)");
    assertMisses(sample(), "upstream(root)", "downstream(leaf)");
  }

  @Test
  void hashUriAliasAndSource_areFields() {
    var sample =
        sample()
            .hash("ABCDEF")
            .uri("s3://b/x")
            .aliases("production")
            .source("nightly", "train", "77");
    assertMatches(
        sample,
        "hash:abcdef hash:abc* uri:s3://b/* alias:Production pipeline:nightly step:train run:77",
        "run>76");
    assertMisses(sample, "hash:abc", "alias:prod", "hash=abcdef");
  }

  @Test
  void created_isComparedAsATimeInUtc() {
    var sample = sample().created("2026-03-03T23:59:59.999999Z");
    assertMatches(
        sample,
        "created:2026-03-03",
        "created:2026-03",
        "created:2026",
        "created=2026-03-03",
        "created>2026-03-02",
        "created>=2026-03-03",
        "created<2026-03-04",
        "created<=2026-03-03",
        "created!=2026-03-04",
        "created>-7d",
        "created<-6d",
        "created>2026-03-03T23:59:59Z",
        "created:2026-03-03T23:59:59.999999Z",
        "created>2026-03-03T23:59",
        "created<2026-03-03T23:59:59-01:00");
    assertMisses(
        sample,
        "created>2026-03-03",
        "created<2026-03-03",
        "created:2026-03-04",
        "created!=2026-03-03",
        "created>2026",
        "created:2026-03-03T23:59:59Z",
        "created>-6d");
  }

  @Test
  void notBindsBeforeAndBeforeOr() {
    var sample = sample().tag("a", 1L);
    assertMatches(sample, "a:1 OR b:1 c:1", "NOT b:1 AND a:1", "-b:1 a:1", "(b:1 OR a:1) -c:1");
    assertMisses(sample, "(a:1 OR b:1) c:1", "NOT (a:1 OR b:1)", "-a:1");
  }
}
