package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The documents upstream or downstream of what a query names, each closure looked up once. */
final class Closures {
  private record Asked(String reference, Direction direction, int depth) {}

  private final Session session;
  private final SearchEngine.State state;
  private final @Nullable Moment moment;
  private final Map<Asked, Set<Long>> known = new HashMap<>();

  Closures(Session session, SearchEngine.State state, @Nullable Moment moment) {
    this.session = session;
    this.state = state;
    this.moment = moment;
  }

  /**
   * The documents that are reached; {@code not_found} where nothing has that id or name.
   *
   * @param depth 0 for any
   */
  Set<Long> of(String reference, Direction direction, int depth) {
    var asked = new Asked(reference, direction, depth);
    var docs = known.get(asked);
    if (docs == null) {
      docs = traced(asked);
      known.put(asked, docs);
    }
    return docs;
  }

  private Set<Long> traced(Asked asked) {
    var docs = new HashSet<Long>();
    int steps = asked.depth() == 0 ? Integer.MAX_VALUE : asked.depth();
    Graph.closure(
        session,
        state.project(),
        moment,
        root(asked.reference()),
        asked.direction(),
        steps,
        docs::add);
    return docs;
  }

  private long root(String reference) {
    var root = Resolver.doc(session, state.project(), moment, reference);
    if (root == null) {
      throw new CatalogException(
          ErrorCode.NOT_FOUND,
          "no artifact with id or name \"%s\" in project %s, which the query traces"
              .formatted(reference, state.name()),
          Map.of("reference", reference),
          null);
    }
    return root;
  }
}
