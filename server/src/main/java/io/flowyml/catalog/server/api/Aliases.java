package io.flowyml.catalog.server.api;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.ChangeJson;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import io.flowyml.catalog.spi.Change;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Aliases as resources of their own. What one answers depends on the artifact's id alone, so its
 * strong {@code ETag} is that id, and {@code If-Match} names what the alias is expected to point
 * at.
 */
final class Aliases {
  private static final Pattern STRONG_TAG = Pattern.compile("\"([^\"]*)\"");

  private Aliases() {}

  static Answer get(Call call) {
    var alias = call.path("alias");
    var artifact = call.catalog().get(call.path("name") + "@" + alias);
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("name", artifact.name());
    map.put("alias", alias);
    map.put("artifact_id", artifact.id());
    map.put("version", artifact.version());
    return Answer.json(map).header("ETag", tag(artifact));
  }

  private static String tag(Artifact artifact) {
    return "\"" + Links.encoded(artifact.id()) + "\"";
  }

  /** Points it at {@code {"artifact": reference}}. */
  static Answer move(Call call) {
    var fields = new Fields(call.json(), "the request body");
    fields.refuseOthers(Set.of("artifact"));
    var name = call.path("name");
    var artifact = call.catalog().get(fields.neededText("artifact"));
    if (!artifact.name().equals(name)) {
      throw new CatalogException(
          ErrorCode.INVALID_ARGUMENT,
          "artifact %s is a version of %s; an alias of %s points at one of its own"
              .formatted(artifact.id(), artifact.name(), name),
          Map.of("field", "artifact"),
          null);
    }
    var change = new Change.MoveAlias(artifact.id(), call.path("alias"), expected(call));
    var changed = Changing.done(call, change).changed();
    return Answer.json(ChangeJson.toMap(changed)).header("ETag", tag(changed.artifact()));
  }

  private static Change.Expected expected(Call call) {
    var current = call.headers().get("If-Match");
    var none = call.headers().get("If-None-Match");
    if (current != null && none != null) {
      throw header("If-Match", "and If-None-Match contradict each other; send one of them");
    }
    if (none != null) {
      if (!none.strip().equals("*")) {
        throw header("If-None-Match", "is * here: the alias must not be there yet");
      }
      return new Change.Expected.None();
    }
    if (current == null) {
      return new Change.Expected.Any();
    }
    var tag = STRONG_TAG.matcher(current.strip());
    if (!tag.matches()) {
      throw header(
          "If-Match", "is the ETag that GET answers, \"<id>\": what the alias points at now");
    }
    return new Change.Expected.Artifact(
        URLDecoder.decode(tag.group(1).replace("+", "%2B"), StandardCharsets.UTF_8));
  }

  private static CatalogException header(String name, String why) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "header %s %s".formatted(name, why),
        Map.of("header", name),
        null);
  }

  /** Takes it away and answers what it pointed at. */
  static Answer drop(Call call) {
    if (call.headers().get("If-Match") != null) {
      throw header("If-Match", "is not looked at here; leave it out, or move the alias instead");
    }
    var reference = call.path("name") + "@" + call.path("alias");
    return Reading.record(
        Changing.done(call, new Change.DropAlias(reference)).changed().artifact());
  }
}
