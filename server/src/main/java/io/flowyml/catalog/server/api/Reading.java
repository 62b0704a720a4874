package io.flowyml.catalog.server.api;

import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;

/** Answers what the catalog holds. */
final class Reading {
  private Reading() {}

  static Answer artifact(Call call) {
    var reference = call.path("ref");
    if (call.flag("include_deleted")) {
      var found = call.backend().find(call.scope(), reference);
      if (found.isPresent()) {
        return Answer.json(ArtifactJson.toMap(found.get()));
      }
    }
    return Answer.json(ArtifactJson.toMap(call.catalog().get(reference)));
  }
}
