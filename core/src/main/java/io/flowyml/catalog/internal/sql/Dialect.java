package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import java.sql.SQLException;

/** What differs between the databases; everything else is the same text for all. */
public interface Dialect {

  /** An aggregate: the JSON array of an expression's values, in an order. */
  String jsonArray(String expression, String order);

  /** A condition with one parameter: the expression holds that text. */
  String contains(String expression);

  /**
   * Adds a distinct value to the substring index.
   *
   * @param rowid {@link Terms#textRow}
   */
  void indexText(Session session, long rowid, String folded);

  /** Takes a value out of the substring index, by the very text that it was added with. */
  void removeText(Session session, long rowid, String folded);

  /**
   * A condition on {@code term t} that keeps the candidates for a substring of three or more code
   * points; it may keep more than those that hold it.
   */
  String substringCandidates();

  /** The parameters of {@link #substringCandidates} in their order. */
  Object[] substringParameters(long project, String folded);

  /** The catalog's own error for one of the driver's. */
  CatalogException failure(SQLException e);
}
