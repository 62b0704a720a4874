package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.query.FieldValue;
import org.jspecify.annotations.Nullable;

/** A way through a set of documents, from value to value in the order of a sort key. */
interface SortWalk {
  /** Documents of a set that share a value. */
  record Group(FieldValue value, DocBits docs) {}

  /** Those of a set that have no value to be placed by. */
  DocBits without(DocBits docs);

  /** Begins, at a value or a little before it; {@code null} for the first. */
  void from(@Nullable FieldValue start);

  /** The next value, with those of a set that have it; {@code null} past the last one. */
  @Nullable Group next(DocBits docs);

  /** Whether no document has two values. */
  boolean isSingleValued();

  /** Terms or rows looked at so far. */
  long steps();
}
