package io.flowyml.catalog.query;

/**
 * What {@code has:} asks for; its word in the language is the constant in lower case.
 *
 * @since 0.1
 */
public enum Trait {
  /** At least one parent, be it deleted or not in the catalog. */
  PARENTS,
  /** A living artifact names it as a parent. */
  CHILDREN,
  /** A content hash. */
  CONTENT,
  /** An alias points at it. */
  ALIAS,
  /** It is the {@code duplicate_of} of a living artifact. */
  DUPLICATES
}
