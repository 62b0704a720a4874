package io.flowyml.catalog.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.PythonJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueHashTest {

  @Test
  void sameValueInOtherTypes_hasTheSameHash() {
    var expected = hash(List.of(1L, 2L, 3L));
    for (var value :
        new Object[] {
          new int[] {1, 2, 3},
          new long[] {1, 2, 3},
          new short[] {1, 2, 3},
          new Object[] {1, (byte) 2, 3L},
          new Integer[] {1, 2, 3},
          List.of(BigInteger.ONE, BigInteger.TWO, (short) 3)
        }) {
      assertThat(hash(value)).isEqualTo(expected);
    }
    assertThat(hash(new float[] {0.1f, 2})).isEqualTo(hash(new double[] {0.1f, 2}));
    assertThat(hash(new boolean[] {true})).isEqualTo(hash(List.of(true)));
    assertThat(hash(new String[] {"a"})).isEqualTo(hash(List.of("a")));
    assertThat(hash(new int[][] {{1}, {}})).isEqualTo(hash(List.of(List.of(1), List.of())));
  }

  @Test
  void integerAndFloat_areDifferentValues() {
    assertThat(hash(1L)).isNotEqualTo(hash(1.0));
    assertThat(hash(0.0)).isNotEqualTo(hash(-0.0));
  }

  @Test
  void orderOfMembers_doesNotMatter_andOrderOfElementsDoes() {
    var ab = new java.util.LinkedHashMap<String, Object>();
    ab.put("a", 1);
    ab.put("b", 2);
    assertThat(hash(ab)).isEqualTo(hash(new java.util.TreeMap<>(ab).descendingMap()));
    assertThat(hash(List.of(1, 2))).isNotEqualTo(hash(List.of(2, 1)));
  }

  @Test
  void otherObjects_areRefusedWithClassPathAndTheWaysOut() {
    assertThat(refusal(Map.of("a", List.of(1, Map.of("b", Instant.EPOCH)))))
        .hasMessageStartingWith("the value.a[1].b is a java.time.Instant")
        .hasMessageContaining("content(Path)")
        .hasMessageContaining("content(bytes)")
        .hasMessageContaining("written(");
    for (var other :
        new Object[] {
          new byte[] {1},
          new char[] {'a'},
          'a',
          new BigDecimal("0.1"),
          Path.of("file"),
          new Object(),
          Set.of(1),
          Thread.State.NEW
        }) {
      assertThat(refusal(List.of(other))).hasMessageStartingWith("the value[0] is a ");
    }
  }

  @Test
  void keysThatAreNoText_areRefused() {
    assertThat(refusal(Map.of("a", Map.of(1, 2))))
        .hasMessageStartingWith(
            "the value.a has a key that is a java.lang.Integer; keys are strings");
    var nullKey = new HashMap<String, Object>();
    nullKey.put(null, 1);
    assertThat(refusal(nullKey)).hasMessageContaining("has a key that is null");
  }

  @Test
  void deepValue_isHashedToTheLimit_andRefusedBeyondOrWhenItContainsItself() {
    assertThat(hash(nested(PythonJson.MAX_DEPTH))).hasSize(64);
    assertThat(refusal(nested(PythonJson.MAX_DEPTH + 1))).hasMessageContaining("1000 levels");
    var loop = new ArrayList<Object>();
    loop.add(Map.of("again", loop));
    assertThat(refusal(loop)).hasMessageContaining("contains itself");
  }

  /** What a thread gets on Linux where nobody says otherwise. */
  private static final int DEFAULT_STACK = 1024 * 1024;

  @Test
  void deepValue_fitsIntoTheStackOfADefaultThread() throws InterruptedException {
    var hashed = new String[1];
    var thread =
        new Thread(
            null, () -> hashed[0] = hash(nested(PythonJson.MAX_DEPTH)), "default", DEFAULT_STACK);
    thread.start();
    thread.join();
    assertThat(hashed[0]).hasSize(64);
  }

  private static Object nested(int depth) {
    Object value = List.of();
    for (var i = 1; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
    }
    return value;
  }

  private static String hash(Object value) {
    return ContentHash.of(new Content.Value(value)).hash();
  }

  private static CatalogException refusal(Object value) {
    var refusal =
        catchThrowableOfType(
            CatalogException.class, () -> ContentHash.of(new Content.Value(value)));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    return refusal;
  }
}
