package io.flowyml.catalog.local;

/**
 * One thing that was looked at when a catalog was examined.
 *
 * @param problem whether it is not as it should be
 * @param text what was found, and what to do about a problem
 * @since 0.1
 */
public record Finding(boolean problem, String text) {}
