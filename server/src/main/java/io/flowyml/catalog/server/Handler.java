package io.flowyml.catalog.server;

/**
 * Translates one call: parameters to a call of the library, its result to an answer.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Handler {
  Answer answer(Call call);
}
