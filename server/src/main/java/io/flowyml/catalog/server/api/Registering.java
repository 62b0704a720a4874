package io.flowyml.catalog.server.api;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.internal.json.OutcomeJson;
import io.flowyml.catalog.internal.json.RegistrationJson;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Registers artifacts: one, or as many as there are lines. */
final class Registering {
  private Registering() {}

  static Answer register(Call call) {
    return call.isLines() ? many(call) : one(call);
  }

  private static Answer one(Call call) {
    var registration = RegistrationJson.fromMap(call.json());
    var outcome = call.catalog().registerAll(List.of(registration)).getFirst();
    var artifact = outcome.orThrow();
    return Reading.record(artifact)
        .status(outcome.status() == Outcome.Status.CREATED ? 201 : 200)
        .header("Location", Links.toArtifact(call, artifact.id()));
  }

  private static Answer many(Call call) {
    return Batch.answer(
        call,
        RegistrationJson::fromMap,
        items -> call.catalog().registerAll(items).stream().map(OutcomeJson::toMap).toList(),
        Registering::refused);
  }

  private static Map<String, @Nullable Object> refused(CatalogException error) {
    return OutcomeJson.toMap(Outcome.refused(error));
  }
}
