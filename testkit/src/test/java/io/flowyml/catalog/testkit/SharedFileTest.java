package io.flowyml.catalog.testkit;

import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** One file opened twice: what is promised of one holds where each call goes to the other. */
class SharedFileTest {
  @TempDir private Path folder;
  private int files;

  private final CatalogContract inTurn =
      new CatalogContract() {
        @Override
        protected CatalogBackend open() {
          var file = folder.resolve("catalog" + files++ + ".db");
          return InTurn.of(List.of(LocalCatalogBackend.open(file), LocalCatalogBackend.open(file)));
        }
      };

  @Nested
  class ReadAgain extends ReadAgainContract {
    @Override
    CatalogContract contract() {
      return inTurn;
    }
  }

  @Nested
  class SearchingAtRandom extends RandomSearchContract {
    @Override
    CatalogContract contract() {
      return inTurn;
    }
  }

  @Nested
  class ManyAtOnce extends ConcurrencyContract {
    @Override
    CatalogContract contract() {
      return inTurn;
    }
  }
}
