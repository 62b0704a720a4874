package io.flowyml.catalog;

import java.util.List;

/**
 * What a purge erased, or would erase.
 *
 * @param ids of the tombstones whose tags, metadata, uri and history values are gone
 * @param dryRun whether nothing was changed, only looked at
 * @since 0.1
 */
public record PurgeReport(List<String> ids, boolean dryRun) {
  public PurgeReport {
    ids = List.copyOf(ids);
  }
}
