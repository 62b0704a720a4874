package io.flowyml.catalog.benchmarks;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fixed list of reads, on a loaded file, warm; bare statements on the same rows beside them.
 */
final class Queries {
  private static final int WARM_UP = 300;
  private static final int RUNS = 400;
  private static final int SLOW_WARM_UP = 20;
  private static final int SLOW_RUNS = 60;

  private Queries() {}

  static void run(Path file) throws SQLException {
    try (var catalog = ArtifactCatalog.open(file);
        var bare = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      var ids = new ArrayList<String>();
      for (var artifact : catalog.list(ListFilter.all().limit(Limits.PAGE))) {
        ids.add(artifact.id());
      }
      Timing.head();
      time("get", i -> catalog.find(id(ids, i)).isPresent() ? 1 : 0);
      bareGet(bare, ids);
      time("children", i -> children(catalog, id(ids, i)));
      time("upstream, 5 hops", i -> catalog.upstream(id(ids, i), 5, 200).nodes().size());
      time(
          "newest 100 of a type",
          i -> list(catalog, ListFilter.all().type(i % 2 == 0 ? "Model" : "Dataset")));
      time("newest 50", i -> search(catalog, ""));
      time("rare word", i -> search(catalog, "run-00" + (10_000 + i * 37)));
      time("common word", i -> search(catalog, i % 2 == 0 ? "fraud" : "vision"));
      time("exact name", i -> search(catalog, name(catalog, id(ids, i))));
      time("name: whole", i -> search(catalog, "name:" + name(catalog, id(ids, i))));
      time("two words", i -> search(catalog, "fraud pytorch"));
      time("one tag", i -> search(catalog, "team:ads"));
      time(
          "tag pair",
          i ->
              search(
                  catalog, i % 2 == 0 ? "team:fraud stage:production" : "framework:jax stage:dev"));
      time("tag and negated tag", i -> search(catalog, "team:core -stage:archived"));
      slow("tag pair, empty intersection", i -> search(catalog, "stage:archived stage:dev"));
      slow("one letter", i -> search(catalog, i % 2 == 0 ? "q" : "x"));
      slow("two letters", i -> search(catalog, i % 2 == 0 ? "fr" : "zz"));
      slow("word in over 10,000 values", i -> search(catalog, "run-"));
    }
  }

  private static String id(List<String> ids, int i) {
    return ids.get(i * 7 % ids.size());
  }

  private static String name(ArtifactCatalog catalog, String id) {
    return catalog.get(id).name();
  }

  private static int search(ArtifactCatalog catalog, String query) {
    return catalog.search(query).items().size();
  }

  private static int list(ArtifactCatalog catalog, ListFilter filter) {
    return catalog.list(filter.limit(100)).items().size();
  }

  private static int children(ArtifactCatalog catalog, String id) {
    return catalog.downstream(id, 1, Limits.PAGE).nodes().size() - 1;
  }

  private static void time(String name, Timing.Call call) {
    Timing.of(name, WARM_UP, RUNS, call).print();
  }

  private static void slow(String name, Timing.Call call) {
    Timing.of(name, SLOW_WARM_UP, SLOW_RUNS, call).print();
  }

  /** The rows of one artifact, by kept statements. */
  private static void bareGet(Connection connection, List<String> ids) throws SQLException {
    try (var artifact =
            connection.prepareStatement(
                "SELECT a.*, n.name FROM artifact a JOIN name n ON n.project = a.project AND n.no ="
                    + " a.name WHERE a.project = 1 AND a.doc = ?");
        var parents =
            connection.prepareStatement(
                "SELECT x.id FROM parent p JOIN artifact x ON x.project = p.project AND x.doc ="
                    + " p.parent WHERE p.project = 1 AND p.child = ? AND p.to_seq IS NULL ORDER BY"
                    + " p.ord");
        var aliases =
            connection.prepareStatement(
                "SELECT alias FROM alias WHERE project = 1 AND doc = ? AND to_seq IS NULL");
        var byId =
            connection.prepareStatement("SELECT doc FROM artifact WHERE project = 1 AND id = ?")) {
      var docs = new ArrayList<Long>();
      for (var id : ids.subList(0, 50)) {
        byId.setString(1, id);
        try (var row = byId.executeQuery()) {
          row.next();
          docs.add(row.getLong(1));
        }
      }
      time(
          "get, bare statements",
          i -> {
            long doc = docs.get(i % docs.size());
            return columns(artifact, doc) + columns(parents, doc) + columns(aliases, doc) > 0
                ? 1
                : 0;
          });
    }
  }

  private static int columns(PreparedStatement statement, long doc) {
    try {
      statement.setLong(1, doc);
      int read = 0;
      try (var rows = statement.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int c = 1; c <= columns; c++) {
            read += rows.getString(c) == null ? 0 : 1;
          }
        }
      }
      return read;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
