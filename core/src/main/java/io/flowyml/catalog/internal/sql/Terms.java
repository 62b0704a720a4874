package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.internal.json.JsonTime;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.FieldValue;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of the search index: what an artifact contributes, and how each is stored.
 */
final class Terms {
  /** Code points of a text by which an index orders it. */
  private static final int HEAD = 40;

  private Terms() {}

  /** Which part of an artifact a value stands in; the order is stored. */
  enum Field {
    /** All that live, under one term. */
    LIVING,
    NAME,
    TYPE,
    PIPELINE,
    STEP,
    RUN,
    VERSION,
    TAG_KEY,
    TAG,
    DESCRIPTION,
    /** Whether there is any value of something: content, parents, a pipeline. */
    HAS,
    ALIAS,
    /** A path into the metadata at which there is anything. */
    METADATA_KEY,
    METADATA,
    /** The day of registration, in UTC. */
    CREATED;

    /** Whether words are looked for in it. */
    boolean isText() {
      return TEXTS.contains(this);
    }
  }

  static final List<Field> TEXTS =
      List.of(
          Field.NAME,
          Field.TYPE,
          Field.PIPELINE,
          Field.STEP,
          Field.RUN,
          Field.TAG_KEY,
          Field.TAG,
          Field.DESCRIPTION);

  /** What a value is in JSON; the order is stored. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    OTHER;

    static Kind of(@Nullable Object value) {
      return switch (value) {
        case String text -> TEXT;
        case Double number when !Double.isFinite(number) -> OTHER;
        case Number number -> NUMBER;
        case Boolean truth -> BOOLEAN;
        case null, default -> OTHER;
      };
    }
  }

  /**
   * One distinct value.
   *
   * @param key of a tag, or the path into the metadata; else empty
   * @param value its text; for anything but text the JSON
   */
  record Term(Field field, String key, String value, Kind kind) {
    static Term of(Field field, String value) {
      return new Term(field, "", value, Kind.TEXT);
    }

    long hash() {
      return Terms.hash(field, key, CaseFolding.fold(value));
    }

    /** The texts' hashes are kept by them, an enum's is not: maps of terms ask often. */
    @Override
    public int hashCode() {
      return value.hashCode() + 31 * (key.hashCode() + 31 * Codes.of(field));
    }
  }

  static long hash(Field field, String key, String folded) {
    return Keys.of(Codes.of(field) + "\0" + key + "\0" + folded);
  }

  static final Term LIVING = Term.of(Field.LIVING, "");

  /** Those whose metadata is too much for the index, so that each is looked at. */
  static final Term MUCH_METADATA = Term.of(Field.HAS, "much metadata");

  /** The values of an artifact; a tombstone has none. */
  static Set<Term> of(Artifact artifact) {
    if (artifact.isDeleted()) {
      return new LinkedHashSet<>();
    }
    var terms = whileUnregistered(artifact);
    terms.add(version(artifact.version()));
    terms.add(created(artifact.createdAt()));
    return terms;
  }

  static Term created(Instant at) {
    return Term.of(Field.CREATED, day(at));
  }

  /** The day of a time, as the beginning of its text. */
  static String day(Instant at) {
    var text = JsonTime.text(at);
    return text.substring(0, text.indexOf('T'));
  }

  static Term version(String version) {
    return Term.of(Field.VERSION, version);
  }

  /** The values of a living artifact whose version and time of registration are not known yet. */
  static Set<Term> whileUnregistered(Artifact artifact) {
    var terms = new LinkedHashSet<Term>();
    terms.add(LIVING);
    terms.add(Term.of(Field.NAME, artifact.name()));
    terms.add(Term.of(Field.TYPE, artifact.artifactType()));
    add(terms, Field.PIPELINE, artifact.sourcePipeline());
    add(terms, Field.STEP, artifact.sourceStep());
    add(terms, Field.RUN, artifact.sourceRunId());
    has(terms, "pipeline", artifact.sourcePipeline() != null);
    has(terms, "step", artifact.sourceStep() != null);
    has(terms, "run", artifact.sourceRunId() != null);
    has(terms, "uri", artifact.uri() != null);
    has(terms, "content", artifact.contentHash() != null);
    has(terms, "parents", !artifact.parentIds().isEmpty());
    for (var tag : artifact.tags().entrySet()) {
      terms.add(Term.of(Field.TAG_KEY, tag.getKey()));
      terms.add(tag(tag.getKey(), tag.getValue()));
    }
    for (var alias : artifact.aliases()) {
      terms.add(Term.of(Field.ALIAS, alias));
    }
    has(terms, "alias", !artifact.aliases().isEmpty());
    MetadataTerms.addTo(terms, artifact.metadata());
    return terms;
  }

  static Term tag(String key, @Nullable Object value) {
    return new Term(Field.TAG, key, FieldValue.of(value).text(), Kind.of(value));
  }

  static Term metadata(String path, @Nullable Object value) {
    return new Term(Field.METADATA, path, FieldValue.of(value).text(), Kind.of(value));
  }

  private static void has(Set<Term> terms, String what, boolean holds) {
    if (holds) {
      terms.add(Term.of(Field.HAS, what));
    }
  }

  private static void add(Set<Term> terms, Field field, @Nullable String value) {
    if (value != null) {
      terms.add(Term.of(field, value));
    }
  }

  /** A value as comparisons see it. */
  static FieldValue fieldValue(String value, Kind kind) {
    return switch (kind) {
      case TEXT, NUMBER -> FieldValue.text(value);
      case BOOLEAN -> FieldValue.plain(value);
      case OTHER -> new FieldValue(value, null, false);
    };
  }

  /** The number of a term, or {@code null} where no artifact ever had it. */
  static @Nullable Long find(Session session, long project, Term term) {
    var candidates =
        session.list(
            """
            SELECT t.no, t.value, t.kind, t.field, coalesce(k.value, '') FROM term t
            LEFT JOIN term k ON k.project = t.project AND k.no = t.key
            WHERE t.project = ? AND t.hash = ?\
            """,
            r ->
                r.getString(2).equals(term.value())
                        && r.getInt(3) == Codes.of(term.kind())
                        && r.getInt(4) == Codes.of(term.field())
                        && r.getString(5).equals(term.key())
                    ? r.getLong(1)
                    : -1L,
            project,
            term.hash());
    for (long no : candidates) {
      if (no >= 0) {
        return no;
      }
    }
    return null;
  }

  /** Finds the numbers of all terms that are not known yet; those that are new stay unknown. */
  static void findAll(
      Session session, Transaction.Project project, Collection<Term> terms, TermNumbers known) {
    session.eachIn(
        """
        SELECT t.no, t.value, t.kind, t.field, coalesce(k.value, '') FROM term t
        LEFT JOIN term k ON k.project = t.project AND k.no = t.key
        WHERE t.project = ? AND t.hash IN\
        """,
        terms.stream().filter(term -> known.get(term) == null).mapToLong(Term::hash),
        r ->
            known.put(
                new Term(
                    Codes.constant(Field.class, r.getInt(4)),
                    r.getString(5),
                    r.getString(2),
                    Codes.constant(Kind.class, r.getInt(3))),
                r.getLong(1)),
        project.no());
  }

  /** The number of a term, from memory where it was met lately; {@code null} for a new one. */
  static @Nullable Long find(
      Session session, Transaction.Project project, Term term, TermNumbers known) {
    var no = known.get(term);
    if (no == null) {
      no = find(session, project.no(), term);
      if (no != null) {
        known.put(term, no);
      }
    }
    return no;
  }

  /**
   * Adds a new term.
   *
   * @param n documents that have it
   * @param last the newest of them
   */
  static void add(
      Session session,
      Transaction.Project project,
      long no,
      Term term,
      long n,
      long last,
      TermNumbers known) {
    var folded = CaseFolding.fold(term.value());
    var seen = fieldValue(term.value(), term.kind());
    session.later(
        """
        INSERT INTO term (project, no, field, key, hash, value, kind, folded, num, head, n, last)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        project.no(),
        no,
        Codes.of(term.field()),
        key(session, project, term, known),
        hash(term.field(), term.key(), folded),
        term.value(),
        Codes.of(term.kind()),
        folded.equals(term.value()) ? null : folded,
        seen.number(),
        seen.comparable() && seen.number() == null ? head(folded) : null,
        n,
        last);
    known.write(term, no);
    if (term.field().isText()) {
      session.dialect().indexText(session, project.no(), no, folded);
    }
  }

  /** How a folded text begins: what an index orders it by, of a length that any index takes. */
  static String head(String folded) {
    return folded.codePointCount(0, folded.length()) <= HEAD
        ? folded
        : folded.substring(0, folded.offsetByCodePoints(0, HEAD));
  }

  /** Where the keys of a field's values stand. */
  static @Nullable Field keys(Field field) {
    return switch (field) {
      case TAG -> Field.TAG_KEY;
      case METADATA -> Field.METADATA_KEY;
      default -> null;
    };
  }

  /** The number of a value's key, which is made where it is new; 0 for what has none. */
  private static long key(
      Session session, Transaction.Project project, Term term, TermNumbers known) {
    var keys = keys(term.field());
    if (keys == null) {
      return 0;
    }
    var key = Term.of(keys, term.key());
    var found = find(session, project, key, known);
    if (found != null) {
      return found;
    }
    long no = project.nextTerm();
    add(session, project, no, key, 0, 0, known);
    return no;
  }

  /**
   * Removes a term that no document has or had; a key only when no term of its values is left,
   * since those name it.
   */
  static boolean removeUnused(Session session, long project, long no) {
    var unused =
        session.<Unused>first(
            """
            SELECT field, coalesce(folded, value) FROM term t WHERE project = ? AND no = ? AND n = 0
            AND NOT EXISTS (
              SELECT 1 FROM term v WHERE v.project = t.project AND v.field IN (?, ?)
              AND v.key = t.no)
            AND NOT EXISTS (
              SELECT 1 FROM posting_past p WHERE p.project = t.project AND p.term = t.no)\
            """,
            r -> new Unused(Codes.constant(Field.class, r.getInt(1)), r.getString(2)),
            project,
            no,
            Codes.of(Field.TAG),
            Codes.of(Field.METADATA));
    if (unused == null) {
      return false;
    }
    session.update("DELETE FROM term WHERE project = ? AND no = ?", project, no);
    if (unused.field().isText()) {
      session.dialect().removeText(session, project, no, unused.folded());
    }
    return true;
  }

  private record Unused(Field field, String folded) {}

  static void removeAll(Session session, long project, long first, long last) {
    var texts = new LinkedHashMap<Long, String>();
    session.each(
        "SELECT no, field, coalesce(folded, value) FROM term WHERE project = ? AND no BETWEEN ? AND"
            + " ?",
        r -> {
          if (Codes.constant(Field.class, r.getInt(2)).isText()) {
            texts.put(r.getLong(1), r.getString(3));
          }
        },
        project,
        first,
        last);
    texts.forEach((no, text) -> session.dialect().removeText(session, project, no, text));
    session.update(
        "DELETE FROM term WHERE project = ? AND no BETWEEN ? AND ?", project, first, last);
  }
}
