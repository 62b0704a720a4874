package io.flowyml.catalog.server.api;

import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import io.flowyml.catalog.server.ServerVersion;
import java.util.LinkedHashMap;

/**
 * What a client learns at the endpoint that its user set. The paths are relative to the request's,
 * so that they also hold behind a proxy that adds a prefix.
 */
final class Discovery {
  private Discovery() {}

  /** A page for people, who do not ask for JSON. */
  static Answer ofRoot(Call call) {
    var accepted = call.headers().get("Accept");
    if (accepted != null && accepted.contains("text/html")) {
      return Answer.text(
              "text/html; charset=utf-8",
              "<!doctype html><title>FlowyML Artifact Catalog</title><p>This is a FlowyML artifact"
                  + " catalog. <a href=\"docs\">Its HTTP API</a></p>\n")
          .header("Vary", "Accept");
    }
    return document(call, "api/v1/projects", ".").header("Vary", "Accept");
  }

  static Answer ofServer(Call call) {
    return document(call, "projects", "../..");
  }

  static Answer ofProject(Call call) {
    return document(call, "../../projects", "../../../..");
  }

  private static Answer document(Call call, String projects, String root) {
    var document = new LinkedHashMap<String, Object>();
    document.put("service", "flowyml-catalog");
    document.put("version", ServerVersion.number());
    document.put("project", call.project());
    document.put("projects", projects);
    document.put("openapi", root + "/openapi.json");
    document.put("docs", root + "/docs");
    return Answer.json(document);
  }
}
