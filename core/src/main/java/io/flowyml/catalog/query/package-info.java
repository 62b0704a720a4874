/**
 * The query language: {@link io.flowyml.catalog.query.QueryParser} makes a {@link
 * io.flowyml.catalog.query.ParsedQuery} of a text, {@link io.flowyml.catalog.query.Query} is its
 * sealed tree, and {@link io.flowyml.catalog.query.Evaluation} says in memory what every storage
 * must say too. No SQL here.
 *
 * <p>One picture of values holds for all of it. A field of an artifact has none, one or several
 * values; each has a text, may have a number ({@link io.flowyml.catalog.query.JsonNumber}), and is
 * comparable or not ({@link io.flowyml.catalog.query.FieldValue}). Texts are compared folded
 * ({@link io.flowyml.catalog.query.CaseFolding}) and by code point, numbers as doubles. The parser
 * has settled everything that depends on how a query was written: quotes, wildcards, lists, clock
 * and time zone are gone from the tree.
 */
@NullMarked
package io.flowyml.catalog.query;

import org.jspecify.annotations.NullMarked;
