package io.flowyml.catalog.internal.flowyml;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.internal.json.PythonJson;
import io.flowyml.catalog.internal.sql.Mirror;
import io.flowyml.catalog.internal.sql.Session;
import io.flowyml.catalog.internal.sql.Transaction;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * FlowyML's table {@code artifacts}: the catalog's artifacts in the form that FlowyML reads, and
 * the door by which its writes come in. Triggers note each of them as an image of the row; {@link
 * #drain} takes the images into the catalog.
 */
public final class FlowymlTable implements Mirror {
  private static final char REPLACEMENT = '\uFFFD';

  private static final String INSERT =
      """
      INSERT OR REPLACE INTO artifacts (%s, seq)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """
          .formatted(FlowymlRow.COLUMNS);

  private final ZoneId zone;
  private final Drain drain;

  /** By the clock of this machine's zone, as FlowyML does. */
  public FlowymlTable() {
    this(ZoneId.systemDefault());
  }

  FlowymlTable(ZoneId zone) {
    this.zone = zone;
    this.drain = new Drain(zone);
  }

  /**
   * Makes the table, or takes over the one that FlowyML made, and begins to note FlowyML's writes.
   * Rows that are there already wait for {@link Adoption}. Done again, it changes nothing.
   */
  public static void install(Session session) {
    FlowymlSchema.install(session);
  }

  /** Whether the database has the table: one in memory has not. */
  public static boolean isInstalled(Session session) {
    return session.number("SELECT 1 FROM sqlite_master WHERE name = 'flowyml_change'") != null;
  }

  /** Whether the table is there as FlowyML makes it, which reads its columns by position. */
  public static boolean isTheirs(Session session) {
    var columns =
        session.list(
            "SELECT name FROM pragma_table_info('artifacts') ORDER BY cid LIMIT ?",
            r -> r.getString(1),
            FlowymlRow.NAMES.size());
    return columns.equals(FlowymlRow.NAMES);
  }

  @Override
  public boolean hasNews(Session session) {
    return session.number("SELECT 1 FROM flowyml_change LIMIT 1") != null;
  }

  @Override
  public boolean drain(Transaction transaction, int limit) {
    return drain.run(transaction, limit);
  }

  @Override
  public void insert(Session session, Artifact artifact) {
    session.update(
        INSERT,
        artifact.id(),
        artifact.name(),
        artifact.artifactType(),
        text(artifact.contentHash()),
        text(artifact.sourceStep()),
        text(artifact.sourceRunId()),
        text(artifact.sourcePipeline()),
        PythonJson.dumps(artifact.parentIds()),
        tags(artifact),
        metadata(artifact),
        text(artifact.uri()),
        CreatedAt.text(artifact.createdAt(), zone),
        artifact.declaredVersion() == null ? artifact.version() : artifact.declaredVersion(),
        artifact.seq());
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String tags(Artifact artifact) {
    var verbatim = artifact.tagsVerbatim();
    return verbatim == null ? PythonJson.dumps(artifact.tags()) : verbatim;
  }

  private static String metadata(Artifact artifact) {
    var verbatim = artifact.metadataVerbatim();
    return verbatim == null ? PythonJson.dumps(artifact.metadata()) : verbatim;
  }

  /**
   * What stands in FlowyML's table and means the same is left as it is, also where it is not JSON.
   */
  @Override
  public void update(Session session, Artifact artifact) {
    boolean found = false;
    for (var artifactId : artifactIds(session, artifact.id())) {
      var row =
          session.first(
              "SELECT %s FROM artifacts WHERE artifact_id = ?".formatted(FlowymlRow.COLUMNS),
              r -> FlowymlRow.of(r, 1),
              artifactId);
      if (row != null) {
        var stands = Entry.of(row, zone).draft().registration();
        session.update(
            "UPDATE artifacts SET parent_ids = ?, tags = ?, metadata = ?, seq = ? WHERE artifact_id"
                + " = ?",
            stands.parents().equals(artifact.parentIds())
                ? row.parentIds()
                : PythonJson.dumps(artifact.parentIds()),
            means(stands.tags(), artifact.tags()) ? row.tags() : tags(artifact),
            means(stands.metadata(), artifact.metadata()) ? row.metadata() : metadata(artifact),
            artifact.seq(),
            artifactId);
        found = true;
      }
    }
    if (!found) {
      insert(session, artifact);
    }
  }

  /** Equal with the same types: the number 1 is not 1.0 here. */
  private static boolean means(Object stands, Object wanted) {
    return stands.equals(wanted) && PythonJson.dumps(stands).equals(PythonJson.dumps(wanted));
  }

  @Override
  public void delete(Session session, String id, long seq) {
    for (var artifactId : artifactIds(session, id)) {
      session.update(
          "UPDATE artifacts SET seq = ? WHERE artifact_id = ?", FlowymlSchema.DELETING, artifactId);
      session.update("DELETE FROM artifacts WHERE artifact_id = ?", artifactId);
    }
  }

  /** What FlowyML's table calls an artifact: its id, unless that holds what the catalog cannot. */
  private static List<String> artifactIds(Session session, String id) {
    if (id.indexOf(REPLACEMENT) < 0) {
      return List.of(id);
    }
    var replaced =
        session.list(
            "SELECT artifact_id FROM flowyml_problem WHERE id = ? AND column_name = 'artifact_id'",
            r -> r.getString(1),
            id);
    return replaced.isEmpty() ? List.of(id) : replaced;
  }
}
