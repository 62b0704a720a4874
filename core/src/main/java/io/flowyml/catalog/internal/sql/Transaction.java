package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A writing transaction: its session and the projects it has taken. */
public final class Transaction {
  private final Session session;
  private final Map<String, Project> projects = new HashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final Map<Long, Lookups> lookups = new HashMap<>();
  private Supplier<List<Function<Transaction, ?>>> next = List::of;
  private boolean full;

  Transaction(Session session) {
    this.session = session;
  }

  /**
   * Runs work in a transaction of its own, for what is done before calls are taken: later all of
   * them go through one {@link WriteQueue}.
   */
  public static <T extends @Nullable Object> T run(
      Database database, Function<Transaction, T> work) {
    var begun = new ArrayList<Transaction>(1);
    var result =
        database.write(
            session -> {
              var transaction = new Transaction(session);
              begun.add(transaction);
              var done = work.apply(transaction);
              transaction.flush();
              return done;
            });
    begun.getFirst().committed();
    return result;
  }

  public Session session() {
    return session;
  }

  /** Says that this transaction is long enough as it is: calls go into the next one. */
  void fill() {
    full = true;
  }

  boolean isFull() {
    return full;
  }

  /**
   * @param next tells what work waits to be done in this transaction too
   */
  void isFollowedBy(Supplier<List<Function<Transaction, ?>>> next) {
    this.next = next;
  }

  /** The work that waits to be done in this transaction too. */
  List<Function<Transaction, ?>> next() {
    return next.get();
  }

  /** What the registrations of this transaction look up in a project. */
  Lookups lookups(Project project) {
    return lookups.computeIfAbsent(project.no(), no -> new Lookups(session, project));
  }

  /** Writes what registrations held back, before anything else is done. */
  void settle() {
    lookups.values().forEach(Lookups::end);
  }

  /** What is to be done once the transaction is durable, and not where it is rolled back. */
  void afterCommit(Runnable after) {
    afterCommit.add(after);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }

  /** Takes a project's counters, and makes the project if it is new. */
  public Project project(String name) {
    var project = projects.get(name);
    if (project == null) {
      project = Project.take(session, name);
      projects.put(name, project);
    }
    return project;
  }

  /**
   * Gives a project another name, under which there must be nothing yet. Whoever writes there
   * meanwhile waits, and then finds the renamed one.
   *
   * @return whether there is nothing
   */
  boolean rename(Project project, String name) {
    var there = project(name);
    if (there.seq() > 0) {
      return false;
    }
    projects.remove(project.name());
    projects.remove(name);
    project.flush(session);
    session.update("DELETE FROM project WHERE project = ?", there.no());
    session.update("UPDATE project SET name = ? WHERE project = ?", name, project.no());
    return true;
  }

  /** Removes a project's own row, once all others are gone. */
  void remove(Project project) {
    projects.remove(project.name());
    session.update("DELETE FROM project WHERE project = ?", project.no());
  }

  /** Writes the counters back. */
  void flush() {
    settle();
    projects.values().forEach(p -> p.flush(session));
  }

  /** The projects that were taken. */
  Collection<Project> projects() {
    return projects.values();
  }

  /** The counters of a project, as this transaction moves them on. */
  public static final class Project {
    private final long no;
    private final String name;
    private long seq;
    private long doc;
    private long nameNo;
    private long term;
    private long time;
    private long indexedSeq;
    private long duplicates;
    private long duplicateBytes;
    private boolean changed;
    private final List<Indexer.Registered> registered = new ArrayList<>();

    private Project(
        long no,
        String name,
        long seq,
        long doc,
        long nameNo,
        long term,
        long time,
        long indexedSeq,
        long duplicates,
        long duplicateBytes) {
      this.no = no;
      this.name = name;
      this.seq = seq;
      this.doc = doc;
      this.nameNo = nameNo;
      this.term = term;
      this.time = time;
      this.indexedSeq = indexedSeq;
      this.duplicates = duplicates;
      this.duplicateBytes = duplicateBytes;
    }

    /**
     * Takes the project's row, for which other writers then wait. Where it is new, another writer
     * may make it, or one of the same number, at the same time: one of them succeeds, and the other
     * looks again.
     */
    private static Project take(Session session, String name) {
      while (true) {
        var found = find(session, name);
        if (found != null) {
          return found;
        }
        session.update(
            "INSERT INTO project (project, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
            1 + last(session),
            name);
      }
    }

    private static long last(Session session) {
      var last = session.number("SELECT max(project) FROM project");
      return last == null ? 0 : last;
    }

    private static @Nullable Project find(Session session, String name) {
      return session.first(
          """
          SELECT project, seq, doc, name_no, term, time, indexed_seq, duplicates, duplicate_bytes
          FROM project WHERE name = ?\
          """
              .concat(session.dialect().forUpdate()),
          r ->
              new Project(
                  r.getLong(1),
                  name,
                  r.getLong(2),
                  r.getLong(3),
                  r.getLong(4),
                  r.getLong(5),
                  r.getLong(6),
                  r.getLong(7),
                  r.getLong(8),
                  r.getLong(9)),
          name);
    }

    private void flush(Session session) {
      if (changed) {
        session.update(
            """
            UPDATE project SET seq = ?, doc = ?, name_no = ?, term = ?, time = ?, indexed_seq = ?,
              duplicates = ?, duplicate_bytes = ?
            WHERE project = ?\
            """,
            seq,
            doc,
            nameNo,
            term,
            time,
            indexedSeq,
            duplicates,
            duplicateBytes,
            no);
        changed = false;
      }
    }

    public long no() {
      return no;
    }

    public String name() {
      return name;
    }

    public long seq() {
      return seq;
    }

    /** Microseconds of the last event. */
    public long time() {
      return time;
    }

    long indexedSeq() {
      return indexedSeq;
    }

    void indexedTo(long seq) {
      indexedSeq = seq;
      changed = true;
    }

    /**
     * More, or with negative numbers fewer, living artifacts that are no first of their content.
     */
    void countDuplicates(long number, long bytes) {
      duplicates += number;
      duplicateBytes += bytes;
      changed = true;
    }

    /** Keeps what was registered for the indexer, which would have to read it otherwise. */
    void registered(Indexer.Registered artifact) {
      registered.add(artifact);
    }

    /** What this transaction registered. */
    List<Indexer.Registered> registered() {
      return registered;
    }

    long nextDoc() {
      changed = true;
      return ++doc;
    }

    long nextName() {
      changed = true;
      return ++nameNo;
    }

    /** How many terms were ever numbered. */
    long terms() {
      return term;
    }

    long nextTerm() {
      changed = true;
      return ++term;
    }

    /**
     * Numbers for consecutive new artifacts, each with one event.
     *
     * @param doc of the first; likewise the others
     */
    record Numbers(long doc, long seq, long time) {}

    Numbers take(int count) {
      var first = new Numbers(doc + 1, seq + 1, Math.max(Clock.micros(), time + 1));
      doc += count;
      seq += count;
      time = first.time() + count - 1;
      changed = true;
      return first;
    }

    /** How many artifacts were ever registered, and the number of the last. */
    public long docs() {
      return doc;
    }

    /** How many names were ever used. */
    long names() {
      return nameNo;
    }

    /**
     * Takes over where an export's numbering stood; what is restored is indexed by its restorer.
     */
    void restored(long seq, long doc, long time) {
      this.seq = seq;
      this.indexedSeq = seq;
      this.doc = doc;
      this.time = time;
      changed = true;
    }

    /**
     * Appends an event. Its time is later than that of the event before, whatever the clock does.
     *
     * @param detail JSON, or {@code null}
     * @return its number
     */
    public long event(
        Session session, String actor, Event.Kind kind, long doc, @Nullable String detail) {
      time = Math.max(Clock.micros(), time + 1);
      seq++;
      changed = true;
      session.later(
          """
          INSERT INTO event (project, seq, at, actor, kind, doc, detail)
          VALUES (?, ?, ?, ?, ?, ?, ?)\
          """,
          no,
          seq,
          time,
          actor,
          Codes.of(kind),
          doc,
          detail);
      return seq;
    }
  }
}
