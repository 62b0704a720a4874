-- The catalog's own tables. Current state stands in artifact, name, parent and alias; what it was
-- before stands in the *_past tables, each row valid for from_seq <= seq < to_seq. Every key is led by
-- the project. Readable by SQLite 3.31: no STRICT, no jsonb, nothing in a key that needs a function.

-- A project and its counters; a writing transaction takes this row first.
CREATE TABLE project (
  project     INTEGER PRIMARY KEY,
  name        TEXT    NOT NULL UNIQUE,
  seq         INTEGER NOT NULL DEFAULT 0,  -- of the last event
  doc         INTEGER NOT NULL DEFAULT 0,  -- of the last artifact, in creation order
  name_no     INTEGER NOT NULL DEFAULT 0,
  term        INTEGER NOT NULL DEFAULT 0,
  time        INTEGER NOT NULL DEFAULT 0,  -- of the last event, microseconds since 1970
  indexed_seq INTEGER NOT NULL DEFAULT 0,  -- events up to here are in term and posting
  duplicates  INTEGER NOT NULL DEFAULT 0,  -- living artifacts whose content an older living one has
  duplicate_bytes INTEGER NOT NULL DEFAULT 0
);

-- A name and its version counter. key: 64 bits of a digest, since any text may be a name.
CREATE TABLE name (
  project      INTEGER NOT NULL,
  no           INTEGER NOT NULL,
  key          INTEGER NOT NULL,
  name         TEXT    NOT NULL,
  last_version TEXT    NOT NULL,           -- highest whole number ever used, '0' for none
  PRIMARY KEY (project, no)
) WITHOUT ROWID;
CREATE INDEX name_key ON name (project, key);

CREATE TABLE artifact (
  project          INTEGER NOT NULL,
  doc              INTEGER NOT NULL,       -- creation order
  id_key           INTEGER NOT NULL,       -- 40 bits of the beginning of id, 24 of a digest
  id               TEXT    NOT NULL,
  name             INTEGER NOT NULL,
  version          TEXT    NOT NULL,
  declared_version TEXT,
  type             TEXT    NOT NULL,
  content_key      INTEGER,                -- 64 bits of a digest of content_hash
  content_hash     TEXT,
  size             INTEGER,
  hash_origin      INTEGER,                -- 0 computed, 1 declared
  uri              TEXT,
  step             TEXT,
  run              TEXT,
  pipeline         TEXT,
  created_at       INTEGER NOT NULL,       -- microseconds since 1970
  created_by       TEXT    NOT NULL,
  from_seq         INTEGER NOT NULL,       -- since when the identity is this one
  seq              INTEGER NOT NULL,       -- last change
  deleted_seq      INTEGER,                -- since when it is a tombstone
  purged_seq       INTEGER,
  parents          INTEGER NOT NULL,       -- how many current rows parent has for it
  tags_seq         INTEGER NOT NULL,       -- since when the tags are these
  tags             TEXT    NOT NULL,
  metadata_seq     INTEGER NOT NULL,
  metadata         TEXT    NOT NULL,
  PRIMARY KEY (project, doc)
) WITHOUT ROWID;
CREATE INDEX artifact_id ON artifact (project, id_key);
CREATE INDEX artifact_name ON artifact (project, name, doc);
CREATE UNIQUE INDEX artifact_version ON artifact (project, name, version);
CREATE INDEX artifact_content ON artifact (project, content_key)
  WHERE content_key IS NOT NULL AND deleted_seq IS NULL;
CREATE INDEX artifact_deleted_content ON artifact (project, content_key)
  WHERE content_key IS NOT NULL AND deleted_seq IS NOT NULL;
CREATE INDEX artifact_created ON artifact (project, created_at, doc);
CREATE INDEX artifact_purgeable ON artifact (project, doc)
  WHERE deleted_seq IS NOT NULL AND purged_seq IS NULL;

-- Identities that FlowyML overwrote in a shared file.
CREATE TABLE artifact_past (
  project  INTEGER NOT NULL,
  doc      INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq   INTEGER NOT NULL,
  name     INTEGER NOT NULL,
  version  TEXT    NOT NULL,
  content_key  INTEGER,
  content_hash TEXT,
  identity TEXT    NOT NULL,               -- JSON of the identity columns
  PRIMARY KEY (project, doc, from_seq)
) WITHOUT ROWID;
CREATE INDEX artifact_past_version ON artifact_past (project, name, version);
CREATE INDEX artifact_past_content ON artifact_past (project, content_key)
  WHERE content_key IS NOT NULL;

CREATE TABLE tags_past (
  project  INTEGER NOT NULL,
  doc      INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq   INTEGER NOT NULL,
  tags     TEXT    NOT NULL,
  PRIMARY KEY (project, doc, from_seq)
) WITHOUT ROWID;

CREATE TABLE metadata_past (
  project  INTEGER NOT NULL,
  doc      INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq   INTEGER NOT NULL,
  metadata TEXT    NOT NULL,
  PRIMARY KEY (project, doc, from_seq)
) WITHOUT ROWID;

-- Times as a tombstone that ended.
CREATE TABLE deletion_past (
  project  INTEGER NOT NULL,
  doc      INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq   INTEGER NOT NULL,
  purged_seq INTEGER,                      -- when what had been before was erased
  PRIMARY KEY (project, doc, from_seq)
) WITHOUT ROWID;

-- An edge from an input to what was made of it, in the order given.
CREATE TABLE parent (
  project   INTEGER NOT NULL,
  child     INTEGER NOT NULL,
  ord       INTEGER NOT NULL,
  parent    INTEGER,                       -- absent while the id is not in the catalog
  id_key    INTEGER,                       -- of parent_id, only while it is not
  parent_id TEXT,
  from_seq  INTEGER NOT NULL,
  to_seq    INTEGER,                       -- absent on a current edge
  PRIMARY KEY (project, child, ord)
) WITHOUT ROWID;
CREATE INDEX parent_child ON parent (project, parent, child) WHERE parent IS NOT NULL;
CREATE INDEX parent_unresolved ON parent (project, id_key) WHERE parent IS NULL;

CREATE TABLE alias (
  project  INTEGER NOT NULL,
  name     INTEGER NOT NULL,
  alias    TEXT    NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq   INTEGER,                        -- absent on what it points at now
  doc      INTEGER NOT NULL,
  PRIMARY KEY (project, name, alias, from_seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX alias_current ON alias (project, name, alias) WHERE to_seq IS NULL;
CREATE INDEX alias_doc ON alias (project, doc, from_seq);
CREATE INDEX alias_ended ON alias (project, to_seq) WHERE to_seq IS NOT NULL;

CREATE TABLE event (
  project INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  actor   TEXT    NOT NULL,
  kind    INTEGER NOT NULL,
  doc     INTEGER NOT NULL,
  detail  TEXT,                            -- JSON of what no interval tells: the alias, the old identity
  PRIMARY KEY (project, seq)
) WITHOUT ROWID;
CREATE INDEX event_doc ON event (project, doc, seq);

-- Keys of clients of a server, which belong to no project. hash: SHA-256 of the key's text, so that who
-- reads the table cannot use it.
CREATE TABLE api_key (
  id         TEXT    NOT NULL PRIMARY KEY,
  hash       TEXT    NOT NULL UNIQUE,
  name       TEXT    NOT NULL,
  role       INTEGER NOT NULL,             -- 0 reader, 1 writer, 2 admin
  projects   TEXT    NOT NULL,             -- JSON; [] for all
  created_at INTEGER NOT NULL,
  created_by TEXT    NOT NULL,
  expires_at INTEGER,
  used_at    INTEGER,
  revoked_at INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX api_key_name ON api_key (name) WHERE revoked_at IS NULL;

-- The search index, derived from the tables above: each distinct value once, and in which documents it
-- stands.
CREATE TABLE term (
  project INTEGER NOT NULL,
  no      INTEGER NOT NULL,
  field   INTEGER NOT NULL,
  key     INTEGER NOT NULL,                -- of a value of tags or metadata: the term of its key; else 0
  hash    INTEGER NOT NULL,                -- of field, key and folded value
  value   TEXT    NOT NULL,
  kind    INTEGER NOT NULL,                -- of value: text, number, boolean, other JSON
  folded  TEXT,                            -- only where it differs from value
  num     REAL,                            -- of a value that is wholly a number
  head    TEXT,                            -- of any other that can be sorted: how it begins, folded
  n       INTEGER NOT NULL,                -- documents
  last    INTEGER NOT NULL,                -- newest document, at most
  PRIMARY KEY (project, no)
) WITHOUT ROWID;
CREATE INDEX term_hash ON term (project, hash);
CREATE INDEX term_key ON term (project, field, key, num, head);

-- A chunk is 4,096 documents. Chunk -1 stands for the first 256 of them together, -2 for the next 256:
-- the documents of a term that has few there. It is empty where the term has more, each chunk then
-- being a row of its own.
CREATE TABLE posting (
  project INTEGER NOT NULL,
  term    INTEGER NOT NULL,
  chunk   INTEGER NOT NULL,
  docs    BLOB    NOT NULL,
  PRIMARY KEY (project, term, chunk)
) WITHOUT ROWID;

-- What each run of the indexer changed in a chunk of a term, newest change first: taken back, the chunk
-- is as it was. Registrations change nothing here, since what was registered later is left out.
CREATE TABLE posting_past (
  project INTEGER NOT NULL,
  term    INTEGER NOT NULL,
  chunk   INTEGER NOT NULL,
  to_seq  INTEGER NOT NULL,                -- no change in it is later, none in the next row earlier
  changes BLOB    NOT NULL,
  PRIMARY KEY (project, term, chunk, to_seq)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE term_text USING fts5(
  text, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1'
);

-- What a project with a million artifacts looks like, for the planner: without it, SQLite takes a
-- table to be tiny and reads a project from end to end where a secondary index has the answer.
ANALYZE project;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('name', 'name', '100000 100000 1'),
  ('name', 'name_key', '100000 100000 1'),
  ('artifact', 'artifact', '1000000 1000000 1'),
  ('artifact', 'artifact_id', '1000000 1000000 1'),
  ('artifact', 'artifact_name', '1000000 1000000 10 1'),
  ('artifact', 'artifact_version', '1000000 1000000 10 1'),
  ('artifact', 'artifact_content', '1000000 1000000 2'),
  ('artifact', 'artifact_deleted_content', '20000 20000 2'),
  ('artifact', 'artifact_created', '1000000 1000000 2 1'),
  ('artifact_past', 'artifact_past', '1000 1000 2 1'),
  ('artifact_past', 'artifact_past_content', '1000 1000 2'),
  ('artifact_past', 'artifact_past_version', '1000 1000 2 1'),
  ('tags_past', 'tags_past', '100000 100000 2 1'),
  ('metadata_past', 'metadata_past', '100000 100000 2 1'),
  ('deletion_past', 'deletion_past', '1000 1000 2 1'),
  ('parent', 'parent', '1500000 1500000 2 1'),
  ('parent', 'parent_child', '1500000 1500000 2 1'),
  ('parent', 'parent_unresolved', '1000 1000 2'),
  ('alias', 'alias', '10000 10000 4 3 1'),
  ('alias', 'alias_current', '3000 3000 2 1'),
  ('alias', 'alias_doc', '10000 10000 3'),
  ('alias', 'alias_ended', '7000 7000 1'),
  ('event', 'event', '1200000 1200000 1'),
  ('event', 'event_doc', '1200000 1200000 2 1'),
  ('term', 'term', '300000 300000 1'),
  ('term', 'term_hash', '300000 300000 1'),
  ('term', 'term_key', '300000 300000 50000 5000 200 2'),
  ('posting', 'posting', '400000 400000 2 1'),
  ('posting_past', 'posting_past', '400000 400000 100 10 1');
ANALYZE sqlite_master;
