package io.flowyml.catalog.benchmarks;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import java.nio.file.Path;

/**
 * {@code load FILE|URL COUNT}, {@code queries FILE|URL}, {@code past FILE}, {@code writes FILE
 * [COPY]} or {@code adopt FILE}.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "load" -> Writes.load(args[1], Integer.parseInt(args[2]));
      case "queries" -> Queries.run(args[1], args.length > 2 ? args[2] : null);
      case "past" -> AsOfReads.run(Path.of(args[1]));
      case "writes" -> Writes.run(Path.of(args[1]), args.length > 2 ? Path.of(args[2]) : null);
      case "adopt" -> Writes.adopt(Path.of(args[1]));
      default ->
          throw new IllegalArgumentException(
              "load FILE|URL COUNT, queries FILE|URL [NAME], past FILE, writes FILE [COPY], adopt"
                  + " FILE");
    }
  }

  static ArtifactCatalog open(String place) {
    return isPostgresql(place)
        ? ArtifactCatalog.open(PostgresCatalogBackend.open(place))
        : ArtifactCatalog.open(Path.of(place));
  }

  static boolean isPostgresql(String place) {
    return place.startsWith("postgresql:");
  }
}
