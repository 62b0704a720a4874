package io.flowyml.catalog.cli;

import io.flowyml.catalog.ArtifactCatalog;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A process of its own that serves, in each of its lives at the same port. */
final class ServerProcess implements AutoCloseable {
  private final List<String> arguments = new ArrayList<>();
  private final int port;
  private Process process;

  /**
   * @param catalog what names it, {@code --catalog FILE} or {@code --database URL}
   */
  ServerProcess(String... catalog) throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    arguments.addAll(List.of("serve", "--port", Integer.toString(port)));
    arguments.addAll(List.of(catalog));
    process = started();
  }

  /** Answers when it listens. */
  private Process started() throws IOException {
    var serving =
        Launched.command(arguments.toArray(String[]::new))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var said = serving.inputReader().readLine();
    if (said == null || !said.startsWith("serving at ")) {
      throw new AssertionError("the server says " + said);
    }
    return serving;
  }

  void startAgain() throws IOException {
    process = started();
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** {@code kill}; answers the exit code once the process has ended. */
  CompletableFuture<Integer> terminate() {
    process.destroy();
    return process.onExit().thenApply(Process::exitValue);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
  }

  /** A client of it. */
  ArtifactCatalog catalog() {
    return ArtifactCatalog.open(new RemoteCatalogBackend(uri("/api/v1/catalog"), null));
  }

  @Override
  public void close() {
    kill();
  }
}
