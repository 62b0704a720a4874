package io.flowyml.catalog.benchmarks;

import java.nio.file.Path;

/** {@code load FILE COUNT}, {@code queries FILE} or {@code writes FILE}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    var file = Path.of(args[1]);
    switch (args[0]) {
      case "load" -> Writes.load(file, Integer.parseInt(args[2]));
      case "queries" -> Queries.run(file, args.length > 2 ? args[2] : null);
      case "writes" -> Writes.run(file);
      default -> throw new IllegalArgumentException("load FILE COUNT, queries FILE, writes FILE");
    }
  }
}
