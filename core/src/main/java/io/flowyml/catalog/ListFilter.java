package io.flowyml.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code list} shows: exact values that must all hold, applied before the limit.
 *
 * @param type {@code null} for any
 * @param pipeline {@code null} for any
 * @param step {@code null} for any
 * @param tags all of these values
 * @param limit 1 to 1,000
 * @param cursor where the page begins, from {@link Page#nextCursor()}; {@code null} for the first
 * @since 0.1
 */
public record ListFilter(
    @Nullable String type,
    @Nullable String pipeline,
    @Nullable String step,
    Map<String, Object> tags,
    int limit,
    @Nullable String cursor) {

  public ListFilter {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /**
   * Whether an artifact passes.
   *
   * @param artifact any; limit and cursor do not count
   * @return whether all values hold for it
   */
  public boolean matches(Artifact artifact) {
    return (type == null || type.equals(artifact.artifactType()))
        && (pipeline == null || pipeline.equals(artifact.sourcePipeline()))
        && (step == null || step.equals(artifact.sourceStep()))
        && tags.entrySet().stream()
            .allMatch(tag -> same(tag.getValue(), artifact.tags().get(tag.getKey())));
  }

  private static boolean same(Object asked, @Nullable Object value) {
    if (asked instanceof Number one && value instanceof Number other) {
      return one.doubleValue() == other.doubleValue();
    }
    return asked.equals(value);
  }

  /**
   * Everything, newest first, 100 a page.
   *
   * @return a filter to narrow down
   */
  public static ListFilter all() {
    return new ListFilter(null, null, null, Map.of(), Limits.DEFAULT_PAGE, null);
  }

  /**
   * Only artifacts of a type.
   *
   * @param type the whole text, case-sensitive
   * @return a changed copy
   */
  public ListFilter type(String type) {
    return new ListFilter(type, pipeline, step, tags, limit, cursor);
  }

  /**
   * Only what a pipeline produced.
   *
   * @param pipeline the whole text, case-sensitive
   * @return a changed copy
   */
  public ListFilter pipeline(String pipeline) {
    return new ListFilter(type, pipeline, step, tags, limit, cursor);
  }

  /**
   * Only what a step produced.
   *
   * @param step the whole text, case-sensitive
   * @return a changed copy
   */
  public ListFilter step(String step) {
    return new ListFilter(type, pipeline, step, tags, limit, cursor);
  }

  /**
   * One more tag that must have exactly this value; the number 1 is not the text "1".
   *
   * @param key case-sensitive
   * @param value a String, Boolean or Number; 1 and 1.0 are the same
   * @return a changed copy
   */
  public ListFilter tag(String key, Object value) {
    var all = new LinkedHashMap<>(tags);
    all.put(key, value);
    return new ListFilter(type, pipeline, step, all, limit, cursor);
  }

  /**
   * How many a page shows.
   *
   * @param limit 1 to 1,000
   * @return a changed copy
   */
  public ListFilter limit(int limit) {
    return new ListFilter(type, pipeline, step, tags, limit, cursor);
  }

  /**
   * Where the page begins.
   *
   * @param cursor {@link Page#nextCursor()} of the page before, or {@code null} for the first
   * @return a changed copy
   */
  public ListFilter cursor(@Nullable String cursor) {
    return new ListFilter(type, pipeline, step, tags, limit, cursor);
  }
}
