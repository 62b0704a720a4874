package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.Evaluation;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.Op;
import io.flowyml.catalog.query.Operand;
import io.flowyml.catalog.query.Query;
import io.flowyml.catalog.query.Trait;
import io.flowyml.catalog.spi.CatalogBackend.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into sets of documents: what the index has by its terms, the rest by looking at the
 * tables. It also tells the in-memory evaluation what one record alone cannot know.
 */
final class Planner implements Evaluation.Facts {
  private static final Operand ANYTHING = new Operand.Pattern(List.of("", ""));

  private final Session session;
  private final ArtifactRows rows;
  private final long project;
  private final TermSets terms;
  private final RowSets unindexed;
  private final Closures closures;

  Planner(
      Session session,
      SearchEngine.State state,
      ArtifactRows rows,
      Postings postings,
      CommonParts common) {
    var moment = rows.moment();
    this.session = session;
    this.rows = rows;
    this.project = state.project();
    this.terms = new TermSets(session, state, moment, postings, common);
    this.closures = new Closures(session, state, moment);
    this.unindexed =
        moment == null
            ? new PresentSets(session, state, terms)
            : new PastSets(session, state, moment, terms, this::checked);
  }

  /**
   * The plan for a page, newest first: where a part of the query takes very many terms, it is
   * looked for in the newest documents of the other parts first.
   */
  DocSet pagePlan(Query query) {
    var base = new ArrayList<DocSet>();
    var without = new ArrayList<DocSet>();
    var met = new ArrayList<DocSet>();
    var conditions = new ArrayList<Query>();
    for (var part : query instanceof Query.And and ? and.terms() : List.of(query)) {
      boolean negated = part instanceof Query.Not;
      var positive = part instanceof Query.Not not ? not.term() : part;
      var set = plan(positive);
      if (set.hasManyTerms() && RecordQueries.isOfRecord(positive)) {
        met.add(negated ? new Exclusion(terms.living(), set) : set);
        conditions.add(part);
      } else if (negated) {
        without.add(set);
      } else if (!(part instanceof Query.All)) {
        base.add(set);
      }
    }
    var plan = allBut(base, without);
    return conditions.isEmpty()
        ? plan
        : new AdaptiveFilter(plan, look(conditions), intersection(met));
  }

  private RecordFilter.Check look(List<Query> conditions) {
    var condition = conditions.size() == 1 ? conditions.getFirst() : new Query.And(conditions);
    var some = new PartialRows(rows, project, RecordQueries.fields(condition));
    return (reading, docs, passes) ->
        some.each(
            reading,
            docs,
            (doc, artifact) -> {
              if (Evaluation.matches(condition, artifact, this)) {
                passes.accept(doc);
              }
            });
  }

  DocSet plan(Query query) {
    return switch (query) {
      case Query.And and -> planned(query);
      case Query.Or or -> planned(query);
      case Query.Not not -> planned(query);
      default -> planned(query).asked(query.asText());
    };
  }

  private DocSet planned(Query query) {
    return switch (query) {
      case Query.All all -> terms.living();
      case Query.And and -> and(and.terms());
      case Query.Or or -> new Union(or.terms().stream().map(this::plan).toList());
      case Query.Not not -> new Exclusion(terms.living(), plan(not.term()));
      case Query.Word word -> terms.containing(CaseFolding.fold(word.text()));
      case Query.Compare compare -> compare(compare);
      case Query.Has has -> has(has.trait());
      case Query.Ancestors up -> traced(ancestors(up.reference(), up.depth()));
      case Query.Descendants down -> traced(descendants(down.reference(), down.depth()));
    };
  }

  /** What the filter of a list keeps: exact values, of their own type. */
  DocSet plan(ListFilter filter) {
    var parts = new ArrayList<DocSet>();
    parts.add(terms.living());
    exact(parts, Terms.Field.TYPE, filter.type());
    exact(parts, Terms.Field.PIPELINE, filter.pipeline());
    exact(parts, Terms.Field.STEP, filter.step());
    filter.tags().forEach((key, value) -> parts.add(terms.tagged(key, value)));
    return intersection(parts);
  }

  private void exact(List<DocSet> parts, Terms.Field field, @Nullable String value) {
    if (value != null) {
      parts.add(terms.having(Terms.Term.of(field, value)));
    }
  }

  private DocSet and(List<Query> parts) {
    var wanted = new ArrayList<DocSet>();
    var unwanted = new ArrayList<DocSet>();
    for (var part : parts) {
      if (part instanceof Query.Not not) {
        unwanted.add(plan(not.term()));
      } else if (!(part instanceof Query.All)) {
        wanted.add(plan(part));
      }
    }
    return allBut(wanted, unwanted);
  }

  private DocSet allBut(List<DocSet> wanted, List<DocSet> unwanted) {
    var result = wanted.isEmpty() ? terms.living() : intersection(wanted);
    for (var not : unwanted) {
      result = new Exclusion(result, not);
    }
    return result;
  }

  private static DocSet intersection(List<DocSet> sets) {
    return sets.size() == 1 ? sets.getFirst() : new Intersection(sets);
  }

  private DocSet compare(Query.Compare compare) {
    if (compare.op() == Op.NOT_MATCH) {
      var match = new Query.Compare(compare.field(), Op.MATCH, compare.operand());
      return new Exclusion(present(compare), plan(match));
    }
    return switch (compare.field()) {
      case Field.Tag tag -> inTerms(Terms.Field.TAG, tag.key(), compare);
      case Field.Metadata(var path) -> metadata(path, compare);
      case Field.BuiltIn builtIn ->
          switch (builtIn) {
            case NAME -> inTerms(Terms.Field.NAME, "", compare);
            case TYPE -> inTerms(Terms.Field.TYPE, "", compare);
            case PIPELINE -> inTerms(Terms.Field.PIPELINE, "", compare);
            case STEP -> inTerms(Terms.Field.STEP, "", compare);
            case RUN -> inTerms(Terms.Field.RUN, "", compare);
            case VERSION -> inTerms(Terms.Field.VERSION, "", compare);
            case ALIAS -> inTerms(Terms.Field.ALIAS, "", compare);
            case ID -> byKey(compare, unindexed::withId);
            case HASH -> byKey(compare, unindexed::withHash);
            case CREATED -> created(TimeRange.of(compare));
            case URI -> unindexed.withUri(compare);
            case DUPLICATE ->
                compare.operand().equals(new Operand.Text("true"))
                    ? unindexed.duplicates()
                    : new Exclusion(terms.living(), unindexed.duplicates());
          };
    };
  }

  /** Those that have any value of the field. */
  private DocSet present(Query.Compare compare) {
    return switch (compare.field()) {
      case Field.Tag tag -> terms.having(Terms.Term.of(Terms.Field.TAG_KEY, tag.key()));
      case Field.Metadata(var path) ->
          orMuchMetadata(
              terms.having(Terms.Term.of(Terms.Field.METADATA_KEY, path)),
              new Query.Compare(compare.field(), Op.MATCH, ANYTHING));
      case Field.BuiltIn builtIn ->
          switch (builtIn) {
            case NAME, TYPE, VERSION, ID, CREATED, DUPLICATE -> terms.living();
            case PIPELINE -> terms.having("pipeline");
            case STEP -> terms.having("step");
            case RUN -> terms.having("run");
            case HASH -> terms.having("content");
            case URI -> terms.having("uri");
            case ALIAS -> terms.having("alias");
          };
    };
  }

  private DocSet inTerms(Terms.Field field, String key, Query.Compare compare) {
    return isAnything(compare) ? present(compare) : terms.comparing(field, key, compare);
  }

  private static boolean isAnything(Query.Compare compare) {
    return compare.operand() instanceof Operand.Pattern pattern && pattern.isAnything();
  }

  private DocSet metadata(String path, Query.Compare compare) {
    if (isAnything(compare)) {
      return present(compare);
    }
    var indexed = terms.comparing(Terms.Field.METADATA, path, compare);
    return orMuchMetadata(
        path.equals(MetadataTerms.DESCRIPTION)
            ? new Union(List.of(indexed, terms.comparing(Terms.Field.DESCRIPTION, "", compare)))
            : indexed,
        compare);
  }

  /** Those whose metadata is not in the index. */
  DocSet muchMetadata() {
    return terms.having(Terms.MUCH_METADATA);
  }

  /** What has no room in the index is looked at. */
  private DocSet orMuchMetadata(DocSet indexed, Query.Compare compare) {
    var much = muchMetadata();
    return much.top() < 0 ? indexed : new Union(List.of(indexed, checked(much, compare)));
  }

  private DocSet byKey(Query.Compare compare, BiFunction<Op, Operand.Text, DocSet> find) {
    return compare.operand() instanceof Operand.Text text && !compare.op().isInequality()
        ? find.apply(compare.op(), text)
        : checked(terms.living(), compare);
  }

  /** Whole days are values of the dictionary; of the days that are cut, times are looked at. */
  private DocSet created(TimeRange range) {
    var days = range.wholeDays();
    if (days.from() > days.to()) {
      return unindexed.created(range);
    }
    var parts = new ArrayList<DocSet>();
    parts.add(terms.created(days));
    if (range.from() < days.from()) {
      parts.add(unindexed.created(new TimeRange(range.from(), days.from())));
    }
    if (days.to() < range.to()) {
      parts.add(unindexed.created(new TimeRange(days.to(), range.to())));
    }
    return parts.size() == 1 ? parts.getFirst() : new Union(parts);
  }

  private DocSet has(Trait trait) {
    return switch (trait) {
      case PARENTS -> terms.having("parents");
      case CONTENT -> terms.having("content");
      case ALIAS -> terms.having("alias");
      case CHILDREN -> unindexed.withChildren();
      case DUPLICATES -> unindexed.withDuplicates();
    };
  }

  /** Looks at each artifact of a set: for what has no index. */
  private DocSet checked(DocSet of, Query query) {
    return new RecordFilter(
        of,
        (reading, docs, passes) -> {
          for (var stored : rows.uncached().byDocs(reading, project, docs)) {
            if (Evaluation.matches(query, stored.artifact(), this)) {
              passes.accept(stored.doc());
            }
          }
        });
  }

  private DocSet traced(Set<Long> closure) {
    return new Intersection(List.of(terms.living(), new ListedDocs(closure)));
  }

  private Set<Long> ancestors(String reference, int depth) {
    return closures.of(reference, Direction.UPSTREAM, depth);
  }

  private Set<Long> descendants(String reference, int depth) {
    return closures.of(reference, Direction.DOWNSTREAM, depth);
  }

  @Override
  public boolean isAncestor(Artifact artifact, String reference, int depth) {
    return ancestors(reference, depth).contains(doc(artifact));
  }

  @Override
  public boolean isDescendant(Artifact artifact, String reference, int depth) {
    return descendants(reference, depth).contains(doc(artifact));
  }

  @Override
  public boolean hasChildren(Artifact artifact) {
    return unindexed.hasChildren(doc(artifact));
  }

  @Override
  public boolean hasDuplicates(Artifact artifact) {
    var hash = artifact.contentHash();
    return hash != null
        && artifact.duplicateOf() == null
        && unindexed.hasNewerTwin(doc(artifact), hash);
  }

  private long doc(Artifact artifact) {
    var doc = Resolver.byId(session, project, artifact.id());
    if (doc == null) {
      throw new CatalogException(
          ErrorCode.CORRUPT, "artifact %s is read, but not there".formatted(artifact.id()));
    }
    return doc;
  }
}
