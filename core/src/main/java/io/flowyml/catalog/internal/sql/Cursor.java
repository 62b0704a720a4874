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
    return Long.toString(position, RADIX)
        + "-"
        + Long.toUnsignedString(seal(position, question), RADIX);
  }

  static long position(String cursor, String question) {
    int dash = cursor.indexOf('-');
    if (dash > 0) {
      try {
        long position = Long.parseLong(cursor.substring(0, dash), RADIX);
        long seal = Long.parseUnsignedLong(cursor.substring(dash + 1), RADIX);
        if (seal == seal(position, question)) {
          return position;
        }
      } catch (NumberFormatException e) {
        throw refused(e);
      }
    }
    throw refused(null);
  }

  /** The part of a question that says which state it is about. */
  static String asOf(@Nullable AsOf asOf) {
    return asOf == null ? "" : " as of " + asOf.asText();
  }

  private static CatalogException refused(@Nullable Throwable cause) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "the cursor does not belong to this query; begin without one, and hand on next_cursor as it"
            + " is",
        cause);
  }

  private static long seal(long position, String question) {
    return Keys.of("cursor " + position + " " + question);
  }

  /** A page of rows newest first, of which one more than the limit was asked for. */
  static Page<Artifact> page(List<ArtifactRows.Stored> found, int limit, String question) {
    var shown = found.size() > limit ? found.subList(0, limit) : found;
    return new Page<>(
        shown.stream().map(ArtifactRows.Stored::artifact).toList(),
        found.size() > limit ? of(shown.getLast().doc(), question) : null);
  }
}
