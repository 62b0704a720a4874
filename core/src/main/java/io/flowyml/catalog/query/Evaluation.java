package io.flowyml.catalog.query;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.internal.json.JsonTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query means, told of one record in memory; every storage answers the same.
 *
 * @since 0.1
 */
public final class Evaluation {
  private Evaluation() {}

  /** What one record cannot know of itself. */
  public interface Facts {
    /**
     * Whether a living artifact was made from it.
     *
     * @param artifact a living one
     * @return whether there is any
     */
    boolean hasChildren(Artifact artifact);

    /**
     * Whether it is the {@code duplicate_of} of a living artifact.
     *
     * @param artifact a living one
     * @return whether there is any
     */
    boolean hasDuplicates(Artifact artifact);

    /**
     * Whether it is among the ancestors of what a reference means.
     *
     * @param artifact a living one
     * @param reference what the query names
     * @param depth 0 for any
     * @return false for what is meant itself
     */
    boolean isAncestor(Artifact artifact, String reference, int depth);

    /**
     * Whether it is among the descendants of what a reference means.
     *
     * @param artifact a living one
     * @param reference what the query names
     * @param depth 0 for any
     * @return false for what is meant itself
     */
    boolean isDescendant(Artifact artifact, String reference, int depth);
  }

  /**
   * Whether a query finds an artifact, its life apart.
   *
   * @param query the tree
   * @param artifact its record
   * @param facts what the record alone does not tell
   * @return whether it is found
   */
  public static boolean matches(Query query, Artifact artifact, Facts facts) {
    return switch (query) {
      case Query.All all -> true;
      case Query.And and -> and.terms().stream().allMatch(q -> matches(q, artifact, facts));
      case Query.Or or -> or.terms().stream().anyMatch(q -> matches(q, artifact, facts));
      case Query.Not not -> !matches(not.term(), artifact, facts);
      case Query.Word word -> holdsWord(artifact, CaseFolding.fold(word.text()));
      case Query.Compare compare -> compare(compare, artifact);
      case Query.Has has ->
          switch (has.trait()) {
            case PARENTS -> !artifact.parentIds().isEmpty();
            case CHILDREN -> facts.hasChildren(artifact);
            case CONTENT -> artifact.contentHash() != null;
            case ALIAS -> !artifact.aliases().isEmpty();
            case DUPLICATES -> facts.hasDuplicates(artifact);
          };
      case Query.Ancestors up -> facts.isAncestor(artifact, up.reference(), up.depth());
      case Query.Descendants down -> facts.isDescendant(artifact, down.reference(), down.depth());
    };
  }

  private static boolean holdsWord(Artifact artifact, String folded) {
    if (holds(artifact.name(), folded)
        || holds(artifact.artifactType(), folded)
        || holds(artifact.sourcePipeline(), folded)
        || holds(artifact.sourceStep(), folded)
        || holds(artifact.sourceRunId(), folded)) {
      return true;
    }
    for (var tag : artifact.tags().entrySet()) {
      if (holds(tag.getKey(), folded) || holds(FieldValue.of(tag.getValue()).text(), folded)) {
        return true;
      }
    }
    return artifact.metadata().get("description") instanceof String text && holds(text, folded);
  }

  private static boolean holds(@Nullable String text, String folded) {
    return text != null && CaseFolding.fold(text).contains(folded);
  }

  private static boolean compare(Query.Compare compare, Artifact artifact) {
    if (compare.operand() instanceof Operand.Period period) {
      return inPeriod(compare.op(), period, artifact);
    }
    var values = values(compare.field(), artifact);
    if (compare.op() == Op.NOT_MATCH) {
      return !values.isEmpty()
          && values.stream().noneMatch(v -> v.holds(Op.MATCH, compare.operand()));
    }
    return values.stream().anyMatch(v -> v.holds(compare.op(), compare.operand()));
  }

  private static boolean inPeriod(Op op, Operand.Period period, Artifact artifact) {
    var at = artifact.createdAt();
    boolean begun = !at.isBefore(period.from());
    boolean over = !at.isBefore(period.to());
    return switch (op) {
      case MATCH, EXACT -> begun && !over;
      case NOT_MATCH -> !begun || over;
      case GREATER -> over;
      case GREATER_OR_EQUAL -> begun;
      case LESS -> !begun;
      case LESS_OR_EQUAL -> !over;
    };
  }

  /**
   * The values of a field: none, one or several.
   *
   * @param field what is looked at
   * @param artifact whose
   * @return empty where it has none
   */
  public static List<FieldValue> values(Field field, Artifact artifact) {
    return switch (field) {
      case Field.Tag(var key) ->
          artifact.tags().containsKey(key)
              ? List.of(FieldValue.of(artifact.tags().get(key)))
              : List.of();
      case Field.Metadata(var path) -> metadata(artifact.metadata(), path);
      case Field.BuiltIn builtIn ->
          switch (builtIn) {
            case NAME -> numeric(artifact.name());
            case TYPE -> numeric(artifact.artifactType());
            case PIPELINE -> numeric(artifact.sourcePipeline());
            case STEP -> numeric(artifact.sourceStep());
            case RUN -> numeric(artifact.sourceRunId());
            case VERSION -> numeric(artifact.version());
            case HASH -> plain(artifact.contentHash());
            case ID -> plain(artifact.id());
            case URI -> plain(artifact.uri());
            case CREATED -> plain(JsonTime.text(artifact.createdAt()));
            case ALIAS -> artifact.aliases().stream().map(FieldValue::plain).toList();
            case DUPLICATE -> plain(Boolean.toString(artifact.duplicateOf() != null));
          };
    };
  }

  private static List<FieldValue> numeric(@Nullable String text) {
    return text == null ? List.of() : List.of(FieldValue.text(text));
  }

  private static List<FieldValue> plain(@Nullable String text) {
    return text == null ? List.of() : List.of(FieldValue.plain(text));
  }

  private static List<FieldValue> metadata(Map<?, ?> object, String path) {
    var found = new ArrayList<FieldValue>();
    object.forEach(
        (key, value) -> {
          var name = String.valueOf(key);
          if (path.equals(name)) {
            addAll(found, value);
          } else if (path.startsWith(name + ".")) {
            below(found, value, path.substring(name.length() + 1));
          }
        });
    return found;
  }

  private static void below(List<FieldValue> found, @Nullable Object value, String path) {
    if (value instanceof Map<?, ?> object) {
      found.addAll(metadata(object, path));
    } else if (value instanceof List<?> list) {
      list.forEach(element -> below(found, element, path));
    }
  }

  private static void addAll(List<FieldValue> found, @Nullable Object value) {
    if (value instanceof List<?> list) {
      list.forEach(element -> addAll(found, element));
    } else {
      found.add(FieldValue.of(value));
    }
  }
}
