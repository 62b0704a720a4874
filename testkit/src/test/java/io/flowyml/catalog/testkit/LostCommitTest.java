package io.flowyml.catalog.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.testkit.CuttingProxy.When;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection to PostgreSQL that breaks while a change is committed. */
@Timeout(60)
class LostCommitTest {
  private static final Registration MODEL = Registration.artifact("m", "Model").id("a");

  @Test
  void commitThatTookPlace_isSaidToBeUnknown_andRepeatedWithoutASecondArtifact() {
    afterALostCommit(
        When.BEFORE_THE_ANSWER,
        catalog -> {
          assertThat(catalog.find("a")).isPresent();
          assertThat(catalog.register(MODEL).version()).isEqualTo("1");
        });
  }

  @Test
  void commitThatNeverArrived_isSaidToBeUnknown_andLeavesNothing() {
    afterALostCommit(
        When.BEFORE_THE_REQUEST,
        catalog -> {
          assertThat(catalog.find("a")).isEmpty();
          assertThat(catalog.register(MODEL).version()).isEqualTo("1");
        });
  }

  private static void afterALostCommit(When when, Consumer<ArtifactCatalog> then) {
    // a statement that is prepared is sent by a number
    var url = PostgresServer.shared().newDatabase() + "?prepareThreshold=0";
    var server = URI.create(url);
    try (var proxy = new CuttingProxy(server.getPort());
        var catalog =
            ArtifactCatalog.open(
                PostgresCatalogBackend.open(
                    url.replace(":" + server.getPort(), ":" + proxy.port())))) {
      proxy.cut(when, "COMMIT", 1);
      var error = catchThrowableOfType(CatalogException.class, () -> catalog.register(MODEL));
      assertThat(error.code()).isEqualTo(ErrorCode.UNREACHABLE);
      assertThat(error.facts()).containsEntry("outcome", "unknown");
      assertThat(error).hasMessageContaining("may have taken place or not");
      assertThat(proxy.left()).isZero();
      then.accept(catalog);
      assertThat(catalog.stats().seq()).isEqualTo(1);
    }
  }
}
