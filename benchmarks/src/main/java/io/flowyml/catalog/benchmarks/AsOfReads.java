package io.flowyml.catalog.benchmarks;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Limits;
import io.flowyml.catalog.ListFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Reads as of a time beside those of the present, before and after 100,000 further events, on a
 * loaded file, which they change. Half of the events tag one of the newest 2,000 artifacts, half
 * any of the newest 200,000.
 */
final class AsOfReads {
  private static final int WARM_UP = 300;
  private static final int RUNS = 400;
  private static final int FURTHER = 100_000;
  private static final int NEWEST = 2_000;
  private static final int PROMOTED = 200;
  private static final int REACH = 200_000;

  private AsOfReads() {}

  static void run(Path file) {
    try (var catalog = ArtifactCatalog.open(file)) {
      var anywhere = new ArrayList<String>();
      String cursor = null;
      do {
        var page = catalog.list(ListFilter.all().limit(Limits.PAGE).cursor(cursor));
        page.forEach(artifact -> anywhere.add(artifact.id()));
        cursor = page.nextCursor();
      } while (cursor != null && anywhere.size() < REACH);
      var ids = anywhere.subList(0, Math.min(NEWEST, anywhere.size()));
      promoteSome(catalog, ids);
      long then = catalog.stats().seq();
      time("before", catalog, then, ids);
      further(catalog, ids, anywhere);
      time("after " + FURTHER + " further events", catalog, then, ids);
    }
  }

  private static void promoteSome(ArtifactCatalog catalog, List<String> ids) {
    for (int i = 0; i < PROMOTED; i++) {
      catalog.promote(ids.get(i), "champion");
    }
  }

  private static void further(ArtifactCatalog catalog, List<String> ids, List<String> anywhere) {
    var random = new Random(7);
    var stages = List.of("dev", "staging", "production", "archived");
    for (int i = 0; i < FURTHER; i++) {
      var from = i % 2 == 0 ? ids : anywhere;
      catalog.tag(
          from.get(random.nextInt(from.size())),
          Map.of("stage", stages.get(random.nextInt(stages.size())), "n", i % 97));
    }
  }

  private static void time(String when, ArtifactCatalog catalog, long seq, List<String> ids) {
    System.out.println(when);
    Timing.head();
    var past = catalog.asOf(seq);
    var names = ids.subList(0, PROMOTED).stream().map(id -> catalog.get(id).name()).toList();
    var aliases = names.stream().map(name -> name + "@champion").toList();
    Timing.of("get", WARM_UP, RUNS, i -> get(catalog, ids, i)).print();
    Timing.of("get as of", WARM_UP, RUNS, i -> get(past, ids, i)).print();
    Timing.of("resolve name@alias as of", WARM_UP, RUNS, i -> resolve(past, aliases, i)).print();
    Timing.of("resolve name as of", WARM_UP, RUNS, i -> resolve(past, names, i)).print();
    Timing.of("one tag", WARM_UP, RUNS, i -> search(catalog, tag(i))).print();
    Timing.of("one tag as of", WARM_UP, RUNS, i -> search(past, tag(i))).print();
    Timing.of("tag pair as of", WARM_UP, RUNS, i -> search(past, tag(i) + " team:fraud")).print();
    Timing.of("negated tag as of", WARM_UP, RUNS, i -> search(past, "-" + tag(i))).print();
    Timing.of("sorted by a tag as of", 20, 60, i -> search(past, tag(i) + " sort:-f1_score"))
        .print();
    Timing.of("facets of a tag as of", 5, 20, i -> facets(past, tag(i))).print();
  }

  private static int get(ArtifactCatalog catalog, List<String> ids, int i) {
    return catalog.find(ids.get(i * 7 % ids.size())).isPresent() ? 1 : 0;
  }

  private static int resolve(ArtifactCatalog past, List<String> names, int i) {
    return past.find(names.get(i % names.size())).isPresent() ? 1 : 0;
  }

  private static String tag(int i) {
    return i % 2 == 0 ? "stage:production" : "team:ads";
  }

  private static int facets(ArtifactCatalog catalog, String query) {
    return catalog.facets(query, List.of("type", "framework")).facets().size();
  }

  private static int search(ArtifactCatalog catalog, String query) {
    return catalog.search(query).items().size();
  }
}
