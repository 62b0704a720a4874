package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Sends an answer as the client can take it: compressed where asked, 304 where it has it. */
final class Reply {
  private static final System.Logger LOG = System.getLogger(Reply.class.getName());

  /** Below this size the headers weigh more than what compression spares. */
  private static final int WORTH_COMPRESSING = 1_024;

  private final RequestHeaders headers;
  private final boolean withoutBody;
  private final boolean mayBeKnown;
  private final ServerResponse response;
  private final SlowClients slow;
  private final Duration patience;
  private String requestId = "";

  /**
   * @param patience how long the client may take for each mebibyte
   */
  Reply(
      RequestHeaders headers,
      String method,
      ServerResponse response,
      SlowClients slow,
      Duration patience) {
    this.slow = slow;
    this.patience = patience;
    this.headers = headers;
    this.withoutBody = method.equals("HEAD");
    this.mayBeKnown = withoutBody || method.equals("GET");
    this.response = response;
  }

  void header(String name, String value) {
    response.header(HeaderNames.create(name), value);
  }

  void requestId(String id) {
    requestId = id;
    header("X-Request-Id", id);
  }

  void send(Answer answer) {
    response.status(answer.status());
    answer.headers().forEach(this::header);
    switch (answer.body()) {
      case Answer.Body.None none -> response.send();
      case Answer.Body.Bytes body -> send(answer, body);
      case Answer.Body.Stream body -> send(body);
    }
  }

  private void send(Answer answer, Answer.Body.Bytes body) {
    var bytes = body.bytes();
    if (mayBeKnown && answer.status() == 200) {
      var tag = answer.headers().getOrDefault("ETag", "");
      if (tag.isEmpty()) {
        tag = Answer.tag(bytes);
        header("ETag", tag);
      }
      if (knows(tag)) {
        response.status(304).send();
        return;
      }
    }
    header("Content-Type", body.type());
    if (bytes.length >= WORTH_COMPRESSING) {
      header("Vary", "Accept-Encoding");
      if (takesGzip()) {
        header("Content-Encoding", "gzip");
        bytes = compressed(bytes);
      }
    }
    if (withoutBody) {
      response.contentLength(bytes.length);
      response.send();
    } else {
      sendTimed(bytes);
    }
  }

  private void sendTimed(byte[] bytes) {
    var wait = slow.begin(patience.toNanos());
    try {
      response.send(bytes);
      slow.end(wait);
    } finally {
      slow.drop(wait);
    }
  }

  private boolean knows(String tag) {
    var known = headers.get("If-None-Match");
    if (known == null) {
      return false;
    }
    var strong = tag.startsWith("W/") ? tag.substring(2) : tag;
    return Arrays.stream(known.split(","))
        .map(String::strip)
        .map(one -> one.startsWith("W/") ? one.substring(2) : one)
        .anyMatch(one -> one.equals("*") || one.equals(strong));
  }

  private void send(Answer.Body.Stream body) {
    header("Content-Type", body.type());
    header("Vary", "Accept-Encoding");
    if (withoutBody) {
      response.send();
      return;
    }
    boolean gzip = takesGzip();
    if (gzip) {
      header("Content-Encoding", "gzip");
    }
    try {
      var sent = new TimedOutput(response.outputStream(), slow, patience);
      var out = gzip ? gzip(sent) : sent;
      body.writer().writeTo(out);
      // only what is complete is ended: where the writer fails, not even the compression is
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the client stopped listening", e);
    } catch (CatalogException e) {
      sendInstead(e);
    }
  }

  /**
   * An error in place of a stream of which nothing was sent yet. Any other is cut off with its
   * connection, so that nobody takes the part for the whole.
   */
  private void sendInstead(CatalogException e) {
    if (!(response instanceof RoutingResponse begun && begun.reset())) {
      LOG.log(
          System.Logger.Level.ERROR,
          "request {0}: the answer broke off, so its connection was closed: {1}",
          requestId,
          e.getMessage());
      throw new CloseConnectionException("the answer broke off", e);
    }
    requestId(requestId);
    send(Dispatcher.answerTo(e));
  }

  private boolean takesGzip() {
    var accepted = headers.get("Accept-Encoding");
    if (accepted == null) {
      return false;
    }
    for (var coding : accepted.toLowerCase(Locale.ROOT).split(",")) {
      var parts = coding.strip().split(";");
      boolean refused = parts.length > 1 && parts[1].strip().matches("q=0(\\.0*)?");
      if (parts[0].strip().equals("gzip")) {
        return !refused;
      }
    }
    return false;
  }

  private static byte[] compressed(byte[] bytes) {
    var compressed = new ByteArrayOutputStream(bytes.length / 3);
    try (var out = gzip(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private static OutputStream gzip(OutputStream out) throws IOException {
    return new GZIPOutputStream(out, 1 << 13);
  }
}
