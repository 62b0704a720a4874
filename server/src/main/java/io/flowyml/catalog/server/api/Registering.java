package io.flowyml.catalog.server.api;

import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.internal.json.ArtifactJson;
import io.flowyml.catalog.internal.json.RegistrationJson;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import java.util.List;

/** Registers artifacts: one, or as many as there are lines. */
final class Registering {
  private Registering() {}

  static Answer register(Call call) {
    var registration = RegistrationJson.fromMap(call.json());
    var outcome = call.catalog().registerAll(List.of(registration)).getFirst();
    var artifact = outcome.orThrow();
    return Answer.json(ArtifactJson.toMap(artifact))
        .status(outcome.status() == Outcome.Status.CREATED ? 201 : 200)
        .header("Location", Links.toArtifact(call, artifact.id()));
  }
}
