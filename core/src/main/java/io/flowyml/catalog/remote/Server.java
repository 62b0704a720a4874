package io.flowyml.catalog.remote;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.ProblemJson;
import io.flowyml.catalog.internal.json.PythonJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A server as its client sees it: found by its discovery document, asked again where that is safe.
 */
final class Server implements AutoCloseable {
  private final URI endpoint;
  private final @Nullable String apiKey;
  private final Patience patience;
  private final HttpClient client;

  /** Where the projects of its own API are; found out by the first call. */
  private volatile @Nullable URI projects;

  Server(URI endpoint, @Nullable String apiKey, Patience patience) {
    this.endpoint = endpoint;
    this.apiKey = apiKey;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What FlowyML wrote is answered whatever its depth. */
  static Map<String, @Nullable Object> parsed(String text) {
    return Json.parseObject(text, "the server's answer", PythonJson.MAX_DEPTH);
  }

  /** A whole answer with a status of success. */
  record Answer(String text) {
    Map<String, @Nullable Object> json() {
      return parsed(text);
    }
  }

  Answer send(Ask ask) {
    var response =
        exchanged(request(ask), ask.repeatable(), BodyHandlers.ofByteArray(), patience.answer());
    if (response.statusCode() / 100 != 2) {
      throw error(response, response.body());
    }
    return new Answer(new String(response.body(), StandardCharsets.UTF_8));
  }

  /** An answer of any length, which the caller closes. */
  InputStream stream(Ask ask) {
    var response =
        exchanged(request(ask), ask.repeatable(), BodyHandlers.ofInputStream(), patience.stream());
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    try (var body = response.body()) {
      throw error(response, body.readAllBytes());
    } catch (IOException e) {
      throw brokeOff(e);
    }
  }

  private HttpRequest request(Ask ask) {
    var uri =
        URI.create(
            "%s/%s/%s".formatted(projects(), Ask.encoded(ask.scope().project()), ask.target()));
    var request =
        request(uri)
            .method(ask.method(), ask.body())
            .header("X-Flowyml-Actor", Ask.encoded(ask.scope().actor()));
    if (ask.type() != null) {
      request.header("Content-Type", ask.type());
    }
    return request.build();
  }

  private HttpRequest.Builder request(URI uri) {
    var request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    return apiKey == null ? request : request.header("Authorization", "Bearer " + apiKey);
  }

  private URI projects() {
    var known = projects;
    if (known == null) {
      known = discovered();
      projects = known;
    }
    return known;
  }

  /** The paths in the document are relative, so that a prefix that a proxy adds stays. */
  private URI discovered() {
    var document = greet().document();
    try {
      return base().resolve(new Fields(document, "the answer").neededText("projects"));
    } catch (CatalogException e) {
      throw somethingElse(e);
    }
  }

  /**
   * What the endpoint itself answers.
   *
   * @param date the server's clock; {@code null} where the answer does not tell
   * @param at this machine's clock at about the same moment
   */
  record Greeting(
      Map<String, @Nullable Object> document, @Nullable Instant date, Instant at, Duration took) {}

  Greeting greet() {
    long begun = System.nanoTime();
    var response =
        exchanged(request(base()).build(), true, BodyHandlers.ofByteArray(), patience.answer());
    var took = Duration.ofNanos(System.nanoTime() - begun);
    if (response.statusCode() / 100 != 2) {
      throw error(response, response.body());
    }
    try {
      return new Greeting(
          parsed(new String(response.body(), StandardCharsets.UTF_8)),
          date(response),
          Instant.now().minus(took.dividedBy(2)),
          took);
    } catch (CatalogException e) {
      throw somethingElse(e);
    }
  }

  private static @Nullable Instant date(HttpResponse<?> response) {
    try {
      var text = response.headers().firstValue("Date");
      return text.isEmpty()
          ? null
          : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.get(), Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Fails as the server's readiness does, which is asked once, to see it as it is.
   *
   * @param document where its OpenAPI document is; its health is beside that
   */
  void ready(@Nullable String document) {
    var root = base().resolve(document == null ? "/openapi.json" : document);
    try {
      var response =
          exchangedOnce(
              request(root.resolve("health/ready")).build(),
              BodyHandlers.ofByteArray(),
              patience.answer());
      if (response.statusCode() / 100 != 2) {
        throw error(response, response.body());
      }
    } catch (IOException | TimeoutException e) {
      throw failure(e);
    }
  }

  private URI base() {
    return endpoint.getPath().isEmpty() ? endpoint.resolve("/") : endpoint;
  }

  private CatalogException somethingElse(CatalogException e) {
    return unreachable("there is something else: " + e.getMessage(), e);
  }

  private <T> HttpResponse<T> exchanged(
      HttpRequest request, boolean repeatable, BodyHandler<T> handler, Duration wait) {
    @Nullable CatalogException failed = null;
    for (int attempt = 1; ; attempt++) {
      Duration pause;
      try {
        var response = exchangedOnce(request, handler, wait);
        boolean again =
            response.statusCode() == 429
                || (response.statusCode() == 503 && (repeatable || isOverloaded(response)));
        if (!again || attempt == patience.attempts()) {
          return response;
        }
        pause =
            patience.pause(attempt, response.headers().firstValueAsLong("Retry-After").orElse(0));
        if (response.body() instanceof InputStream body) {
          body.close();
        }
      } catch (IOException | TimeoutException e) {
        var error = failure(e);
        if (failed != null) {
          error.addSuppressed(failed);
        }
        failed = error;
        boolean unseen = e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
        if (!(repeatable || unseen)
            || attempt == patience.attempts()
            || e instanceof SSLException) {
          throw failed;
        }
        pause = patience.pause(attempt);
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** The server says so before it does anything; whatever else a 503 means may have been begun. */
  private static boolean isOverloaded(HttpResponse<?> response) {
    return response.body() instanceof byte[] body
        && new String(body, StandardCharsets.UTF_8).contains("\"code\":\"overloaded\"");
  }

  /** The JDK's own time-out ends with the headers; this one also covers the body. */
  private <T> HttpResponse<T> exchangedOnce(
      HttpRequest request, BodyHandler<T> handler, Duration wait)
      throws IOException, TimeoutException {
    var exchange = client.sendAsync(request, handler);
    try {
      return exchange.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException defect -> throw defect;
        case null, default -> throw new IOException(e.getCause());
      }
    } catch (CancellationException e) {
      throw new IOException("cancelled", e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable("the wait for the answer was interrupted", e);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw e;
    }
  }

  private CatalogException failure(Exception e) {
    if (e instanceof TimeoutException
        || (e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException))) {
      return new CatalogException(
          ErrorCode.TIMEOUT,
          "catalog endpoint %s did not answer in time; ask again, or for less".formatted(endpoint),
          Map.of("endpoint", endpoint.toString()),
          e);
    }
    return unreachable(reason(e), e);
  }

  /** The first cause that has a name for people; below a refusal the JDK has a closed channel. */
  private static String reason(Exception e) {
    Throwable deepest = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpConnectTimeoutException) {
        return "no connection in time";
      }
      if (cause.getCause() instanceof UnresolvedAddressException) {
        return "the host is not known";
      }
      if (cause instanceof ConnectException && !(cause.getCause() instanceof ConnectException)) {
        return "the connection was refused, nobody listens there";
      }
      deepest = cause;
    }
    var message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }

  CatalogException brokeOff(IOException e) {
    return unreachable("the answer broke off: " + reason(e), e);
  }

  private CatalogException unreachable(String why, @Nullable Throwable cause) {
    return new CatalogException(
        ErrorCode.UNREACHABLE,
        "catalog endpoint %s cannot be used: %s; check the address, and that the server runs"
            .formatted(endpoint, why),
        Map.of("endpoint", endpoint.toString()),
        cause);
  }

  /** The server's own error, or what the status of somebody between means. */
  private CatalogException error(HttpResponse<?> response, byte[] body) {
    if (response
        .headers()
        .firstValue("Content-Type")
        .orElse("")
        .startsWith("application/problem+json")) {
      try {
        return ProblemJson.fromMap(parsed(new String(body, StandardCharsets.UTF_8)));
      } catch (CatalogException e) {
        return unreachable("it answers with an error that is none of a catalog's", e);
      }
    }
    int status = response.statusCode();
    return switch (status) {
      case 401 ->
          new CatalogException(
              ErrorCode.UNAUTHENTICATED,
              "catalog endpoint %s asks for a key; set FLOWYML_CATALOG_API_KEY, or run flowyml-catalog login"
                  .formatted(endpoint));
      case 403 ->
          new CatalogException(
              ErrorCode.FORBIDDEN, "catalog endpoint %s forbids this".formatted(endpoint));
      case 301, 302, 303, 307, 308 ->
          unreachable(
              "it has moved to " + response.headers().firstValue("Location").orElse("elsewhere"),
              null);
      default -> unreachable("HTTP status " + status + ", and no catalog's answer with it", null);
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
