package io.flowyml.catalog.spi;

import io.flowyml.catalog.AsOf;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a verb runs.
 *
 * @param project the tenant; everything read and written stays within it
 * @param actor who is written into the events
 * @param asOf which past state is read; {@code null} for the present one. Verbs that write are
 *     never called with one
 * @since 0.1
 */
public record Scope(String project, String actor, @Nullable AsOf asOf) {
  /**
   * The present state.
   *
   * @param project the tenant
   * @param actor who is written into the events
   */
  public Scope(String project, String actor) {
    this(project, actor, null);
  }
}
