package io.flowyml.catalog.internal.sql;

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
   * throws. One caller at a time: {@link WriteQueue} sees to that.
   */
  <T extends @Nullable Object> T write(Function<Session, T> work);

  /** Whether this database can only be read, and why; {@code null} where it can be written. */
  @Nullable String readOnlyReason();

  /** What it is and where. */
  String describe();

  @Override
  void close();
}
