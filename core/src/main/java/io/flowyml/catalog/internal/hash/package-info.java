/**
 * The digest and size of content. Start with {@link io.flowyml.catalog.internal.hash.ContentHash};
 * the rules for directories are in {@link io.flowyml.catalog.internal.hash.DirectoryHash}.
 */
@NullMarked
package io.flowyml.catalog.internal.hash;

import org.jspecify.annotations.NullMarked;
