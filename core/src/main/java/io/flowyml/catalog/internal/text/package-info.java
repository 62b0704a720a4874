/**
 * What people write: files of settings ({@link io.flowyml.catalog.internal.text.Yaml}), and words
 * that are nearly right ({@link io.flowyml.catalog.internal.text.Suggestions}).
 */
@NullMarked
package io.flowyml.catalog.internal.text;

import org.jspecify.annotations.NullMarked;
