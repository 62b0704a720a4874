package io.flowyml.catalog.server.api;

import io.flowyml.catalog.server.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths of this API. */
final class Links {
  private Links() {}

  static String toArtifact(Call call, String id) {
    return "/api/v1/projects/%s/artifacts/%s".formatted(segment(call.project()), segment(id));
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
