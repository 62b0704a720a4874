/**
 * The catalog over HTTP. Start with {@link io.flowyml.catalog.server.CatalogServer}, which puts a
 * backend on the net, and {@link io.flowyml.catalog.server.Route}: what a server answers is the
 * list of its routes, each with the permission it needs.
 *
 * <p>A {@link io.flowyml.catalog.server.Door} is one protocol in a package of its own and gives its
 * routes. Its handlers only translate: parameters and body of a {@link
 * io.flowyml.catalog.server.Call} into calls of the library, their results into an {@link
 * io.flowyml.catalog.server.Answer}. What a value must look like is for the library to say, so that
 * every door says the same; what goes wrong is thrown as a {@code CatalogException} and becomes
 * {@code application/problem+json} in one place, with the status of its code.
 *
 * <p>Strict doors use {@link io.flowyml.catalog.server.Call#catalog()}, the facade with its rules.
 * A tolerant door uses {@link io.flowyml.catalog.server.Call#backend()} and {@link
 * io.flowyml.catalog.server.Call#scope()}, which are below those rules.
 *
 * <p>Who a caller is and what they may do is asked of {@link io.flowyml.catalog.server.Access}
 * before a handler runs: it sees the headers, the permission of the route and the project in the
 * path, and answers with a {@link io.flowyml.catalog.server.Principal}, whose name stands in the
 * events, or refuses with {@code unauthenticated}, {@code forbidden} or {@code not_found}.
 */
@NullMarked
package io.flowyml.catalog.server;

import org.jspecify.annotations.NullMarked;
