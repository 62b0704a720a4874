package io.flowyml.catalog.testkit;

import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class CatalogFileTest extends CatalogContract {
  @TempDir private Path folder;
  private int files;

  @Override
  protected CatalogBackend open() {
    return LocalCatalogBackend.open(folder.resolve("catalog" + files++ + ".db"));
  }

  @Override
  protected List<String> contradictions(CatalogBackend backend) {
    return Examined.problems(backend);
  }
}
