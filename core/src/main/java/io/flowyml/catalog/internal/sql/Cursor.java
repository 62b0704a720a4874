package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.AsOf;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: a position in an order, sealed with what was asked, so that a cursor of
 * another question is refused.
 */
final class Cursor {
  private static final int RADIX = 36;

  private Cursor() {}

  static String of(long position, String question) {
    return sealed(Long.toString(position, RADIX), question);
  }

  static long position(String cursor, String question) {
    return Long.parseLong(opened(cursor, question), RADIX);
  }

  /** The part of a question that says which state it is about. */
  static String asOf(@Nullable AsOf asOf) {
    return asOf == null ? "" : " as of " + asOf.asText();
  }

  /**
   * @param position a text without a dot
   */
  static String sealed(String position, String question) {
    return position + "." + Long.toUnsignedString(seal(position, question), RADIX);
  }

  /** The position in a cursor that was made for this question. */
  static String opened(String cursor, String question) {
    int dot = cursor.indexOf('.');
    if (dot > 0) {
      var position = cursor.substring(0, dot);
      var seal = Long.toUnsignedString(seal(position, question), RADIX);
      if (seal.equals(cursor.substring(dot + 1))) {
        return position;
      }
    }
    throw refused();
  }

  private static CatalogException refused() {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "the cursor does not belong to this query; begin without one, and hand on next_cursor as it"
            + " is");
  }

  private static long seal(String position, String question) {
    return Keys.ofExact("cursor " + position + " " + question);
  }

  /** A page of rows newest first, of which one more than the limit was asked for. */
  static Page<Artifact> page(List<ArtifactRows.Stored> found, int limit, String question) {
    var shown = found.size() > limit ? found.subList(0, limit) : found;
    return new Page<>(
        shown.stream().map(ArtifactRows.Stored::artifact).toList(),
        found.size() > limit ? of(shown.getLast().doc(), question) : null);
  }
}
