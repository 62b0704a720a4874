"""Times the flowyml package's own catalog on a file, call by call: what our figures stand beside.

    python flowyml_times.py FILE [reads|writes|meanwhile]

Meanwhile: registers until its input, which it shows, ends; then tells the longest wait.
"""

import random
import sqlite3
import statistics
import sys
import threading
import time

from flowyml.storage.catalog.backend import CatalogEntry
from flowyml.storage.catalog.local_backend import LocalCatalogBackend


def timed(name, call, runs):
    call(0)
    taken = []
    for i in range(runs):
        start = time.perf_counter()
        call(i)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    print(f"{'flowyml: ' + name:<42} {statistics.median(taken):10.3f} {taken[-1]:10.3f}", flush=True)


def reads(backend, path):
    with sqlite3.connect(path) as connection:
        ids = [row[0] for row in connection.execute("SELECT artifact_id FROM artifacts ORDER BY rowid DESC LIMIT 200")]
    timed("get", lambda i: backend.get(ids[i % len(ids)]), 200)
    timed("search, rare word", lambda i: backend.search(f"run-00{10000 + i * 37}"), 5)
    timed("search, common word", lambda i: backend.search("fraud"), 5)
    timed("list, newest 100", lambda i: backend.list_artifacts(limit=100), 5)
    timed("list, 100 of a type", lambda i: backend.list_artifacts(artifact_type="Model", limit=100), 5)
    timed(
        "list by two tags (filtered after the limit)",
        lambda i: backend.list_artifacts(tags={"team": "fraud", "stage": "production"}, limit=50),
        5,
    )
    timed("lineage, one hop", lambda i: backend.get_lineage(ids[i % len(ids)]), 5)


def writes(backend):
    """Rows like those of the file: skewed names, contents in no order, parents among the latest."""
    count = 3000
    rng = random.Random(time.time())
    recent = []
    entries = []
    for i in range(count):
        which = int(rng.random() ** 3 * 30_000)
        entries.append(
            CatalogEntry(
                name=f"fraud_churn_{which}",
                artifact_type="Model",
                content_hash=f"{rng.getrandbits(256):064x}",
                source_step=f"step_{rng.randrange(12)}",
                source_run_id=f"run-{rng.getrandbits(30):010d}",
                source_pipeline=f"pipeline_{int(rng.random() ** 2 * 200)}",
                uri=f"s3://bucket/artifacts/{i}",
                tags={"team": "fraud", "stage": "dev", "framework": "jax", "f1_score": str(rng.randrange(10_000) / 10_000)},
            )
        )
    start = time.perf_counter()
    for entry in entries:
        entry.parent_ids = [rng.choice(recent) for _ in range(rng.randrange(4))] if recent else []
        recent.append(backend.register(entry))
    print(f"{'flowyml: register, one by one':<42} {count / (time.perf_counter() - start):8.0f} /s", flush=True)


def meanwhile(backend):
    """What a FlowyML pipeline notices while another process has the file."""
    ended = threading.Event()
    threading.Thread(target=lambda: (print(sys.stdin.read(), end=""), ended.set()), daemon=True).start()
    taken = []
    failed = 0
    while not ended.is_set():
        start = time.perf_counter()
        try:
            backend.register(CatalogEntry(name="meanwhile", artifact_type="Model", tags={"n": str(len(taken))}))
        except sqlite3.OperationalError:
            failed += 1
        taken.append(time.perf_counter() - start)
        time.sleep(0.02)
    print(f"flowyml: register meanwhile: {len(taken)}, {failed} failed, longest {max(taken):.3f} s", flush=True)


def main():
    path = sys.argv[1]
    backend = LocalCatalogBackend(path)
    if sys.argv[2:] == ["writes"]:
        writes(backend)
    elif sys.argv[2:] == ["meanwhile"]:
        meanwhile(backend)
    else:
        reads(backend, path)


main()
