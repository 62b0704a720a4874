"""Values and the content hashes that the real FlowyML package computes for them, one JSON line each.

    hash_values.py fixed > core/src/test/resources/hash-vectors.jsonl
    hash_values.py random --count 20000 --seed 7
    hash_values.py texts --count 20000 --seed 7

A line is {"value": V, "dumps": text, "sorted": text, "hash": hex}: the value itself in the order it was
made, json.dumps of it, the same with sorted keys, and the digest. A lone float has its bits too ("bits",
16 hex digits), so that reading V cannot hide an error. Of "texts" a line is {"text": T, "sorted": text},
where the second is null for a T that Python's json does not read.
"""

import argparse
import json
import logging
import math
import random
import struct
import sys
import tempfile

from flowyml.storage.catalog import ArtifactCatalog, LocalCatalogBackend

ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyz",
    " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "".join(map(chr, range(0, 32))) + "\x7f\x80\x85\xa0\xad",
    "äöüßéñçøłşığž",
    "ΑΒΓабв中文字日本語한국어العربيةहिन्दी",
    "\u2028\u2029\u200b\ufeff\ufffd\uffff\ue000\uf8ff\uff5e\ufb01",
    "\U00010000\U0001f600\U0001f9d1\U000e0001\U0010ffff",
    "\ud800\udbff\udc00\udfff",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["fixed", "random", "texts"])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    logging.disable()  # FlowyML logs to the standard output
    if arguments.kind == "texts":
        for text_line in texts_read(arguments.count, arguments.seed):
            print(text_line)
        return
    values = fixed() if arguments.kind == "fixed" else drawn(arguments.count, arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        catalog = ArtifactCatalog(LocalCatalogBackend(f"{folder}/catalog.db"))
        for made in values:
            print(line(catalog, made, register=arguments.kind == "fixed"))


def line(catalog: ArtifactCatalog, value: object, register: bool) -> str:
    digest = catalog._compute_hash(value)
    if register and value is not None:  # FlowyML gives None no hash
        stored = catalog.get(catalog.register("value", "Value", data=value)).content_hash
        assert stored == digest, (value, stored, digest)
    fields = {
        "value": value,
        "dumps": json.dumps(value),
        "sorted": json.dumps(value, sort_keys=True),
        "hash": digest,
    }
    if isinstance(value, float):
        fields["bits"] = struct.pack(">d", value).hex()
    return json.dumps(fields)


def fixed() -> list:
    return [
        *(None, True, False, [], {}, "", [[]], [{}], {"": None}, {"a": {}}, [None, True, False]),
        *integers(),
        *floats(),
        *texts(),
        *nested(),
        *orders(),
    ]


def integers() -> list:
    edges = [0, 1, 9, 10, 127, 128, 255, 256, 32767, 32768, 2**31 - 1, 2**31, 2**32, 2**53, 2**53 + 1]
    edges += [2**63 - 1, 2**63, 2**64 - 1, 2**64, 10**18, 10**19, 10**30, 10**100, 3**1000, 2**2000]
    return edges + [-n for n in edges[1:]]


def floats() -> list:
    known = [0.0, 1.0, 0.1, 0.5, 0.3, 1 / 3, 2 / 3, 0.93, 100.0, 1e5, 123456.789, 1e22, 1e23, 2.0**53]
    known += [9007199254740993.0, 9999999999999998.0, 1e16, 1.1e16, 123456789012345680.0, 1e-4, 9.999e-5, 1e-5]
    known += [0.001, 0.00012345, 9999999.0, 1e7, 12345678.9, 2e-3, 5e-324, 1e-323, 1.5e-323, 2e-323, 1e-322]
    known += [2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, 8.41e21, 2.0e-3, 4.35]
    known += [math.pi, math.e, 0.1 + 0.2, 1.1, 2.5, 1e-7, 1e-10, 6.02214076e23, 1.616255e-35, 5e-5, 1e15, 1e17]
    powers = [float(f"1e{e}") for e in range(-324, 309, 18)]
    twos = [2.0**e for e in range(-1074, 1024, 89)]
    beside = [math.nextafter(x, d) for x in (1.0, 1e16, 1e-4, 1e7, 1e-3, 1e22) for d in (0.0, math.inf)]
    subnormal = [n * 5e-324 for n in (*range(1, 26), 50, 99, 100, 101, 200, 202, 203, 1000, 123456)]
    positive = known[1:] + powers[1:] + twos + beside + subnormal
    return [0.0, -0.0, math.nan, math.inf, -math.inf, *positive, *(-x for x in positive[::3])]


def texts() -> list:
    single = [*"\x00\x01\x07\b\t\n\x0b\f\r\x1b\x1f \"\\/'<>&\x7f\x80\x9f\xa0\xadé", "\u2028", "\u2029"]
    single += ["\ud7ff", "\ue000", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\U00010000", "\U0001f600", "\U0010ffff"]
    single += ["\ud800", "\udfff", "\udc00\ud800", "a\ud83dz", "\ud83d\U0001f600\ude00"]
    words = ["plain", "with space", "Größe", "naïve café", "日本語", "مرحبا", "👩\u200d🔬", "e\u0301", "\\u0041", "x" * 9000]
    return single + words + ["".join(alphabet) for alphabet in ALPHABETS]


def nested() -> list:
    deep_list, deep_map = [], {}
    for level in range(60):
        deep_list, deep_map = [level, deep_list], {"k": deep_map, "level": level}
    return [
        deep_list,
        deep_map,
        [1, 2.0, "3", None, True, [4, {"five": [6.5]}]],
        {"metrics": {"f1": 0.93, "loss": 1e-7, "n": 150}, "classes": ["setosa", "versicolor"], "ok": True},
        {"a": [math.nan, math.inf, -math.inf, -0.0], "b": {"c": [[], {}, ""]}},
        [[i, i / 7, str(i)] for i in range(300)],
        {f"key{i}": i for i in range(500)},
        [1e16, 10**16, "1e16"],
        [1, 1.0, True, "1"],
    ]


def orders() -> list:
    keys = ["b", "a", "A", "B", "_", "aa", "a b", "", "1", "10", "2", "é", "e\u0301", "z", "ﬁ", "～", "\ue000", "\U0001f600"]
    astral = ["\U00010000", "\uffff", "\ud7ff", "\ue000", "\ud800", "\udfff", "\ud83d\ue000", "\U0001f600", "\ud83dz", "\ud83d"]
    return [
        dict.fromkeys(keys, 1),
        dict.fromkeys(reversed(keys), 1),
        {key: n for n, key in enumerate(astral)},
        {key: n for n, key in enumerate(reversed(astral))},
        {"outer": {"z": 1, "a": {"y": 1, "x": 2}}, "inner": [{"b": 1, "a": 2}]},
        {"x\U0001f600": 1, "x\uff5e": 2, "x": 3, "x\U0001f600\ud83d": 4, "x\U0001f600\ue000": 5},
    ]


def drawn(count: int, seed: int):
    source = random.Random(seed)
    for _ in range(count):
        yield value(source, depth=0)


def texts_read(count: int, seed: int):
    """Texts beside what JSON allows: random values with a few characters taken out, put in or doubled."""
    source = random.Random(seed)
    pieces = [*'{}[],:"\\/ \n\t0123456789.-+eE', "\\u00", "\\ud83d", "null", "NaN", "-Infinity", "Inf", "\x00", "\ufeff", "é", "٣"]
    for _ in range(count):
        made = value(source, depth=4)
        made_text = list(json.dumps(made, ensure_ascii=source.random() < 0.5, indent=source.choice([None, 1])))
        for _ in range(source.randrange(4)):
            at = source.randrange(len(made_text) + 1)
            made_text[at : at + source.randrange(3)] = [source.choice(pieces)] * source.randrange(1, 3)
        joined = "".join(made_text)
        try:
            # a half that is escaped beside one that is not, which no UTF-8 holds, are one character once written
            read = json.dumps(json.loads(json.dumps(json.loads(joined))), sort_keys=True)
        except ValueError:
            read = None
        yield json.dumps({"text": joined, "sorted": read})


def value(source: random.Random, depth: int):
    kind = source.randrange(4 if depth > 5 else 6)
    if kind == 0:
        return source.choice([None, True, False])
    if kind == 1:
        return integer(source)
    if kind == 2:
        return number(source)
    if kind == 3:
        return text(source)
    if kind == 4:
        return [value(source, depth + 1) for _ in range(source.randrange(6))]
    return {text(source): value(source, depth + 1) for _ in range(source.randrange(6))}


def integer(source: random.Random) -> int:
    return source.choice([1, -1]) * source.getrandbits(source.choice([3, 8, 31, 32, 53, 63, 64, 65, 200, 2000]))


def number(source: random.Random) -> float:
    kind = source.randrange(5)
    if kind == 0:
        return struct.unpack(">d", source.getrandbits(64).to_bytes(8, "big"))[0]
    if kind == 1:
        return source.uniform(-1, 1) * 10.0 ** source.randrange(-8, 20)
    if kind == 2:
        return round(source.uniform(0, 1000), source.randrange(5))
    if kind == 3:
        return source.getrandbits(source.choice([2, 8, 20, 52])) * 5e-324
    return float(f"{source.choice(['', '-'])}{source.randrange(1, 100)}e{source.randrange(-330, 310)}")


def text(source: random.Random) -> str:
    alphabet = source.choice(ALPHABETS)
    if source.random() < 0.3:
        alphabet += source.choice(ALPHABETS)
    drawn_text = "".join(source.choice(alphabet) for _ in range(source.randrange(12)))
    return json.loads(json.dumps(drawn_text))  # two halves beside each other are one character in JSON


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.exit(1)
