"""``python -m benchmarks.one_more``: what one more document costs a story that is already large.

A story of relays and denials of one accusation (`growth`) is linked in a store at two sizes; then one more
document of it is put and linked. The story that it touches is made anew as a whole, so that the cost grows
with its size; what would grow with the square of it shows in the ratio.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from allegata.linking import link, make_features
from allegata.model import Reading
from allegata.store import Store, open_store
from benchmarks.growth import reading

SMALL, LARGE = 50, 500
TIMES = 3
"""Documents that are added one after the other; the cheapest counts."""


def _put(store: Store, run: int, readings: Sequence[Reading]) -> None:
    for one, f in zip(readings, make_features(readings), strict=True):
        store.put_document(one.document)
        store.put_features(f.document_id, f.payload, f.keys, f.vectors, run)
        store.put_reading(one, run)


def cost(size: int) -> float:
    """CPU seconds of one document more, of a claim of so many."""
    rng = random.Random(size)
    readings = [reading(n, rng) for n in range(size + TIMES)]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "news.db"))
        run = store.start_run("one more", "")
        _put(store, run, readings[:size])
        link(store, run)
        spent = []
        for one in readings[size:]:
            start = time.process_time()
            _put(store, run, [one])
            link(store, run)
            spent.append(time.process_time() - start)
        assert max(len(c.documents) for c in store.claims()) > size / 2
    return min(spent)


def measure() -> dict[str, float]:
    """CPU seconds of one document more at both sizes, and the greater by the smaller."""
    few, many = cost(SMALL), cost(LARGE)
    return {f"seconds_at_{SMALL}": few, f"seconds_at_{LARGE}": many, "one_more": many / few}


if __name__ == "__main__":
    print(json.dumps({k: round(v, 3) for k, v in measure().items()}, indent=1))
