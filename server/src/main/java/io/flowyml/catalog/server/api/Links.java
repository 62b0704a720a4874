package io.flowyml.catalog.server.api;

import io.flowyml.catalog.Page;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Where one answer leads to another. */
final class Links {
  private Links() {}

  static String toArtifact(Call call, String id) {
    return "/api/v1/projects/%s/artifacts/%s".formatted(encoded(call.project()), encoded(id));
  }

  /** {@code {"items", "next_cursor"}}, and a {@code Link} to the next page where there is one. */
  static <T> Answer page(Call call, Page<T> page, Function<? super T, byte[]> print) {
    var answer = Answer.json(Printing.page(page, print));
    var cursor = page.nextCursor();
    if (cursor == null) {
      return answer;
    }
    var others = call.queryWithout("cursor");
    return answer.header(
        "Link",
        "<%s?%scursor=%s>; rel=\"next\""
            .formatted(call.rawPath(), others.isEmpty() ? "" : others + "&", encoded(cursor)));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
