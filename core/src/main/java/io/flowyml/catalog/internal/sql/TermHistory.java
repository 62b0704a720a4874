package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What values some documents have, and had after each of some events. */
final class TermHistory {
  /** No event of the document itself: an alias that pointed at it moved on. */
  private static final int LEFT_BY_ALIAS = -1;

  private final Session session;
  private final Transaction.Project project;
  private final ArtifactRows rows;
  private final List<Document> documents;
  private final Map<Long, Set<Terms.Term>> now;

  /**
   * What happened to a document.
   *
   * @param events their kinds by their numbers
   */
  record Document(long doc, SortedMap<Long, Integer> events) {
    /** Whether the first of it is the registration. */
    boolean isNew() {
      return events.values().iterator().next() == Codes.of(Event.Kind.REGISTERED);
    }

    List<Long> seqs() {
      return List.copyOf(events.keySet());
    }
  }

  private TermHistory(Session session, Transaction.Project project, List<Document> documents) {
    this.session = session;
    this.project = project;
    this.rows = new ArtifactRows(project.name(), session.dialect());
    this.documents = documents;
    this.now = terms(rows, documents.stream().map(Document::doc).toList());
  }

  /** Of all documents that something happened to after an event, in their order. */
  static TermHistory since(Session session, Transaction.Project project, long seq) {
    var happened = new TreeMap<Long, Document>();
    // Grouped here: to group, SQLite would read all events of the project in their documents'
    // order.
    session.each(
        "SELECT doc, seq, kind FROM event WHERE project = ? AND seq > ?",
        r -> add(happened, r.getLong(1), r.getLong(2), r.getInt(3)),
        project.no(),
        seq);
    session.each(
        "SELECT doc, to_seq FROM alias WHERE project = ? AND to_seq > ?",
        r -> add(happened, r.getLong(1), r.getLong(2), LEFT_BY_ALIAS),
        project.no(),
        seq);
    return new TermHistory(session, project, List.copyOf(happened.values()));
  }

  /** Of documents from one number to another, both included, from their registration on. */
  static TermHistory of(Session session, Transaction.Project project, long low, long high) {
    var happened = new TreeMap<Long, Document>();
    session.each(
        "SELECT doc, seq, kind FROM event WHERE project = ? AND doc BETWEEN ? AND ?",
        r -> add(happened, r.getLong(1), r.getLong(2), r.getInt(3)),
        project.no(),
        low,
        high);
    session.each(
        """
        SELECT doc, to_seq FROM alias
        WHERE project = ? AND doc BETWEEN ? AND ? AND to_seq IS NOT NULL\
        """,
        r -> add(happened, r.getLong(1), r.getLong(2), LEFT_BY_ALIAS),
        project.no(),
        low,
        high);
    return new TermHistory(session, project, List.copyOf(happened.values()));
  }

  private static void add(Map<Long, Document> happened, long doc, long seq, int kind) {
    var document = happened.computeIfAbsent(doc, d -> new Document(d, new TreeMap<>()));
    document.events().merge(seq, kind, Math::max);
  }

  List<Document> documents() {
    return documents;
  }

  /** The values that a document has. */
  Set<Terms.Term> now(long doc) {
    return now.getOrDefault(doc, Set.of());
  }

  /** The values of those documents that are not new, as they were after an event. */
  Map<Long, Set<Terms.Term>> at(long seq) {
    var older = documents.stream().filter(d -> !d.isNew()).map(Document::doc).toList();
    return terms(then(seq), older);
  }

  private ArtifactRows then(long seq) {
    return rows.at(new Moment(seq, project.docs()));
  }

  private Map<Long, Set<Terms.Term>> terms(ArtifactRows from, List<Long> docs) {
    var terms = new HashMap<Long, Set<Terms.Term>>(2 * docs.size());
    for (var stored : from.byDocs(session, project.no(), docs)) {
      terms.put(stored.doc(), Terms.of(stored.artifact()));
    }
    return terms;
  }

  /** The values of a document after an event. */
  Set<Terms.Term> at(long doc, long seq) {
    var stored = then(seq).byDoc(session, project.no(), doc);
    return stored == null ? Set.of() : Terms.of(stored.artifact());
  }

  /**
   * Notes what each event of a document changed. Its registration is none: a document is left out
   * where it was not there yet.
   *
   * @param first before the first event that is no registration
   */
  void addTo(PastIndex past, Document document, Set<Terms.Term> first) {
    var seqs = document.seqs();
    var before = first;
    for (int i = 0; i < seqs.size(); i++) {
      boolean newest = i == seqs.size() - 1;
      boolean registration = i == 0 && document.isNew();
      if (registration && newest) {
        return;
      }
      var after = newest ? now(document.doc()) : at(document.doc(), seqs.get(i));
      if (!registration) {
        past.add(document.doc(), seqs.get(i), before, after);
      }
      before = after;
    }
  }
}
