"""Breaks of tension between two Actors, by the running alarm and over the whole history, and what moved
them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from allegata.monitoring.alarms import Direction, find_alarms
from allegata.monitoring.history import FEWEST, find_changes_of_level
from allegata.monitoring.names import same_party
from allegata.monitoring.periods import Unit, periods_between
from allegata.monitoring.tension import Mover, Side, Tension

SMOOTHED: dict[Unit, int] = {"day": 28, "week": 8}
"""Periods over which the size of the collection is averaged."""

STEADY = 20.0
"""Tellings a period that are added to the size of the collection, so that a small one, whose size is mostly
chance, is taken as steady."""

MOST_MOVERS = 10


@dataclass(frozen=True, slots=True)
class Break:
    """A change of level in one series of one dyad. ``found_by`` the running "alarm", raised in the period
    ``at``, or by "history", which sees what came after. ``before`` and ``after`` are mean values a period,
    ``coverage_*`` mean documents a period; ``movers`` the claims and documents of the new level that are most
    of it (in a fall: of the old one)."""

    source: str
    target: str
    series: str
    side: Side
    unit: Unit
    found_by: Literal["alarm", "history"]
    at: str
    since: str
    direction: Direction
    before: float
    after: float
    coverage_before: float
    coverage_after: float
    movers: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """One series of one dyad over every period of the collection, those without anything too. ``counts`` are
    values over the intensity of a telling, ``exposures`` how much else was collected, 1 on average."""

    source: str
    target: str
    series: str
    side: Side
    unit: Unit
    periods: tuple[str, ...]
    points: tuple[Tension | None, ...]
    counts: tuple[float, ...]
    exposures: tuple[float, ...]

    @property
    def is_told(self) -> bool:
        """Whether there are tellings enough for a level, and so for a change of it."""
        return sum(self.counts) >= FEWEST


def tracks(tension: Iterable[Tension], last: str | None = None) -> list[Track]:
    """The series of ``tension`` (of one unit), filled with the periods in which nothing came. All end with
    the newest period, or ``last`` where that is later: that nothing came is something to know."""
    pairs: dict[frozenset[str], list[Tension]] = defaultdict(list)
    collected = Counter[str]()
    first, end = "", last or ""
    for t in tension:
        pairs[frozenset((same_party(t.source), same_party(t.target)))].append(t)
        collected[t.period] += counted(t)
        first, end = min(first or t.period, t.period), max(end, t.period)
    if not pairs:
        return []
    unit = next(iter(pairs.values()))[0].unit
    periods = periods_between(first, end, unit)
    found = [track for mine in pairs.values() for track in tracks_of(mine, collected, periods)]
    return sorted(found, key=lambda t: (same_party(t.source), same_party(t.target), t.series, t.side))


def counted(one: Tension) -> int:
    """The tellings of a value, for the size of the collection: an alleged act stands in an accusation that
    is counted already."""
    return one.tellings if one.series != "alleged_act" else 0


def tracks_of(found: Sequence[Tension], collected: Mapping[str, int], periods: Sequence[str]) -> list[Track]:
    """The series of one pair of parties, of which ``found`` is all tension. ``collected`` are the tellings of
    the whole collection by period, and ``periods`` all of its periods."""
    mine = Counter[str]()
    grouped: dict[tuple[str, str, str, Side], dict[str, Tension]] = defaultdict(dict)
    for t in found:
        grouped[t.source, t.target, t.series, t.side][t.period] = t
        mine[t.period] += counted(t)
    unit = found[0].unit
    exposures = _exposures([collected.get(p, 0) - mine[p] for p in periods], unit)
    out = []
    for (source, target, series, side), by_period in sorted(grouped.items(), key=lambda one: one[0]):
        points = tuple(by_period.get(p) for p in periods)
        told = sum(p.tellings for p in by_period.values())
        scale = sum(p.value for p in by_period.values()) / told if told else 1.0
        counts = tuple(p.value / scale if p and scale else 0.0 for p in points)
        out.append(Track(source, target, series, side, unit, tuple(periods), points, counts, exposures))
    return out


def find_breaks(tension: Iterable[Tension], last: str | None = None) -> list[Break]:
    """The breaks of every series that has tellings enough, in order of time. A dyad of a few tellings has
    none: it is in `tracks`, where `Track.is_told` says so."""
    return in_order(one for track in tracks(tension, last) for one in breaks_of(track))


def in_order(found: Iterable[Break]) -> list[Break]:
    return sorted(found, key=lambda b: (b.at, b.source, b.target, b.series, b.side, b.found_by))


def breaks_of(track: Track, *, only_alarms: bool = False) -> Iterator[Break]:
    """The breaks of one series: by the running alarm, then over its history."""
    if not track.is_told:
        return
    start = 0
    for alarm in find_alarms(track.counts, track.unit, track.exposures):
        yield _break(track, "alarm", start, alarm.since, alarm.at, alarm.at + 1)
        start = alarm.since
    if only_alarms:
        return
    edges = [0, *find_changes_of_level(track.counts, track.unit, track.exposures), len(track.periods)]
    for before, since, end in zip(edges, edges[1:], edges[2:], strict=False):
        yield _break(track, "history", before, since, since, end)


def _break(
    track: Track, found_by: Literal["alarm", "history"], start: int, since: int, at: int, end: int
) -> Break:
    """The break at ``since`` between the levels of [start, since) and [since, end)."""
    old, new = track.points[start:since], track.points[since:end]
    rise = _level(track, since, end) >= _level(track, start, since)
    return Break(
        track.source,
        track.target,
        track.series,
        track.side,
        track.unit,
        found_by,
        track.periods[at],
        track.periods[since],
        "rise" if rise else "fall",
        _mean([p.value if p else 0.0 for p in old]),
        _mean([p.value if p else 0.0 for p in new]),
        _mean([p.coverage if p else 0 for p in old]),
        _mean([p.coverage if p else 0 for p in new]),
        _movers(new if rise else old),
    )


def _level(track: Track, start: int, end: int) -> float:
    spent = sum(track.exposures[start:end])
    return sum(track.counts[start:end]) / spent if spent else 0.0


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 6) if values else 0.0


def _movers(points: Iterable[Tension | None]) -> tuple[Mover, ...]:
    weights: dict[str, float] = defaultdict(float)
    for point in points:
        for mover in point.movers if point else ():
            weights[mover.id] += mover.weight
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_MOVERS]
    return tuple(Mover(one, round(weight, 6)) for one, weight in ranked)


def _exposures(others: Sequence[int], unit: Unit) -> tuple[float, ...]:
    """How much was collected about others around each period: a mean over the periods before it and itself,
    over the mean of all. A collection that grows by ten feeds is no tension, and its size is best seen where
    these two parties are not."""
    width = SMOOTHED[unit]
    total, sums = 0.0, [0.0]
    for n in others:
        total += n
        sums.append(total)
    smooth = [
        (sums[i + 1] - sums[max(0, i + 1 - width)]) / min(i + 1, width) + STEADY for i in range(len(others))
    ]
    mean = sum(smooth) / len(smooth)
    return tuple(s / mean for s in smooth)
