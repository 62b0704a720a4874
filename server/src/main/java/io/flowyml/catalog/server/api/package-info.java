/**
 * The catalog's own API, strict: {@link io.flowyml.catalog.server.api.ApiDoor} lists its routes,
 * and {@code openapi.json} among the resources describes them.
 */
@NullMarked
package io.flowyml.catalog.server.api;

import org.jspecify.annotations.NullMarked;
