package io.flowyml.catalog.server.flowyml;

import io.flowyml.catalog.Outcome;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import io.flowyml.catalog.spi.CatalogBackend.Result;
import io.flowyml.catalog.spi.Change;
import io.flowyml.catalog.spi.ServerBackend;
import java.util.List;

/** What changes the catalog. Answers are never empty, since the client parses every body. */
final class Writing {
  private final ServerBackend backend;
  private final String route;

  /**
   * @param route the path of one artifact, up to its id
   */
  Writing(ServerBackend backend, String route) {
    this.backend = backend;
    this.route = route;
  }

  /** An id that is known with the same identity is answered again. */
  Answer register(Call call) {
    var entry = WireEntry.of(Wire.body(call, false));
    var outcome = backend.registerTolerant(call.scope(), entry.registration(), entry.createdAt());
    return Wire.entry(outcome.orThrow())
        .status(outcome.status() == Outcome.Status.CREATED ? 201 : 200);
  }

  /** Merges, and changes nothing where the body is empty, as it is for {@code tag(id)}. */
  Answer tag(Call call) {
    var artifact = Wire.artifact(backend, call, route);
    var tags = Wire.body(call, true);
    return Wire.entry(
        tags.isEmpty()
            ? artifact
            : backend.tagTolerant(call.scope(), artifact.id(), tags).artifact());
  }

  /** Refused while something needs it, unless {@code ?force=true}. */
  Answer delete(Call call) {
    var artifact = Wire.artifact(backend, call, route);
    var change = new Change.Delete(artifact.id(), call.flag("force"));
    return Wire.entry(
        switch (backend.change(call.scope(), List.of(change)).getFirst()) {
          case Result.Done done -> done.changed().artifact();
          case Result.Refused refused -> throw refused.error();
        });
  }
}
