-- The catalog's own tables, the same as in SQLite: current state stands in artifact, name, parent and
-- alias; what it was before stands in the *_past tables, each row valid for from_seq <= seq < to_seq.
-- Every key is led by the project. Texts compare by code point, whatever the database's locale. Rows that
-- are changed in place find room for the new version on their page (fillfactor), so that no index has to
-- be touched. Versions are indexed by a hash: tolerant doors let in longer ones than an index entry holds.

CREATE TABLE schema_version (
  version integer PRIMARY KEY
);

-- A project and its counters; a writing transaction takes this row first.
CREATE TABLE project (
  project         bigint PRIMARY KEY,
  name            text COLLATE "C" NOT NULL UNIQUE,
  seq             bigint NOT NULL DEFAULT 0,         -- of the last event
  doc             bigint NOT NULL DEFAULT 0,         -- of the last artifact, in creation order
  name_no         bigint NOT NULL DEFAULT 0,
  term            bigint NOT NULL DEFAULT 0,
  time            bigint NOT NULL DEFAULT 0,         -- of the last event, microseconds since 1970
  indexed_seq     bigint NOT NULL DEFAULT 0,         -- events up to here are in term and posting
  duplicates      bigint NOT NULL DEFAULT 0,         -- living artifacts whose content an older living one has
  duplicate_bytes bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- A name and its version counter. key: 64 bits of a digest, since any text may be a name.
CREATE TABLE name (
  project      bigint NOT NULL,
  no           bigint NOT NULL,
  key          bigint NOT NULL,
  name         text COLLATE "C" NOT NULL,
  last_version text COLLATE "C" NOT NULL,  -- highest whole number ever used, '0' for none
  PRIMARY KEY (project, no)
) WITH (fillfactor = 80);
CREATE INDEX name_key ON name (project, key);

CREATE TABLE artifact (
  project          bigint NOT NULL,
  doc              bigint NOT NULL,            -- creation order
  id_key           bigint NOT NULL,            -- 64 bits of a digest of id
  id               text COLLATE "C" NOT NULL,
  name             bigint NOT NULL,
  version          text COLLATE "C" NOT NULL,
  declared_version text COLLATE "C",
  type             text COLLATE "C" NOT NULL,
  content_key      bigint,                     -- 64 bits of a digest of content_hash
  content_hash     text COLLATE "C",
  size             bigint,
  hash_origin      bigint,                     -- 0 computed, 1 declared
  uri              text COLLATE "C",
  step             text COLLATE "C",
  run              text COLLATE "C",
  pipeline         text COLLATE "C",
  created_at       bigint NOT NULL,            -- microseconds since 1970
  created_by       text COLLATE "C" NOT NULL,
  from_seq         bigint NOT NULL,            -- since when the identity is this one
  seq              bigint NOT NULL,            -- last change
  deleted_seq      bigint,                     -- since when it is a tombstone
  purged_seq       bigint,
  parents          bigint NOT NULL,            -- how many current rows parent has for it
  tags_seq         bigint NOT NULL,            -- since when the tags are these
  tags             text COLLATE "C" NOT NULL,
  metadata_seq     bigint NOT NULL,
  metadata         text COLLATE "C" NOT NULL,
  PRIMARY KEY (project, doc)
) WITH (fillfactor = 90);
CREATE INDEX artifact_id ON artifact (project, id_key);
CREATE INDEX artifact_name ON artifact (project, name, doc);
CREATE UNIQUE INDEX artifact_version ON artifact (project, name, hashtextextended(version, 0));
CREATE INDEX artifact_content ON artifact (project, content_key)
  WHERE content_key IS NOT NULL AND deleted_seq IS NULL;
CREATE INDEX artifact_deleted_content ON artifact (project, content_key)
  WHERE content_key IS NOT NULL AND deleted_seq IS NOT NULL;
CREATE INDEX artifact_created ON artifact (project, created_at, doc);
CREATE INDEX artifact_purgeable ON artifact (project, doc)
  WHERE deleted_seq IS NOT NULL AND purged_seq IS NULL;

-- Identities that FlowyML overwrote in a shared file.
CREATE TABLE artifact_past (
  project      bigint NOT NULL,
  doc          bigint NOT NULL,
  from_seq     bigint NOT NULL,
  to_seq       bigint NOT NULL,
  name         bigint NOT NULL,
  version      text COLLATE "C" NOT NULL,
  content_key  bigint,
  content_hash text COLLATE "C",
  identity     text COLLATE "C" NOT NULL,  -- JSON of the identity columns
  PRIMARY KEY (project, doc, from_seq)
);
CREATE INDEX artifact_past_version ON artifact_past (project, name, hashtextextended(version, 0));
CREATE INDEX artifact_past_content ON artifact_past (project, content_key)
  WHERE content_key IS NOT NULL;

CREATE TABLE tags_past (
  project  bigint NOT NULL,
  doc      bigint NOT NULL,
  from_seq bigint NOT NULL,
  to_seq   bigint NOT NULL,
  tags     text COLLATE "C" NOT NULL,
  PRIMARY KEY (project, doc, from_seq)
);

CREATE TABLE metadata_past (
  project  bigint NOT NULL,
  doc      bigint NOT NULL,
  from_seq bigint NOT NULL,
  to_seq   bigint NOT NULL,
  metadata text COLLATE "C" NOT NULL,
  PRIMARY KEY (project, doc, from_seq)
);

-- Times as a tombstone that ended.
CREATE TABLE deletion_past (
  project    bigint NOT NULL,
  doc        bigint NOT NULL,
  from_seq   bigint NOT NULL,
  to_seq     bigint NOT NULL,
  purged_seq bigint,  -- when what had been before was erased
  PRIMARY KEY (project, doc, from_seq)
);

-- An edge from an input to what was made of it, in the order given.
CREATE TABLE parent (
  project   bigint NOT NULL,
  child     bigint NOT NULL,
  ord       bigint NOT NULL,
  parent    bigint,            -- absent while the id is not in the catalog
  id_key    bigint,            -- of parent_id, only while it is not
  parent_id text COLLATE "C",
  from_seq  bigint NOT NULL,
  to_seq    bigint,            -- absent on a current edge
  PRIMARY KEY (project, child, ord)
);
CREATE INDEX parent_child ON parent (project, parent, child) WHERE parent IS NOT NULL;
CREATE INDEX parent_unresolved ON parent (project, id_key) WHERE parent IS NULL;

CREATE TABLE alias (
  project  bigint NOT NULL,
  name     bigint NOT NULL,
  alias    text COLLATE "C" NOT NULL,
  from_seq bigint NOT NULL,
  to_seq   bigint,                     -- absent on what it points at now
  doc      bigint NOT NULL,
  PRIMARY KEY (project, name, alias, from_seq)
);
CREATE UNIQUE INDEX alias_current ON alias (project, name, alias) WHERE to_seq IS NULL;
CREATE INDEX alias_doc ON alias (project, doc, from_seq);
CREATE INDEX alias_ended ON alias (project, to_seq) WHERE to_seq IS NOT NULL;

CREATE TABLE event (
  project bigint NOT NULL,
  seq     bigint NOT NULL,
  at      bigint NOT NULL,
  actor   text COLLATE "C" NOT NULL,
  kind    bigint NOT NULL,
  doc     bigint NOT NULL,
  detail  text COLLATE "C",           -- JSON of what no interval tells: the alias, the old identity
  PRIMARY KEY (project, seq)
);
CREATE INDEX event_doc ON event (project, doc, seq);

-- Keys of clients of a server, which belong to no project. hash: SHA-256 of the key's text, so that who
-- reads the table cannot use it.
CREATE TABLE api_key (
  id         text COLLATE "C" NOT NULL PRIMARY KEY,
  hash       text COLLATE "C" NOT NULL UNIQUE,
  name       text COLLATE "C" NOT NULL,
  role       bigint NOT NULL,                        -- 0 reader, 1 writer, 2 admin
  projects   text COLLATE "C" NOT NULL,              -- JSON; [] for all
  created_at bigint NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  expires_at bigint,
  used_at    bigint,
  revoked_at bigint
);
CREATE UNIQUE INDEX api_key_name ON api_key (name) WHERE revoked_at IS NULL;

-- The search index, derived from the tables above: each distinct value once, and in which documents it
-- stands.
CREATE TABLE term (
  project bigint NOT NULL,
  no      bigint NOT NULL,
  field   bigint NOT NULL,
  key     bigint NOT NULL,            -- of a value of tags or metadata: the term of its key; else 0
  hash    bigint NOT NULL,            -- of field, key and folded value
  value   text COLLATE "C" NOT NULL,
  kind    bigint NOT NULL,            -- of value: text, number, boolean, other JSON
  folded  text COLLATE "C",           -- only where it differs from value
  num     double precision,           -- of a value that is wholly a number
  head    text COLLATE "C",           -- of any other that can be sorted: how it begins, folded
  n       bigint NOT NULL,            -- documents
  last    bigint NOT NULL,            -- newest document, at most
  PRIMARY KEY (project, no)
) WITH (fillfactor = 70);
CREATE INDEX term_hash ON term (project, hash);
CREATE INDEX term_key ON term (project, field, key, num, head);

-- A chunk is 4,096 documents. Chunk -1 stands for the first 256 of them together, -2 for the next 256:
-- the documents of a term that has few there. It is empty where the term has more, each chunk then
-- being a row of its own.
CREATE TABLE posting (
  project bigint NOT NULL,
  term    bigint NOT NULL,
  chunk   bigint NOT NULL,
  docs    bytea NOT NULL,
  PRIMARY KEY (project, term, chunk)
) WITH (fillfactor = 80);

-- What each run of the indexer changed in a chunk of a term, newest change first: taken back, the chunk
-- is as it was. Registrations change nothing here, since what was registered later is left out.
CREATE TABLE posting_past (
  project bigint NOT NULL,
  term    bigint NOT NULL,
  chunk   bigint NOT NULL,
  to_seq  bigint NOT NULL,  -- no change in it is later, none in the next row earlier
  changes bytea  NOT NULL,
  PRIMARY KEY (project, term, chunk, to_seq)
);

-- The substring index over the distinct texts: a table of its own, since the counters of term change
-- all the time and these never do.
CREATE TABLE term_text (
  project bigint NOT NULL,
  no      bigint NOT NULL,
  text    text COLLATE "C" NOT NULL,
  PRIMARY KEY (project, no)
);

-- The extensions may have been put into another schema than the one the tables are made in.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
DO $$
DECLARE
  trgm text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_trgm');
  gin text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'btree_gin');
BEGIN
  EXECUTE format(
    'CREATE INDEX term_text_trgm ON term_text USING gin (project %s.int8_ops, text %s.gin_trgm_ops)'
    ' WITH (gin_pending_list_limit = 256)', gin, trgm);
END
$$;
