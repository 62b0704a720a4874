package io.flowyml.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.remote.RemoteCatalogBackend;
import io.flowyml.catalog.spi.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as tools write them; those in the resources are by OpenSSL. */
class TlsTest {
  private static final Path RESOURCES = resources();
  private static final String GET = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir private Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void names() {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
  }

  private static Path resources() {
    try {
      return Path.of(TlsTest.class.getResource("pem").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** As a deployment does it: a new file takes the old one's place. */
  private static void put(String resource, Path target) throws IOException {
    var written = Files.copy(RESOURCES.resolve(resource), target.resolveSibling("new"));
    Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void put(String resource) throws IOException {
    put(resource, certificate);
    put(resource, key);
  }

  private Served serve() {
    return new Served(
        new ServerSettings(
            "localhost",
            0,
            ServerLimits.DEFAULT,
            new ServerTls(certificate, key, Duration.ofMillis(20)),
            ServerStop.DEFAULT));
  }

  private static Certificate certificate(String resource) throws Exception {
    try (var in = Files.newInputStream(RESOURCES.resolve(resource))) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  /** Trusts those certificates alone. */
  private static SSLContext trusting(String... resources) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (var resource : resources) {
      store.setCertificateEntry(resource, certificate(resource));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static SSLSocket connect(Served served, String... trusted) throws Exception {
    var plain = new Socket(InetAddress.getLoopbackAddress(), served.server().port());
    plain.setSoTimeout(20_000);
    var socket =
        (SSLSocket)
            trusting(trusted)
                .getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
    return RawHttp.answer(socket);
  }

  private static Certificate shown(Served served, String... trusted) throws Exception {
    try (var socket = connect(served, trusted)) {
      assertThat(ask(socket)).startsWith("HTTP/1.1 200");
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa-pkcs8.pem",
        "rsa-pkcs1.pem",
        "ec-pkcs8.pem",
        "ec-sec1.pem",
        "ed25519-pkcs8.pem"
      })
  void keysOfAllForms_areShown(String resource) throws Exception {
    put(resource);
    try (var served = serve()) {
      assertThat(served.server().uri().getScheme()).isEqualTo("https");
      assertThat(shown(served, resource)).isEqualTo(certificate(resource));
    }
  }

  @Test
  void newFiles_areShownToNewConnections_andOpenOnesStay() throws Exception {
    put("rsa-pkcs1.pem");
    try (var served = serve();
        var open = connect(served, "rsa-pkcs1.pem")) {
      assertThat(ask(open)).startsWith("HTTP/1.1 200");
      put("ec-sec1.pem");
      var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!shown(served, "rsa-pkcs1.pem", "ec-sec1.pem").equals(certificate("ec-sec1.pem"))) {
        assertThat(System.nanoTime()).as("the new certificate is shown").isLessThan(deadline);
      }
      assertThat(ask(open)).startsWith("HTTP/1.1 200");
      try (var trustsTheOld = client("rsa-pkcs1.pem")) {
        assertThat(catchThrowableOfType(IOException.class, () -> get(trustsTheOld, served)))
            .isNotNull();
      }
      try (var trustsTheNew = client("ec-sec1.pem")) {
        assertThat(get(trustsTheNew, served)).isEqualTo(200);
      }
    }
  }

  private static HttpClient client(String trusted) throws Exception {
    return HttpClient.newBuilder().sslContext(trusting(trusted)).build();
  }

  private static int get(HttpClient client, Served served)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(served.uri("/health/live")).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void newFilesThatAreWrong_leaveTheOldInUse_andAreLoggedOnce() throws Exception {
    put("rsa-pkcs8.pem");
    try (var log = new Log();
        var served = serve()) {
      put("ec-pkcs8.pem", key);
      assertThat(log.next())
          .startsWith("ERROR TLS file " + key + " cannot be used: ")
          .contains("the old certificate stays in use, valid until 21");
      assertThat(shown(served, "rsa-pkcs8.pem")).isEqualTo(certificate("rsa-pkcs8.pem"));
      Files.delete(key);
      assertThat(log.next()).contains("ERROR", "it is not there");
      assertThat(shown(served, "rsa-pkcs8.pem")).isEqualTo(certificate("rsa-pkcs8.pem"));
      put("ec-pkcs8.pem");
      assertThat(log.next()).startsWith("INFO").contains("the new certificate");
      assertThat(shown(served, "ec-pkcs8.pem")).isEqualTo(certificate("ec-pkcs8.pem"));
      assertThat(log.records).isEmpty();
    }
  }

  @Test
  void filesThatCannotBeUsed_doNotStart_andSayWhy() throws Exception {
    put("rsa-pkcs8.pem");
    refused("there is no block BEGIN CERTIFICATE", "port: 1", certificate);
    refused("there is no block BEGIN PRIVATE KEY", "", key);
    refused(
        "is encrypted; decrypt it",
        Files.readString(RESOURCES.resolve("rsa-encrypted-pkcs1.pem")),
        key);
    refused(
        "is encrypted; decrypt it",
        Files.readString(RESOURCES.resolve("rsa-encrypted-pkcs8.pem")),
        key);
    refused("of another kind", Files.readString(RESOURCES.resolve("ed25519-pkcs8.pem")), key);
    var damaged = Files.readString(certificate).replaceFirst("\nMII", "\nMIIMII");
    refused("a certificate in it is damaged", damaged, certificate);
    Files.delete(certificate);
    refused("it is not there");
  }

  private void refused(String why, String text, Path file) throws Exception {
    var before = Files.readString(file);
    Files.writeString(file, text);
    refused(why);
    Files.writeString(file, before);
  }

  private void refused(String why) {
    var e = catchThrowableOfType(CatalogException.class, this::serve);
    assertThat(e).hasMessageContaining(why).hasMessageContaining(folder.toString());
    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void handshakeThatStops_isHungUpOn() throws Exception {
    put("ec-sec1.pem");
    var soon = Duration.ofMillis(200);
    var limits = new ServerLimits(100, 10, 10, soon, soon, soon);
    try (var served =
        new Served(
            new ServerSettings(
                "localhost", 0, limits, new ServerTls(certificate, key), ServerStop.DEFAULT))) {
      for (var begun : List.of("", "\u0016\u0003\u0001")) {
        try (var socket = RawHttp.connect(served.server().port())) {
          socket.getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
          assertThat(socket.getInputStream().read()).as("the end").isNegative();
        }
      }
    }
  }

  @Test
  void clientThatDoesNotTrustIt_saysSo() throws Exception {
    put("rsa-pkcs8.pem");
    try (var served = serve();
        var catalog = new RemoteCatalogBackend(served.uri("/api/v1/catalog"), null)) {
      var e =
          catchThrowableOfType(
              CatalogException.class, () -> catalog.find(new Scope("default", "me"), "m"));
      assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE);
      assertThat(e).hasMessageContaining("certif");
    }
  }

  /** What the server's TLS logs. */
  private static final class Log extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(TlsFiles.class.getName());
    private final BlockingQueue<String> records = new LinkedBlockingQueue<>();

    Log() {
      logger.addHandler(this);
      logger.setLevel(Level.INFO);
      logger.setUseParentHandlers(false);
    }

    String next() throws InterruptedException {
      return records.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void publish(LogRecord message) {
      var level = message.getLevel().equals(Level.SEVERE) ? "ERROR " : "INFO ";
      records.add(level + new SimpleFormatter().formatMessage(message));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }
}
