/**
 * The artifact catalog that an application embeds. Start with {@link
 * io.flowyml.catalog.ArtifactCatalog} (every call) and {@link io.flowyml.catalog.Artifact} (what
 * every call answers).
 */
@NullMarked
package io.flowyml.catalog;

import org.jspecify.annotations.NullMarked;
