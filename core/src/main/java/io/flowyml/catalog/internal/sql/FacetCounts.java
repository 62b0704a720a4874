package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.Facets;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.sql.Terms.Field;
import io.flowyml.catalog.internal.sql.Terms.Term;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.Field.BuiltIn;
import io.flowyml.catalog.spi.FacetField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts values among a set of artifacts: the bits of each value of the dictionary that the set has
 * too, or for all artifacts what the dictionary knows; artifacts whose values the index does not
 * have are looked at.
 */
final class FacetCounts {
  private static final int PAGE = 1_024;

  /** A set this much smaller than the dictionary is looked at itself. */
  private static final int TERMS_PER_LOOK = 20;

  private final Session session;
  private final SearchEngine.State state;
  private final ArtifactRows rows;
  private final Postings postings;
  private final Dictionary dictionary;

  /** {@code null} for all that the index has. */
  private final @Nullable DocBits docs;

  private final long matches;

  /** Matching artifacts that the index does not have as they are. */
  private final List<Artifact> added;

  /** What the index has and no longer matches, where all of it is counted. */
  private final List<Artifact> taken;

  private @Nullable List<Artifact> records;

  FacetCounts(
      Session session,
      SearchEngine.State state,
      ArtifactRows rows,
      Postings postings,
      Dictionary dictionary,
      @Nullable DocBits docs,
      long matches,
      List<Artifact> added,
      List<Artifact> taken) {
    this.session = session;
    this.state = state;
    this.rows = rows;
    this.postings = postings;
    this.dictionary = dictionary;
    this.docs = docs;
    this.matches = matches;
    this.added = added;
    this.taken = taken;
  }

  /**
   * Where the values of a field stand in the dictionary.
   *
   * @param present what those that have any are found by; absent where all have
   */
  private record Source(Field field, String key, @Nullable Term present) {}

  private static Source source(FacetField asked) {
    return switch (asked) {
      case FacetField.TagKeys keys -> new Source(Field.TAG_KEY, "", null);
      case FacetField.Values(var text, io.flowyml.catalog.query.Field.Tag(var key)) ->
          new Source(Field.TAG, key, Term.of(Field.TAG_KEY, key));
      case FacetField.Values(var text, io.flowyml.catalog.query.Field.Metadata(var path)) ->
          new Source(Field.METADATA, path, Term.of(Field.METADATA_KEY, path));
      case FacetField.Values(var text, BuiltIn builtIn) ->
          switch (builtIn) {
            case NAME -> new Source(Field.NAME, "", null);
            case TYPE -> new Source(Field.TYPE, "", null);
            case VERSION -> new Source(Field.VERSION, "", null);
            case PIPELINE -> new Source(Field.PIPELINE, "", Term.of(Field.HAS, "pipeline"));
            case STEP -> new Source(Field.STEP, "", Term.of(Field.HAS, "step"));
            case RUN -> new Source(Field.RUN, "", Term.of(Field.HAS, "run"));
            case ALIAS -> new Source(Field.ALIAS, "", Term.of(Field.HAS, "alias"));
            case CREATED -> new Source(Field.CREATED, "", null);
            case HASH, ID, URI, DUPLICATE ->
                throw new IllegalArgumentException("no facets of " + text);
          };
    };
  }

  /** A value as it is told apart from others: {@code 5} and {@code "5"} are two. */
  private record Value(String text, Terms.Kind kind) {
    @Nullable Double number() {
      return Terms.fieldValue(text, kind).number();
    }

    Object scalar() {
      return switch (kind) {
        case NUMBER -> Objects.requireNonNull(Json.parse(text));
        case BOOLEAN -> Boolean.valueOf(text);
        case TEXT, OTHER -> text;
      };
    }
  }

  private record Counted(Value value, @Nullable Double number, long count) {}

  private static final Comparator<Counted> MOST_FREQUENT =
      Comparator.comparingLong(Counted::count)
          .reversed()
          .thenComparing(Counted::number, Comparator.nullsLast(Double::compare))
          .thenComparing(c -> CaseFolding.fold(c.value().text()), CaseFolding.ORDER)
          .thenComparing(c -> c.value().text())
          .thenComparing(c -> c.value().kind());

  Facets.Facet of(FacetField asked, int shown) {
    var source = source(asked);
    boolean asIndexed = rows.moment() == null && docs == null && added.isEmpty() && taken.isEmpty();
    return asIndexed
        ? dictionary.facet(state, asked, shown, () -> count(source, asked.text(), shown))
        : count(source, asked.text(), shown);
  }

  private Facets.Facet count(Source source, String field, int shown) {
    var atHand = new HashMap<Value, Long>();
    long without = countAtHand(source, atHand);
    var entries = entries(source);
    var found = new ArrayList<Counted>();
    if (docs != null && docs.count() * TERMS_PER_LOOK < entries.size()) {
      for (var artifact : records(docs)) {
        without += count(source, artifact, atHand, 1) ? 0 : 1;
      }
    } else {
      addTerms(entries, atHand, found);
      without += countWithout(source, entries);
    }
    atHand.forEach(
        (value, n) -> {
          if (n > 0) {
            found.add(new Counted(value, value.number(), n));
          }
        });
    return new Facets.Facet(
        field,
        without,
        found.size(),
        first(found, shown).stream()
            .map(c -> new Facets.Value(c.value().scalar(), c.count()))
            .toList(),
        ranges(found, shown));
  }

  /** The first of many in their order, the others not sorted. */
  private static List<Counted> first(List<Counted> found, int shown) {
    if (found.size() <= shown) {
      return found.stream().sorted(MOST_FREQUENT).toList();
    }
    var first = new PriorityQueue<Counted>(shown + 1, MOST_FREQUENT.reversed());
    for (var counted : found) {
      if (first.size() < shown) {
        first.add(counted);
      } else if (MOST_FREQUENT.compare(counted, first.peek()) < 0) {
        first.remove();
        first.add(counted);
      }
    }
    return first.stream().sorted(MOST_FREQUENT).toList();
  }

  private List<Dictionary.Entry> entries(Source source) {
    var entries =
        dictionary.entries(session, state, source.field(), source.key(), rows.moment() != null);
    if (!isDescription(source)) {
      return entries;
    }
    var all = new ArrayList<>(entries);
    all.addAll(dictionary.entries(session, state, Field.DESCRIPTION, "", rows.moment() != null));
    return all;
  }

  /** Counts what is not counted by the index; answers how many of it have no value. */
  private long countAtHand(Source source, Map<Value, Long> counts) {
    long without = 0;
    for (var artifact : added) {
      without += count(source, artifact, counts, 1) ? 0 : 1;
    }
    for (var artifact : taken) {
      without -= count(source, artifact, counts, -1) ? 0 : 1;
    }
    return without;
  }

  /** Answers whether it has any value. */
  private static boolean count(
      Source source, Artifact artifact, Map<Value, Long> counts, long sign) {
    boolean any = false;
    for (var term : terms(source, artifact)) {
      if (isOf(source, term)) {
        counts.merge(new Value(term.value(), term.kind()), sign, Long::sum);
        any = true;
      }
    }
    return any;
  }

  private static Set<Term> terms(Source source, Artifact artifact) {
    if (source.field() != Field.METADATA || artifact.isDeleted()) {
      return Terms.of(artifact);
    }
    var terms = new LinkedHashSet<Term>();
    MetadataTerms.addAllTo(terms, artifact.metadata());
    return terms;
  }

  private static boolean isOf(Source source, Term term) {
    return (term.field() == source.field() && term.key().equals(source.key()))
        || (isDescription(source) && term.field() == Field.DESCRIPTION);
  }

  private static boolean isDescription(Source source) {
    return source.field() == Field.METADATA && source.key().equals(MetadataTerms.DESCRIPTION);
  }

  private List<Artifact> records(DocBits of) {
    if (records == null) {
      var numbers = new ArrayList<Long>();
      of.newestFirst(numbers::add);
      records =
          rows.uncached().byDocs(session, state.project(), numbers).stream()
              .map(ArtifactRows.Stored::artifact)
              .toList();
    }
    return records;
  }

  /** Adds the values of the dictionary that any match has, with what is counted at hand. */
  private void addTerms(
      List<Dictionary.Entry> entries, Map<Value, Long> atHand, List<Counted> found) {
    for (int from = 0; from < entries.size(); from += PAGE) {
      var page = entries.subList(from, Math.min(entries.size(), from + PAGE));
      var counts = docs == null ? Map.<Long, Long>of() : counts(docs, page);
      for (var entry : page) {
        long n = docs == null ? entry.n() : counts.getOrDefault(entry.no(), 0L);
        var value = new Value(entry.value(), entry.kind());
        n += atHand.isEmpty() ? 0 : Objects.requireNonNullElse(atHand.remove(value), 0L);
        if (n > 0) {
          found.add(new Counted(value, entry.number(), n));
        }
      }
    }
  }

  private Map<Long, Long> counts(DocBits of, List<Dictionary.Entry> page) {
    var counts = new HashMap<Long, Long>();
    if (rows.moment() != null) {
      // One value after the other: what has changed since is taken back in the bits of each.
      for (var entry : page) {
        var had = DocBits.of(session, ofTerms(List.of(entry.ref())));
        counts.put(entry.no(), DocBits.both(of, had).count());
      }
      return counts;
    }
    var terms = page.stream().map(Dictionary.Entry::no).toList();
    for (long no = 0; no <= FewDocs.spanOfChunk(of.top()); no++) {
      long span = no;
      postings.few(
          session,
          state.project(),
          terms,
          span,
          (term, stored) -> counts.merge(term, count(of, term, span, stored), Long::sum));
    }
    return counts;
  }

  private DocSet ofTerms(List<TermRef> terms) {
    return TermDocs.of(postings, state, rows.moment(), terms);
  }

  private long count(DocBits of, long term, long span, byte[] stored) {
    long first = FewDocs.firstChunk(span);
    long n = 0;
    if (FewDocs.areMany(stored)) {
      var chunks = postings.many(session, state, term, span, 0);
      for (int c = 0; c < chunks.length && first + c <= of.top(); c++) {
        var words = of.chunk(first + c);
        if (words != null && chunks[c] != null) {
          n += Chunk.countBoth(words, chunks[c]);
        }
      }
      return n;
    }
    for (int offset : FewDocs.decode(stored)) {
      n += of.has((first << Chunk.BITS) + offset) ? 1 : 0;
    }
    return n;
  }

  /** How many of what the index has have no value. */
  private long countWithout(Source source, List<Dictionary.Entry> entries) {
    long indexed = matches - added.size() + taken.size();
    if (source.field() == Field.TAG_KEY) {
      var tagged =
          DocBits.of(session, ofTerms(entries.stream().map(Dictionary.Entry::ref).toList()));
      return indexed - (docs == null ? tagged : DocBits.both(docs, tagged)).count();
    }
    if (source.present() == null) {
      return 0;
    }
    var no = Terms.find(session, state.project(), source.present());
    var present =
        session.list(
            "SELECT no, n, last FROM term WHERE project = ? AND no = ?",
            TermRef.FROM_ROW,
            state.project(),
            no);
    if (docs == null) {
      return indexed - present.stream().mapToLong(TermRef::n).sum();
    }
    var having = DocBits.of(session, ofTerms(present));
    return indexed - DocBits.both(docs, having).count();
  }

  private static List<Facets.Range> ranges(List<Counted> found, int shown) {
    var numbers = new HashMap<Double, Long>();
    for (var counted : found) {
      var number = counted.number();
      if (number != null && Double.isFinite(number)) {
        numbers.merge(number, counted.count(), Long::sum);
      }
    }
    return numbers.size() <= shown ? List.of() : NumberRanges.of(numbers);
  }
}
