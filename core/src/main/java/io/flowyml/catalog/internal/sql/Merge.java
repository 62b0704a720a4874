package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact.HashOrigin;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Content;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.spi.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Registers records by the tolerant rules, in a project that has something already. What an export
 * has beside the records (history, events) belongs to the project that it came from and is passed
 * over.
 */
final class Merge {
  private static final System.Logger LOG = System.getLogger(Merge.class.getName());
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final SqlCatalogBackend backend;
  private final Scope scope;

  Merge(SqlCatalogBackend backend, Scope scope) {
    this.backend = backend;
    this.scope = scope;
  }

  /** Takes lines in one transaction; answers an outcome for each that is a record, or is none. */
  List<Outcome> run(List<Import.Parsed> lines) {
    var items = new ArrayList<Item>();
    for (var line : lines) {
      if (line.error() != null || !isBeside(line)) {
        items.add(item(line));
      }
    }
    if (items.isEmpty()) {
      return List.of();
    }
    return backend.write(
        scope.project(),
        (transaction, project) -> {
          var writing = new Writing(transaction, project);
          return Batches.each(transaction, items, writing::take, Outcome::refused);
        });
  }

  private static boolean isBeside(Import.Parsed line) {
    return line.is(ExportLine.HEADER)
        || line.is(ExportLine.PAST)
        || line.is(ExportLine.EVENT)
        || line.is(ExportLine.END);
  }

  /**
   * A record to register.
   *
   * @param exported whether it came out of a catalog, where aliases may have moved on since
   * @param asGiven with only the parents that it was registered with; {@code null} where these are
   *     all
   */
  private record Item(
      Import.Parsed line,
      @Nullable Draft draft,
      @Nullable Draft asGiven,
      boolean exported,
      boolean tombstone,
      @Nullable CatalogException error) {}

  private static Item item(Import.Parsed line) {
    if (line.error() != null) {
      return new Item(line, null, null, false, false, line.error());
    }
    try {
      var json = new LinkedHashMap<String, @Nullable Object>(line.json());
      boolean exported = json.remove(ExportLine.STORED) != null;
      var registration = registration(json, exported);
      var draft = draft(registration, json);
      boolean tombstone = json.get("deleted_at") != null;
      var given = exported ? parentsAsGiven(line, registration) : null;
      return new Item(
          line, draft, given == null ? null : draft(given, json), exported, tombstone, null);
    } catch (CatalogException e) {
      return new Item(line, null, null, false, false, line.refused(e));
    }
  }

  /** A record that came out of a catalog, by the tolerant rules. */
  static Draft draft(Map<String, @Nullable Object> json) {
    return draft(registration(json, true), json);
  }

  private static Draft draft(Registration registration, Map<String, @Nullable Object> json) {
    return new Draft(
        registration,
        true,
        true,
        Import.text(json, "tags"),
        Import.text(json, "metadata"),
        new Fields(json, "the record").time("created_at"),
        false);
  }

  private static Registration registration(Map<String, @Nullable Object> json, boolean exported) {
    var plain = ArtifactJson.registrationFrom(json);
    for (var alias : plain.aliases()) {
      if (!ALIAS.matcher(alias).matches() || alias.equals("latest")) {
        throw new CatalogException(
            ErrorCode.INVALID_ARGUMENT,
            "alias %s is malformed or reserved; an alias has 1 to 64 of A-Z a-z 0-9 . _ - and begins with a letter"
                .formatted(alias));
      }
    }
    var registration =
        with(plain, List.copyOf(new LinkedHashSet<>(plain.parents())), plain.aliases());
    return exported
            && "computed".equals(json.get("hash_origin"))
            && registration.content() instanceof Content.Digest digest
            && SHA_256.matcher(digest.hash()).matches()
        ? registration.content(
            new Content.Digest(digest.hash(), digest.size(), HashOrigin.COMPUTED))
        : registration;
  }

  /** The record's parents without those added later, which are no part of the identity. */
  private static @Nullable Registration parentsAsGiven(
      Import.Parsed line, Registration registration) {
    var parents = line.fields(ExportLine.STORED).objects("parents");
    if (parents.size() != registration.parents().size()) {
      return null;
    }
    var given = new ArrayList<String>();
    for (int i = 0; i < parents.size(); i++) {
      if (!parents.get(i).containsKey("since")) {
        given.add(registration.parents().get(i));
      }
    }
    return given.size() == parents.size()
        ? null
        : with(registration, given, registration.aliases());
  }

  /** With other parents and aliases than its own, to which its methods only add. */
  private static Registration with(Registration r, List<String> parents, List<String> aliases) {
    return new Registration(
        r.id(),
        r.name(),
        r.artifactType(),
        r.version(),
        r.content(),
        r.uri(),
        r.sourceStep(),
        r.sourceRunId(),
        r.sourcePipeline(),
        parents,
        r.tags(),
        r.metadata(),
        aliases,
        r.onDuplicate());
  }

  /** One transaction's part. */
  private final class Writing {
    private final Session session;
    private final Transaction.Project project;
    private final @Nullable Mirror mirror;
    private final Registrar registrar;
    private final Changes changes;
    private final ArtifactRows rows;

    Writing(Transaction transaction, Transaction.Project project) {
      this.session = transaction.session();
      this.project = project;
      this.mirror = backend.mirrorOf(scope.project());
      this.registrar = new Registrar(transaction, project, scope.actor(), mirror);
      this.changes = new Changes(transaction, project, scope.actor(), mirror);
      this.rows = new ArtifactRows(project.name(), session.dialect());
    }

    Outcome take(Item item) {
      var draft = item.draft();
      if (item.error() != null || draft == null) {
        throw item.error() == null ? new IllegalStateException("no draft") : item.error();
      }
      try {
        var id = draft.registration().id();
        var known = id == null ? null : rows.byId(session, project.no(), id);
        return known == null ? create(item, draft) : again(item, draft, known);
      } catch (CatalogException e) {
        throw item.line().refused(e);
      }
    }

    private Outcome create(Item item, Draft draft) {
      var outcome = registrar.register(item.exported() ? withFreeAliases(item, draft) : draft);
      var artifact = outcome.artifact();
      if (!item.tombstone() || artifact == null) {
        return outcome;
      }
      var stored = rows.byId(session, project.no(), artifact.id());
      if (stored == null) {
        throw new CatalogException(
            ErrorCode.CORRUPT,
            "artifact %s vanished while it was imported".formatted(artifact.id()));
      }
      return Outcome.of(outcome.status(), changes.delete(stored).artifact());
    }

    /** A copy does not take an alias from what it points at here. */
    private Draft withFreeAliases(Item item, Draft draft) {
      var asked = draft.registration();
      var name = asked.aliases().isEmpty() ? null : Names.find(session, project.no(), asked.name());
      if (name == null) {
        return draft;
      }
      var free = new ArrayList<String>();
      for (var alias : asked.aliases()) {
        if (Aliases.current(session, project.no(), name.no(), alias) == null) {
          free.add(alias);
        } else {
          LOG.log(
              System.Logger.Level.WARNING,
              "line {0}: {1}@{2} points at another version already and stays there",
              item.line().number(),
              name.name(),
              alias);
        }
      }
      return new Draft(
          with(asked, asked.parents(), free),
          true,
          true,
          draft.tagsText(),
          draft.metadataText(),
          draft.createdAt(),
          false);
    }

    private Outcome again(Item item, Draft draft, ArtifactRows.Stored known) {
      if (item.tombstone() && known.artifact().isDeleted()) {
        return Outcome.of(Outcome.Status.EXISTING, known.artifact());
      }
      var outcome = registeredAgain(item, draft);
      if (mirror != null) {
        mirror.update(session, known.artifact());
      }
      return outcome;
    }

    private Outcome registeredAgain(Item item, Draft draft) {
      try {
        return registrar.register(draft);
      } catch (CatalogException e) {
        if (e.code() == ErrorCode.ID_EXISTS && item.asGiven() != null) {
          return registrar.register(item.asGiven());
        }
        throw e;
      }
    }
  }
}
