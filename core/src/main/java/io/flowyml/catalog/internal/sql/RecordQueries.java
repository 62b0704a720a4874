package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.query.Field;
import io.flowyml.catalog.query.Field.BuiltIn;
import io.flowyml.catalog.query.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Queries that a record alone decides, and what of it they look at. */
final class RecordQueries {
  /** Stand for all tags and all metadata. */
  private static final Field ANY_TAG = new Field.Tag("*");

  private static final Field ANY_METADATA = new Field.Metadata("*");

  private RecordQueries() {}

  /** Whether nothing else than an event of the artifact's own changes the answer. */
  static boolean isOfRecord(Query query) {
    return switch (query) {
      case Query.All all -> true;
      case Query.Word word -> true;
      case Query.And and -> and.terms().stream().allMatch(RecordQueries::isOfRecord);
      case Query.Or or -> or.terms().stream().allMatch(RecordQueries::isOfRecord);
      case Query.Not not -> isOfRecord(not.term());
      case Query.Compare compare -> compare.field() != BuiltIn.DUPLICATE;
      case Query.Has has -> false;
      case Query.Ancestors up -> false;
      case Query.Descendants down -> false;
    };
  }

  /** The fields that decide such a query. */
  static Set<Field> fields(Query query) {
    var fields = new HashSet<Field>();
    addFields(query, fields);
    return fields;
  }

  private static void addFields(Query query, Set<Field> fields) {
    switch (query) {
      case Query.Word word ->
          fields.addAll(
              List.of(
                  BuiltIn.NAME,
                  BuiltIn.TYPE,
                  BuiltIn.PIPELINE,
                  BuiltIn.STEP,
                  BuiltIn.RUN,
                  ANY_TAG,
                  ANY_METADATA));
      case Query.And and -> and.terms().forEach(term -> addFields(term, fields));
      case Query.Or or -> or.terms().forEach(term -> addFields(term, fields));
      case Query.Not not -> addFields(not.term(), fields);
      case Query.Compare compare -> fields.add(compare.field());
      case Query.All all -> {}
      case Query.Has has -> {}
      case Query.Ancestors up -> {}
      case Query.Descendants down -> {}
    }
  }
}
