package io.flowyml.catalog.server;

/**
 * Who makes a call.
 *
 * @param actor written into the events
 * @since 0.1
 */
public record Principal(String actor) {}
