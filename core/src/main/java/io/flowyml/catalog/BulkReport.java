package io.flowyml.catalog;

import java.util.List;

/**
 * What a change of all artifacts that a query finds did, or would do.
 *
 * @param matched ids that the query found when the call began, newest first
 * @param changed how many were changed
 * @param refused why the others were not
 * @param dryRun whether nothing was changed, only looked at
 * @since 0.1
 */
public record BulkReport(
    List<String> matched, long changed, List<CatalogException> refused, boolean dryRun) {
  public BulkReport {
    matched = List.copyOf(matched);
    refused = List.copyOf(refused);
  }
}
