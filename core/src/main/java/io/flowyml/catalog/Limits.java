package io.flowyml.catalog;

/**
 * The sizes that every strict door holds to. Characters are Unicode code points, sizes are bytes of
 * UTF-8.
 *
 * @since 0.1
 */
public final class Limits {
  /** Of a name. */
  public static final int NAME_CHARACTERS = 512;

  /** Of an artifact type. */
  public static final int TYPE_CHARACTERS = 128;

  /** Of a version. */
  public static final int VERSION_CHARACTERS = 128;

  /** Of a step, a run, a pipeline, an actor. */
  public static final int SOURCE_CHARACTERS = 512;

  /** Of the key of a tag. */
  public static final int TAG_KEY_CHARACTERS = 128;

  /** Of the value of a tag, as JSON for a number. */
  public static final int TAG_VALUE_BYTES = 4 * 1024;

  /** Tags of an artifact. */
  public static final int TAGS = 1_000;

  /** Of the metadata of an artifact, as JSON. */
  public static final int METADATA_BYTES = 1024 * 1024;

  /** Parents of an artifact. */
  public static final int PARENTS = 10_000;

  /** Of a URI. */
  public static final int URI_BYTES = 4 * 1024;

  /** How deep metadata nest. */
  public static final int JSON_DEPTH = 64;

  /** Of a query. */
  public static final int QUERY_BYTES = 8 * 1024;

  /** Words and comparisons of a query. */
  public static final int QUERY_TERMS = 256;

  /** Items of a page. */
  public static final int PAGE = 1_000;

  /** Items of a page where nobody says how many. */
  public static final int DEFAULT_PAGE = 100;

  /** Items of a page of a search where nobody says how many. */
  public static final int DEFAULT_SEARCH_PAGE = 50;

  /** Values that a facet shows where nobody says how many. */
  public static final int FACET_VALUES = 20;

  /** Facets of one call. */
  public static final int FACET_FIELDS = 50;

  /** Of a line of a batch or an import. */
  public static final int BATCH_LINE_BYTES = 8 * 1024 * 1024;

  /** Nodes of a lineage graph. */
  public static final int GRAPH_NODES = 10_000;

  private Limits() {}
}
