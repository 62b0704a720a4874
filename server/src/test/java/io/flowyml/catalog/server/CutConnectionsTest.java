package io.flowyml.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.Registration;
import io.flowyml.catalog.postgresql.PostgresCatalogBackend;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import io.flowyml.catalog.testkit.CuttingProxy;
import io.flowyml.catalog.testkit.CuttingProxy.When;
import io.flowyml.catalog.testkit.PostgresServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client behind something that cuts connections. */
@Timeout(60)
class CutConnectionsTest {
  private static final Registration MODEL = Registration.artifact("m", "Model");

  private static ArtifactCatalog through(CuttingProxy proxy) {
    return ArtifactCatalog.open(
        new RemoteCatalogBackend(
            URI.create("http://127.0.0.1:" + proxy.port() + "/api/v1/catalog"), null));
  }

  @Test
  void answersThatGotLost_areAskedForAgain_andTheRegistrationHappensOnce() {
    try (var served = new Served();
        var proxy = new CuttingProxy(served.server().port());
        var catalog = through(proxy)) {
      catalog.stats();
      proxy.cut(When.BEFORE_THE_ANSWER, "POST /", 2);
      assertThat(catalog.register(MODEL).version()).isEqualTo("1");
      assertThat(proxy.left()).isZero();
      assertThat(catalog.stats().seq()).isEqualTo(1);

      proxy.cut(When.BEFORE_THE_ANSWER, "POST /", 1);
      var outcomes = catalog.registerAll(List.of(MODEL, MODEL));
      assertThat(outcomes)
          .extracting(outcome -> outcome.orThrow().version())
          .containsExactly("2", "3");
      assertThat(proxy.left()).isZero();
      assertThat(catalog.stats().seq()).isEqualTo(3);
    }
  }

  @Test
  void changeWhoseAnswerGotLost_isNotMadeTwice() {
    try (var served = new Served();
        var proxy = new CuttingProxy(served.server().port());
        var catalog = through(proxy)) {
      catalog.register(MODEL.id("a"));
      proxy.cut(When.BEFORE_THE_ANSWER, "POST /", 1);
      var error = catchThrowableOfType(CatalogException.class, () -> catalog.delete("a"));
      assertThat(error.code()).isEqualTo(ErrorCode.UNREACHABLE);
      assertThat(proxy.left()).isZero();
      assertThat(catalog.stats().seq()).isEqualTo(2);
    }
  }

  @Test
  void requestsThatGotLost_areSentAgain() {
    try (var served = new Served();
        var proxy = new CuttingProxy(served.server().port());
        var catalog = through(proxy)) {
      catalog.stats();
      proxy.cut(When.BEFORE_THE_REQUEST, "POST /", 2);
      assertThat(catalog.register(MODEL).version()).isEqualTo("1");
      assertThat(catalog.stats().seq()).isEqualTo(1);
    }
  }

  @Test
  void commitWhoseAnswerTheServerDoesNotHear_isOneRegistration() {
    var url = PostgresServer.shared().newDatabase() + "?prepareThreshold=0";
    int port = URI.create(url).getPort();
    var settings = new ServerSettings(ServerSettings.LOOPBACK, 0);
    try (var proxy = new CuttingProxy(port);
        var backend = PostgresCatalogBackend.open(url.replace(":" + port, ":" + proxy.port()));
        var server = CatalogServer.start(settings, backend, Access.open());
        var catalog =
            ArtifactCatalog.open(
                new RemoteCatalogBackend(URI.create(server.uri() + "/api/v1/catalog"), null))) {
      catalog.stats();
      proxy.cut(When.BEFORE_THE_ANSWER, "COMMIT", 1);
      assertThat(catalog.register(MODEL).version()).isEqualTo("1");
      assertThat(proxy.left()).isZero();
      assertThat(catalog.stats().seq()).isEqualTo(1);
    }
  }
}
