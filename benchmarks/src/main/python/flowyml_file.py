"""Writes a catalog file as FlowyML's local backend would have left it: its table, its texts, no others.

    python3 flowyml_file.py FILE [ROWS]

The rows are the same for the same number: skewed names, five types, four tags each, 1.5 parents on
average among the 2,000 before. Needs nothing but the standard library.
"""

import datetime
import hashlib
import json
import random
import sqlite3
import sys

TABLE = """
CREATE TABLE IF NOT EXISTS artifacts (
    artifact_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    artifact_type TEXT NOT NULL,
    content_hash TEXT,
    source_step TEXT,
    source_run_id TEXT,
    source_pipeline TEXT,
    parent_ids TEXT DEFAULT '[]',
    tags TEXT DEFAULT '{}',
    metadata TEXT DEFAULT '{}',
    uri TEXT,
    created_at TEXT NOT NULL,
    version TEXT
)"""

INDEXES = (
    "CREATE INDEX IF NOT EXISTS idx_content_hash ON artifacts(content_hash)",
    "CREATE INDEX IF NOT EXISTS idx_source_pipeline ON artifacts(source_pipeline)",
    "CREATE INDEX IF NOT EXISTS idx_artifact_type ON artifacts(artifact_type)",
)

INSERT = """
INSERT OR REPLACE INTO artifacts
(artifact_id, name, artifact_type, content_hash, source_step, source_run_id, source_pipeline,
 parent_ids, tags, metadata, uri, created_at, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

TYPES = ("Dataset", "Model", "Metrics", "FeatureSet", "Report")
WORDS = ("fraud", "churn", "credit", "vision", "speech", "ranking", "pricing", "demand", "click", "risk")
TEAMS = ("fraud", "growth", "search", "ads", "core", "vision")
STAGES = ("dev", "staging", "production", "archived")
FRAMEWORKS = ("sklearn", "xgboost", "pytorch", "jax")
NAMES = 30_000
PARENT_REACH = 2_000
BATCH = 10_000


def rows(count):
    rng = random.Random(42)
    recent = []
    start = datetime.datetime(2024, 1, 1)

    def skewed(bound):
        return int(rng.random() ** 2 * bound)

    for i in range(count):
        artifact_id = "%08x-0000-4000-8000-%012x" % (i, i * 2654435761 & 0xFFFFFFFFFFFF)
        which = int(rng.random() ** 3 * NAMES)
        parents = []
        for _ in range(rng.randrange(4) if recent else 0):
            parent = recent[rng.randrange(len(recent))]
            if parent not in parents:
                parents.append(parent)
        tags = {
            "team": TEAMS[skewed(len(TEAMS))],
            "stage": "archived" if i % 3 == 0 else STAGES[skewed(3)],
            "framework": FRAMEWORKS[rng.randrange(4)],
            "f1_score": str(rng.randrange(10_000) / 10_000),
        }
        content = i - 7 if i % 20 == 19 else i
        yield (
            artifact_id,
            "%s_%s_%d" % (WORDS[which % 10], WORDS[which // 7 % 10], which),
            TYPES[skewed(len(TYPES))],
            hashlib.sha256(b"%d" % content).hexdigest(),
            "step_%d" % rng.randrange(12),
            "run-%07d" % (i // 6),
            "pipeline_%d" % skewed(200),
            json.dumps(parents),
            json.dumps(tags),
            json.dumps({"rows": rng.randrange(1_000_000)}) if i % 4 == 0 else "{}",
            "s3://bucket/artifacts/" + artifact_id,
            (start + datetime.timedelta(microseconds=37_000_123 * i)).isoformat(),
            None,
        )
        if len(recent) < PARENT_REACH:
            recent.append(artifact_id)
        else:
            recent[i % PARENT_REACH] = artifact_id


def write(path, count):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA cache_size = -500000")
    connection.execute(TABLE)
    for index in INDEXES:
        connection.execute(index)
    batch = []
    for row in rows(count):
        batch.append(row)
        if len(batch) == BATCH:
            with connection:
                connection.executemany(INSERT, batch)
            batch.clear()
    with connection:
        connection.executemany(INSERT, batch)
    connection.close()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    write(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 1_000_000)
