package io.flowyml.catalog.testkit;

import io.flowyml.catalog.local.LocalCatalogBackend;
import io.flowyml.catalog.spi.CatalogBackend;
import java.util.List;

class InMemoryCatalogTest extends CatalogContract {
  @Override
  protected CatalogBackend open() {
    return LocalCatalogBackend.inMemory();
  }

  @Override
  protected int oneQuestionIn() {
    return 4;
  }

  @Override
  protected List<String> contradictions(CatalogBackend backend) {
    return Examined.problems(backend);
  }
}
