package io.flowyml.catalog.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.Registration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Documents of a term through the border between few and many, and back. */
class IndexedDocsTest {
  private static final int ALL = 9_000;

  @Test
  void term_staysRight_whenItGrowsAndShrinks() {
    try (var catalog = ArtifactCatalog.inMemory()) {
      var registrations = new ArrayList<Registration>();
      for (int i = 0; i < ALL; i++) {
        registrations.add(Registration.artifact("m", "Model").id("id" + i));
      }
      catalog.registerAll(registrations);
      var random = new Random(3);
      var tagged = new TreeSet<Integer>();
      for (int target : new int[] {300, FewDocs.MOST, FewDocs.MOST + 1, 1_500, 200, 0, 40}) {
        while (tagged.size() < target) {
          int i = random.nextInt(ALL);
          tagged.add(i);
          catalog.tag("id" + i, "mark", "x");
        }
        while (tagged.size() > target) {
          int i = tagged.removeFirst();
          catalog.untag("id" + i, "mark");
        }
        assertThat(found(catalog)).containsExactlyElementsOf(expected(tagged));
        // Enough changes that the index takes in all of the above.
        for (int i = 0; i < 1_000; i++) {
          catalog.tag("id0", Map.of("other", i));
        }
        assertThat(found(catalog)).containsExactlyElementsOf(expected(tagged));
      }
    }
  }

  private static List<String> expected(Collection<Integer> tagged) {
    return tagged.stream().sorted(Comparator.reverseOrder()).map(i -> "id" + i).toList();
  }

  private static List<String> found(ArtifactCatalog catalog) {
    var ids = new ArrayList<String>();
    String cursor = null;
    do {
      var page = catalog.search("mark:x", 1_000, cursor);
      page.forEach(artifact -> ids.add(artifact.id()));
      cursor = page.nextCursor();
    } while (cursor != null);
    return ids;
  }
}
