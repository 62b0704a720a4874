package io.flowyml.catalog.testkit;

import io.flowyml.catalog.spi.CatalogBackend;
import java.util.List;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link CatalogBackend} promises. A backend's test extends this, says how to open one,
 * and needs nothing else.
 *
 * @since 0.1
 */
public abstract class CatalogContract {

  /**
   * A backend with nothing in it, independent of all that were opened before; closed by the test.
   */
  protected abstract CatalogBackend open();

  /**
   * Of the many questions that are asked at each of many moments, one in so many is asked. A
   * backend that answers fast is asked more.
   */
  protected int oneQuestionIn() {
    return 25;
  }

  /**
   * What in the backend's storage contradicts itself; asked after every test. A backend that can
   * look at its storage overrides this.
   */
  protected List<String> contradictions(CatalogBackend backend) {
    return List.of();
  }

  @Nested
  class Registering extends RegistrationContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class RegisteringMany extends BatchContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Changing extends ChangeContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Versions extends VersionContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Aliases extends AliasContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Dedup extends DedupContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Listing extends ListContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Searching extends SearchContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class SearchingAtRandom extends RandomSearchContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Sorting extends SortContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class CountingValues extends FacetContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Lineage extends LineageContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Deleting extends DeletionContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Purging extends PurgeContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Bulk extends BulkContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class History extends HistoryContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class InThePast extends AsOfContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class ReadAgain extends ReadAgainContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Statistics extends StatsContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Exporting extends ExportContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Importing extends ImportContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class Moving extends MovingContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class AtTheLimits extends LimitsContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }

  @Nested
  class ManyAtOnce extends ConcurrencyContract {
    @Override
    CatalogContract contract() {
      return CatalogContract.this;
    }
  }
}
