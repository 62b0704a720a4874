package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Names and their version counters. */
final class Names {
  private Names() {}

  /** A name and the highest whole number ever used as a version of it. */
  record Name(long no, String name, BigInteger lastVersion) {
    static Name of(long no, String name, String lastVersion) {
      return new Name(no, name, new BigInteger(lastVersion));
    }

    String nextVersion() {
      return lastVersion.add(BigInteger.ONE).toString();
    }

    /** The same name once it has a version too. */
    Name with(String version) {
      var number = wholeNumber(version);
      return number == null || number.compareTo(lastVersion) <= 0
          ? this
          : new Name(no, name, number);
    }
  }

  static @Nullable Name find(Session session, long project, String name) {
    return session.first(
        "SELECT no, last_version FROM name WHERE project = ? AND key = ? AND name = ?",
        r -> Name.of(r.getLong(1), name, r.getString(2)),
        project,
        Keys.of(name),
        name);
  }

  /** The number of an artifact's name. */
  static long of(Session session, long project, long doc) {
    var no =
        session.number("SELECT name FROM artifact WHERE project = ? AND doc = ?", project, doc);
    if (no == null) {
      throw new CatalogException(ErrorCode.CORRUPT, "artifact number %d vanished".formatted(doc));
    }
    return no;
  }

  /** Notes that a version is used; makes the name where it is new. */
  static long use(
      Session session,
      Transaction.Project project,
      @Nullable Name known,
      String name,
      String version) {
    if (known == null) {
      return add(session, project, name, version).no();
    }
    var after = known.with(version);
    if (!after.equals(known)) {
      setLastVersion(session, project.no(), after);
    }
    return known.no();
  }

  /** Makes a new name with its first version. */
  static Name add(Session session, Transaction.Project project, String name, String version) {
    var added = new Name(project.nextName(), name, BigInteger.ZERO).with(version);
    session.later(
        "INSERT INTO name (project, no, key, name, last_version) VALUES (?, ?, ?, ?, ?)",
        project.no(),
        added.no(),
        Keys.of(name),
        name,
        added.lastVersion().toString());
    return added;
  }

  static void setLastVersion(Session session, long project, Name name) {
    session.later(
        "UPDATE name SET last_version = ? WHERE project = ? AND no = ?",
        name.lastVersion().toString(),
        project,
        name.no());
  }

  /** Whether the name has that version, had it, or has it in a tombstone. */
  static boolean hasVersion(Session session, long project, long name, String version) {
    var versionIs = session.dialect().versionIs("version");
    return session.number(
                "SELECT 1 FROM artifact WHERE project = ? AND name = ? AND " + versionIs,
                project,
                name,
                version)
            != null
        || session.number(
                "SELECT 1 FROM artifact_past WHERE project = ? AND name = ? AND " + versionIs,
                project,
                name,
                version)
            != null;
  }

  /**
   * The number that a version is, or {@code null}: {@code 007}, {@code v2} and {@code 1.0} are
   * none.
   */
  static @Nullable BigInteger wholeNumber(String version) {
    if (version.isEmpty() || (version.length() > 1 && version.charAt(0) == '0')) {
      return null;
    }
    for (int i = 0; i < version.length(); i++) {
      if (version.charAt(i) < '0' || version.charAt(i) > '9') {
        return null;
      }
    }
    return new BigInteger(version);
  }
}
