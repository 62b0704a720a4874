package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Facets;
import io.flowyml.catalog.internal.sql.Terms.Field;
import io.flowyml.catalog.spi.FacetField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The values of a field with how often each occurs, kept while the index stays as it is. */
final class Dictionary {
  /** Entries to keep in all. */
  private static final int KEPT = 200_000;

  /** A value of the dictionary. */
  record Entry(long no, long n, long last, String value, Terms.Kind kind, @Nullable Double number) {
    TermRef ref() {
      return new TermRef(no, n, last);
    }
  }

  private record Key(long project, long indexedSeq, Field field, long key, boolean past) {}

  private final Map<Key, List<Entry>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int entries;

  /**
   * The values that any artifact has, those of a key of tags or metadata.
   *
   * @param past those that any had too
   */
  List<Entry> entries(
      Session session, SearchEngine.State state, Field field, String key, boolean past) {
    var keys = Terms.keys(field);
    var number =
        keys == null
            ? Long.valueOf(0)
            : Terms.find(session, state.project(), Terms.Term.of(keys, key));
    if (number == null) {
      return List.of();
    }
    var wanted = new Key(state.project(), state.indexedSeq(), field, number, past);
    synchronized (this) {
      var known = kept.get(wanted);
      if (known != null) {
        return known;
      }
    }
    var read =
        session.list(
            "SELECT no, n, last, value, kind, num FROM term WHERE project = ? AND field = ? AND key"
                + " = ?"
                + (past ? "" : " AND n > 0"),
            r ->
                new Entry(
                    r.getLong(1),
                    r.getLong(2),
                    r.getLong(3),
                    r.getString(4),
                    Codes.constant(Terms.Kind.class, r.getInt(5)),
                    r.getObject(6) instanceof Double seen ? seen : null),
            state.project(),
            Codes.of(field),
            number);
    keep(wanted, read);
    return read;
  }

  private static final int KEPT_FACETS = 64;

  private record FacetKey(long project, long indexedSeq, FacetField field, int shown) {}

  private final Map<FacetKey, Facets.Facet> facets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FacetKey, Facets.Facet> eldest) {
          return size() > KEPT_FACETS;
        }
      };

  /** The facet of everything, which is counted once for each state of the index. */
  Facets.Facet facet(
      SearchEngine.State state, FacetField field, int shown, Supplier<Facets.Facet> count) {
    var key = new FacetKey(state.project(), state.indexedSeq(), field, shown);
    synchronized (facets) {
      var known = facets.get(key);
      if (known != null) {
        return known;
      }
    }
    var counted = count.get();
    synchronized (facets) {
      facets.put(key, counted);
    }
    return counted;
  }

  private synchronized void keep(Key key, List<Entry> read) {
    if (read.size() > KEPT || kept.put(key, read) != null) {
      return;
    }
    entries += read.size();
    var oldest = kept.entrySet().iterator();
    while (entries > KEPT) {
      entries -= oldest.next().getValue().size();
      oldest.remove();
    }
  }
}
