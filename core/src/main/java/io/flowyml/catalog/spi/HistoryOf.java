package io.flowyml.catalog.spi;

/**
 * Whose history is asked for.
 *
 * @since 0.1
 */
public sealed interface HistoryOf {
  /**
   * Of one artifact, by reference; tombstones too.
   *
   * @param reference tombstones included
   */
  record OneArtifact(String reference) implements HistoryOf {}

  /**
   * Of all versions of a name.
   *
   * @param name what the versions share
   */
  record Name(String name) implements HistoryOf {}

  /**
   * Of one alias of a name: its moves.
   *
   * @param name whose alias
   * @param alias without the name
   */
  record Alias(String name, String alias) implements HistoryOf {}

  /** Of the whole project: the feed. */
  record Project() implements HistoryOf {}
}
