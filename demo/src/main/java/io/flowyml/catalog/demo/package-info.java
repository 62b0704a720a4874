/**
 * The main job on real data: clean, derive, train, compare, promote and trace the wines of the UCI
 * repository. Start with {@link io.flowyml.catalog.demo.Main} (the command) and {@code
 * WinePipeline} (the steps and what each registers).
 */
@NullMarked
package io.flowyml.catalog.demo;

import org.jspecify.annotations.NullMarked;
