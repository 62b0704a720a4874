package io.flowyml.catalog.spi;

/**
 * Whose history is asked for.
 *
 * @since 0.1
 */
public sealed interface HistoryOf {
  /** Of one artifact, by reference; tombstones too. */
  record OneArtifact(String reference) implements HistoryOf {}

  /** Of all versions of a name. */
  record Name(String name) implements HistoryOf {}

  /** Of one alias of a name: its moves. */
  record Alias(String name, String alias) implements HistoryOf {}

  /** Of the whole project: the feed. */
  record Project() implements HistoryOf {}
}
