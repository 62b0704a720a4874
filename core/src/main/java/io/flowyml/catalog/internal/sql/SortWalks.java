package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.internal.sql.Terms.Field;
import io.flowyml.catalog.query.Field.BuiltIn;
import io.flowyml.catalog.query.SortKey;
import org.jspecify.annotations.Nullable;

/** Which way each sort key takes. */
final class SortWalks {
  static final int FIRST_STEPS = 16;
  static final int MOST_STEPS = 1_024;

  private final Session session;
  private final SearchEngine.State state;
  private final ArtifactRows rows;
  private final Postings postings;

  SortWalks(Session session, SearchEngine.State state, ArtifactRows rows, Postings postings) {
    this.session = session;
    this.state = state;
    this.rows = rows;
    this.postings = postings;
  }

  /** The walk for a key, or {@code null} where nothing is kept in its order. */
  @Nullable SortWalk of(SortKey key) {
    return switch (key.field()) {
      case io.flowyml.catalog.query.Field.Tag(var tag) ->
          terms(key, Field.TAG, tag, true, present(Field.TAG_KEY, tag));
      case io.flowyml.catalog.query.Field.Metadata(var path) ->
          path.equals(MetadataTerms.DESCRIPTION)
              ? null
              : terms(key, Field.METADATA, path, false, present(Field.METADATA_KEY, path));
      case BuiltIn builtIn ->
          switch (builtIn) {
            case NAME -> terms(key, Field.NAME, "", true, null);
            case TYPE -> terms(key, Field.TYPE, "", true, null);
            case VERSION -> terms(key, Field.VERSION, "", true, null);
            case PIPELINE -> terms(key, Field.PIPELINE, "", true, present(Field.HAS, "pipeline"));
            case STEP -> terms(key, Field.STEP, "", true, present(Field.HAS, "step"));
            case RUN -> terms(key, Field.RUN, "", true, present(Field.HAS, "run"));
            case ALIAS -> terms(key, Field.ALIAS, "", false, present(Field.HAS, "alias"));
            case CREATED ->
                timesWereReplaced()
                    ? null
                    : new CreatedWalk(session, state.project(), key.descending());
            case HASH, ID, URI, DUPLICATE -> null;
          };
    };
  }

  /** Whether the index of times may hold others than there were. */
  private boolean timesWereReplaced() {
    var moment = rows.moment();
    return moment != null
        && session.number(
                "SELECT 1 FROM artifact_past WHERE project = ? AND to_seq > ? LIMIT 1",
                state.project(),
                moment.seq())
            != null;
  }

  private DocBits present(Field field, String value) {
    return DocBits.of(
        session,
        TermDocs.of(
            postings,
            state,
            rows.moment(),
            session.list(
                "SELECT no, n, last FROM term WHERE project = ? AND no = ?",
                TermRef.FROM_ROW,
                state.project(),
                Terms.find(session, state.project(), Terms.Term.of(field, value)))));
  }

  private SortWalk terms(
      SortKey key, Field field, String name, boolean single, @Nullable DocBits present) {
    return new TermWalk(session, state, rows, postings, key, field, name, single, present);
  }
}
