package io.flowyml.catalog.spi;

import io.flowyml.catalog.query.ParsedQuery;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search.
 *
 * @param query what is looked for, in which order
 * @param limit 1 to 1,000 (FlowyML's wire: 100,000)
 * @param cursor where the page begins; it belongs to this query and its order
 * @since 0.1
 */
public record Search(ParsedQuery query, int limit, @Nullable String cursor) {}
