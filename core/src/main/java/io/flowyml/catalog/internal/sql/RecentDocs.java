package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.query.CaseFolding;
import io.flowyml.catalog.query.Evaluation;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest artifacts in memory, where a common word finds its first page without the thousands of
 * values that hold it being read. They are kept while the index stays as it is; what has changed
 * since is told by the caller.
 */
final class RecentDocs {
  private static final int MOST = 1_024;

  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable Kept kept;

  /**
   * @param text all that words are looked for in, folded, one part apart from the next
   */
  private record Entry(long doc, Artifact artifact, String text) {}

  private record Kept(long project, long indexedSeq, List<Entry> newestFirst) {}

  /**
   * The newest documents that match, if there are so many among the recent ones; else {@code null}.
   *
   * @param changed what the index does not have as it is
   */
  @Nullable List<Long> newest(
      Session session,
      SearchEngine.State state,
      ArtifactRows rows,
      Query where,
      NavigableMap<Long, Artifact> changed,
      Evaluation.Facts facts,
      int wanted) {
    // A process that asks once would read them for nothing.
    if (rows.moment() != null
        || wanted > MOST / 2
        || !isOfWords(where)
        || asked.getAndIncrement() == 0) {
      return null;
    }
    var found = new ArrayList<Long>(wanted);
    var others = changed.descendingMap().entrySet().iterator();
    var other = others.hasNext() ? others.next() : null;
    for (var entry : entries(session, state, rows)) {
      for (; other != null && other.getKey() >= entry.doc() && found.size() < wanted; ) {
        if (!other.getValue().isDeleted() && Evaluation.matches(where, other.getValue(), facts)) {
          found.add(other.getKey());
        }
        other = others.hasNext() ? others.next() : null;
      }
      if (found.size() < wanted && !changed.containsKey(entry.doc())) {
        if (matches(where, entry, facts)) {
          found.add(entry.doc());
        }
      }
      if (found.size() == wanted) {
        return found;
      }
    }
    return null;
  }

  /** Whether there is a word in it, and nothing that changes without the artifact. */
  private static boolean isOfWords(Query query) {
    return switch (query) {
      case Query.Word word -> true;
      case Query.And and ->
          and.terms().stream().allMatch(RecordQueries::isOfRecord)
              && and.terms().stream().anyMatch(RecentDocs::isOfWords);
      case Query.Or or ->
          or.terms().stream().allMatch(RecordQueries::isOfRecord)
              && or.terms().stream().anyMatch(RecentDocs::isOfWords);
      default -> false;
    };
  }

  private static boolean matches(Query query, Entry entry, Evaluation.Facts facts) {
    return switch (query) {
      case Query.Word word -> entry.text().contains(CaseFolding.fold(word.text()));
      case Query.And and -> and.terms().stream().allMatch(q -> matches(q, entry, facts));
      case Query.Or or -> or.terms().stream().anyMatch(q -> matches(q, entry, facts));
      case Query.Not not -> !matches(not.term(), entry, facts);
      default -> Evaluation.matches(query, entry.artifact(), facts);
    };
  }

  private List<Entry> entries(Session session, SearchEngine.State state, ArtifactRows rows) {
    var before = kept;
    if (before != null
        && before.project() == state.project()
        && before.indexedSeq() == state.indexedSeq()) {
      return before.newestFirst();
    }
    var read =
        rows
            .list(
                session,
                "WHERE a.project = ? AND a.deleted_seq IS NULL ORDER BY a.doc DESC LIMIT ?",
                state.project(),
                MOST)
            .stream()
            .map(stored -> new Entry(stored.doc(), stored.artifact(), text(stored.artifact())))
            .toList();
    kept = new Kept(state.project(), state.indexedSeq(), read);
    return read;
  }

  /** A word holds no NUL, so none is found across two parts. */
  private static String text(Artifact artifact) {
    var parts = new ArrayList<@Nullable String>();
    parts.add(artifact.name());
    parts.add(artifact.artifactType());
    parts.add(artifact.sourcePipeline());
    parts.add(artifact.sourceStep());
    parts.add(artifact.sourceRunId());
    artifact
        .tags()
        .forEach(
            (key, value) -> {
              parts.add(key);
              parts.add(FieldValue.of(value).text());
            });
    parts.add(artifact.metadata().get("description") instanceof String text ? text : null);
    return CaseFolding.fold(
        parts.stream().filter(Objects::nonNull).collect(Collectors.joining("\0")));
  }
}
