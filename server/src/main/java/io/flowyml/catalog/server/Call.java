package io.flowyml.catalog.server;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.AsOf;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.spi.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request, as a handler sees it: texts are decoded, sizes bounded, and the caller is known.
 *
 * @since 0.1
 */
public final class Call {
  /** Of a body: metadata of the greatest depth stand in a record, which may stand in a line. */
  public static final int JSON_DEPTH = Limits.JSON_DEPTH + 2;

  /** The parameter that asks for a past state. */
  public static final String AS_OF = "as_of";

  /** The segment of a path that names the project. */
  static final String PROJECT = "project";

  static final String DEFAULT_PROJECT = "default";
  private static final String JSON = "application/json";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String LINES = "application/x-ndjson";

  private final CatalogBackend backend;
  private final Principal principal;
  private final RequestHeaders headers;
  private final String rawPath;
  private final Map<String, String> path;
  private final Query query;
  private final boolean timed;
  private final InputStream body;

  /**
   * @param timed whether the route can be asked as of a time
   */
  Call(
      CatalogBackend backend,
      Principal principal,
      RequestHeaders headers,
      String rawPath,
      Map<String, String> path,
      Query query,
      boolean timed,
      InputStream body) {
    this.backend = backend;
    this.principal = principal;
    this.headers = headers;
    this.rawPath = rawPath;
    this.path = path;
    this.query = query;
    this.timed = timed;
    this.body = body;
  }

  /**
   * The facade, in the project of the path, as the caller and as of the time they ask for: every
   * strict rule applies.
   */
  public ArtifactCatalog catalog() {
    var catalog = ArtifactCatalog.open(backend).project(project()).actor(principal.actor());
    var asOf = asOf();
    return asOf == null ? catalog : catalog.asOf(asOf);
  }

  private @Nullable AsOf asOf() {
    return timed ? time(AS_OF) : null;
  }

  /** A past state that a parameter names; {@code null} where it is not there. */
  public @Nullable AsOf time(String name) {
    var text = query(name);
    return text == null ? null : AsOf.parse(text, Instant.now());
  }

  /** What is below the facade, for doors with other rules; see {@link #scope()}. */
  public CatalogBackend backend() {
    return backend;
  }

  /** Project, actor and time for calls of {@link #backend()}. */
  public Scope scope() {
    return new Scope(catalog().project(), principal.actor(), asOf());
  }

  /** The project that the path names, else {@code default}. */
  public String project() {
    return path.getOrDefault(PROJECT, DEFAULT_PROJECT);
  }

  public Principal principal() {
    return principal;
  }

  public RequestHeaders headers() {
    return headers;
  }

  /** The path as it was sent, encoded. */
  public String rawPath() {
    return rawPath;
  }

  /** What stands in the path at {@code {name}}; text that no database can hold is refused. */
  public String path(String name) {
    var value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no " + name);
    }
    return Json.checkedText(value, name);
  }

  /** A parameter behind the path; {@code null} where it is not there. */
  public @Nullable String query(String name) {
    var values = query.values(name);
    if (values.size() > 1) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "parameter %s is there %d times; give it once".formatted(name, values.size()),
          Map.of("field", name),
          null);
    }
    return values.isEmpty() ? null : Json.checkedText(values.getFirst(), name);
  }

  /** A parameter that has to be there. */
  public String neededQuery(String name) {
    var value = query(name);
    if (value == null) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "parameter %s is missing; add ?%s=...".formatted(name, name),
          Map.of("field", name),
          null);
    }
    return value;
  }

  /** All values of a parameter that may be repeated. */
  public List<String> queries(String name) {
    return query.values(name).stream().map(value -> Json.checkedText(value, name)).toList();
  }

  /** The whole query but for one parameter, encoded, to make links with. */
  public String queryWithout(String name) {
    return query.without(name);
  }

  /** A whole number. */
  public int number(String name, int absent) {
    var text = query(name);
    if (text == null) {
      return absent;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw notA(name, text, "a whole number up to " + Integer.MAX_VALUE);
    }
  }

  /** {@code true} or {@code false}; the latter where it is absent. */
  public boolean flag(String name) {
    var text = query(name);
    return switch (text) {
      case null -> false;
      case "true" -> true;
      case "false" -> false;
      default -> throw notA(name, text, "true or false");
    };
  }

  private static CatalogException notA(String name, String text, String what) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "parameter %s must be %s, not %s"
            .formatted(name, what, Json.write(text.substring(0, Math.min(text.length(), 60)))),
        Map.of("field", name),
        null);
  }

  /** Whether the body is lines of JSON. */
  public boolean isLines() {
    return headers.contentType().equals(LINES);
  }

  /** The body as one JSON object, of at most 8 MiB. */
  public Map<String, @Nullable Object> json() {
    expect(Set.of(JSON, MERGE_PATCH));
    return Json.parseObject(text(), "the request body", JSON_DEPTH);
  }

  /** The body as a text that says it is JSON, for doors that read it by rules of their own. */
  public String jsonText() {
    var text = text();
    if (!text.isEmpty()) {
      expect(Set.of(JSON));
    }
    return text;
  }

  /** The body as lines of JSON; there may be any number, each of at most 8 MiB. */
  public BufferedReader lines() {
    expect(Set.of(LINES));
    var strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    return new BufferedReader(new InputStreamReader(body, strict), 1 << 16);
  }

  /** A web page can send forms and plain text to any server, but not these types. */
  private void expect(Set<String> types) {
    var type = headers.contentType();
    if (!types.contains(type)) {
      var needed = types.contains(JSON) ? JSON : LINES;
      throw new Refused(
          415,
          ErrorCode.INVALID_ARGUMENT,
          "the body's Content-Type is %s; send %s"
              .formatted(type.isEmpty() ? "missing" : type, needed));
    }
  }

  /** The body as text, of at most 8 MiB, of whatever type it says it is. */
  public String text() {
    try {
      var bytes = body.readNBytes(Limits.BATCH_LINE_BYTES + 1);
      if (bytes.length > Limits.BATCH_LINE_BYTES) {
        throw new CatalogException(
            ErrorCode.LIMIT_EXCEEDED,
            "the request body has more than the limit of %d bytes; send several smaller ones"
                .formatted(Limits.BATCH_LINE_BYTES),
            Map.of("field", "body", "limit", Limits.BATCH_LINE_BYTES),
            null);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT, "the request body is no UTF-8; encode it so", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the client stopped sending", e);
    }
  }
}
