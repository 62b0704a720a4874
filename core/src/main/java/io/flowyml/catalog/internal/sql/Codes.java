package io.flowyml.catalog.internal.sql;

/** Enum constants as the tables hold them: by their place, so new ones are only ever appended. */
final class Codes {
  /** Asking a class copies them. */
  private static final ClassValue<Enum<?>[]> CONSTANTS =
      new ClassValue<>() {
        @Override
        protected Enum<?>[] computeValue(Class<?> type) {
          return (Enum<?>[]) type.getEnumConstants();
        }
      };

  private Codes() {}

  @SuppressWarnings("EnumOrdinal")
  static int of(Enum<?> constant) {
    return constant.ordinal();
  }

  /** The constant of a stored code. */
  static <E extends Enum<E>> E constant(Class<E> type, int code) {
    return type.cast(CONSTANTS.get(type)[code]);
  }
}
