/**
 * JSON texts and JSON-like Java values. Start with {@link io.flowyml.catalog.internal.json.Json}
 * (strict JSON, and what Python's {@code json} module reads) and {@link
 * io.flowyml.catalog.internal.json.PythonJson} (the text that Python's {@code json.dumps} makes).
 *
 * <p>A JSON-like value that was parsed or checked is {@code null}, {@code Boolean}, {@code String},
 * {@code Long}, {@code BigInteger} (only what no {@code long} holds), {@code Double}, {@code List}
 * or {@code LinkedHashMap} with text keys, in the order of the text. Writers also take the other
 * integer types, {@code Float} and arrays.
 */
@NullMarked
package io.flowyml.catalog.internal.json;

import org.jspecify.annotations.NullMarked;
