package io.flowyml.catalog.internal.sql;

import io.flowyml.catalog.Content;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a registration looks up before it writes: by a statement each time, or from memory for many
 * registrations that were looked ahead to, where a few statements found it for all of them.
 */
final class Lookups {
  private final Session session;
  private final Transaction.Project project;
  private boolean ahead;

  /** What was looked ahead to. */
  private final Set<Draft> drafts = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Only what was looked ahead to, also what is not there; kept right as it is written. */
  private final Map<String, @Nullable Found> ids = new HashMap<>();

  private final Map<String, Names.@Nullable Name> names = new HashMap<>();
  private final Map<String, @Nullable String> contents = new HashMap<>();
  private final Set<String> awaited = new HashSet<>();

  /** Names whose rows have yet to be written. */
  private final Map<String, Names.Name> used = new HashMap<>();

  Lookups(Session session, Transaction.Project project) {
    this.session = session;
    this.project = project;
  }

  /** A document with a certain id. */
  record Found(long doc, boolean deleted) {}

  /**
   * Looks ahead to registrations, until {@link #end}: nothing else may write to the project
   * meanwhile.
   */
  void ahead(List<Draft> coming) {
    ahead = true;
    var drafts = coming.stream().filter(this.drafts::add).toList();
    if (drafts.isEmpty()) {
      return;
    }
    var wantedIds = new HashSet<String>();
    var newIds = new ArrayList<String>(drafts.size());
    var wantedNames = new HashSet<String>();
    var wantedContents = new HashSet<String>();
    for (var draft : drafts) {
      var asked = draft.registration();
      if (asked.id() != null) {
        wantedIds.add(asked.id());
        newIds.add(asked.id());
      }
      wantedIds.addAll(asked.parents());
      wantedNames.add(asked.name());
      if (asked.content() instanceof Content.Digest digest) {
        wantedContents.add(digest.hash());
      }
    }
    wantedIds.removeAll(ids.keySet());
    wantedNames.removeAll(names.keySet());
    wantedContents.removeAll(contents.keySet());
    findIds(wantedIds);
    findAwaited(newIds);
    findNames(wantedNames);
    findContents(wantedContents);
  }

  private void findIds(Set<String> wanted) {
    wanted.forEach(id -> ids.put(id, null));
    ids.putAll(stored(wanted));
  }

  private Map<String, Found> stored(Set<String> wanted) {
    var stored = new HashMap<String, Found>(2 * wanted.size());
    session.eachIn(
        "SELECT id, doc, deleted_seq FROM artifact WHERE project = ? AND id_key IN",
        wanted.stream().mapToLong(Keys::ofId),
        r -> {
          var id = r.getString(1);
          if (wanted.contains(id)) {
            long doc = r.getLong(2);
            r.getLong(3);
            stored.put(id, new Found(doc, !r.wasNull()));
          }
        },
        project.no());
    return stored;
  }

  private void findAwaited(List<String> wanted) {
    session.eachIn(
        "SELECT parent_id FROM parent WHERE project = ? AND parent IS NULL AND id_key IN",
        wanted.stream().mapToLong(Keys::ofId),
        r -> awaited.add(r.getString(1)),
        project.no());
  }

  private void findNames(Set<String> wanted) {
    wanted.forEach(name -> names.put(name, null));
    session.eachIn(
        "SELECT name, no, last_version FROM name WHERE project = ? AND key IN",
        wanted.stream().mapToLong(Keys::of),
        r -> {
          var name = r.getString(1);
          if (wanted.contains(name)) {
            names.put(name, Names.Name.of(r.getLong(2), name, r.getString(3)));
          }
        },
        project.no());
  }

  private void findContents(Set<String> wanted) {
    wanted.forEach(hash -> contents.put(hash, null));
    var oldest = new HashMap<String, Long>();
    session.eachIn(
        """
        SELECT content_hash, doc, id FROM artifact
        WHERE project = ? AND deleted_seq IS NULL AND content_key IN\
        """,
        wanted.stream().mapToLong(Keys::of),
        r -> {
          var hash = r.getString(1);
          long doc = r.getLong(2);
          if (wanted.contains(hash) && oldest.merge(hash, doc, Math::min) == doc) {
            contents.put(hash, r.getString(3));
          }
        },
        project.no());
  }

  boolean isAhead() {
    return ahead;
  }

  /** The document with an id, a tombstone too. */
  @Nullable Found id(String id) {
    if (ids.containsKey(id)) {
      return ids.get(id);
    }
    return session.first(
        "SELECT doc, deleted_seq FROM artifact WHERE project = ? AND id_key = ? AND id = ?",
        r -> {
          long doc = r.getLong(1);
          r.getLong(2);
          return new Found(doc, !r.wasNull());
        },
        project.no(),
        Keys.ofId(id),
        id);
  }

  /** The documents with some ids, tombstones too; what is not there is left out. */
  Map<String, Found> all(Collection<String> wanted) {
    var found = new HashMap<String, Found>(2 * wanted.size());
    var others = new HashSet<String>();
    for (var id : wanted) {
      var known = ids.get(id);
      if (known != null) {
        found.put(id, known);
      } else if (!ids.containsKey(id)) {
        others.add(id);
      }
    }
    found.putAll(stored(others));
    return found;
  }

  /** The children that wait for a new id to appear. */
  List<Long> waitingFor(String id) {
    return ahead && !awaited.contains(id)
        ? List.of()
        : Parents.waitingFor(session, project.no(), id);
  }

  Names.@Nullable Name name(String name) {
    return names.containsKey(name) ? names.get(name) : Names.find(session, project.no(), name);
  }

  /** The id of the oldest living artifact with a content. */
  @Nullable String firstWith(String hash) {
    if (contents.containsKey(hash)) {
      return contents.get(hash);
    }
    return session.first(
        """
        SELECT id FROM artifact
        WHERE project = ? AND content_key = ? AND content_hash = ? AND deleted_seq IS NULL
        ORDER BY doc LIMIT 1\
        """,
        r -> r.getString(1),
        project.no(),
        Keys.of(hash),
        hash);
  }

  /** Notes that a version of a name is used; answers the name's number. */
  long use(Names.@Nullable Name known, String name, String version) {
    if (!ahead) {
      return Names.use(session, project, known, name, version);
    }
    var after = known == null ? Names.add(session, project, name, version) : known.with(version);
    if (known != null && !after.equals(known)) {
      used.put(name, after);
    }
    names.put(name, after);
    return after.no();
  }

  void registered(String id, long doc, @Nullable String hash, List<Parents.Edge> parents) {
    if (ahead) {
      ids.put(id, new Found(doc, false));
      if (hash != null && contents.get(hash) == null) {
        contents.put(hash, id);
      }
      for (var edge : parents) {
        if (edge.doc() == null) {
          awaited.add(edge.id());
        }
      }
    }
  }

  /** Writes what was held back, and forgets everything. */
  void end() {
    if (!ahead) {
      return;
    }
    used.values().forEach(name -> Names.setLastVersion(session, project.no(), name));
    session.send(); // before another change of the same names waits
    used.clear();
    drafts.clear();
    ids.clear();
    names.clear();
    contents.clear();
    awaited.clear();
    ahead = false;
  }
}
