package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import io.flowyml.catalog.internal.json.Json;
import io.flowyml.catalog.spi.ApiKey;
import io.flowyml.catalog.spi.KeyRing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of keys, which belongs to no project. */
final class ApiKeys implements KeyRing {
  private static final String SELECT =
      """
      SELECT id, name, role, projects, created_at, created_by, expires_at, used_at, revoked_at
      FROM api_key\
      """;

  /** How long it may take until other processes see that there is a first key. */
  private static final long LOOK_NANOS = 100_000_000L;

  private final Database database;
  private final WriteQueue queue;
  private volatile boolean used;
  private volatile long looked = System.nanoTime() - LOOK_NANOS;

  ApiKeys(Database database, WriteQueue queue) {
    this.database = database;
    this.queue = queue;
  }

  @Override
  public boolean isUsed() {
    long now = System.nanoTime();
    if (!used && now - looked >= LOOK_NANOS) {
      var one = database.readLatest(session -> session.number("SELECT 1 FROM api_key LIMIT 1"));
      used |= one != null;
      looked = now;
    }
    return used;
  }

  @Override
  public void add(ApiKey key, String hash) {
    queue.submit(
        transaction -> {
          var session = transaction.session();
          var holder =
              session.number(
                  "SELECT 1 FROM api_key WHERE name = ? AND revoked_at IS NULL", key.name());
          if (holder != null) {
            throw new CatalogException(
                ErrorCode.ID_EXISTS,
                "there is a key %s already; revoke it first, or choose another name"
                    .formatted(key.name()),
                Map.of("name", key.name()),
                null);
          }
          return session.update(
              """
              INSERT INTO api_key (id, hash, name, role, projects, created_at, created_by, expires_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
              """,
              key.id(),
              hash,
              key.name(),
              Codes.of(key.role()),
              Json.write(key.projects()),
              Clock.micros(key.createdAt()),
              key.createdBy(),
              key.expiresAt() == null ? null : Clock.micros(key.expiresAt()));
        });
    used = true;
  }

  @Override
  public Optional<ApiKey> find(String hash) {
    return Optional.ofNullable(
        database.<@Nullable ApiKey>readLatest(
            session -> session.first(SELECT + " WHERE hash = ?", ApiKeys::map, hash)));
  }

  @Override
  public List<ApiKey> list() {
    return database.readLatest(
        session -> session.list(SELECT + " ORDER BY created_at DESC, id", ApiKeys::map));
  }

  @Override
  public Optional<ApiKey> revoke(String id, Instant at) {
    return Optional.ofNullable(
        queue.<@Nullable ApiKey>submit(
            transaction -> {
              var session = transaction.session();
              session.update(
                  "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                  Clock.micros(at),
                  id);
              return session.first(SELECT + " WHERE id = ?", ApiKeys::map, id);
            }));
  }

  @Override
  public void used(String id, Instant at) {
    if (database.readOnlyReason() != null) {
      return;
    }
    long micros = Clock.micros(at);
    queue.submit(
        transaction ->
            transaction
                .session()
                .update(
                    "UPDATE api_key SET used_at = ? WHERE id = ? AND coalesce(used_at, 0) < ?",
                    micros,
                    id,
                    micros));
  }

  private static ApiKey map(ResultSet r) throws SQLException {
    return new ApiKey(
        r.getString(1),
        r.getString(2),
        Codes.constant(ApiKey.Role.class, r.getInt(3)),
        Json.parseStrings(r.getString(4)),
        Clock.instant(r.getLong(5)),
        r.getString(6),
        time(r, 7),
        time(r, 8),
        time(r, 9));
  }

  private static @Nullable Instant time(ResultSet r, int column) throws SQLException {
    long micros = r.getLong(column);
    return r.wasNull() ? null : Clock.instant(micros);
  }
}
