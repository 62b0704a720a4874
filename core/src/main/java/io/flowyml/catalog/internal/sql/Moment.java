package io.flowyml.catalog.internal.sql;

/**
 * A state that a project was in.
 *
 * @param seq the event it was left by
 * @param docs how many artifacts had been registered, and the number of the last
 */
record Moment(long seq, long docs) {}
