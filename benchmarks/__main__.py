"""``python -m benchmarks``: what reading, adding and linking cost, against pinned floors. Ten minutes of a
processor; ``--large`` takes the sizes that the targets speak of, and an hour.

CPU seconds of `read` and `add` include starting up, loading models and writing the store; all is on one
process and one thread. Every document is invented, the same each time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import claiming, descent, growth, one_more, pages, scale
from benchmarks.process import run
from benchmarks.stories import documents, long_text
from evals import gate

BASELINE = Path(__file__).with_name("baseline.toml")
ARTICLES = 150
WORDS = 500
PORTIONS = 4
HOSTILE_CHARACTERS = 100_000
HOSTILE = {
    "prose": "The harbour office said on Monday that a barge had sunk. Its captain denied it was old.\n\n",
    "one paragraph": "The mayor said the army shelled the bridge and that it would do so again, ",
    "no punctuation": "the mayor said the army shelled the bridge she denied it he claimed ",
    "opened quotes": "“He said ",
    "closed quotes": "“No,” he said. ",
    "lines of a word": "said\n",
    "one word": "a",
    "signs": "(\"'",
    "zero width": "T\u200bh\u200be m\u200bayor s\u200baid n\u200bo. ",
}
SLACK = 0.2
"""How far `--raise` leaves a floor behind: CPU time on a busy machine varies by that much."""


@dataclass(frozen=True, slots=True)
class Size:
    """Documents of a portion that is added, documents that are stored, stories of one point of the curve,
    documents of the store that pages are made of."""

    portion: int
    stored: int
    stories: int
    paged: int


USUAL = Size(200, 20_000, descent.STORIES, pages.SIZE)
LARGE = Size(500, 100_000, 3 * descent.STORIES, 100_000)


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def measure_articles(folder: Path, _: Size) -> dict[str, float]:
    """`read` and `add` of articles of 500 words."""
    rows = [{"id": f"a{n}", "text": long_text(WORDS, n)} for n in range(ARTICLES)]
    path = write(folder / "articles.jsonl", rows)
    out = folder / "out.jsonl"
    read = run(["read", path, "--json", "--jobs", "1"], out)
    assert len(out.read_bytes().splitlines()) == ARTICLES
    add = run(["add", path, "--store", folder / "articles.db", "--jobs", "1"], out)
    return {
        "read.documents_per_cpu_second": ARTICLES / read.cpu,
        "read.peak_mb": read.peak_mb,
        "add.documents_per_cpu_second": ARTICLES / add.cpu,
    }


def measure_growth(folder: Path, size: Size) -> dict[str, float]:
    """`add` of documents in four portions: the CPU seconds of the last by those of the first."""
    rows = documents(size.portion * PORTIONS)
    costs = []
    for n in range(PORTIONS):
        first, end = n * size.portion, (n + 1) * size.portion
        path = write(folder / f"portion-{n}.jsonl", rows[first:end])
        costs.append(run(["add", path, "--store", folder / "news.db", "--jobs", "1"], folder / "out.txt"))
        print(f"add: documents {first} to {end}: {costs[-1].cpu:.0f} CPU s", file=sys.stderr)
    return {"add.growth": costs[-1].cpu / costs[0].cpu, "add.peak_mb": max(cost.peak_mb for cost in costs)}


def measure_hostile(folder: Path, _: Size) -> dict[str, float]:
    """CPU seconds of `read` over texts made to be dear, by those over prose of the same length."""
    costs = {}
    for kind, unit in HOSTILE.items():
        text = (unit * (HOSTILE_CHARACTERS // len(unit) + 1))[:HOSTILE_CHARACTERS]
        path = write(folder / "hostile.jsonl", [{"id": "h", "text": text, "language": "en"}])
        costs[kind] = run(["read", path, "--json", "--jobs", "1"], folder / "out.jsonl").cpu
        print(f"read: {kind}: {costs[kind]:.1f} CPU s", file=sys.stderr)
    prose = costs.pop("prose")
    return {"read.hostile": max(costs.values()) / prose}


def measure_scale(_: Path, size: Size) -> dict[str, float]:
    """`add` of documents that are read already, in a small store and a large one."""
    return {f"scale.{name}": value for name, value in scale.measure(size.stored).items()}


def measure_story(_: Path, __: Size) -> dict[str, float]:
    """Making the claims of one story, as it grows, and one document more of it."""
    found = growth.measure() | one_more.measure()
    return {f"story.{name}": value for name, value in found.items()}


def measure_descent(_: Path, size: Size) -> dict[str, float]:
    """The error of the count of origins of stories whose lines of descent are known."""
    return {
        f"descent.{name}": value for name, value in descent.figures(descent.measure(size.stories)).items()
    }


def measure_pages(folder: Path, size: Size) -> dict[str, float]:
    """What pages cost the server in a store of many claims, and whether they answer while another adds."""
    store = folder / "claims.db"
    claiming.fill_with_claims(store, size.paged)
    found = pages.figures(pages.measure(store))
    refused, _ = pages.while_adding(store, folder)
    return {f"pages.{name}": value for name, value in (found | {"refused_while_adding": refused}).items()}


PARTS = {
    "articles": measure_articles,
    "growth": measure_growth,
    "hostile": measure_hostile,
    "scale": measure_scale,
    "story": measure_story,
    "descent": measure_descent,
    "pages": measure_pages,
}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[[], *PARTS], help=f"which to measure (all: {', '.join(PARTS)})"
    )
    parser.add_argument(
        "--large",
        action="store_true",
        help=f"{LARGE.stored:,} documents stored instead of {USUAL.stored:,}, and more of what else grows",
    )
    gate.options(parser)
    arguments = parser.parse_args(argv)
    values: dict[str, float] = {}
    for part in arguments.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            values |= PARTS[part](Path(folder), LARGE if arguments.large else USUAL)
    return gate.settle(parser, arguments, values, {}, BASELINE, SLACK)


if __name__ == "__main__":
    sys.exit(main())
