package io.flowyml.catalog.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One connection with its prepared statements; used by one thread at a time. */
public final class Session {
  private static final int KEPT_STATEMENTS = 200;
  private static final int WIDEST_IN = 256;

  /** Rows that a streamed statement fetches at a time. */
  private static final int FETCHED_ROWS = 500;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> statements =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparedStatement> eldest) {
          if (size() <= KEPT_STATEMENTS) {
            return false;
          }
          try {
            eldest.getValue().close();
          } catch (SQLException e) {
            throw dialect.failure(e);
          }
          return true;
        }
      };

  /** Statements whose changes wait to be sent, all of one text together. */
  private final Map<String, PreparedStatement> waiting = new LinkedHashMap<>();

  private long writes;
  private long rows;
  private boolean broken;
  private boolean streamed;

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Makes one value of a row. */
  @FunctionalInterface
  public interface Row<T extends @Nullable Object> {
    T map(ResultSet row) throws SQLException;
  }

  /** Takes one row. */
  @FunctionalInterface
  public interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  public Dialect dialect() {
    return dialect;
  }

  public Connection connection() {
    return connection;
  }

  /** How many rows this session wrote: tells whether anything was written since. */
  public long writes() {
    return writes;
  }

  /** Whether rows were handed over one by one: what is done with them cannot be taken back. */
  boolean hasStreamed() {
    return streamed;
  }

  /** The texts of the statements that are kept prepared. */
  Set<String> kept() {
    return Set.copyOf(statements.keySet());
  }

  /** How many rows statements have handed over so far. */
  public long rows() {
    return rows;
  }

  public <T> List<T> list(String sql, Row<T> row, @Nullable Object... params) {
    var all = new ArrayList<T>();
    each(sql, r -> all.add(row.map(r)), params);
    return all;
  }

  /**
   * The first rows, the others not read. A {@code LIMIT} would tell PostgreSQL to walk a table
   * where an index finds the few that there are.
   */
  public <T> List<T> first(int most, String sql, Row<T> row, @Nullable Object... params) {
    var all = new ArrayList<T>();
    try (var found = bound(sql, params).executeQuery()) {
      while (all.size() < most && found.next()) {
        rows++;
        all.add(row.map(found));
      }
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
    return all;
  }

  /**
   * The first row as it was before what {@linkplain #later waits}, which must not be about the same
   * rows.
   */
  <T> @Nullable T firstBefore(String sql, Row<@Nullable T> row, @Nullable Object... params) {
    try (var rows = prepared(sql, params).executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      this.rows++;
      return row.map(rows);
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /** The first row, or {@code null} where there is none. */
  public <T> @Nullable T first(String sql, Row<@Nullable T> row, @Nullable Object... params) {
    try (var rows = bound(sql, params).executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      this.rows++;
      return row.map(rows);
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /** The first column of the first row, or {@code null} where there is no row or no value. */
  public @Nullable Long number(String sql, @Nullable Object... params) {
    return first(
        sql,
        r -> {
          long value = r.getLong(1);
          return r.wasNull() ? null : value;
        },
        params);
  }

  /** Hands over each row; the statement must not run again meanwhile. */
  public void each(String sql, RowConsumer consumer, @Nullable Object... params) {
    try (var rows = bound(sql, params).executeQuery()) {
      while (rows.next()) {
        this.rows++;
        consumer.accept(rows);
      }
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /**
   * Hands over what a statement finds for many keys, some hundred at a time; the places that are
   * left over are filled with the last.
   *
   * @param sql up to {@code IN}
   * @param params those of {@code sql}
   */
  void eachIn(String sql, LongStream keys, RowConsumer consumer, @Nullable Object... params) {
    var wanted = keys.sorted().distinct().toArray();
    for (int from = 0; from < wanted.length; from += WIDEST_IN) {
      int count = Math.min(WIDEST_IN, wanted.length - from);
      int width = 1;
      while (width < count) {
        width *= 2;
      }
      var all = Arrays.copyOf(params, params.length + width);
      for (int i = 0; i < width; i++) {
        all[params.length + i] = wanted[from + Math.min(i, count - 1)];
      }
      each(sql + " (?" + ", ?".repeat(width - 1) + ")", consumer, all);
    }
  }

  /**
   * Like {@link #each}, with a statement of its own, so that the consumer may read and write
   * freely.
   */
  public void stream(String sql, RowConsumer consumer, @Nullable Object... params) {
    streamed = true;
    send();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCHED_ROWS);
      bind(statement, params);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          this.rows++;
          consumer.accept(rows);
        }
      }
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /**
   * Runs a statement that writes a row which no other statement that waits writes too. Where each
   * statement is a message to a server and back, it waits until something else is done in this
   * session; all that wait under one text go together.
   */
  void later(String sql, @Nullable Object... params) {
    if (!dialect.isRemote()) {
      update(sql, params);
      return;
    }
    try {
      var statement = prepared(sql, params);
      statement.addBatch();
      waiting.put(sql, statement);
      writes++;
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /** Sends what waits. */
  void send() {
    if (waiting.isEmpty()) {
      return;
    }
    try {
      for (var statement : waiting.values()) {
        statement.executeBatch();
      }
      waiting.clear();
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /** Runs a statement that writes. */
  public int update(String sql, @Nullable Object... params) {
    try {
      int rows = bound(sql, params).executeUpdate();
      writes += rows;
      return rows;
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /** Runs a statement without parameters that is worth keeping prepared. */
  public void execute(String sql) {
    try {
      bound(sql).execute();
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /** Runs a statement without parameters that is not worth keeping. */
  public void run(String sql) {
    send();
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  /** Runs several statements, separated by semicolons. */
  public void script(String sql) {
    send();
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... params) throws SQLException {
    send();
    return prepared(sql, params);
  }

  private PreparedStatement prepared(String sql, @Nullable Object... params) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    bind(statement, params);
    return statement;
  }

  private void bind(PreparedStatement statement, @Nullable Object... params) throws SQLException {
    for (int i = 0; i < params.length; i++) {
      switch (params[i]) {
        case null -> statement.setNull(i + 1, Types.NULL);
        case String text -> statement.setString(i + 1, dialect.bindable(text));
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case Double number -> statement.setDouble(i + 1, number);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        default -> throw new IllegalArgumentException("no SQL type for " + params[i].getClass());
      }
    }
  }

  /**
   * Undoes the transaction that failed. SQLite has done so itself on a full disk and the like;
   * where it cannot be told, this connection is {@linkplain #isBroken broken}.
   */
  void rollback(Throwable cause) {
    try {
      execute("ROLLBACK");
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      broken = true;
    }
  }

  /** Whether it may be in the middle of a transaction, and is to be closed. */
  boolean isBroken() {
    return broken;
  }

  void close() {
    try {
      for (var statement : statements.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }
}
