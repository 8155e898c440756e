"""How sure a sum over independent tellings is: a bootstrap over them, seeded, so that it says the same
twice."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

REPLICATES = 999
COVERAGE = 0.9
"""Share of the replicates that lies inside the interval."""


def bootstrap(
    weights: Sequence[float], lows: Sequence[int], highs: Sequence[int], key: str
) -> tuple[float, float]:
    """The interval of the sum of ``weights``, each a telling that stands for ``lows`` to ``highs`` origins.

    Each replicate draws how many origins a telling stands for, then counts each of them a Poisson(1) number
    of times (the Poisson bootstrap of Hanley & MacGibbon 2006, in which the number of tellings varies too): a
    sum that rests on one telling is told apart from a sum of many small ones. ``key`` seeds it.
    """
    if not weights:
        return 0.0, 0.0
    random = np.random.default_rng(zlib.crc32(key.encode("utf-8", "replace")))
    low, high = np.asarray(lows), np.asarray(highs)
    origins = random.integers(low, np.maximum(low, high) + 1, size=(REPLICATES, len(weights)))
    sums = random.poisson(origins) @ np.asarray(weights, dtype=float)
    tail = (1 - COVERAGE) / 2
    least, most = np.quantile(sums, (tail, 1 - tail))
    return float(least), float(most)
