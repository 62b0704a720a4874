"""One SQLite file under FlowyML's own package and the command line, in turn and at the same time.

    flowyml_file.py FOLDER COMMAND [CHECK...]

FOLDER takes the files, COMMAND is flowyml-catalog. Each function check_* is a check with a file of its own.
"""

import json
import logging
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import time
import traceback
from pathlib import Path

from flowyml import Pipeline, step
from flowyml.storage.catalog import ArtifactCatalog, LocalCatalogBackend
from flowyml.storage.catalog.backend import CatalogEntry

COMMAND = ""
EVENT = ("actor", "kind")


class Ours:
    """The command line on one file."""

    def __init__(self, path):
        self.path = Path(path)

    def start(self, *args, **kwargs):
        command = [COMMAND, "--catalog", str(self.path), *args]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **kwargs)

    def text(self, *args, stdin=None):
        process = self.start(*args, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL)
        out, err = process.communicate(stdin)
        if process.returncode:
            raise AssertionError("%s: exit %d: %s" % (" ".join(args), process.returncode, err))
        return out

    def __call__(self, *args, stdin=None):
        return json.loads(self.text(*args, "-o", "json", stdin=stdin))

    def ids(self, *args):
        return [item["id"] for item in self(*args)["items"]]

    def history(self, ref):
        return self("history", ref)["items"]

    def kinds(self, ref):
        return [tuple(event[field] for field in EVENT) for event in self.history(ref)]

    def sound(self, *expected):
        """Doctor finds no problem but those that begin so."""
        command = [COMMAND, "--catalog", str(self.path), "doctor", "-o", "json"]
        out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        problems = [f["text"] for f in json.loads(out)["findings"] if f["problem"]]
        equal(len(expected), len(problems), problems)
        for begin, problem in zip(expected, problems):
            assert problem.startswith(begin), problem


def equal(expected, found, about=""):
    assert expected == found, "expected %r, found %r %s" % (expected, found, about)


def entry(artifact_id, name, **fields):
    return CatalogEntry(artifact_id=artifact_id, name=name, artifact_type=fields.pop("type", "Model"), **fields)


def both(path):
    return LocalCatalogBackend(str(path)), Ours(path)


def sql(path, statement, *params):
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, params)
    connection.close()


def check_new_rows_are_seen(path):
    theirs, ours = both(path)
    ours("register", "first", "Dataset", "--id", "first")
    theirs.register(entry("raw", "raw", type="Dataset", source_pipeline="etl", content_hash="not a sha"))
    theirs.register(entry("model", "fraud", parent_ids=["raw", "gone"], tags={"team": "fraud", "n": float("nan")}))
    equal(["model"], ours.ids("search", "team:fraud"))
    equal(["model", "raw", "first"], ours.ids("list"))
    equal(["raw"], ours.ids("list", "--pipeline", "etl"))
    lineage = ours("lineage", "raw")
    equal(["model"], [child["id"] for child in lineage["children"]])
    record = ours("get", "model")
    equal(["raw", "gone"], record["parent_ids"])
    equal(["gone"], record["unresolved_parent_ids"])
    equal({"team": "fraud", "n": "NaN"}, record["tags"])
    equal('{"team": "fraud", "n": NaN}', record["tags_verbatim"])
    equal("declared", ours("get", "raw")["hash_origin"])
    equal([("external", "registered")], ours.kinds("model"))
    theirs.register(entry("gone", "late"))
    equal(None, ours("get", "model").get("unresolved_parent_ids"))
    ours.sound()


def check_overwritten_rows_are_replaced(path):
    theirs, ours = both(path)
    theirs.register(entry("a", "raw", content_hash="h1"))
    ours("get", "a")
    theirs.register(entry("a", "raw", content_hash="h1"))
    equal([("external", "registered")], ours.kinds("a"))
    theirs.register(entry("a", "raw", content_hash="h2"))
    equal([("external", "registered"), ("external", "replaced")], ours.kinds("a"))
    equal({"from": "h1", "to": "h2"}, ours.history("a")[-1]["changes"]["content_hash"])
    theirs.register(entry("b", "clean"))
    theirs.register(entry("a", "clean"))
    record = ours("get", "a")
    equal(("clean", "2"), (record["name"], record["version"]))
    equal("2", ours("register", "raw", "Model")["version"])
    ours.sound()


def check_other_statements_are_seen(path):
    theirs, ours = both(path)
    for artifact_id in "abcd":
        theirs.register(entry(artifact_id, "raw"))
    ours("stats")
    columns = "(artifact_id, name, artifact_type, created_at, tags)"
    sql(path, "INSERT OR IGNORE INTO artifacts %s VALUES ('a', 'x', 'x', 'x', '{}')" % columns)
    sql(path, "INSERT OR IGNORE INTO artifacts %s VALUES ('i', 'new', 'x', '2026-03-03', '{}')" % columns)
    upsert = "ON CONFLICT (artifact_id) DO UPDATE SET tags = excluded.tags"
    sql(path, "INSERT INTO artifacts %s VALUES ('b', 'x', 'x', 'x', '{\"k\": 1}') %s" % (columns, upsert))
    sql(path, "UPDATE artifacts SET artifact_id = 'c2' WHERE artifact_id = 'c'")
    sql(path, "DELETE FROM artifacts WHERE artifact_id = 'd'")
    equal([("external", "registered")], ours.kinds("a"))
    equal([("external", "registered"), ("external", "tagged")], ours.kinds("b"))
    equal([("external", "registered"), ("external", "deleted")], ours.kinds("c"))
    equal([("external", "registered"), ("external", "deleted")], ours.kinds("d"))
    equal(["c2", "i", "b", "a"], ours.ids("list"))
    theirs.register(entry("d", "raw"))
    equal(("external", "replaced"), ours.kinds("d")[-1])
    ours.sound()


def check_odd_rows_hide_no_other(path):
    theirs, ours = both(path)
    theirs.register(entry("", "", type=""))
    theirs.register(entry("id with spaces", "a@b:c", tags={"list": [1, 2], "none": None, "map": {"x": 1}, "ok": "yes"}))
    theirs.register(entry("v", "versions", version=3))
    theirs.register(entry("w", "versions", version="3"))
    theirs.register(entry("deep", "deep", metadata={"k": json.loads("[" * 200 + "]" * 200)}))
    theirs.register(entry("big", "n" * 5000, tags={"k" * 500: "v" * 50_000}))
    theirs.register(entry("unicode", "日本語 😀", tags={"é": "\ud800"}))
    theirs.register(entry("nul", "a\0b"))
    equal("3", theirs.get("w").version)
    sql(path, "UPDATE artifacts SET tags = '{bad' WHERE artifact_id = 'v'")
    sql(path, "UPDATE artifacts SET created_at = 'never', parent_ids = 'x' WHERE artifact_id = 'w'")
    equal(8, len(ours.ids("list")))
    equal(["id with spaces"], ours.ids("search", "ok:yes"))
    equal(["unicode"], ours.ids("search", "日本語"))
    equal("3", ours("get", "v")["version"])
    record = ours("get", "w")
    equal(("4", "3"), (record["version"], record["declared_version"]))
    equal("a\ufffdb", ours("get", "nul")["name"])
    equal("a\0b", theirs.get("nul").name)
    equal(1, len([a for a in ours("list")["items"] if a["name"] == ""]))
    named = [(i, c) for i, c in (("nul", "name"), ("unicode", "tags"), ("v", "tags"), ("w", "created_at"), ("w", "parent_ids"))]
    ours.sound(*["artifact %s, which FlowyML wrote: %s" % pair for pair in named])


def check_our_rows_are_theirs(path):
    theirs, ours = both(path)
    ours("register", "raw", "Dataset", "--id", "raw", "--pipeline", "etl", "--step", "load", "--run", "r1")
    ours("register", "model", "Model", "--id", "model", "--parent", "raw", "--tag", "f1=0.93", "--tag", "team=fraud")
    for i in range(5):
        ours("register", "many", "Model", "--id", "many%d" % i)
    theirs.register(entry("theirs", "between"))
    ours("register", "many", "Model", "--id", "many5")
    equal([e.artifact_id for e in theirs.list()], ours.ids("list"))
    got = theirs.get("model")
    equal((["raw"], {"f1": 0.93, "team": "fraud"}, {}, "1"), (got.parent_ids, got.tags, got.metadata, got.version))
    equal(("", "", "", ""), (got.content_hash, got.source_step, got.source_pipeline, got.uri))
    got = theirs.get("raw")
    equal(("load", "r1", "etl"), (got.source_step, got.source_run_id, got.source_pipeline))
    equal(["model"], [e.artifact_id for e in theirs.search("fraud")])
    equal(["model"], [e.artifact_id for e in theirs.list(tags={"team": "fraud"})])
    equal(["raw"], [e.artifact_id for e in theirs.list(source_pipeline="etl")])
    equal(["model"], [c["artifact_id"] for c in theirs.get_lineage("raw")["children"]])
    equal(["raw"], [c["artifact_id"] for c in theirs.get_lineage("model")["parents"]])
    ours("tag", "model", "stage=production", "--remove", "f1")
    ours("meta", "model", "owner=me")
    equal({"team": "fraud", "stage": "production"}, theirs.get("model").tags)
    equal({"owner": "me"}, theirs.get("model").metadata)
    ours("delete", "raw", "--force")
    equal(None, theirs.get("raw"))
    ours("restore", "raw")
    equal([e.artifact_id for e in theirs.list()], ours.ids("list"))
    ours.sound()


def check_content_is_found_by_hash_on_both_sides(path):
    theirs, ours = both(path)
    catalog = ArtifactCatalog(backend=theirs)
    value = {"b": [1, 2.5, None, 10**30], "a": "é", "n": 1e-7}
    artifact_id = catalog.register("report", "Report", data=value)
    file = path.with_suffix(".json")
    file.write_text(json.dumps(value))
    digest = ours.text("hash", "--json", str(file)).split()[0]
    equal(digest, ours("get", artifact_id)["content_hash"])
    model = path.with_suffix(".bin")
    model.write_bytes(b"weights")
    record = ours("register", "model", "Model", str(model))
    equal(record["id"], catalog.find_by_hash(record["content_hash"]).artifact_id)
    again = catalog.backend.register(entry("", "copy", content_hash=record["content_hash"]))
    equal(record["id"], ours("get", again)["duplicate_of"])


def check_tag_erased_by_their_merge_is_a_removal(path):
    theirs, ours = both(path)
    ours("register", "model", "Model", "--id", "model", "--tag", "team=fraud")
    read = theirs.get("model")  # FlowyML's tag(): read, merge, write back
    ours("tag", "model", "stage=production")
    read.tags.update({"owner": "me"})
    sql(path, "UPDATE artifacts SET tags = ? WHERE artifact_id = ?", json.dumps(read.tags), "model")
    equal({"team": "fraud", "owner": "me"}, ours("get", "model")["tags"])
    last = ours.history("model")[-1]
    equal(("external", "tagged"), (last["actor"], last["kind"]))
    equal({"stage": {"from": "production"}, "owner": {"to": "me"}}, last["changes"]["tags"])
    theirs.tag("model", {"stage": "staging"})
    ours("tag", "model", "n=1")
    equal({"team": "fraud", "owner": "me", "stage": "staging", "n": 1}, theirs.get("model").tags)


def check_writer_without_functions_or_text_search(path):
    theirs, ours = both(path)
    ours("register", "raw", "Dataset", "--id", "ours", "--tag", "k=1")
    connection = sqlite3.connect(path)
    denied = []

    def authorize(action, first, second, _database, _trigger):
        if action in (sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_CREATE_VTABLE) or "term_text" in str(first):
            denied.append((action, first, second))
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    connection.set_authorizer(authorize)
    with connection:
        columns = "(artifact_id, name, artifact_type, created_at)"
        connection.execute("INSERT OR REPLACE INTO artifacts %s VALUES ('new', 'new', 'T', '2026-03-03')" % columns)
        connection.execute("UPDATE artifacts SET tags = '{\"k\": 2}' WHERE artifact_id = 'ours'")
        connection.execute("INSERT OR REPLACE INTO artifacts %s VALUES ('x', 'new', 'T', '2026-03-03')" % columns)
        connection.execute("DELETE FROM artifacts WHERE artifact_id = 'x'")
    connection.close()
    equal([], denied)
    equal(["ours"], ours.ids("search", "k:2"))
    equal(["new"], ours.ids("list", "--type", "T"))
    equal(("external", "deleted"), ours.kinds("x")[-1])


def check_flowyml_where_sqlite_has_neither_json_nor_text_search(path):
    ours = Ours(path)
    ours("register", "raw", "Dataset", "--id", "raw", "--tag", "k=1", "--meta", "description=some text")
    connect, asked, denied = sqlite3.connect, [], []

    def authorize(action, first, second, _database, _trigger):
        asked.append(action)
        words = "%s %s" % (first, second)
        function = action == sqlite3.SQLITE_FUNCTION and str(second).startswith("json")
        if function or action == sqlite3.SQLITE_CREATE_VTABLE or "term_text" in words or "json_each" in words:
            denied.append((action, first, second))
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    def restricted(*args, **kwargs):
        connection = connect(*args, **kwargs)
        connection.set_authorizer(authorize)
        return connection

    sqlite3.connect = restricted
    try:
        theirs = LocalCatalogBackend(str(path))
        theirs.register(entry("model", "fraud", parent_ids=["raw"], tags={"team": "fraud"}))
        theirs.register(entry("model", "fraud", parent_ids=["raw"], tags={"team": "fraud", "again": True}))
        theirs.tag("raw", {"k": "2"})
        equal(["model", "raw"], [e.artifact_id for e in theirs.list()])
        equal(["model"], [e.artifact_id for e in theirs.list(tags={"team": "fraud"})])
        equal(["model"], [e.artifact_id for e in theirs.search("fraud")])
        equal(["raw"], [e["artifact_id"] for e in theirs.get_lineage("model")["parents"]])
        equal(("2", "some text"), (theirs.get("raw").tags["k"], theirs.get("raw").metadata["description"]))
    finally:
        sqlite3.connect = connect
    assert len(asked) > 100, "the authorizer was asked %d times only" % len(asked)
    equal([], denied)
    equal(["model"], ours.ids("search", "again:true team:fraud"))
    equal(["raw"], ours.ids("search", "k:2"))
    equal(["model"], [child["id"] for child in ours("lineage", "raw")["children"]])
    ours.sound()


def check_file_of_theirs_is_taken_over(path):
    theirs = LocalCatalogBackend(str(path))
    for i in range(300):
        parents = ["id%d" % (i - 1)] if i else []
        theirs.register(entry("id%d" % i, "n%d" % (i % 3), parent_ids=parents, tags={"i": i}))
    sql(path, "UPDATE artifacts SET tags = '{bad' WHERE artifact_id = 'id7'")
    ours = Ours(path)
    equal(["id%d" % i for i in range(299, 199, -1)], ours.ids("list"))
    equal(["id42"], ours.ids("search", "i:42"))
    equal("100", ours("get", "id299")["version"])
    equal(300, len(ours("lineage", "id299", "--up", "--depth", "1000")["nodes"]))
    ours.sound("artifact id7, which FlowyML wrote: tags")
    theirs.register(entry("later", "n0"))
    equal("101", ours("get", "later")["version"])


@step(outputs=["numbers"])
def load_numbers():
    return {"rows": [1, 2, 3]}


@step(inputs=["numbers"], outputs=["total"])
def add_numbers(numbers):
    return float(sum(numbers["rows"]))


def run_pipeline():
    pipeline = Pipeline("sums", enable_cache=False)
    pipeline.add_step(load_numbers)
    pipeline.add_step(add_numbers)
    out, sys.stdout = sys.stdout, open(os.devnull, "w")
    try:
        assert pipeline.run().success
    finally:
        sys.stdout = out


def check_outputs_of_a_pipeline_run(path):
    folder = path.with_suffix("")
    folder.mkdir()
    os.chdir(folder)
    ours = Ours(folder / ".flowyml" / "catalog.db")
    ours("register", "before", "Dataset")
    run_pipeline()
    equal(["dict"], [a["artifact_type"] for a in ours("search", "name:load_numbers_output")["items"]])
    found = ours("search", "step:add_numbers pipeline:sums")["items"]
    equal([("add_numbers_output", "float", "1")], [(a["name"], a["artifact_type"], a["version"]) for a in found])
    equal(2, len(ours.ids("search", "run:" + found[0]["source_run_id"])))
    ours.sound()


def check_pipeline_runs_while_we_write(path):
    folder = path.with_suffix("")
    folder.mkdir()
    os.chdir(folder)
    ours = Ours(folder / ".flowyml" / "catalog.db")
    ours("register", "before", "Dataset")
    process = ours.start("import", "-", "-o", "ids", stdin=subprocess.PIPE)
    feeder = multiprocessing.get_context("fork").Process(target=feed, args=(process.stdin, 4_000))
    feeder.start()
    process.stdin.close()
    first = process.stdout.readline()  # from here on, both write
    for _ in range(3):
        run_pipeline()
    equal("b0\n", first)
    process.stdout.read()
    equal(0, process.wait(), process.stderr.read())
    feeder.join()
    outputs = ours("search", "pipeline:sums")["items"]
    equal(6, len(outputs))
    equal(["3", "2", "1"], [a["version"] for a in outputs if a["name"] == "add_numbers_output"])
    equal(3, len({a["source_run_id"] for a in outputs}))
    equal(1 + 4_000 + 6, ours("stats")["artifacts"])
    ours.sound()


KILLS = 3


def say_rows(path, number):
    backend = LocalCatalogBackend(str(path))
    i = 0
    while True:
        backend.register(entry("py%d-%d" % (number, i), "shared"))
        os.write(1, b"py%d-%d\n" % (number, i))
        i += 1


def check_killed_writers_of_both_lose_nothing(path):
    both(path)[0].register(entry("first", "shared"))
    script = "import sys; sys.path.insert(0, %r); import flowyml_file as f; f.say_rows(%r, int(sys.argv[1]))"
    script %= (str(Path(__file__).parent), str(path))
    ours, said = Ours(path), []
    for kill in range(KILLS):
        python = subprocess.Popen([sys.executable, "-c", script, str(kill)], stdout=subprocess.PIPE, text=True)
        java = ours.start("import", "-", "-o", "ids", stdin=subprocess.PIPE, start_new_session=True)
        lines = "".join('{"id": "im%d-%d", "name": "shared", "artifact_type": "Model"}\n' % (kill, i) for i in range(3_000))
        feeder = multiprocessing.get_context("fork").Process(target=give, args=(java.stdin, lines))
        feeder.start()
        java.stdin.close()
        said += [python.stdout.readline() for _ in range(3)] + [java.stdout.readline() for _ in range(1 + 200 * kill)]
        for process in (java, python):
            process.kill()
            said += process.stdout.readlines()
            process.wait()
        feeder.join()
    items = ids_of(ours)
    found = {a["id"] for a in items}
    equal([], [line for line in said if line.endswith("\n") and line.strip() not in found])
    ours.sound()
    equal(list(range(len(items), 0, -1)), [int(a["version"]) for a in items])
    equal(len(items), len(LocalCatalogBackend(str(path)).list(limit=1_000_000)))


def ids_of(ours):
    """Every version of the name, newest first."""
    items, cursor = [], []
    while True:
        page = ours("versions", "shared", "--limit", "1000", *cursor)
        items += page["items"]
        if not page.get("next_cursor"):
            return items
        cursor = ["--cursor", page["next_cursor"]]


def give(stdin, text):
    try:
        stdin.write(text)
        stdin.close()
    except BrokenPipeError:
        os._exit(0)  # the reader was killed


LINES = 150
ROWS = 50
SINGLES = 6
PYTHONS = 4
IMPORTS = 2
REGISTERS = 2


def write_rows(path, number):
    backend = LocalCatalogBackend(str(path))
    for i in range(ROWS):
        backend.register(entry("py%d-%d" % (number, i), "shared", tags={"by": "python"}))


def register_singly(path, number):
    ours = Ours(path)
    for i in range(SINGLES):
        ours("register", "shared", "Model", "--id", "java%d-%d" % (number, i), "--tag", "by=java")


def check_eight_processes_at_once_number_one_name(path):
    context = multiprocessing.get_context("spawn")
    both(path)[0].register(entry("first", "shared"))
    jobs = [context.Process(target=write_rows, args=(path, n)) for n in range(PYTHONS)]
    jobs += [context.Process(target=register_singly, args=(path, n)) for n in range(REGISTERS)]
    for job in jobs:
        job.start()
    lines = [
        "".join('{"id": "im%d-%d", "name": "shared", "artifact_type": "Model"}\n' % (n, i) for i in range(LINES))
        for n in range(IMPORTS)
    ]
    imports = [Ours(path).start("import", "-", stdin=subprocess.PIPE) for _ in lines]
    for process, text in zip(imports, lines):
        process.stdin.write(text)
        process.stdin.close()
    for process in imports:
        equal(0, process.wait(), process.stderr.read())
    for job in jobs:
        job.join()
        equal(0, job.exitcode)
    expected = 1 + PYTHONS * ROWS + IMPORTS * LINES + REGISTERS * SINGLES
    ours = Ours(path)
    versions = [int(a["version"]) for a in ours("list", "--limit", "1000")["items"]]
    equal(list(range(1, expected + 1)), sorted(versions))
    equal(expected, len(LocalCatalogBackend(str(path)).list(limit=10_000)))
    ours.sound()


BUSY_LINES = 15_000


def check_their_rows_are_not_lost_while_we_write_without_pause(path):
    theirs, ours = both(path)
    ours("stats")
    process = ours.start("import", "-", "-o", "ids", stdin=subprocess.PIPE)
    feeder = multiprocessing.get_context("fork").Process(target=feed, args=(process.stdin,))
    feeder.start()
    process.stdin.close()
    written, slowest = 0, 0.0
    reader = multiprocessing.get_context("fork").Process(target=process.stdout.read)
    reader.start()
    while reader.is_alive():
        started = time.monotonic()
        theirs.register(entry("t%d" % written, "theirs"))
        slowest = max(slowest, time.monotonic() - started)
        written += 1
    equal(0, process.wait(), process.stderr.read())
    feeder.join()
    assert slowest < 4, "a write of FlowyML's waited %.1f s, close to the 5 s at which it gives up" % slowest
    equal(written, len(theirs.list(limit=1_000_000)) - BUSY_LINES)
    equal(str(written), ours("get", "t%d" % (written - 1))["version"])


def feed(stdin, lines=BUSY_LINES):
    for i in range(lines):
        stdin.write('{"id": "b%d", "name": "busy%d", "artifact_type": "T", "tags": {"i": %d}}\n' % (i, i % 9, i))
    stdin.close()


def main():
    global COMMAND
    folder, COMMAND, names = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    os.environ["FLOWYML_TEST_COMMAND"] = COMMAND
    logging.disable(logging.CRITICAL)
    checks = [(name, check) for name, check in globals().items() if name.startswith("check_")]
    failed = 0
    for name, check in checks:
        if names and name not in names:
            continue
        started = time.monotonic()
        try:
            check(folder / (name + ".db"))
            outcome = "ok"
        except Exception as e:  # whatever it is, the other checks still say something
            outcome, failed = "FAILED: %s" % (e if isinstance(e, AssertionError) else traceback.format_exc()), failed + 1
        print("%-66s %5.1f s  %s" % (name[6:].replace("_", " "), time.monotonic() - started, outcome), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
else:  # a process that a check started
    COMMAND = os.environ.get("FLOWYML_TEST_COMMAND", "")
