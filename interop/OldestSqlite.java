import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Writes and reads a shared file as FlowyML does, with an old SQLite. */
class OldestSqlite {
  private static final List<String> WRITES =
      List.of(
          "INSERT OR REPLACE INTO artifacts (artifact_id, name, artifact_type, created_at)"
              + " VALUES ('theirs', 'theirs', 'Model', '2026-03-03T10:15:30')",
          "UPDATE artifacts SET tags = '{\"stage\": \"staging\"}' WHERE artifact_id = 'ours'",
          "INSERT OR REPLACE INTO artifacts (artifact_id, name, artifact_type, created_at)"
              + " VALUES ('gone', 'theirs', 'Model', '2026-03-03T10:15:31')",
          "DELETE FROM artifacts WHERE artifact_id = 'gone'");

  public static void main(String[] arguments) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        var statement = connection.createStatement()) {
      expect(arguments[1], statement.executeQuery("SELECT sqlite_version()").getString(1));
      for (var write : WRITES) {
        statement.executeUpdate(write);
      }
      expect("2", statement.executeQuery("SELECT count(*) FROM artifacts").getString(1));
      expect("ok", statement.executeQuery("PRAGMA integrity_check").getString(1));
    }
  }

  private static void expect(String expected, String found) {
    if (!expected.equals(found)) {
      throw new AssertionError("expected " + expected + ", found " + found);
    }
  }
}
