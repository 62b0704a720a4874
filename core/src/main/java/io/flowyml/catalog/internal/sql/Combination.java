package io.flowyml.catalog.internal.sql;

import java.util.List;

/** A set that is made of several others. */
abstract class Combination extends DocSet {
  final List<DocSet> parts;

  Combination(List<DocSet> parts) {
    this.parts = parts;
  }

  @Override
  final List<DocSet> inputs() {
    return parts;
  }

  @Override
  final boolean hasManyTerms() {
    return parts.stream().anyMatch(DocSet::hasManyTerms);
  }
}
