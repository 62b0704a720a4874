package io.flowyml.catalog.server;

import java.util.List;

/**
 * One protocol over the catalog.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Door {
  List<Route> routes();
}
