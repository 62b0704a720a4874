package io.flowyml.catalog.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.CatalogException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonFuzzTest {

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void parse_ofWhatWriteWrote_isTheSameValue(@ForAll("values") Object value) {
    assertThat(Json.parse(Json.write(value))).isEqualTo(value);
    assertThat(Json.parse(Json.writePretty(value))).isEqualTo(value);
    assertThat(Json.parsePython(PythonJson.dumps(value))).isEqualTo(value);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void checked_ofWhatWasParsed_isTheSameValue(@ForAll("values") Object value) {
    assertThat(Json.checked(value, "v")).isEqualTo(value);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void parse_ofAnyText_isAValueOrARefusal(@ForAll("texts") String text) {
    try {
      var value = Json.parsePython(text);
      assertThat(Json.parsePython(PythonJson.dumps(value))).isEqualTo(value);
    } catch (CatalogException e) {
      assertThat(e).hasMessageMatching("(?s)the JSON text is refused at \\d+:\\d+: .*");
    }
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void parse_ofACutText_isARefusalOrAValue(@ForAll("values") Object value, @ForAll int at) {
    var text = Json.write(List.of(value));
    var cut = text.substring(0, Math.floorMod(at, text.length()));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Json.parse(cut)))
        .isInstanceOf(CatalogException.class);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void codePointOrder_isTheOrderOfUtf32(@ForAll("odd") String a, @ForAll("odd") String b) {
    var expected = java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    assertThat(Integer.signum(CodePointOrder.INSTANCE.compare(a, b)))
        .isEqualTo(Integer.signum(expected));
  }

  @Provide
  Arbitrary<String> odd() {
    return Arbitraries.of('a', '\ud7ff', '\ud800', '\ud83d', '\udc00', '\udfff', '\ue000', '\uffff')
        .list()
        .ofMaxSize(6)
        .map(chars -> chars.stream().map(String::valueOf).reduce("", String::concat));
  }

  @Provide
  Arbitrary<String> texts() {
    var pieces =
        Arbitraries.of(
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
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        pieces.list().ofMaxSize(20).map(list -> String.join("", list)));
  }

  @Provide
  Arbitrary<Object> values() {
    return values(3);
  }

  private static Arbitrary<Object> values(int depth) {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.of(true, false),
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.bigIntegers()
                .greaterOrEqual(BigInteger.TWO.pow(63))
                .lessOrEqual(BigInteger.TWO.pow(300)),
            strings());
    if (depth == 0) {
      return scalars;
    }
    var inner = values(depth - 1);
    return Arbitraries.oneOf(
        scalars,
        inner.injectNull(0.1).list().ofMaxSize(4).map(list -> (Object) list),
        Arbitraries.maps(strings(), inner).ofMaxSize(4).map(LinkedHashMap::new));
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.integers()
        .between(1, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(8)
        .map(list -> list.stream().map(Character::toString).reduce("", String::concat));
  }
}
