package io.flowyml.catalog.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FewDocsTest {
  @Test
  void whatIsStored_isReadBack() {
    var random = new Random(7);
    for (int n = 1; n <= FewDocs.MOST; n++) {
      int width = 1 << (9 + n % 12);
      var offsets = random.ints(0, width).distinct().limit(Math.min(n, width)).sorted().toArray();
      var stored = FewDocs.encode(offsets, offsets.length);
      assertThat(FewDocs.areMany(stored)).isFalse();
      assertThat(FewDocs.decode(stored)).containsExactly(offsets);
    }
  }

  @Test
  void lastDocumentOfASpan_hasRoom() {
    int last = FewDocs.CHUNKS * Chunk.SIZE - 1;
    assertThat(FewDocs.decode(FewDocs.encode(new int[] {0, last}, 2))).containsExactly(0, last);
  }

  @Test
  void rowsOfSpans_areApartFromThoseOfChunks() {
    for (long span = 0; span < 10; span++) {
      assertThat(FewDocs.row(span)).isNegative().isNotEqualTo(FewDocs.row(span + 1));
      assertThat(FewDocs.spanOfChunk(FewDocs.firstChunk(span) + FewDocs.CHUNKS - 1))
          .isEqualTo(span);
    }
  }
}
