package io.flowyml.catalog.internal.sql;

import java.util.List;

/** Enum constants as the tables hold them: by their place, so new ones are only ever appended. */
final class Codes {
  private Codes() {}

  @SuppressWarnings("EnumOrdinal")
  static int of(Enum<?> constant) {
    return constant.ordinal();
  }

  /** The constant of a stored code. */
  static <E extends Enum<E>> E constant(Class<E> type, int code) {
    return List.of(type.getEnumConstants()).get(code);
  }
}
