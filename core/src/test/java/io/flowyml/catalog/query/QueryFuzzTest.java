package io.flowyml.catalog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A million texts of tokens, characters and noise. {@code -Dquery.fuzz.tries=10000000} tries more,
 * {@code -Dquery.fuzz.seed} others.
 */
class QueryFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Pattern MESSAGE =
      Pattern.compile("(?s)query, column \\d+: expected .+; .+\n  .*\n +\\^");
  private static final String[] TOKENS = {
    " ",
    " ",
    " ",
    "\t",
    "\u00A0",
    "(",
    ")",
    "(",
    ")",
    "\"",
    "\\",
    "*",
    "-",
    ",",
    ":",
    "=",
    "!=",
    ">",
    ">=",
    "<",
    "<=",
    "!",
    "AND",
    "OR",
    "NOT",
    "and",
    "&&",
    "name",
    "stage",
    "created",
    "has",
    "sort:",
    "tag.",
    "metadata.",
    "duplicate",
    "alias",
    "hash",
    "upstream(",
    "downstream(",
    "//",
    "s3://b/x",
    "12:30",
    "-7d",
    "2026-03-03",
    "2026-13-77",
    "T10:00Z",
    "0.9",
    ".9",
    "1e999",
    "007",
    "production",
    "École",
    "😀",
    "\u0130",
    "\uD800",
    "\0",
    "\n",
    "true",
    "parents",
    "a@b",
    "a:3"
  };

  @Test
  void anyText_parsesOrSaysWhereItDoesNot() {
    int tries = Integer.getInteger("query.fuzz.tries", 1_000_000);
    long seed = Long.getLong("query.fuzz.seed", new Random().nextLong());
    var random = new Random(seed);
    int parsed = 0;
    for (int i = 0; i < tries; i++) {
      var text = randomText(random);
      if (parses(text, seed)) {
        parsed++;
      }
    }
    assertThat(parsed).as("seed %d: texts that parse", seed).isBetween(tries / 50, tries - 1);
  }

  private static boolean parses(String text, long seed) {
    try {
      var query = QueryParser.parse(text, NOW);
      var printed = query.asText();
      if (printed.length() < 4000 && !QueryParser.parse(printed, NOW).equals(query)) {
        return fail("seed " + seed + ": <" + text + "> prints as " + printed);
      }
      return true;
    } catch (CatalogException e) {
      if (!isExpected(e, text)) {
        fail("seed " + seed + ": <" + text + ">", e);
      }
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("seed " + seed + ": <" + text + ">", e);
    }
  }

  /** Plain conditions: descriptions for a million assertions take longer than they. */
  private static boolean isExpected(CatalogException e, String text) {
    if (e.code() != ErrorCode.QUERY_SYNTAX) {
      return e.code() == ErrorCode.LIMIT_EXCEEDED;
    }
    int column = (int) e.facts().get("column");
    return column >= 1
        && column <= text.codePointCount(0, text.length()) + 1
        && MESSAGE.matcher(e.getMessage()).matches();
  }

  private static String randomText(RandomGenerator random) {
    var text = new StringBuilder();
    int length = random.nextInt(1_000) == 0 ? 2000 : 1 + random.nextInt(12);
    int kind = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      switch (kind) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.append((char) (32 + random.nextInt(95)));
        default -> text.append(TOKENS[random.nextInt(TOKENS.length)]);
      }
    }
    return text.toString();
  }
}
