package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Event;
import java.util.List;

/** Whether the index tells of the past what the tables tell: how many lived at some moments. */
final class PastDiagnosis {
  private static final int MOMENTS = 4;

  private PastDiagnosis() {}

  static void contradictions(Session session, long project, String name, List<String> found) {
    var state = SearchEngine.State.of(session, project, name, null);
    for (int i = 1; i < MOMENTS; i++) {
      long seq = state.indexedSeq() * i / MOMENTS;
      if (seq > 0) {
        long lived = lived(session, project, seq);
        long indexed = indexed(session, state, seq);
        if (lived != indexed) {
          found.add(
              "project %s: the index has %d artifacts that lived after event %d, but %d did"
                  .formatted(name, indexed, seq, lived));
        }
      }
    }
  }

  private static long lived(Session session, long project, long seq) {
    var count =
        session.number(
            "SELECT count(*) FROM artifact c WHERE c.project = ? AND c.doc <= ? AND "
                + PastSets.LIVED,
            project,
            docs(session, project, seq),
            seq,
            seq,
            seq);
    return count == null ? 0 : count;
  }

  private static long docs(Session session, long project, long seq) {
    var last =
        session.number(
            "SELECT count(*) FROM event WHERE project = ? AND seq <= ? AND kind = ?",
            project,
            seq,
            Codes.of(Event.Kind.REGISTERED));
    return last == null ? 0 : last;
  }

  private static long indexed(Session session, SearchEngine.State state, long seq) {
    var living =
        session.list(
            "SELECT no, n, last FROM term WHERE project = ? AND field = ?",
            TermRef.FROM_ROW,
            state.project(),
            Codes.of(Terms.Field.LIVING));
    var moment = new Moment(seq, docs(session, state.project(), seq));
    return DocBits.of(session, new PastTermDocs(new Postings(), state, moment, living)).count();
  }
}
