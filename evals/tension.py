"""Tension: does one story reprinted fifty times move it as one, and are planted changes found?

Reprints go the whole way: invented pages are added to a new store, read, linked, and the tension is measured
with one copy and with fifty, some under another headline, some with a line of the outlet's own around them.

Planted changes stand in simulated series, seeded. Counts of events scatter beyond chance; there is no dated
collection beside the checkout to take the scatter from, so negative binomial counts of three dispersions are
drawn (variance = mean + 0.2, 0.5 and 1 mean²), of means of 2 and 8 a period, in weeks over three years and in
days over two. A change is to the threefold, or to a third, and lasts. It is found by the alarm when one is
raised for it within 12 weeks or 45 days, and by history when a change point lies within 6 weeks or 21 days.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

import allegata
from allegata.model import Document
from allegata.monitoring.alarms import find_alarms
from allegata.monitoring.history import find_changes_of_level
from allegata.monitoring.periods import PER_YEAR, Unit
from evals.figures import run

REPRINTS = 50
SERIES = 10
"""Simulated series a kind."""
LENGTH: dict[Unit, int] = {"week": 156, "day": 730}
MEANS = (2.0, 8.0)
DISPERSIONS = (0.2, 0.5, 1.0)
RATIO = 3.0
SOON: dict[Unit, int] = {"week": 12, "day": 45}
NEAR: dict[Unit, int] = {"week": 6, "day": 21}

STORY = (
    "Castellan accused Orrin of shelling the ferry pier at Lowmere on Tuesday, killing three dockers.\n\n"
    '"Orrin shelled the pier for an hour," Castellan defence ministry spokeswoman Tamsin Hale '
    "told reporters in the capital.\n\nOrrin attacked Castellan with drones on Monday night, and two depots "
    "burned down. "
    "The two countries share a border of ninety kilometres along the river Teyn."
)
OTHER = (
    "Orrin and Castellan signed an agreement on fishing in the Teyn estuary last year.\n\n"
    "The agreement lets boats of both countries fish until October, the Castellan fisheries board said."
)


def measure() -> Mapping[str, float]:
    return {"reprints_change": reprints_change(), **dict(planted())}


def reprints_change() -> float:
    """The largest change of a value, or of its normalised rate, by fifty reprints against one copy."""
    with tempfile.TemporaryDirectory() as folder:
        one = _figures(Path(folder) / "one.db", 1)
        fifty = _figures(Path(folder) / "fifty.db", REPRINTS)
    if not one:
        return 1.0
    return max(
        abs(fifty.get(key, 0.0) - one.get(key, 0.0)) / max(one.get(key, 0.0), 1e-9) if key in one else 1.0
        for key in {*one, *fifty}
    )


def _figures(store: Path, copies: int) -> dict[tuple[str, ...], float]:
    with allegata.open(str(store)) as library:
        library.add(_pages(copies))
        tension = library.tension()
    named = [((t.source, t.target, t.period, t.series, t.side), t) for t in tension]
    return {(*key, "value"): t.value for key, t in named} | {(*key, "rate"): t.rate for key, t in named}


def _pages(copies: int) -> Iterator[Document]:
    yield Document("other", OTHER, outlet="Teyn Courier", published="2025-05-14T08:00:00+00:00")
    for n in range(copies):
        before = f"{n} Post - " if n % 3 == 1 else ""
        after = f"\n\nReaders may write to the editors of paper {n}." if n % 3 == 2 else ""
        published = f"2025-05-14T{9 + n % 12:02}:{n:02}:00+00:00"
        title = f"Pier shelled, paper {n} reports" if n else "Pier shelled"
        yield Document(
            f"copy{n}", before + STORY + after, outlet=f"Paper {n}", title=title, published=published
        )


def planted() -> Iterator[tuple[str, float]]:
    """(figure, value) over all kinds of series."""
    random = np.random.default_rng(20260301)
    rises: dict[str, list[bool]] = {"alarm": [], "history": []}
    falls: dict[str, list[bool]] = {"alarm": [], "history": []}
    false, years = {"alarm": 0, "history": 0}, 0.0
    for unit, mean, phi in ((u, m, p) for u in LENGTH for m in MEANS for p in DISPERSIONS):
        length = LENGTH[unit]
        for _ in range(SERIES):
            steady = _counts(random, np.full(length, mean), phi)
            years += length / PER_YEAR[unit]
            false["alarm"] += len(find_alarms(steady, unit))
            false["history"] += len(find_changes_of_level(steady, unit))
            for ratio, found in ((RATIO, rises), (1 / RATIO, falls)):
                at = int(random.integers(length // 2, length * 3 // 4))
                levels = np.full(length, mean)
                levels[at:] *= ratio
                series = _counts(random, levels, phi)
                wanted = "rise" if ratio > 1 else "fall"
                alarms = find_alarms(series, unit)
                found["alarm"].append(
                    any(at <= a.at < at + SOON[unit] and a.direction == wanted for a in alarms)
                )
                points = find_changes_of_level(series, unit)
                found["history"].append(any(abs(p - at) <= NEAR[unit] for p in points))
    for name in ("alarm", "history"):
        yield f"{name}_found", sum(rises[name]) / len(rises[name])
        yield f"{name}_false_a_year", false[name] / years
        yield f"{name}_falls_found", sum(falls[name]) / len(falls[name])


def _counts(random: np.random.Generator, means: np.ndarray, phi: float) -> list[float]:
    return [float(n) for n in random.poisson(random.gamma(1 / phi, means * phi))]


if __name__ == "__main__":
    run(measure)
