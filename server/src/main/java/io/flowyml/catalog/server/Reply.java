package io.flowyml.catalog.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Sends an answer as the client can take it: compressed where asked, 304 where it has it. */
final class Reply {
  /** Below this size the headers weigh more than what compression spares. */
  private static final int WORTH_COMPRESSING = 1_024;

  private static final int TAG_BYTES = 12;

  private final RequestHeaders headers;
  private final boolean withoutBody;
  private final boolean mayBeKnown;
  private final ServerResponse response;

  Reply(RequestHeaders headers, String method, ServerResponse response) {
    this.headers = headers;
    this.withoutBody = method.equals("HEAD");
    this.mayBeKnown = withoutBody || method.equals("GET");
    this.response = response;
  }

  void header(String name, String value) {
    response.header(HeaderNames.create(name), value);
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
        tag = weakTag(bytes);
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
      response.send(bytes);
    }
  }

  /**
   * Of what is answered and not of one artifact's last change, since another artifact's change can
   * alter it. Weak, since the compressed bytes differ.
   */
  private static String weakTag(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "W/\""
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES))
          + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
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
    try (var out = gzip ? gzip(response.outputStream()) : response.outputStream()) {
      body.writer().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("the client stopped listening", e);
    }
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
