package io.flowyml.catalog.remote;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.Explanation;
import io.flowyml.catalog.Facets;
import io.flowyml.catalog.LineageGraph;
import io.flowyml.catalog.ListFilter;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Page;
import io.flowyml.catalog.PurgeReport;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.Stats;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.ChangeJson;
import io.flowyml.catalog.internal.json.EventJson;
import io.flowyml.catalog.internal.json.ExplanationJson;
import io.flowyml.catalog.internal.json.FacetsJson;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.LineageJson;
import io.flowyml.catalog.internal.json.OutcomeJson;
import io.flowyml.catalog.internal.json.ProblemJson;
import io.flowyml.catalog.internal.json.RegistrationJson;
import io.flowyml.catalog.internal.json.StatsJson;
import io.flowyml.catalog.internal.sql.TimeOrderedId;
import io.flowyml.catalog.local.Finding;
import io.flowyml.catalog.query.ParsedQuery;
import io.flowyml.catalog.spi.ApiKey;
import io.flowyml.catalog.spi.CatalogBackend;
import io.flowyml.catalog.spi.Change;
import io.flowyml.catalog.spi.FacetQuery;
import io.flowyml.catalog.spi.HistoryOf;
import io.flowyml.catalog.spi.Scope;
import io.flowyml.catalog.spi.Search;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A catalog on a server, by the server's own API. It fails with the codes that the same call on a
 * file fails with, and with {@code unreachable}, {@code timeout}, {@code overloaded}, {@code
 * unauthenticated} and {@code forbidden}.
 *
 * <p>A call that changes nothing when it is repeated is repeated where the network fails; a
 * registration is one of them, since it always has an id. All others are repeated only where the
 * server surely did not see them.
 *
 * @since 0.1
 */
public final class RemoteCatalogBackend implements CatalogBackend {
  private static final Pattern PROJECT_ENDPOINT = Pattern.compile(".*/projects/([^/]+)/catalog");
  private static final int CHUNK_ITEMS = 500;
  private static final int CHUNK_CHARACTERS = 4 << 20;

  private final Server server;
  private final URI endpoint;

  /**
   * Asks nobody yet; the first call finds out what is at the endpoint.
   *
   * @param endpoint what FlowyML's users set as {@code FLOWYML_CATALOG_ENDPOINT}: {@code
   *     https://host/api/v1/catalog}, or {@code .../api/v1/projects/{project}/catalog}
   * @param apiKey sent as a bearer token; {@code null} for none
   */
  public RemoteCatalogBackend(URI endpoint, @Nullable String apiKey) {
    this(new Server(endpoint, apiKey, Patience.USUAL), endpoint);
  }

  RemoteCatalogBackend(Server server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  @Override
  public String defaultProject() {
    var path = PROJECT_ENDPOINT.matcher(String.valueOf(endpoint.getPath()));
    return path.matches() ? path.group(1) : "default";
  }

  @Override
  public List<Outcome> register(Scope scope, List<Registration> items) {
    var withIds = new ArrayList<Map<String, @Nullable Object>>();
    for (var item : items) {
      var id = item.id() == null ? TimeOrderedId.next() : item.id();
      withIds.add(RegistrationJson.toMap(item.id(id)));
    }
    var outcomes = inChunks(scope, "artifacts", withIds, true, OutcomeJson::fromMap);
    for (int i = 0; i < items.size(); i++) {
      var outcome = outcomes.get(i);
      var artifact = outcome.artifact();
      if (items.get(i).id() == null
          && outcome.status() == Outcome.Status.EXISTING
          && artifact != null) {
        // the id is ours, so it was an attempt of this very call whose answer got lost
        outcomes.set(i, Outcome.of(Outcome.Status.CREATED, artifact));
      }
    }
    return List.copyOf(outcomes);
  }

  @Override
  public List<Result> change(Scope scope, List<Change> changes) {
    boolean repeatable = changes.stream().allMatch(RemoteCatalogBackend::isRepeatable);
    var lines = changes.stream().map(ChangeJson::toMap).toList();
    return List.copyOf(inChunks(scope, "changes", lines, repeatable, ChangeJson::resultFrom));
  }

  /** Whether the second time answers as the first. */
  private static boolean isRepeatable(Change change) {
    return switch (change) {
      case Change.SetTags tags -> true;
      case Change.PatchMetadata metadata -> true;
      case Change.AddParents parents -> true;
      case Change.MoveAlias alias -> false;
      case Change.DropAlias alias -> false;
      case Change.Delete delete -> false;
      case Change.Restore restore -> false;
    };
  }

  /** Sends lines, as many at a time as one request may hold, and reads a line for each. */
  private <T> List<T> inChunks(
      Scope scope,
      String path,
      List<Map<String, @Nullable Object>> items,
      boolean repeatable,
      Function<Map<String, @Nullable Object>, T> fromMap) {
    var results = new ArrayList<T>();
    var chunk = new StringBuilder();
    int waiting = 0;
    for (var item : items) {
      chunk.append(Json.write(item)).append('\n');
      waiting++;
      if (waiting == CHUNK_ITEMS || chunk.length() >= CHUNK_CHARACTERS) {
        results.addAll(chunk(scope, path, chunk.toString(), waiting, repeatable, fromMap));
        chunk.setLength(0);
        waiting = 0;
      }
    }
    if (waiting > 0) {
      results.addAll(chunk(scope, path, chunk.toString(), waiting, repeatable, fromMap));
    }
    return results;
  }

  private <T> List<T> chunk(
      Scope scope,
      String path,
      String lines,
      int expected,
      boolean repeatable,
      Function<Map<String, @Nullable Object>, T> fromMap) {
    var answer = server.send(Ask.lines(scope, path, lines, repeatable)).text();
    var results = answer.lines().map(line -> fromMap.apply(Server.parsed(line))).toList();
    if (results.size() != expected) {
      throw new CatalogException(
          ErrorCode.CORRUPT,
          "%s answered %d lines to %d; is something between that changes answers?"
              .formatted(endpoint, results.size(), expected));
    }
    return results;
  }

  @Override
  public Optional<Artifact> find(Scope scope, String reference) {
    return found(
        scope, "artifacts/" + Ask.encoded(reference) + "?include_deleted=true", "reference");
  }

  @Override
  public Optional<Artifact> findByHash(Scope scope, String contentHash) {
    return found(scope, "hashes/" + Ask.encoded(contentHash), "content_hash");
  }

  private Optional<Artifact> found(Scope scope, String path, String asked) {
    try {
      return Optional.of(ArtifactJson.fromMap(get(scope, path)));
    } catch (CatalogException e) {
      if (saysAbsent(e, asked)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Other things may not be found as well: the project, a history that reaches so far back. */
  private static boolean saysAbsent(CatalogException e, String asked) {
    return e.code() == ErrorCode.NOT_FOUND && e.facts().containsKey(asked);
  }

  private Map<String, @Nullable Object> get(Scope scope, String path) {
    return server.send(Ask.get(scope, path)).json();
  }

  @Override
  public Page<Artifact> list(Scope scope, ListFilter filter) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("artifact_type", filter.type());
    body.put("source_pipeline", filter.pipeline());
    body.put("source_step", filter.step());
    body.put("tags", filter.tags());
    body.put("limit", filter.limit());
    body.put("cursor", filter.cursor());
    return artifacts(server.send(Ask.json(scope, "list", body, true)).json());
  }

  @Override
  public Page<Artifact> search(Scope scope, Search search) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("q", search.query().asText());
    body.put("limit", search.limit());
    body.put("cursor", search.cursor());
    return artifacts(server.send(Ask.json(scope, "search", body, true)).json());
  }

  @Override
  public Facets facets(Scope scope, FacetQuery query) {
    var path = new StringBuilder("facets?values=").append(query.values());
    path.append("&q=").append(Ask.encoded(new ParsedQuery(query.where(), List.of()).asText()));
    query.fields().forEach(field -> path.append("&by=").append(Ask.encoded(field.text())));
    return FacetsJson.fromMap(get(scope, path.toString()));
  }

  @Override
  public Explanation explain(Scope scope, Search search) {
    return ExplanationJson.fromMap(get(scope, "explain?q=" + Ask.encoded(search.query().asText())));
  }

  @Override
  public Page<Artifact> versions(Scope scope, String name, int limit, @Nullable String cursor) {
    var path = "names/" + Ask.encoded(name) + "/versions" + page(limit, cursor);
    try {
      return artifacts(get(scope, path));
    } catch (CatalogException e) {
      if (saysAbsent(e, "reference")) {
        return new Page<>(List.of(), null);
      }
      throw e;
    }
  }

  @Override
  public Page<Event> history(Scope scope, HistoryOf of, int limit, @Nullable String cursor) {
    var path =
        switch (of) {
          case HistoryOf.OneArtifact artifact ->
              "artifacts/" + Ask.encoded(artifact.reference()) + "/history";
          case HistoryOf.Name name -> "names/" + Ask.encoded(name.name()) + "/history";
          case HistoryOf.Alias alias ->
              "names/%s/aliases/%s/history"
                  .formatted(Ask.encoded(alias.name()), Ask.encoded(alias.alias()));
          case HistoryOf.Project project -> "events";
        };
    return page(get(scope, path + page(limit, cursor)), EventJson::fromMap);
  }

  private static String page(int limit, @Nullable String cursor) {
    return "?limit=" + limit + (cursor == null ? "" : "&cursor=" + Ask.encoded(cursor));
  }

  private static Page<Artifact> artifacts(Map<String, @Nullable Object> json) {
    return page(json, ArtifactJson::fromMap);
  }

  private static <T> Page<T> page(
      Map<String, @Nullable Object> json, Function<Map<String, @Nullable Object>, T> fromMap) {
    var fields = new Fields(json, "the page");
    return new Page<>(
        fields.objects("items").stream().map(fromMap).toList(), fields.text("next_cursor"));
  }

  @Override
  public LineageGraph graph(
      Scope scope, String reference, Direction direction, int depth, int limit) {
    return LineageJson.graphFrom(
        get(
            scope,
            "artifacts/%s/lineage?direction=%s&depth=%d&limit=%d"
                .formatted(
                    Ask.encoded(reference),
                    direction == Direction.UPSTREAM ? "up" : "down",
                    depth,
                    limit)));
  }

  @Override
  public List<Artifact> path(Scope scope, String ancestor, String descendant) {
    var json =
        get(
            scope,
            "path?from=%s&to=%s&directed=true"
                .formatted(Ask.encoded(ancestor), Ask.encoded(descendant)));
    return new Fields(json, "the path")
        .objects("items").stream().map(ArtifactJson::fromMap).toList();
  }

  @Override
  public Stats stats(Scope scope) {
    return StatsJson.fromMap(get(scope, "stats"));
  }

  @Override
  public PurgeReport purge(Scope scope, Duration olderThan, boolean dryRun) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("older_than", olderThan.toString());
    body.put("dry_run", dryRun);
    var fields =
        new Fields(server.send(Ask.json(scope, "purge", body, dryRun)).json(), "the report");
    return new PurgeReport(fields.texts("ids"), fields.flag("dry_run"));
  }

  @Override
  public void export(Scope scope, Appendable out) {
    copy(Ask.get(scope, "export"), out);
  }

  @Override
  public void exportEvents(Scope scope, long after, int limit, Appendable out) {
    copy(Ask.get(scope, "export?after=%d&limit=%d".formatted(after, limit)), out);
  }

  private void copy(Ask ask, Appendable out) {
    try (var lines = new InputStreamReader(server.stream(ask), StandardCharsets.UTF_8)) {
      var buffer = new char[1 << 14];
      for (int read = read(lines, buffer); read >= 0; read = read(lines, buffer)) {
        out.append(new String(buffer, 0, read));
      }
    } catch (IOException e) {
      throw new CatalogException(
          ErrorCode.STORAGE, "the export cannot be written: " + e.getMessage(), e);
    }
  }

  private int read(InputStreamReader lines, char[] buffer) {
    try {
      return lines.read(buffer);
    } catch (IOException e) {
      throw server.brokeOff(e);
    }
  }

  @Override
  public void importLines(Scope scope, BufferedReader lines, Consumer<Outcome> outcomes) {
    var body = new ReaderBytes(lines);
    InputStream answer;
    try {
      answer = server.stream(Ask.streamed(scope, "import", body));
    } catch (CatalogException e) {
      var failure = body.failure();
      if (failure != null) {
        throw new CatalogException(
            ErrorCode.STORAGE, "the lines cannot be read: " + failure.getMessage(), failure);
      }
      throw e;
    }
    try (var read = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8))) {
      for (var line = read.readLine(); line != null; line = read.readLine()) {
        var json = Server.parsed(line);
        if (!json.containsKey("status")) {
          throw ProblemJson.fromMap(new Fields(json, "the answer").object("error"));
        }
        outcomes.accept(OutcomeJson.fromMap(json));
      }
    } catch (IOException e) {
      throw server.brokeOff(e);
    }
  }

  /** The server's files are its own: whoever runs it copies them, others export. */
  @Override
  public void backup(Path target) {
    throw new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "%s is backed up where it is kept; use export for what a project holds"
            .formatted(describe()));
  }

  /**
   * The key that this client is let in with; empty where the server asks for none. Fails with
   * {@code unauthenticated} for one that it does not know, and with {@code not_found} where the key
   * is good, but not for the project.
   *
   * @param scope the project that is asked for
   * @return without its text
   */
  public Optional<ApiKey> ownKey(Scope scope) {
    return Optional.ofNullable(Checkup.ownKey(server, scope));
  }

  /**
   * Looks at the server from here: which version answers, how fast, whether it is ready, what the
   * key is good for in the project, and whether the clocks agree. Fails with {@code unreachable}.
   *
   * @param scope the project that is asked for
   * @return what was found, problems marked
   */
  public List<Finding> diagnose(Scope scope) {
    return new Checkup(server, scope).run();
  }

  @Override
  public String describe() {
    return "server " + endpoint;
  }

  @Override
  public void close() {
    server.close();
  }
}
