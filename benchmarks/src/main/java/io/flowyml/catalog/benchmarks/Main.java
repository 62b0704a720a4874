package io.flowyml.catalog.benchmarks;

import java.nio.file.Path;

/**
 * {@code load FILE|URL COUNT}, {@code queries FILE}, {@code past FILE}, {@code writes FILE [COPY]}
 * or {@code adopt FILE}.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("load")) {
      Writes.load(args[1], Integer.parseInt(args[2]));
      return;
    }
    var file = Path.of(args[1]);
    switch (args[0]) {
      case "queries" -> Queries.run(file, args.length > 2 ? args[2] : null);
      case "past" -> AsOfReads.run(file);
      case "writes" -> Writes.run(file, args.length > 2 ? Path.of(args[2]) : null);
      case "adopt" -> Writes.adopt(file);
      default ->
          throw new IllegalArgumentException(
              "load FILE|URL COUNT, queries FILE [NAME], past FILE, writes FILE [COPY], adopt"
                  + " FILE");
    }
  }
}
