package io.flowyml.catalog.server.api;

import io.flowyml.catalog.Limits;
import io.flowyml.catalog.internal.json.EventJson;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import io.flowyml.catalog.spi.HistoryOf;

/** Answers what happened, oldest first. */
final class Histories {
  private Histories() {}

  static Answer ofArtifact(Call call) {
    return page(call, new HistoryOf.OneArtifact(call.path("ref")));
  }

  static Answer ofName(Call call) {
    return page(call, new HistoryOf.Name(call.path("name")));
  }

  static Answer ofAlias(Call call) {
    return page(call, new HistoryOf.Alias(call.path("name"), call.path("alias")));
  }

  static Answer ofProject(Call call) {
    return page(call, new HistoryOf.Project());
  }

  private static Answer page(Call call, HistoryOf of) {
    var page =
        call.catalog().history(of, call.number("limit", Limits.DEFAULT_PAGE), call.query("cursor"));
    return Links.page(call, page, event -> Json.bytes(EventJson.toMap(event)));
  }
}
