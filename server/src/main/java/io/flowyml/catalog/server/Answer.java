package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.internal.json.ProblemJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered with. A body in memory gets an {@code ETag} unless it has one, and may be
 * answered by 304; a stream gets neither, and is cut off where it fails.
 *
 * @since 0.1
 */
public record Answer(int status, Map<String, String> headers, Body body) {
  private static final int TAG_BYTES = 12;

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** What follows the headers. */
  public sealed interface Body {
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(String type, byte[] bytes) implements Body {}

    record Stream(String type, Writer writer) implements Body {}

    record None() implements Body {}
  }

  /** Writes a body of any size. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /** 200 with a JSON value. */
  public static Answer json(@Nullable Object value) {
    return json(Json.bytes(value));
  }

  /** 200 with JSON that is printed already. */
  public static Answer json(byte[] printed) {
    return json(printed, Map.of());
  }

  /**
   * As {@link #json(byte[])}, where its tag is known.
   *
   * @param tag what {@link #tag} makes of it
   */
  public static Answer json(byte[] printed, String tag) {
    return json(printed, Map.of("ETag", tag));
  }

  private static Answer json(byte[] printed, Map<String, String> headers) {
    return new Answer(200, headers, new Body.Bytes("application/json", printed));
  }

  /** 200 with a text. */
  public static Answer text(String type, String text) {
    return new Answer(200, Map.of(), new Body.Bytes(type, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** 200 with JSON Lines. */
  public static Answer lines(Writer writer) {
    return stream("application/x-ndjson", writer);
  }

  public static Answer stream(String type, Writer writer) {
    return new Answer(200, Map.of(), new Body.Stream(type, writer));
  }

  /** An error, with the status of its code. */
  static Answer problem(CatalogException error) {
    return problem(error, ProblemJson.status(error));
  }

  static Answer problem(CatalogException error, int status) {
    var map = ProblemJson.toMap(error);
    map.put("status", status);
    return new Answer(
        status,
        Map.of("Cache-Control", "no-store"),
        new Body.Bytes("application/problem+json", Json.bytes(map)));
  }

  public Answer status(int status) {
    return new Answer(status, headers, body);
  }

  public Answer header(String name, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Answer(status, all, body);
  }

  /**
   * The {@code ETag} of a body: of what is answered and not of one artifact's last change, since
   * another artifact's change can alter it. Weak, since the compressed bytes differ.
   */
  public static String tag(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "W/\""
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES))
          + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
