package io.flowyml.catalog.server.api;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.internal.json.ChangeJson;
import io.flowyml.catalog.internal.json.Fields;
import io.flowyml.catalog.server.Answer;
import io.flowyml.catalog.server.Call;
import io.flowyml.catalog.spi.CatalogBackend.Result;
import io.flowyml.catalog.spi.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes artifacts that are there; each answers the record afterwards. */
final class Changing {
  private Changing() {}

  /** A merge patch: {@code null} removes a tag. */
  static Answer tag(Call call) {
    var set = new LinkedHashMap<String, Object>();
    var removed = new ArrayList<String>();
    call.json()
        .forEach(
            (key, value) -> {
              if (value == null) {
                removed.add(key);
              } else {
                set.put(key, value);
              }
            });
    return Reading.record(call.catalog().tag(call.path("ref"), set, removed));
  }

  static Answer metadata(Call call) {
    return Reading.record(call.catalog().setMetadata(call.path("ref"), call.json()));
  }

  static Answer addParents(Call call) {
    var fields = new Fields(call.json(), "the request body");
    fields.refuseOthers(Set.of("parent_ids"));
    return Reading.record(call.catalog().addParents(call.path("ref"), fields.texts("parent_ids")));
  }

  static Answer delete(Call call) {
    return Reading.record(call.catalog().delete(call.path("ref"), call.flag("force")));
  }

  static Answer restore(Call call) {
    return Reading.record(call.catalog().restore(call.path("ref")));
  }

  static Result.Done done(Call call, Change change) {
    return switch (call.catalog().changeAll(List.of(change)).getFirst()) {
      case Result.Done done -> done;
      case Result.Refused refused -> throw refused.error();
    };
  }

  /** Lines of changes in, a line for each out; each is made whole or not at all. */
  static Answer changes(Call call) {
    return Batch.answer(
        call,
        ChangeJson::fromMap,
        changes -> call.catalog().changeAll(changes).stream().map(ChangeJson::toMap).toList(),
        Changing::refused);
  }

  private static Map<String, @Nullable Object> refused(CatalogException error) {
    return ChangeJson.toMap(new Result.Refused(error));
  }
}
