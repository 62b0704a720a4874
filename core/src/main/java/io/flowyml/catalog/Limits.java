package io.flowyml.catalog;

/**
 * The sizes that every strict door holds to. Characters are Unicode code points, sizes are bytes of
 * UTF-8.
 *
 * @since 0.1
 */
public final class Limits {
  public static final int NAME_CHARACTERS = 512;
  public static final int TYPE_CHARACTERS = 128;
  public static final int VERSION_CHARACTERS = 128;

  /** Of a step, a run, a pipeline, an actor. */
  public static final int SOURCE_CHARACTERS = 512;

  public static final int TAG_KEY_CHARACTERS = 128;
  public static final int TAG_VALUE_BYTES = 4 * 1024;
  public static final int TAGS = 1_000;
  public static final int METADATA_BYTES = 1024 * 1024;
  public static final int PARENTS = 10_000;
  public static final int URI_BYTES = 4 * 1024;
  public static final int JSON_DEPTH = 64;
  public static final int QUERY_BYTES = 8 * 1024;
  public static final int QUERY_TERMS = 256;
  public static final int PAGE = 1_000;
  public static final int DEFAULT_PAGE = 100;
  public static final int DEFAULT_SEARCH_PAGE = 50;

  /** Values that a facet shows where nobody says how many. */
  public static final int FACET_VALUES = 20;

  /** Facets of one call. */
  public static final int FACET_FIELDS = 50;

  public static final int BATCH_LINE_BYTES = 8 * 1024 * 1024;
  public static final int GRAPH_NODES = 10_000;

  private Limits() {}
}
