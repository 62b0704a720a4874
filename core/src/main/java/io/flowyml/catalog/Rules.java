package io.flowyml.catalog;

import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.QueryParser;
import io.flowyml.catalog.spi.Change;
import io.flowyml.catalog.spi.FacetField;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every strict door holds its arguments to. A value that breaks a rule is refused by its name,
 * never repaired: an empty text is no absent one, and nothing is cut or trimmed. Sizes beyond
 * {@link Limits} are {@code limit_exceeded}, everything else is {@code invalid_argument}.
 *
 * <p>Characters are code points, so that an emoji counts as one; bytes are those of UTF-8. NUL and
 * lone surrogates are refused everywhere, since no database column holds them.
 */
final class Rules {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** FlowyML's wire has them as paths beside {@code /artifacts/{id}}. */
  private static final List<String> RESERVED_IDS = List.of("search", "by-hash");

  private static final String COMPUTED_ALIAS = "latest";
  private static final int SHOWN_CHARACTERS = 60;

  private Rules() {}

  /** The same registration with its values in the catalog's own types; identical parents once. */
  static Registration registration(Registration asked) {
    var id = asked.id();
    var parents = parents(asked.parents());
    if (id != null && parents.contains(id(id))) {
      throw new CatalogException(
          ErrorCode.CYCLE,
          "artifact %s names itself as its parent; leave that parent out".formatted(shown(id)),
          Map.of("path", List.of(id, id)),
          null);
    }
    return new Registration(
        id,
        name(asked.name()),
        text("artifact_type", asked.artifactType(), Limits.TYPE_CHARACTERS),
        optional("version", asked.version(), Limits.VERSION_CHARACTERS),
        content(asked.content()),
        uri(asked.uri()),
        optional("source_step", asked.sourceStep(), Limits.SOURCE_CHARACTERS),
        optional("source_run_id", asked.sourceRunId(), Limits.SOURCE_CHARACTERS),
        optional("source_pipeline", asked.sourcePipeline(), Limits.SOURCE_CHARACTERS),
        parents,
        tags(asked.tags()),
        metadata(asked.metadata()),
        asked.aliases().stream().map(Rules::alias).distinct().toList(),
        required("onDuplicate", asked.onDuplicate()));
  }

  /** The same change with its values in the catalog's own types. */
  static Change change(Change asked) {
    var reference = reference(asked.reference());
    return switch (asked) {
      case Change.SetTags tags ->
          new Change.SetTags(reference, tags(tags.set()), removedTags(tags.removed()));
      case Change.PatchMetadata metadata ->
          new Change.PatchMetadata(reference, metadata(metadata.patch()));
      case Change.AddParents parents ->
          new Change.AddParents(reference, parents(parents.parents()));
      case Change.MoveAlias alias ->
          new Change.MoveAlias(reference, alias(alias.alias()), expected(alias.expected()));
      case Change.DropAlias alias -> new Change.DropAlias(aliasReference(reference));
      case Change.Delete delete -> delete;
      case Change.Restore restore -> restore;
    };
  }

  private static Change.Expected expected(Change.Expected asked) {
    return asked instanceof Change.Expected.Artifact artifact
        ? new Change.Expected.Artifact(reference(artifact.reference()))
        : asked;
  }

  static String id(String id) {
    matching("id", id, ID, "an id has 1 to 128 of A-Z a-z 0-9 . _ -");
    if (RESERVED_IDS.contains(id)) {
      throw invalid("id", "id " + shown(id) + " is reserved; choose another one");
    }
    return id;
  }

  /** A name, which references must be able to end at {@code @} or {@code :}. */
  static String name(String name) {
    text("name", name, Limits.NAME_CHARACTERS);
    for (char separator : new char[] {'@', ':'}) {
      if (name.indexOf(separator) >= 0) {
        throw invalid(
            "name",
            "name %s holds %s, which separates a name from alias or version; use another character"
                .formatted(shown(name), separator));
      }
    }
    return name;
  }

  static String project(String project) {
    return matching(
        "project",
        project,
        PROJECT,
        "a project has 1 to 64 of A-Z a-z 0-9 . _ - and begins with a letter or digit");
  }

  static AsOf asOf(AsOf asOf) {
    return required("as_of", asOf);
  }

  static String actor(String actor) {
    return text("actor", actor, Limits.SOURCE_CHARACTERS);
  }

  /** An alias that can be set; {@code latest} is computed. */
  static String alias(String alias) {
    matching(
        "alias",
        alias,
        ALIAS,
        "an alias has 1 to 64 of A-Z a-z 0-9 . _ - and begins with a letter; the name is not part"
            + " of it");
    if (alias.equals(COMPUTED_ALIAS)) {
      throw invalid(
          "alias",
          "alias latest is always the version registered last and cannot be set; choose another"
              + " one");
    }
    return alias;
  }

  /** {@code name@alias}: an alias that can be taken away or has a history. */
  static String aliasReference(String reference) {
    reference(reference);
    int at = reference.indexOf('@');
    if (at < 1) {
      throw invalid("alias", shown(reference) + " is no alias; write it with its name, name@alias");
    }
    alias(reference.substring(at + 1));
    return reference;
  }

  /**
   * Anything that may name an artifact. Ids that came through a tolerant door have no form, so only
   * what is never stored is refused.
   */
  static String reference(String reference) {
    return filled("reference", reference, "give an id, name@alias, name:version or name");
  }

  /** References of parents, each once, in their order. */
  static List<String> parents(Collection<String> references) {
    atMost(
        "parents", references.size(), Limits.PARENTS, "parents", "register a combined one first");
    var parents = new LinkedHashSet<String>();
    for (var reference : references) {
      parents.add(filled("parents", reference, "give an id, name@alias, name:version or name"));
    }
    return List.copyOf(parents);
  }

  /**
   * Tags to set, with integers as {@code Long} or {@code BigInteger} and fractions as {@code
   * Double}.
   */
  static Map<String, @Nullable Object> tags(Map<String, ? extends @Nullable Object> tags) {
    if (tags.isEmpty()) {
      return Map.of();
    }
    atMost("tags", tags.size(), Limits.TAGS, "tags", "put the rest into metadata");
    tags.forEach((key, value) -> scalar(tagKey(key), value));
    var checked = Json.checkedObject(tags, "tags");
    checked.forEach(
        (key, value) -> {
          var text = value instanceof String string ? string : Json.write(value);
          if (utf8Length(text) > Limits.TAG_VALUE_BYTES) {
            atMost(
                "tag " + shown(key),
                utf8Length(text),
                Limits.TAG_VALUE_BYTES,
                "bytes",
                "put it into metadata");
          }
        });
    return checked;
  }

  private static String tagKey(String key) {
    return text("tag key", key, Limits.TAG_KEY_CHARACTERS);
  }

  private static void scalar(String key, @Nullable Object value) {
    if (value == null) {
      throw invalid("tags", "tag " + shown(key) + " has no value; remove a tag with untag");
    }
    if (!(value instanceof String || value instanceof Boolean || value instanceof Number)) {
      throw invalid(
          "tags",
          "tag %s is %s; a tag is text, a number or a boolean, metadata holds everything else"
              .formatted(shown(key), kind(value)));
    }
  }

  private static String kind(Object value) {
    return switch (value) {
      case Collection<?> list -> "a list";
      case Map<?, ?> map -> "an object";
      default -> "a " + value.getClass().getTypeName();
    };
  }

  /** Keys of tags to take away. Tolerant doors let any key in, so any storable key can be named. */
  static List<String> removedTags(Collection<String> keys) {
    atMost("tags", keys.size(), Limits.TAGS, "tags", "remove them in several calls");
    var removed = new LinkedHashSet<String>();
    for (var key : keys) {
      removed.add(Json.checkedText(required("tag key", key), "tag key"));
    }
    return List.copyOf(removed);
  }

  /** Metadata or a merge patch of it; {@code null} is a value of both. */
  static Map<String, @Nullable Object> metadata(Map<String, ? extends @Nullable Object> metadata) {
    if (metadata.isEmpty()) {
      return Map.of();
    }
    var checked = Json.checkedObject(metadata, "metadata");
    atMost(
        "metadata",
        utf8Length(Json.write(checked)),
        Limits.METADATA_BYTES,
        "bytes of JSON",
        "register it as an artifact of its own, or keep it in a file");
    return checked;
  }

  private static @Nullable Content content(@Nullable Content content) {
    if (content instanceof Content.Digest digest) {
      var hash = filled("content_hash", digest.hash(), "leave the content out");
      if (digest.origin() == Artifact.HashOrigin.COMPUTED && !SHA_256.matcher(hash).matches()) {
        throw invalid(
            "content_hash",
            "content_hash %s is no SHA-256 in 64 lower-case hex digits; hand in the content itself"
                .formatted(shown(hash)));
      }
      atMost("content_hash", utf8Length(hash), Limits.TAG_VALUE_BYTES, "bytes", "hash the content");
      var size = digest.size();
      if (size != null && size < 0) {
        throw invalid("size", "size " + size + " is negative; count the bytes, or leave it out");
      }
    }
    return content;
  }

  private static @Nullable String uri(@Nullable String uri) {
    if (uri == null) {
      return null;
    }
    withoutControls("uri", filled("uri", uri, "leave it out"));
    atMost("uri", utf8Length(uri), Limits.URI_BYTES, "bytes", "use a shorter one");
    return uri;
  }

  /**
   * A filter with its values in the catalog's own types. What came through a tolerant door may be
   * asked for, so no form is needed, only that the text can be stored and the tag's value be a
   * scalar.
   */
  static ListFilter filter(ListFilter asked) {
    atMost("tags", asked.tags().size(), Limits.TAGS, "tags", "filter by fewer");
    asked.tags().forEach(Rules::scalar);
    var tags = new LinkedHashMap<String, Object>();
    Json.checkedObject(asked.tags(), "tags")
        .forEach((key, value) -> tags.put(key, required("tags", value)));
    return new ListFilter(
        filled("artifact_type", asked.type()),
        filled("source_pipeline", asked.pipeline()),
        filled("source_step", asked.step()),
        tags,
        limit(asked.limit()),
        asked.cursor());
  }

  private static @Nullable String filled(String field, @Nullable String value) {
    return value == null ? null : filled(field, value, "leave it out");
  }

  /** The number of an event, or 0 for none. */
  static long event(long seq) {
    if (seq < 0) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "after %d: events are numbered from 1; say 0 for all".formatted(seq),
          Map.of("field", "after"),
          null);
    }
    return seq;
  }

  /** Items on a page. */
  static int limit(int limit) {
    return counted("limit", limit, Limits.PAGE, "page on with the cursor");
  }

  /** Fields of which values can be counted. */
  static List<FacetField> facetFields(Collection<String> fields) {
    if (fields.size() > Limits.FACET_FIELDS) {
      throw new CatalogException(
          ErrorCode.LIMIT_EXCEEDED,
          "facets of more than %d fields; ask for them in several calls"
              .formatted(Limits.FACET_FIELDS),
          Map.of("limit", Limits.FACET_FIELDS),
          null);
    }
    return fields.stream().map(Rules::facetField).toList();
  }

  private static FacetField facetField(String text) {
    if (text.equals("tag.*")) {
      return new FacetField.TagKeys(text);
    }
    var field = QueryParser.field(text);
    return switch (field) {
      case Field.BuiltIn.HASH, Field.BuiltIn.ID, Field.BuiltIn.URI, Field.BuiltIn.DUPLICATE ->
          throw new CatalogException(
              ErrorCode.INVALID_ARGUMENT,
              "%s has no facets; name type, name, pipeline, step, run, version, alias, created, a tag,"
                      .formatted(text)
                  + " metadata.<path> or tag.*");
      default -> new FacetField.Values(text, field);
    };
  }

  static int depth(int depth) {
    return counted("depth", depth, Integer.MAX_VALUE, "");
  }

  /** Nodes of a graph. */
  static int graphLimit(int limit) {
    return counted(
        "limit", limit, Limits.GRAPH_NODES, "ask for fewer and go on from the last ones");
  }

  private static int counted(String field, int number, int greatest, String wayOut) {
    if (number < 1) {
      throw invalid(field, field + " " + number + " is too small; it is at least 1");
    }
    if (number > greatest) {
      throw tooLarge(field, field + " is " + number, number, greatest, wayOut);
    }
    return number;
  }

  private static @Nullable String optional(String field, @Nullable String text, int limit) {
    return text == null ? null : text(field, text, limit, "leave it out");
  }

  private static String text(String field, String text, int limit) {
    return text(field, text, limit, "give one");
  }

  private static String text(String field, String text, int limit, String ifEmpty) {
    filled(field, text, ifEmpty);
    int characters = text.codePointCount(0, text.length());
    atMost(field, characters, limit, "characters", "shorten " + shown(text));
    return withoutControls(field, text);
  }

  private static String filled(String field, String text, String ifEmpty) {
    if (required(field, text).isEmpty()) {
      throw invalid(field, field + " is empty; " + ifEmpty);
    }
    return Json.checkedText(text, field);
  }

  private static String withoutControls(String field, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw invalid(
            field,
            "%s %s holds the control character U+%04X at index %s; remove it"
                .formatted(field, shown(text), (int) text.charAt(i), i));
      }
    }
    return text;
  }

  private static String matching(String field, String text, Pattern form, String rule) {
    if (!form.matcher(required(field, text)).matches()) {
      throw invalid(field, field + " " + shown(text) + " is malformed; " + rule);
    }
    return text;
  }

  /** A value that annotations promise, from callers whose compiler did not look at them. */
  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw invalid(field, field + " is missing; give one");
    }
    return value;
  }

  private static void atMost(String field, long actual, long limit, String unit, String wayOut) {
    if (actual > limit) {
      throw tooLarge(field, field + " has " + actual + " " + unit, actual, limit, wayOut);
    }
  }

  private static CatalogException tooLarge(
      String field, String what, long actual, long limit, String wayOut) {
    return new CatalogException(
        ErrorCode.LIMIT_EXCEEDED,
        what + ", more than the limit of " + limit + "; " + wayOut,
        Map.of("field", field, "actual", actual, "limit", limit),
        null);
  }

  private static CatalogException invalid(String field, String message) {
    return new CatalogException(ErrorCode.INVALID_ARGUMENT, message, Map.of("field", field), null);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A text as messages quote it: shortened, control characters escaped, lone surrogates as ?. */
  private static String shown(String text) {
    var cut = text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS);
    var encodable = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return Json.write(encodable) + (cut.length() < text.length() ? "..." : "");
  }
}
