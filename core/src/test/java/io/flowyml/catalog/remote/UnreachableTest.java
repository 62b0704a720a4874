package io.flowyml.catalog.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.spi.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class UnreachableTest {

  @Test
  void nobodyListens_namesTheAddressAndWhy_butNotTheKey() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var endpoint = "http://127.0.0.1:" + port + "/api/v1/catalog";
    try (var backend = new RemoteCatalogBackend(URI.create(endpoint), "secret-key")) {
      var error =
          catchThrowableOfType(
              CatalogException.class, () -> backend.stats(new Scope("default", "ann")));
      assertThat(error.code()).isEqualTo(ErrorCode.UNREACHABLE);
      assertThat(error.getMessage()).contains(endpoint, "refused").doesNotContain("secret-key");
      assertThat(error.getSuppressed()).isNotEmpty();
    }
  }
}
