package io.flowyml.catalog.spi;

import io.flowyml.catalog.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * What a change left behind.
 *
 * @param artifact the record afterwards; a tombstone after a deletion
 * @param previous where an alias moved: what it pointed at before, or {@code null}
 * @param changed whether anything changed at all
 * @since 0.1
 */
public record Changed(Artifact artifact, @Nullable Artifact previous, boolean changed) {}
