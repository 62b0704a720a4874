package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Registration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registration and by which rules it is taken.
 *
 * @param tolerant by a door that refuses nothing: unknown parents stay unresolved, a version that
 *     is taken gives way to the next number
 * @param parentsAreIds the parents are ids as they stand, not references
 * @param tagsText the tags as JSON text, as it came; {@code null} to write {@code
 *     registration.tags}
 * @param metadataText likewise for the metadata
 * @param createdAt when it was registered elsewhere; {@code null} for now
 * @param mirrored whether FlowyML's table has the row already
 */
public record Draft(
    Registration registration,
    boolean tolerant,
    boolean parentsAreIds,
    @Nullable String tagsText,
    @Nullable String metadataText,
    @Nullable Instant createdAt,
    boolean mirrored) {

  /** By the strict rules. */
  public static Draft strict(Registration registration) {
    return new Draft(registration, false, false, null, null, null, false);
  }
}
