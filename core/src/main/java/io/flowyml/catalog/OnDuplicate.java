package io.flowyml.catalog;

/**
 * What a registration does when a living artifact of the project has the same computed content
 * hash.
 *
 * @since 0.1
 */
public enum OnDuplicate {
  /**
   * Register it all the same; the record names the older one in {@code duplicateOf}, and a warning
   * is logged.
   */
  KEEP,
  /** Register nothing and answer the oldest artifact with that content. */
  REUSE,
  /** Fail with {@code duplicate_content}. */
  REFUSE
}
