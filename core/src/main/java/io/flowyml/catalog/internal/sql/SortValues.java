package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Artifact;
import io.flowyml.catalog.query.FieldValue;
import io.flowyml.catalog.query.SortKey;
import io.flowyml.catalog.query.SortOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks up by which values documents are placed. */
final class SortValues {
  private final PartialRows rows;
  private final List<SortKey> keys;

  SortValues(ArtifactRows rows, long project, List<SortKey> keys) {
    this.rows =
        new PartialRows(
            rows, project, keys.stream().map(SortKey::field).collect(Collectors.toSet()));
    this.keys = keys;
  }

  /** The place of a record that is at hand. */
  SortPosition position(long doc, Artifact artifact) {
    return position(doc, artifact, List.of());
  }

  /**
   * Hands over the place of each document of a set.
   *
   * @param prefix what is known of the first keys' values
   */
  void each(
      Session session,
      DocBits docs,
      List<@Nullable FieldValue> prefix,
      Consumer<SortPosition> each) {
    var batch = new ArrayList<Long>(PartialRows.WIDTH);
    Runnable read =
        () ->
            rows.each(
                session, batch, (doc, artifact) -> each.accept(position(doc, artifact, prefix)));
    docs.newestFirst(
        doc -> {
          batch.add(doc);
          if (batch.size() == PartialRows.WIDTH) {
            read.run();
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      read.run();
    }
  }

  private SortPosition position(long doc, Artifact artifact, List<@Nullable FieldValue> prefix) {
    var values = new ArrayList<@Nullable FieldValue>(prefix);
    for (var key : keys.subList(prefix.size(), keys.size())) {
      values.add(SortOrder.value(key, artifact));
    }
    return new SortPosition(values, doc);
  }
}
