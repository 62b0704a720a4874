"""Paths of 10,000 artifacts that Corpus made, in no order: PROJECT'S PATH, HOW MANY THERE ARE."""

import random
import sys

random.seed(1)
for _ in range(10_000):
    i = random.randrange(int(sys.argv[2]))
    print(f"{sys.argv[1]}/artifacts/a{i:08d}-0000-4000-8000-{i * 2654435761 & 0xFFFFFFFFFFFF:012x}")
