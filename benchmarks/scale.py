"""``python -m benchmarks.scale``: what adding documents that are already read costs in a store of a thousand
and in one of many.

The store is filled by script (`filling`); then 400 pages of new stories, in the days after the last of the
stored, are put with their Readings and features and linked, in an order by chance. CPU seconds and peak
memory are those of a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from allegata.linking import link
from allegata.store import open_store
from benchmarks.corpus import read_by_hand, timeline
from benchmarks.filling import BASE, features_of, fill
from benchmarks.process import ONE_THREAD

SMALL, SIZE = 1_000, 20_000
ADDED = 400


def measure(size: int = SIZE) -> dict[str, float]:
    """Documents per CPU second and cost a document at ``size`` stored by that at `SMALL`; MB of peak memory
    that the larger store takes beyond the smaller, and of the file, per 100,000 documents."""
    few, many = (_apart(n) for n in (SMALL, size))
    more = (size - SMALL) / 100_000
    return {
        "added_per_cpu_second": ADDED / many["seconds"],
        "growth": many["seconds"] / few["seconds"],
        "memory_mb": max(0.0, many["peak_mb"] - few["peak_mb"]) / more,
        "disk_mb": (many["disk_mb"] - few["disk_mb"]) / more,
    }


def _apart(size: int) -> dict[str, float]:
    """The cost at one size, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.db"
        for step in ("fill", "add"):
            command = [
                sys.executable,
                "-m",
                "benchmarks.scale",
                "--step",
                step,
                str(path),
                "--size",
                str(size),
            ]
            done = subprocess.run(
                command, env=os.environ | ONE_THREAD, check=True, capture_output=True, text=True
            )
        found: dict[str, float] = json.loads(done.stdout)
    print(f"scale: {size} stored: {found}", file=sys.stderr)
    return found


def _fill(path: Path, size: int) -> None:
    pages = timeline(min(size, BASE))
    path.with_suffix(".json").write_text(json.dumps(fill(path, pages, size).isoformat()))


def _add(path: Path) -> Mapping[str, float]:
    last = datetime.fromisoformat(json.loads(path.with_suffix(".json").read_text()))
    pages = timeline(ADDED, seed=2, start=last + timedelta(hours=1))[:ADDED]
    random.Random(1).shuffle(pages)
    made = [(r, features_of(r)) for r in map(read_by_hand, pages)]
    store = open_store(str(path))
    disk = path.stat().st_size / 1e6
    start = time.process_time()
    run = store.start_run("scale", "")
    for reading, f in made:
        store.put_document(reading.document)
        store.put_features(f.document_id, f.payload, f.keys, f.vectors, run)
        store.put_reading(reading, run)
    stored = time.process_time() - start
    report = link(store, run)
    seconds = time.process_time() - start
    assert report.documents == ADDED
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return {
        "seconds": seconds,
        "storing": stored,
        "stories": report.stories,
        "claims": report.claims,
        "peak_mb": peak,
        "disk_mb": disk,
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="documents in the larger store")
    parser.add_argument(
        "--step", nargs=2, metavar=("STEP", "STORE"), help="one step of one size, as the whole runs it"
    )
    arguments = parser.parse_args()
    if arguments.step is None:
        print(json.dumps(measure(arguments.size), indent=1))
    elif arguments.step[0] == "fill":
        _fill(Path(arguments.step[1]), arguments.size)
    else:
        print(json.dumps(_add(Path(arguments.step[1]))))


if __name__ == "__main__":
    main()
