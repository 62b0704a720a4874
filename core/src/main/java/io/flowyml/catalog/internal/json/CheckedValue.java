package io.flowyml.catalog.internal.json;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One caller's value on its way through a strict door. */
final class CheckedValue {
  private static final BigInteger LEAST_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private final String what;
  private final ValuePath path = new ValuePath();

  CheckedValue(String what) {
    this.what = what;
  }

  @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text(text);
      case Boolean bool -> bool;
      case Long number -> number;
      case Integer number -> (long) number;
      case Short number -> (long) number;
      case Byte number -> (long) number;
      case BigInteger number -> integer(number);
      case Double number -> finite(number);
      case Float number -> finite((double) number);
      case BigDecimal number -> decimal(number);
      case Map<?, ?> map -> map(map);
      default -> {
        var list = ListView.of(value);
        if (list == null) {
          throw refused(
              "is a "
                  + value.getClass().getTypeName()
                  + "; JSON has null, booleans, numbers, strings, lists and maps");
        }
        yield list(list);
      }
    };
  }

  String text(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == 0) {
        throw refused("holds NUL at index " + i + "; remove it");
      }
      if (Character.isSurrogate(c)) {
        var paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw refused("holds a lone surrogate at index " + i + ", which is no character");
        }
        i++;
      }
    }
    return text;
  }

  private static Number integer(BigInteger number) {
    return number.compareTo(LEAST_LONG) >= 0 && number.compareTo(GREATEST_LONG) <= 0
        ? (Number) number.longValue()
        : number;
  }

  private Double finite(double number) {
    if (!Double.isFinite(number)) {
      throw refused("is " + number + ", which JSON cannot hold; use null or a string");
    }
    return number;
  }

  private Number decimal(BigDecimal number) {
    if (number.scale() == 0) {
      return integer(number.unscaledValue());
    }
    var near = number.doubleValue();
    if (!Double.isFinite(near) || new BigDecimal(Double.toString(near)).compareTo(number) != 0) {
      throw refused("is a BigDecimal that no double equals; use a string, or its doubleValue()");
    }
    return near;
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map) {
    enter();
    var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(map.size());
    for (var entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        path.leave();
        throw refused("has a key that is " + ValuePath.kind(entry.getKey()) + "; keys are strings");
      }
      path.at(key);
      copy.put(text(key), of(entry.getValue()));
    }
    path.leave();
    return copy;
  }

  private List<@Nullable Object> list(List<?> list) {
    enter();
    var copy = new ArrayList<@Nullable Object>(list.size());
    for (var element : list) {
      path.at(copy.size());
      copy.add(of(element));
    }
    path.leave();
    return copy;
  }

  private void enter() {
    if (path.depth() == Limits.JSON_DEPTH) {
      throw new CatalogException(
          ErrorCode.LIMIT_EXCEEDED,
          path.in(what)
              + " is nested more than "
              + Limits.JSON_DEPTH
              + " levels deep, or contains itself; make it flatter");
    }
    path.enter();
  }

  private CatalogException refused(String why) {
    return new CatalogException(ErrorCode.INVALID_ARGUMENT, path.in(what) + " " + why);
  }
}
