package io.flowyml.catalog;

import java.util.List;

/**
 * What a push moved, or would move.
 *
 * @param artifacts how many came anew
 * @param events how many happened to them and to what was there before
 * @param known events that were there already
 * @param whole whether an empty project became the same, with its numbers and times
 * @param conflicts why nothing was moved; the first 1,000 of them
 * @param conflicting how many conflicts there are
 * @param dryRun whether nothing was changed, only looked at
 * @since 0.1
 */
public record PushReport(
    long artifacts,
    long events,
    long known,
    boolean whole,
    List<CatalogException> conflicts,
    long conflicting,
    boolean dryRun) {
  public PushReport {
    conflicts = List.copyOf(conflicts);
  }
}
