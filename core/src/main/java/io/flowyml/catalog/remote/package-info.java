/** Catalogs on a server: {@link io.flowyml.catalog.remote.RemoteCatalogBackend}. */
@NullMarked
package io.flowyml.catalog.remote;

import org.jspecify.annotations.NullMarked;
