"""FlowyML's own client against the real server, without a key and with one.

    flowyml_server.py FOLDER COMMAND [CHECK...]

FOLDER takes the files, COMMAND is flowyml-catalog. Each function same_* does the same steps on FlowyML's local backend
and through its remote one, and their answers must be equal. What differs is the table "What the server answers
otherwise" in docs/flowyml.md: each of its rows has a function in OTHERWISE, which shows what either side says.
FLOWYML_TEST_DATABASE names a PostgreSQL database to serve besides the file.
"""

import json
import logging
import math
import os
import re
import signal
import subprocess
import sys
import time
import traceback
import urllib.request
from pathlib import Path

from flowyml.storage.catalog import ArtifactCatalog, LocalCatalogBackend
from flowyml.storage.catalog.backend import CatalogEntry
from flowyml.storage.catalog.remote_backend import RemoteCatalogBackend

from flowyml_file import entry, equal, run_pipeline

PAGE = Path(__file__).parent.parent / "docs" / "flowyml.md"
HEADING = "## What the server answers otherwise"
PROJECTS = "/api/v1/projects/"


class Server:
    """The command's server, on a catalog of its own."""

    def __init__(self, command, options, keyed):
        self.key = None
        self.command = command
        self.mark = "keyed-" if keyed else "open-"
        if keyed:
            made = subprocess.run(
                [command, "keys", "create", "interop", *options, "--role", "admin", "-o", "json"],
                capture_output=True, text=True, check=True)
            self.key = json.loads(made.stdout)["key"]
        self.process = subprocess.Popen(
            [command, "serve", *options, "--port", "0", "-o", "json"], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.url = json.loads(line)["url"]

    def backend(self, path):
        return RemoteCatalogBackend(self.url + path, api_key=self.key)

    def in_project(self, project):
        return self.backend(PROJECTS + self.mark + project + "/catalog")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def plain(value):
    """An entry or an answer without what depends on the moment, NaN made comparable."""
    if isinstance(value, CatalogEntry):
        value = value.to_dict()
    if isinstance(value, dict):
        left_out = {"created_at", "id", "project", "aliases", "duplicate_of", "created_by", "seq"}
        return {k: plain(v) for k, v in value.items() if k not in left_out or "artifact_id" not in value}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return "NaN" if isinstance(value, float) and math.isnan(value) else value


def v(artifact_id, name, **fields):
    """An entry with a version, which the server would otherwise give it."""
    return entry(artifact_id, name, version=fields.pop("version", "v-" + artifact_id), **fields)


def ids(entries):
    return [e.artifact_id for e in entries]


def outcome(call, *args, **kwargs):
    try:
        return call(*args, **kwargs)
    except Exception as e:
        return type(e).__name__


def same_entry_comes_back_as_it_went(b):
    shapes = {"text": "é\U0001F600", "int": 3, "float": 0.5, "whole": 1.0, "big": 10**30, "tiny": 1e-7, "true": True,
              "none": None, "list": [1, "a", None], "object": {"a": {}}, "nan": float("nan"), "inf": -math.inf, "": ""}
    b.register(v("m", "n" * 600, type="T" * 200, content_hash="no sha", source_step="s", source_run_id="r",
                 source_pipeline="p", uri="s3://b/x", tags=shapes, metadata={"deep": [shapes]}))
    b.register(v("empty", "", type=""))
    return b.get("m"), b.get("empty"), b.get("gone")


def same_times_are_kept(b):
    b.register(v("m", "n", created_at="2026-01-02T03:04:05.678901"))
    return b.get("m").created_at


def same_numbers_are_versions(b):
    b.register(v("m", "n", version=3))
    b.register(v("again", "n", version=3))
    return b.get("m"), b.get("again")


def same_parents_may_be_unknown(b):
    b.register(v("child", "n", parent_ids=["gone", "raw"]))
    b.register(v("raw", "raw"))
    return b.get("child"), b.get_lineage("child"), b.get_lineage("raw")


def same_lineage_is_whole(b):
    for name in "abc":
        b.register(v(name, name))
    b.register(v("m", "m", parent_ids=["c", "a", "b"], tags={"x": float("inf")}))
    b.register(v("s", "s", parent_ids=["s", "m"]))
    return b.get_lineage("m"), b.get_lineage("s"), b.get_lineage("a")


def same_hash_finds_content(b):
    b.register(v("one", "n", content_hash="abc"))
    b.register(v("two", "n", content_hash="abc"))
    return b.find_by_content_hash("abc"), b.find_by_content_hash("nothing")


def filled(b):
    for i in range(30):
        b.register(v("m%02d" % i, "churn" if i % 3 else "Fraud Detector", type="Model" if i % 2 else "Dataset",
                     source_pipeline="etl" if i % 5 else "", source_step="train", tags={"i": str(i % 4), "n": i % 2}))


def same_lists_are_filtered(b):
    filled(b)
    return [ids(b.list_artifacts(**f)) for f in (
        {}, {"artifact_type": "Model"}, {"artifact_type": ""}, {"source_pipeline": "etl", "source_step": "train"},
        {"tags": {"i": "1"}}, {"tags": {"i": "1", "n": 1}}, {"tags": {"n": 1.0}}, {"tags": {"n": "1"}}, {"tags": {}},
        {"tags": {"gone": None}}, {"tags": {"i": ["1"]}}, {"limit": 7}, {"limit": 100_000}, {"artifact_type": "model"})]


def same_tags_are_merged(b):
    b.register(v("m", "n", tags={"a": 1, "b": "x"}))
    b.tag("m", {"b": "y", "c": [1]})
    b.tag("m", {"nan": float("nan")})
    b.tag("m", {})
    b.tag("m", {"b": "y"})
    return b.get("m")


def same_search_finds_parts(b):
    filled(b)
    return [ids(b.search(q, limit)) for q, limit in (
        ("fraud", 50), ("URN", 50), ("Detector", 3), ("dataset", 50), ("et", 50), ("nothing", 50), ("", 50))]


def same_ids_of_any_form(b):
    odd = ["a/b", "a@b:1", "..", "x//y", "50%", "%41", "search", "by-hash", "x" * 1000, "a/b/tags", "a+b", "~"]
    for artifact_id in odd:
        b.register(v(artifact_id, "n"))
    for artifact_id in odd[:7]:
        b.tag(artifact_id, {"seen": artifact_id})
    reached = [i for i in odd if i not in ("search", "by-hash", "a/b/tags")]
    return [b.get(i) for i in reached], [b.get_lineage(i) for i in reached]


def same_many_come_at_once(b):
    for i in range(120):
        b.register(v("m%d" % i, "n"))
    return len(b.list_artifacts(limit=100)), len(b.list_artifacts(limit=1000)), len(b.search("n", limit=1000))


def same_registering_again_changes_nothing(b):
    b.register(v("m", "n", content_hash="abc"))
    return b.register(v("m", "n", content_hash="abc")), b.get("m"), len(b.list_artifacts())


def without_a_version(b):
    b.register(entry("m", "n"))
    return b.get("m").version


def another_entry_under_the_same_id(b):
    b.register(entry("m", "n"))
    return outcome(b.register, entry("m", "other")), b.get("m").name


def unknown_artifact(b):
    return outcome(b.get_lineage, "gone"), outcome(b.tag, "gone", {"a": "b"})


def time_without_a_fraction(b):
    b.register(entry("m", "n", created_at="2026-01-02T03:04:05"))
    return b.get("m").created_at


def order_of_lists(b):
    b.register(entry("new", "n", created_at="2026-01-02T00:00:00.000000"))
    b.register(entry("old", "n", created_at="2025-01-02T00:00:00.000000"))
    return ids(b.list_artifacts())


def tags_and_limit(b):
    b.register(entry("m", "n", tags={"team": "fraud"}))
    b.register(entry("other", "n"))
    return ids(b.list_artifacts(tags={"team": "fraud"}, limit=1))


def limits_that_are_none(b):
    b.register(entry("a", "n"))
    return len(b.list_artifacts(limit=0)), len(b.search("n", limit=0))


def search_with_several_terms(b):
    b.register(entry("m", "fraud_detector", tags={"team": "fraud", "f1": 0.9}))
    return [ids(b.search(q)) for q in ("team:fraud f1>0.8", "detector fraud", "-team:fraud", "fraud%detector")]


def search_in_tags(b):
    b.register(entry("m", "n", tags={"team": "é", "nan": float("nan")}))
    return [ids(b.search(q)) for q in ("É", '"team": ', "{")]


def search_in_more_fields(b):
    b.register(entry("m", "n", source_step="train", source_run_id="r1", metadata={"description": "the best"}))
    return [ids(b.search(q)) for q in ("train", "r1", "the best")]


def hash_of_nothing(b):
    b.register(entry("m", "n"))
    found = b.find_by_content_hash("")
    return found and found.artifact_id


OTHERWISE = {
    "no version given": (without_a_version, None, "1"),
    "an id again, for something else": (another_entry_under_the_same_id, ("m", "other"), ("RuntimeError", "n")),
    "an unknown artifact": (unknown_artifact, ({"artifact_id": "gone", "error": "not found"}, "ValueError"),
                            ("RuntimeError", "RuntimeError")),
    "a time without a fraction": (time_without_a_fraction, "2026-01-02T03:04:05", "2026-01-02T03:04:05.000000"),
    "the order of lists": (order_of_lists, ["new", "old"], ["old", "new"]),
    "tags and a limit": (tags_and_limit, [], ["m"]),
    "a limit of 0 or less": (limits_that_are_none, (0, 0), (1, 1)),
    "a search of several terms": (search_with_several_terms, [[], [], [], ["m"]], [["m"], ["m"], [], []]),
    "a search in tags": (search_in_tags, [[], ["m"], ["m"]], [["m"], [], []]),
    "a search in other fields": (search_in_more_fields, [[], [], []], [["m"], ["m"], ["m"]]),
    "the hash of nothing": (hash_of_nothing, "m", None),
}


def titles_on_the_page():
    section = PAGE.read_text().split(HEADING)[1].split("\n## ")[0]
    rows = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("| ")]
    return rows[1:]


def check_the_page_lists_what_differs(server, folder):
    equal(list(OTHERWISE), titles_on_the_page())


def check_what_differs(server, folder):
    for number, (title, (steps, theirs, ours)) in enumerate(OTHERWISE.items()):
        equal(theirs, steps(LocalCatalogBackend(str(folder / ("otherwise%d.db" % number)))), title + ", FlowyML's own")
        equal(ours, steps(server.in_project("otherwise%d" % number)), title + ", the server's")


def check_what_is_the_same(server, folder):
    for name, steps in [(n, s) for n, s in globals().items() if n.startswith("same_")]:
        theirs = plain(steps(LocalCatalogBackend(str(folder / (name + ".db")))))
        ours = plain(steps(server.in_project(name)))
        equal(theirs, ours, name)


def check_every_endpoint(server, folder):
    for number, path in enumerate(("", "/", "/api/v1/catalog", "/api/v1/catalog/", PROJECTS + "default/catalog")):
        b = server.backend(path)
        i = "%se%d" % (server.mark, number)
        equal(i, b.register(v(i, i, content_hash=i, source_pipeline=i)))
        b.tag(i, {"at": path})
        equal([i], ids(b.list_artifacts(source_pipeline=i)))
        equal([i], ids(b.search("name:" + i)))
        equal(i, b.find_by_content_hash(i).name)
        equal({"at": path}, b.get_lineage(i)["artifact"]["tags"])
        request = urllib.request.Request(b.endpoint + "/artifacts/" + i, method="DELETE", headers=b._headers)
        with urllib.request.urlopen(request) as answer:
            equal(i, json.loads(answer.read())["id"])
        equal(None, b.get(i))


def check_caps_and_errors_are_told(server, folder):
    b = server.in_project("caps")
    for call, words in ((lambda: b.list_artifacts(limit=100_001), "100000"),
                        (lambda: b.get_lineage("gone"), "not_found"),
                        (lambda: b.list_artifacts(limit="many"), "limit")):
        try:
            call()
        except RuntimeError as e:
            assert words in str(e), e
        else:
            raise AssertionError("not refused: " + words)


def catalog_calls(catalog):
    """Every call of the facade that users have."""
    raw = catalog.register("raw", "Dataset", data={"a": [1, 2.5, "é"]}, version="1")
    twin = catalog.register("twin", "Dataset", data={"a": [1, 2.5, "é"]}, version="1", parent_ids=[raw])
    model = catalog.register("fraud", "Model", data=[1], parent_ids=[raw], tags={"f1": 0.9}, source_pipeline="p",
                             source_step="s", source_run_id="r", metadata={"k": {"d": 1}}, uri="u", version="9")
    catalog.tag(model, stage="production")
    names = {raw: "raw", twin: "twin", model: "model"}
    lineage = catalog.get_lineage(raw)
    return plain([
        {k: names.get(x, x) if isinstance(x, str) else x for k, x in catalog.get(model).to_dict().items()
         if k != "parent_ids"},
        [names[a.artifact_id] for a in catalog.list()], [names[a.artifact_id] for a in catalog.list(tags={"f1": 0.9})],
        [names[a.artifact_id] for a in catalog.search("production")],
        names[catalog.find_by_hash(catalog.get(twin).content_hash).artifact_id],
        names[lineage["artifact"]["artifact_id"]], sorted(names[c["artifact_id"]] for c in lineage["children"])])


def with_environment(server, project, work):
    os.environ["FLOWYML_CATALOG_ENDPOINT"] = server.url + PROJECTS + server.mark + project + "/catalog"
    if server.key:
        os.environ["FLOWYML_CATALOG_API_KEY"] = server.key
    try:
        return work()
    finally:
        os.environ.pop("FLOWYML_CATALOG_ENDPOINT")
        os.environ.pop("FLOWYML_CATALOG_API_KEY", None)


def check_the_catalog_by_its_environment_variables(server, folder):
    theirs = catalog_calls(ArtifactCatalog(LocalCatalogBackend(str(folder / "facade.db"))))
    equal(theirs, with_environment(server, "facade", lambda: catalog_calls(ArtifactCatalog())))


def outputs(backend):
    return [(e.name, e.artifact_type, e.source_step, e.source_pipeline, e.content_hash, bool(e.source_run_id))
            for e in backend.list_artifacts()]


def check_a_pipeline_run(server, folder):
    place = folder / "pipeline"
    place.mkdir()
    os.chdir(place)
    run_pipeline()
    theirs = outputs(LocalCatalogBackend())
    assert theirs, "FlowyML registered nothing"
    with_environment(server, "pipeline", run_pipeline)
    equal(theirs, outputs(server.in_project("pipeline")))
    equal(len(theirs), len(outputs(LocalCatalogBackend())), "what went to the server went nowhere else")


def check_a_file_that_was_pushed(server, folder):
    """A file that FlowyML alone wrote, moved to the server: its client finds there what its local backend had."""
    local = LocalCatalogBackend(str(folder / "pushed.db"))
    filled(local)
    local.register(v("late", "late", parent_ids=["unknown"], tags={"x": float("nan"), "list": [1]}))
    local.tag("late", {"stage": "production"})
    environment = {**os.environ, **({"FLOWYML_CATALOG_API_KEY": server.key} if server.key else {})}
    push = [server.command, "--catalog", str(folder / "pushed.db"), "push", "--to", server.url + "/api/v1/catalog",
            "--project", server.mark + "pushed"]

    def pushed():
        return subprocess.run(push, capture_output=True, text=True, env=environment).stderr

    assert "pushed" in pushed()
    remote = server.in_project("pushed")

    def there(b):
        return sorted((plain(e) for e in b.list_artifacts(limit=1000)), key=lambda e: e["artifact_id"])

    equal(there(local), there(remote))
    assert len(there(remote)) > 3
    remote.register(v("team", "team"))
    local.tag("late", {"stage": "archived"})
    pushed()
    equal(plain(local.get("late")), plain(remote.get("late")))
    assert "nothing to move" in pushed()


def check_recipes_of_the_page(server, folder):
    """The blocks of Python on the page, in their order, each with what the one before left."""
    b = server.in_project("recipes")
    b.register(entry("m1", "fraud_detector", tags={"f1_score": 0.8}))
    b.register(entry("m2", "fraud_detector", tags={"f1_score": 0.93}))
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text().split("## Recipes")[1], re.S)
    assert len(blocks) >= 5, blocks
    os.environ["FLOWYML_CATALOG_API_KEY"] = server.key or ""
    names = {}
    for block in blocks:
        block = block.replace("https://catalog.example.com", server.url)
        block = block.replace("/projects/default", "/projects/" + server.mark + "recipes")
        exec(compile(block, "docs/flowyml.md", "exec"), names)
    os.environ.pop("FLOWYML_CATALOG_API_KEY")


def check_no_other_key_gets_in(server, folder):
    wrong = RemoteCatalogBackend(server.url, api_key="fck_wrong")
    if server.key:
        equal("RuntimeError", outcome(wrong.list_artifacts))
        equal(None, wrong.get("m"))
    else:
        equal([], wrong.search("nothing at all"))  # without keys, one that is set all the same does no harm


def run(checks, server, folder, title):
    failed = 0
    for name, check in checks:
        started = time.monotonic()
        said = "ok"
        try:
            check(server, folder)
        except Exception as e:  # whatever it is, the other checks still say something
            said, failed = "FAILED: %s" % (e if isinstance(e, AssertionError) else traceback.format_exc()), failed + 1
        print("%-25s %-50s %5.1f s  %s" % (title, name[6:].replace("_", " "), time.monotonic() - started, said), flush=True)
    return failed


def main():
    folder, command, names = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    logging.disable(logging.CRITICAL)
    checks = [(n, c) for n, c in globals().items() if n.startswith("check_") and (not names or n in names)]
    databases = {"SQLite": None}
    if os.environ.get("FLOWYML_TEST_DATABASE"):
        databases["PostgreSQL"] = os.environ["FLOWYML_TEST_DATABASE"]
    failed = 0
    for database, url in databases.items():
        for keyed in (False, True):
            title = database + (", with a key" if keyed else ", without a key")
            place = folder / title.replace(", ", "-").replace(" ", "-")
            place.mkdir()
            options = ["--catalog", str(place / "served.db")] if url is None else ["--database", url]
            server = Server(command, options, keyed)
            try:
                failed += run(checks, server, place, title)
            finally:
                server.stop()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
