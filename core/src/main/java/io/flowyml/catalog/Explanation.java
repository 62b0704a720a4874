package io.flowyml.catalog;

import java.util.List;

/**
 * How a search is answered.
 *
 * @param query the query as it was understood, times absolute
 * @param plan what is read, the sets that are met first at the top
 * @param answers artifacts on the page
 * @param rows rows of the database that were looked at for it
 * @param unindexed artifacts that changed since the index was brought up to date and were looked at
 *     one by one
 * @since 0.1
 */
public record Explanation(String query, Step plan, long answers, long rows, long unindexed) {

  /**
   * A set of artifacts.
   *
   * @param what how it is come by
   * @param estimate about how many it has, at most; -1 where that is not known before
   * @param inputs the sets it is made of
   */
  public record Step(String what, long estimate, List<Step> inputs) {
    public Step {
      inputs = List.copyOf(inputs);
    }
  }
}
