package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connections and transactions of one database. */
public interface Database extends AutoCloseable {

  /** Reads in one snapshot. */
  <T extends @Nullable Object> T read(Function<Session, T> work);

  /** Reads by statements that each see what is committed when they run: for one statement. */
  <T extends @Nullable Object> T readLatest(Function<Session, T> work);

  /**
   * Writes in one transaction, which is durable when this returns and rolled back when the work
   * throws; {@link Interrupted} says that the same work may succeed now. One caller at a time, or
   * one for each project where {@link #writesProjectsApart}: {@link WriteQueue} sees to that.
   */
  <T extends @Nullable Object> T write(Function<Session, T> work);

  /**
   * Whether projects are written at the same time, each in transactions of its own, since a writer
   * holds its project's row and not the database.
   */
  boolean writesProjectsApart();

  /**
   * A transaction that was rolled back for a reason that lies neither in the work nor in the data:
   * its connection broke before the commit, or the database took it back to let another one
   * through.
   */
  final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CatalogException error;

    /**
     * @param error what the caller is told where it does not succeed later either
     */
    public Interrupted(CatalogException error) {
      super(error);
      this.error = error;
    }

    public CatalogException error() {
      return error;
    }
  }

  /** Whether this database can only be read, and why; {@code null} where it can be written. */
  @Nullable String readOnlyReason();

  /** What it is and where. */
  String describe();

  @Override
  void close();
}
