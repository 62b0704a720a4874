/**
 * FlowyML's wire, tolerant: what the Python package's {@code RemoteCatalogBackend} sends, answered
 * as its local backend would. {@link io.flowyml.catalog.server.flowyml.FlowymlDoor} lists the
 * routes, {@code WireEntry} is the form in which an artifact travels.
 */
@NullMarked
package io.flowyml.catalog.server.flowyml;

import org.jspecify.annotations.NullMarked;
