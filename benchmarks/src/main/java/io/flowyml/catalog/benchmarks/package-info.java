/** Figures beside their anchors: {@link io.flowyml.catalog.benchmarks.Main} names the runs. */
@NullMarked
package io.flowyml.catalog.benchmarks;

import org.jspecify.annotations.NullMarked;
