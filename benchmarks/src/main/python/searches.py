"""Paths of searches over the artifacts of Corpus, first pages: of words, names, tags, types and ranges."""

import itertools
import sys
import urllib.parse

WORDS = ["fraud", "churn", "credit", "vision", "speech", "ranking", "pricing", "demand", "click", "risk"]
TEAMS = ["fraud", "growth", "search", "ads", "core", "vision"]
STAGES = ["dev", "staging", "production", "archived"]
FRAMEWORKS = ["sklearn", "xgboost", "pytorch", "jax"]
TYPES = ["Dataset", "Model", "Metrics", "FeatureSet", "Report"]

QUERIES = [
    *WORDS,
    *(f"team:{team}" for team in TEAMS),
    *(f"team:{team} framework:{framework}" for team, framework in itertools.product(TEAMS, FRAMEWORKS)),
    *(f"type:{kind} stage:{stage}" for kind, stage in itertools.product(TYPES, STAGES)),
    *(f"team:{team} f1_score>0.{tenth}" for team, tenth in itertools.product(TEAMS, range(1, 10))),
    *(f"run-{run:07d}" for run in range(0, 100, 7)),
    *(f"{word} framework:{framework}" for word, framework in itertools.product(WORDS, FRAMEWORKS)),
]

for query in QUERIES:
    print(f"{sys.argv[1]}/search?limit=50&q={urllib.parse.quote(query)}")
