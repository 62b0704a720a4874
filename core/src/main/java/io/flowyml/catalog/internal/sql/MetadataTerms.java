package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.sql.Terms.Field;
import io.flowyml.catalog.internal.sql.Terms.Term;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the index holds of metadata: each path at which there is anything, and the values there, the
 * elements of a list at the list's own path. Metadata with more than a page of them is left out,
 * and marked so: a query looks at those artifacts themselves.
 */
final class MetadataTerms {
  static final String DESCRIPTION = "description";

  private static final int MOST = 64;
  private static final int LONGEST = 512;

  private final Set<Term> found = new LinkedHashSet<>();
  private final int most;
  private final int longest;

  private MetadataTerms(int most, int longest) {
    this.most = most;
    this.longest = longest;
  }

  static void addTo(Set<Term> terms, Map<String, ? extends @Nullable Object> metadata) {
    if (metadata.isEmpty()) {
      return;
    }
    // Words are looked for in it, however long it is.
    if (metadata.get(DESCRIPTION) instanceof String text) {
      terms.add(Term.of(Field.DESCRIPTION, text));
    }
    var leaves = new MetadataTerms(MOST, LONGEST);
    terms.addAll(leaves.below("", metadata) ? leaves.found : Set.of(Terms.MUCH_METADATA));
  }

  /** All there is, however much. */
  static void addAllTo(Set<Term> terms, Map<String, ? extends @Nullable Object> metadata) {
    var leaves = new MetadataTerms(Integer.MAX_VALUE, Integer.MAX_VALUE);
    leaves.below("", metadata);
    terms.addAll(leaves.found);
    if (metadata.get(DESCRIPTION) instanceof String text) {
      terms.add(Term.of(Field.DESCRIPTION, text));
    }
  }

  /** Answers whether all of it has room. */
  private boolean below(String prefix, Map<?, ?> object) {
    for (var entry : object.entrySet()) {
      if (!at(prefix + entry.getKey(), entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  private boolean at(String path, @Nullable Object value) {
    if (value instanceof List<?> list) {
      for (var element : list) {
        if (!at(path, element)) {
          return false;
        }
      }
      return true;
    }
    found.add(Term.of(Field.METADATA_KEY, path));
    if (!path.equals(DESCRIPTION) || !(value instanceof String)) {
      var term = Terms.metadata(path, value);
      found.add(term);
      if (term.value().length() > longest) {
        return false;
      }
    }
    return found.size() <= most
        && path.length() <= longest
        && (!(value instanceof Map<?, ?> object) || below(path + ".", object));
  }
}
