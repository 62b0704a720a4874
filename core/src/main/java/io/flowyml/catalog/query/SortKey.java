package io.flowyml.catalog.query;

/**
 * One key of {@code sort:}. Artifacts without a value come last both ways, numbers before texts
 * both ways; of several values the smallest counts, descending the largest. Values that are lists,
 * objects, null or NaN count as none.
 *
 * @param field what is looked at
 * @param descending whether the largest comes first
 * @since 0.1
 */
public record SortKey(Field field, boolean descending) {}
