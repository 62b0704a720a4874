package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import java.sql.SQLException;

/** What differs between the databases; everything else is the same text for all. */
public interface Dialect {

  /** Whether each statement is a message to a server, and its answer one back. */
  boolean isRemote();

  /** Keeps others from bringing the schema up to date meanwhile, until the transaction ends. */
  void lockSchema(Session session);

  /** The number of the newest schema file that was applied; 0 in an empty database. */
  int schemaVersion(Session session);

  /** Notes that a schema file was applied. */
  void setSchemaVersion(Session session, int version);

  /** Where the schema files are, as a resource folder. */
  String schemaFolder();

  /**
   * What a {@code SELECT} of a row ends with so that others who want it wait until the transaction
   * ends.
   */
  String forUpdate();

  /** A text as the database can compare with it: one that it cannot store equals nothing there. */
  String bindable(String text);

  /** An aggregate: the JSON array of an expression's values, in an order. */
  String jsonArray(String expression, String order);

  /**
   * A condition with one parameter, which the index of versions answers: the column is that text,
   * of any length.
   */
  String versionIs(String column);

  /** A condition with one parameter: the expression holds that text. */
  String contains(String expression);

  /** Adds a distinct value to the substring index. */
  void indexText(Session session, long project, long term, String folded);

  /** Takes a value out of the substring index, by the very text that it was added with. */
  void removeText(Session session, long project, long term, String folded);

  /**
   * A condition on {@code term t} that keeps the candidates for a substring of three or more code
   * points; it may keep more than those that hold it.
   */
  String substringCandidates();

  /** The parameters of {@link #substringCandidates} in their order. */
  Object[] substringParameters(Session session, long project, String folded);

  /** The catalog's own error for one of the driver's. */
  CatalogException failure(SQLException e);
}
