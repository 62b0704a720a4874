package io.flowyml.catalog.spi;

/**
 * On whose behalf a verb runs.
 *
 * @param project the tenant; everything read and written stays within it
 * @param actor who is written into the events
 * @since 0.1
 */
public record Scope(String project, String actor) {}
