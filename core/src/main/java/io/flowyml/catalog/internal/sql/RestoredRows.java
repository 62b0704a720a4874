package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Event;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes an export's lines as the rows that they were made of, and indexes them. */
final class RestoredRows {
  private final Transaction transaction;
  private final Session session;
  private final Transaction.Project project;
  private final Indexer indexer;
  private final Counts expected;
  private final SortedMap<Long, Artifact> documents = new TreeMap<>();
  private long doc;
  private long seq;
  private long lastTime;

  /** How much an export says it holds. */
  record Counts(long artifacts, long events) {
    static Counts of(Fields fields) {
      return new Counts(fields.neededInteger("artifacts"), fields.neededInteger("events"));
    }
  }

  RestoredRows(
      Transaction transaction, Transaction.Project project, Indexer indexer, Counts expected) {
    this.transaction = transaction;
    this.session = transaction.session();
    this.project = project;
    this.indexer = indexer;
    this.expected = expected;
    this.doc = project.docs();
    this.seq = project.seq();
    this.lastTime = project.time();
  }

  void insert(List<Import.Parsed> lines) {
    for (var line : lines) {
      try {
        insert(line);
      } catch (CatalogException e) {
        throw line.refused(e);
      }
    }
    indexer.indexNew(transaction, project, documents);
    project.restored(seq, doc, Math.max(Clock.micros(), lastTime));
  }

  private void insert(Import.Parsed line) {
    if (line.is(ExportLine.PAST)) {
      past(line.fields(ExportLine.PAST));
    } else if (line.is(ExportLine.EVENT)) {
      event(line.fields(ExportLine.EVENT));
    } else if (line.is(ExportLine.STORED)) {
      artifact(line.json(), line.fields(ExportLine.STORED));
    } else {
      throw refused("it is no line of an export; import plain records in a file of their own");
    }
  }

  private static CatalogException refused(String why) {
    return new CatalogException(ErrorCode.INVALID_ARGUMENT, why);
  }

  /** A document of the export, which may stand on a later line. */
  private long known(long number) {
    if (number < 1 || number > expected.artifacts()) {
      throw refused(
          "it speaks of artifact number %d, but the export has %d"
              .formatted(number, expected.artifacts()));
    }
    return number;
  }

  private @Nullable Long knownOrAbsent(@Nullable Long number) {
    return number == null ? null : known(number);
  }

  private void artifact(Map<String, @Nullable Object> json, Fields stored) {
    var artifact = ArtifactJson.fromMap(json);
    doc++;
    if (stored.neededInteger("doc") != doc) {
      throw refused(
          "artifact number %d stands where number %d belongs"
              .formatted(stored.neededInteger("doc"), doc));
    }
    if (Resolver.byId(session, project.no(), artifact.id()) != null) {
      throw refused("id %s stands in the export twice".formatted(artifact.id()));
    }
    long since = stored.neededInteger("since");
    var hash = artifact.contentHash();
    var origin = artifact.hashOrigin();
    session.update(
        """
        INSERT INTO artifact (project, doc, id_key, id, name, version, declared_version, type,
          content_key, content_hash, size, hash_origin, uri, step, run, pipeline, created_at,
          created_by, from_seq, seq, deleted_seq, purged_seq, parents, tags_seq, tags,
          metadata_seq, metadata)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        project.no(),
        doc,
        Keys.ofId(artifact.id()),
        artifact.id(),
        name(artifact.name(), artifact.version()),
        artifact.version(),
        artifact.declaredVersion(),
        artifact.artifactType(),
        hash == null ? null : Keys.of(hash),
        hash,
        artifact.size(),
        origin == null ? null : Codes.of(origin),
        artifact.uri(),
        artifact.sourceStep(),
        artifact.sourceRunId(),
        artifact.sourcePipeline(),
        Clock.micros(artifact.createdAt()),
        artifact.createdBy(),
        since,
        artifact.seq(),
        stored.integer("deleted_since"),
        stored.integer("purged_since"),
        artifact.parentIds().size(),
        or(stored.integer("tags_since"), since),
        Import.text(json, "tags"),
        or(stored.integer("metadata_since"), since),
        Import.text(json, "metadata"));
    parents(artifact, stored, since);
    if (artifact.duplicateOf() != null) {
      project.countDuplicates(1, artifact.size() == null ? 0 : artifact.size());
    }
    documents.put(doc, artifact);
  }

  private static long or(@Nullable Long value, long usual) {
    return value == null ? usual : value;
  }

  private long name(String name, String version) {
    return Names.use(session, project, Names.find(session, project.no(), name), name, version);
  }

  private void parents(Artifact artifact, Fields stored, long since) {
    var edges = stored.objects("parents");
    var ids = artifact.parentIds();
    if (edges.size() != ids.size()) {
      throw refused(
          "it has %d parent_ids, but %d parents in %s"
              .formatted(ids.size(), edges.size(), ExportLine.STORED));
    }
    for (int i = 0; i < ids.size(); i++) {
      var edge = new Fields(edges.get(i), "the parent");
      parent(
          doc,
          edge.neededInteger("ord"),
          knownOrAbsent(edge.integer("doc")),
          ids.get(i),
          or(edge.integer("since"), since),
          null);
    }
  }

  private void parent(
      long child, long order, @Nullable Long parent, String id, long from, @Nullable Long to) {
    session.update(
        """
        INSERT INTO parent (project, child, ord, parent, id_key, parent_id, from_seq, to_seq)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        project.no(),
        child,
        order,
        parent,
        parent == null ? Keys.ofId(id) : null,
        parent == null ? id : null,
        from,
        to);
  }

  private void past(Fields row) {
    long of = known(row.neededInteger("doc"));
    long from = row.neededInteger("from");
    switch (row.neededConstant("part", ExportLine.Part.class)) {
      case IDENTITY -> identity(of, from, row);
      case TAGS -> values("tags", of, from, row);
      case METADATA -> values("metadata", of, from, row);
      case DELETION ->
          session.update(
              """
              INSERT INTO deletion_past (project, doc, from_seq, to_seq, purged_seq)
              VALUES (?, ?, ?, ?, ?)\
              """,
              project.no(),
              of,
              from,
              row.neededInteger("to"),
              row.integer("purged"));
      case PARENT -> {
        var id = row.text("parent_id");
        parent(
            of,
            row.neededInteger("ord"),
            id == null ? known(row.neededInteger("parent")) : null,
            id == null ? "" : id,
            from,
            row.neededInteger("to"));
      }
      case ALIAS -> alias(of, from, row);
    }
  }

  private void identity(long of, long from, Fields row) {
    var identity = row.object("value");
    var fields = new Fields(identity, "the identity");
    var version = fields.neededText("version");
    var hash = fields.text("content_hash");
    session.update(
        """
        INSERT INTO artifact_past (project, doc, from_seq, to_seq, name, version, content_key,
          content_hash, identity)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        project.no(),
        of,
        from,
        row.neededInteger("to"),
        name(fields.neededText("name"), version),
        version,
        hash == null ? null : Keys.of(hash),
        hash,
        Json.write(identity));
  }

  private void values(String column, long of, long from, Fields row) {
    var value = new LinkedHashMap<String, @Nullable Object>();
    value.put("value", row.object("value"));
    value.put("value_verbatim", row.text("verbatim"));
    session.update(
        """
        INSERT INTO %1$s_past (project, doc, from_seq, to_seq, %1$s) VALUES (?, ?, ?, ?, ?)\
        """
            .formatted(column),
        project.no(),
        of,
        from,
        row.neededInteger("to"),
        Import.text(value, "value"));
  }

  private void alias(long of, long from, Fields row) {
    var name = row.neededText("name");
    var known = Names.find(session, project.no(), name);
    if (known == null) {
      throw refused("an alias is of the name %s, which no line before has".formatted(name));
    }
    session.update(
        "INSERT INTO alias (project, name, alias, from_seq, to_seq, doc) VALUES (?, ?, ?, ?, ?, ?)",
        project.no(),
        known.no(),
        row.neededText("alias"),
        from,
        row.integer("to"),
        of);
  }

  private void event(Fields event) {
    seq++;
    if (event.neededInteger("seq") != seq) {
      throw refused(
          "event %d stands where event %d belongs".formatted(event.neededInteger("seq"), seq));
    }
    lastTime = Clock.micros(event.neededTime("at"));
    var detail = event.object("detail");
    session.update(
        """
        INSERT INTO event (project, seq, at, actor, kind, doc, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        project.no(),
        seq,
        lastTime,
        event.neededText("actor"),
        Codes.of(event.neededConstant("kind", Event.Kind.class)),
        known(event.neededInteger("doc")),
        detail.isEmpty() ? null : Json.write(detail));
  }
}
