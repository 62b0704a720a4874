package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A PostgreSQL of its own that is stopped, killed and started again while it is written to. */
class PostgresRestartTest {
  private static void unreachable(ThrowingCallable call) {
    var error = catchThrowableOfType(CatalogException.class, call);
    assertThat(error.code()).as(error.getMessage()).isEqualTo(ErrorCode.UNREACHABLE);
  }

  @Test
  void serverThatWasGone_isFoundAgainWithAllThatWasAcknowledged() throws Exception {
    try (var server = PostgresServer.durable();
        var pool = Executors.newFixedThreadPool(4);
        var catalog =
            ArtifactCatalog.open(
                PostgresCatalogBackend.open(server.newDatabase() + "?patience=1"))) {
      catalog.register(Registration.artifact("m", "Model").id("first"));
      server.kill();
      unreachable(() -> catalog.get("first"));
      unreachable(() -> catalog.register(Registration.artifact("m", "Model").id("second")));
      var load = new WritersInTrouble(catalog.project("other"));
      load.start(pool);
      server.startAgain();
      load.goOn(20);
      server.stop();
      server.startAgain();
      load.goOn(20);
      server.kill();
      server.startAgain();
      load.assertNothingLost();
      assertThat(catalog.get("first").version()).isEqualTo("1");
      assertThat(Examined.problems(catalog.backend())).isEmpty();
    }
  }
}
