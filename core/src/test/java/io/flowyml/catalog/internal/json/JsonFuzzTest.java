package io.flowyml.catalog.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flowyml.catalog.CatalogException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code -Djson.fuzz.seed} tries the values of another run again. */
class JsonFuzzTest {
  private static final int TRIES = 400;

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\"a\"",
          "\\",
          "\\u00",
          "\\ud800",
          " ",
          "\n",
          "0",
          "-",
          "1",
          ".5",
          "e",
          "E+",
          "true",
          "false",
          "null",
          "NaN",
          "Infinity",
          "-Infinity",
          "\u0000",
          "é",
          "/",
          "'",
          "1e999");

  private static final List<Character> ODD =
      List.of('a', '\ud7ff', '\ud800', '\ud83d', '\udc00', '\udfff', '\ue000', '\uffff');

  private final long seed = Long.getLong("json.fuzz.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void parse_ofWhatWriteWrote_isTheSameValue() {
    for (int i = 0; i < TRIES; i++) {
      var value = value(3);
      assertThat(Json.parse(Json.write(value))).as("seed %d", seed).isEqualTo(value);
      assertThat(Json.parse(Json.writePretty(value))).as("seed %d", seed).isEqualTo(value);
      assertThat(Json.parsePython(PythonJson.dumps(value))).as("seed %d", seed).isEqualTo(value);
    }
  }

  @Test
  void checked_ofWhatWasParsed_isTheSameValue() {
    for (int i = 0; i < TRIES; i++) {
      var value = value(3);
      assertThat(Json.checked(value, "v")).as("seed %d", seed).isEqualTo(value);
    }
  }

  @Test
  void parse_ofAnyText_isAValueOrARefusal() {
    for (int i = 0; i < TRIES; i++) {
      var text = random.nextBoolean() ? noise() : tokens();
      try {
        var value = Json.parsePython(text);
        assertThat(Json.parsePython(PythonJson.dumps(value))).as("seed %d", seed).isEqualTo(value);
      } catch (CatalogException e) {
        assertThat(e)
            .as("seed %d", seed)
            .hasMessageMatching("(?s)the JSON text is refused at \\d+:\\d+: .*");
      }
    }
  }

  @Test
  void parse_ofACutText_isARefusal() {
    for (int i = 0; i < TRIES; i++) {
      var text = Json.write(List.of(value(3)));
      var cut = text.substring(0, random.nextInt(text.length()));
      assertThat(catchThrowable(() -> Json.parse(cut)))
          .as("seed %d: %s", seed, cut)
          .isInstanceOf(CatalogException.class);
    }
  }

  @Test
  void codePointOrder_isTheOrderOfUtf32() {
    for (int i = 0; i < TRIES; i++) {
      var a = odd();
      var b = odd();
      assertThat(Integer.signum(CodePointOrder.INSTANCE.compare(a, b)))
          .as("seed %d", seed)
          .isEqualTo(
              Integer.signum(Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray())));
    }
  }

  private String odd() {
    var text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append((char) ODD.get(random.nextInt(ODD.size())));
    }
    return text.toString();
  }

  private String tokens() {
    var text = new StringBuilder();
    for (int i = random.nextInt(21); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private String noise() {
    var text = new StringBuilder();
    for (int i = random.nextInt(31); i > 0; i--) {
      text.append((char) random.nextInt(0x10000));
    }
    return text.toString();
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 9)) {
      case 0 -> random.nextBoolean();
      case 1 -> random.nextLong() >> random.nextInt(64);
      case 2 -> finite();
      case 3 -> new BigInteger(64 + random.nextInt(236), random).setBit(63);
      case 4 -> string();
      case 5, 6 -> {
        var list = new ArrayList<Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
          list.add(random.nextInt(10) == 0 ? null : value(depth - 1));
        }
        yield list;
      }
      default -> {
        var map = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
          map.put(string(), value(depth - 1));
        }
        yield map;
      }
    };
  }

  private double finite() {
    double number = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(number) ? number : random.nextInt(100) / 4.0;
  }

  private String string() {
    var text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      int c = 1 + random.nextInt(random.nextBoolean() ? 0x7f : Character.MAX_CODE_POINT);
      boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      text.appendCodePoint(surrogate ? 'x' : c);
    }
    return text.toString();
  }
}
