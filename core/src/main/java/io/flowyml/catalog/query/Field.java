package io.flowyml.catalog.query;

/**
 * What a comparison or a sort key looks at.
 *
 * @since 0.1
 */
public sealed interface Field {

  /** A part of the artifact record; its key in the language is the constant in lower case. */
  enum BuiltIn implements Field {
    /** {@code name}. */
    NAME,
    /** {@code artifact_type}. */
    TYPE,
    /** {@code source_pipeline}. */
    PIPELINE,
    /** {@code source_step}. */
    STEP,
    /** {@code source_run_id}. */
    RUN,
    /** {@code version}. */
    VERSION,
    /** {@code content_hash}; never seen as a number. */
    HASH,
    /** Never seen as a number. */
    ID,
    /** Never seen as a number. */
    URI,
    /** {@code created_at}; the only one with an {@link Operand.Period}. */
    CREATED,
    /** Every alias that points here; never seen as a number. */
    ALIAS,
    /** {@code true} where {@code duplicate_of} is there, else {@code false}. */
    DUPLICATE;

    @Override
    public boolean isNumeric() {
      return switch (this) {
        case NAME, TYPE, PIPELINE, STEP, RUN, VERSION -> true;
        case HASH, ID, URI, CREATED, ALIAS, DUPLICATE -> false;
      };
    }
  }

  /**
   * The tag of that key, case-sensitive; {@code tag.name} is the tag {@code name}.
   *
   * @param key never empty
   */
  record Tag(String key) implements Field {
    public Tag {
      if (key.isEmpty()) {
        throw new IllegalArgumentException("the key of a tag is empty");
      }
    }
  }

  /**
   * The metadata at a path: keys joined by dots, where a key may contain dots itself. The elements
   * of a list stand at the list's own path, so a field has as many values as the list; an object is
   * a value found by its JSON text.
   *
   * @param path never empty
   */
  record Metadata(String path) implements Field {
    public Metadata {
      if (path.isEmpty()) {
        throw new IllegalArgumentException("the path into the metadata is empty");
      }
    }
  }

  /**
   * Whether a value that looks like a number is seen as one.
   *
   * @return false where it is always a text
   */
  default boolean isNumeric() {
    return true;
  }
}
