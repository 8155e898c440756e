"""Tension between two parties, in both directions, with the coverage below on the same axis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from allegata.contract import to_plain
from allegata.library import Library
from allegata.monitoring.breaks import Break, find_breaks
from allegata.monitoring.names import same_party
from allegata.monitoring.periods import periods_between
from allegata.monitoring.tension import SERIES, Mover, Tension
from allegata.store.base import Store
from allegata.web import paths
from allegata.web.memo import Memo

SHOWN = ("act", "threat", "accusation")
"""Series that are summed in the picture; an alleged act stands in an accusation that is counted already."""

MOST_PERIODS = 104
MOST_ROWS = 200
MOST_MOVERS = 5

WIDTH, LEFT, PANEL, GAP = 960.0, 64.0, 130.0, 34.0


def measured(store: Store, memo: Memo) -> list[Tension]:
    """Tension of the whole store by week."""
    return memo.get("tension", lambda: Library(store).tension("week"))


def summaries(store: Store, memo: Memo) -> list[dict[str, Any]]:
    """The dyads, the tensest first."""
    pairs: dict[frozenset[str], list[Tension]] = defaultdict(list)
    for t in measured(store, memo):
        pairs[frozenset((same_party(t.source), same_party(t.target)))].append(t)
    rows = [_summary(found) for found in pairs.values()]
    return sorted(rows, key=lambda r: (-r["hostile"], -r["cooperative"], r["names"]))


def list_context(store: Store, memo: Memo) -> dict[str, Any]:
    rows = summaries(store, memo)
    return {
        "rows": rows[:MOST_ROWS],
        "unshown": max(0, len(rows) - MOST_ROWS),
        "twin": paths.dyads(twin=True),
        "table": paths.table("dyads"),
    }


def list_json(store: Store, memo: Memo) -> list[dict[str, Any]]:
    return [to_plain(t) for t in measured(store, memo)]


def _summary(found: Sequence[Tension]) -> dict[str, Any]:
    names = sorted({n for t in found for n in (t.source, t.target)}, key=str.casefold)
    by_party = {same_party(n): n for n in reversed(names)}
    first, second = sorted(by_party.values(), key=str.casefold)[:2] if len(by_party) > 1 else (names[0],) * 2
    return {
        "names": (first, second),
        "href": paths.dyad(first, second),
        "hostile": sum(t.value for t in found if t.side == "hostile" and t.series in SHOWN),
        "cooperative": sum(t.value for t in found if t.side == "cooperative" and t.series in SHOWN),
        "tellings": sum(t.tellings for t in found if t.series in SHOWN),
        "last": max(t.period for t in found),
    }


@dataclass(frozen=True, slots=True)
class Bar:
    """One period in a panel: a rectangle, a whisker for the interval, and what it says."""

    x: float
    y: float
    width: float
    height: float
    low: float
    high: float
    title: str


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    top: float
    base: float
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    width: float
    height: float
    left: float
    panels: tuple[Panel, ...]
    labels: tuple[tuple[float, str], ...]


def of_pair(store: Store, memo: Memo, first: str, second: str) -> list[Tension]:
    """The tension between two parties, whoever acts."""
    wanted = {same_party(first), same_party(second)}
    return [t for t in measured(store, memo) if {same_party(t.source), same_party(t.target)} == wanted]


def context(store: Store, memo: Memo, first: str, second: str) -> dict[str, Any] | None:
    """The page of a dyad; ``None`` where nothing between the two was told."""
    found = of_pair(store, memo, first, second)
    if not found:
        return None
    ends = [t.period for t in found]
    periods = periods_between(min(ends), max(ends), "week")[-MOST_PERIODS:]
    names = {same_party(n): n for t in found for n in (t.source, t.target)}
    ends_of = (same_party(first), same_party(second))
    directions = [ends_of, ends_of[::-1]] if ends_of[0] != ends_of[1] else [ends_of]
    parts = [
        (
            f"{names[a]} → {names[b]}",
            [t for t in found if (same_party(t.source), same_party(t.target)) == (a, b)],
        )
        for a, b in directions
    ]
    rows = sorted(
        (t for t in found if t.period in periods),
        key=lambda t: (t.period, t.source, SERIES.index(t.series), t.side),
        reverse=True,
    )
    return {
        "names": (names[same_party(first)], names[same_party(second)]),
        "chart": _chart(parts, periods),
        "rows": [(t, _movers(store, t.movers)) for t in rows[:MOST_ROWS]],
        "unshown": max(0, len(rows) - MOST_ROWS),
        "breaks": [(b, _movers(store, b.movers)) for b in find_breaks(found)],
        "moved_most": _movers(store, _heaviest(found)),
        "twin": paths.dyad(first, second, twin=True),
    }


def plain(store: Store, memo: Memo, first: str, second: str) -> dict[str, Any] | None:
    found = of_pair(store, memo, first, second)
    if not found:
        return None
    breaks: list[Break] = find_breaks(found)
    return {"tension": [to_plain(t) for t in found], "breaks": [to_plain(b) for b in breaks]}


def _heaviest(found: Iterable[Tension]) -> list[Mover]:
    """What moved the hostile series that are drawn, in all: most first."""
    weights: dict[str, float] = defaultdict(float)
    for t in found:
        if t.side == "hostile" and t.series in SHOWN:
            for mover in t.movers:
                weights[mover.id] += mover.weight
    return [Mover(i, w) for i, w in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))]


def _movers(store: Store, movers: Iterable[Any]) -> list[dict[str, Any]]:
    """What moved a value: claims with their words, documents by their title."""
    out = []
    for mover in list(movers)[:MOST_MOVERS]:
        claim = store.claim(mover.id)
        document = None if claim else store.document(mover.id)
        if claim:
            out.append({"claim": claim, "href": paths.claim(claim.id), "weight": mover.weight})
        elif document:
            name = document.title or document.outlet or document.id
            out.append(
                {"claim": None, "name": name, "href": paths.document(document.id), "weight": mover.weight}
            )
    return out


def _chart(parts: Sequence[tuple[str, Sequence[Tension]]], periods: Sequence[str]) -> Chart:
    step = (WIDTH - LEFT - 12) / max(1, len(periods))
    place = {p: LEFT + i * step for i, p in enumerate(periods)}
    top = 26.0
    panels = []
    highest = max((_total(ts, p)[2] for _, ts in parts for p in periods), default=0.0) or 1.0
    for name, ts in parts:
        bars = []
        for p in periods:
            value, low, high, tellings = _total(ts, p)
            if high:
                title = f"week of {p}: {value:.1f} ({low:.1f} to {high:.1f}) from {tellings} tellings"
                bars.append(_bar(place[p], step, top, value, low, high, highest, title))
        told = f"{name}, hostile" if bars else f"{name}: nothing hostile was told"
        height = PANEL if bars else 0.0
        panels.append(Panel(told, top, top + height, _ticks(top, highest) if bars else (), tuple(bars)))
        top += height + GAP
    coverage = {
        p: max((t.coverage for _, ts in parts for t in ts if t.period == p), default=0) for p in periods
    }
    most = max(coverage.values(), default=0) or 1
    bars = [
        _bar(place[p], step, top, n, n, n, most, f"week of {p}: {n} documents")
        for p, n in coverage.items()
        if n
    ]
    panels.append(Panel("coverage, documents", top, top + PANEL / 2, _ticks(top, most, PANEL / 2), tuple(
        Bar(b.x, top + PANEL / 2 - b.height / 2, b.width, b.height / 2, 0, 0, b.title) for b in bars
    )))  # fmt: skip
    every = max(1, len(periods) // 8)
    labels = tuple((round(place[p] + step / 2, 1), p) for i, p in enumerate(periods) if i % every == 0)
    return Chart(WIDTH, top + PANEL / 2 + 30, LEFT, tuple(panels), labels)


def _total(found: Iterable[Tension], period: str) -> tuple[float, float, float, int]:
    """Value, low, high and tellings of the hostile series of a period together."""
    mine = [t for t in found if t.period == period and t.side == "hostile" and t.series in SHOWN]
    return (
        sum(t.value for t in mine),
        sum(t.low for t in mine),
        sum(t.high for t in mine),
        sum(t.tellings for t in mine),
    )


def _bar(
    x: float, step: float, top: float, value: float, low: float, high: float, most: float, title: str
) -> Bar:
    def y(v: float) -> float:
        return round(top + PANEL * (1 - v / most), 1)

    width = max(1.0, min(26.0, step * 0.72))
    at = round(x + (step - width) / 2, 1)
    return Bar(at, y(value), round(width, 1), round(PANEL * value / most, 1), y(low), y(high), title)


def _ticks(top: float, most: float, height: float = PANEL) -> tuple[tuple[float, str], ...]:
    return tuple((round(top + height * (1 - share), 1), f"{most * share:.3g}") for share in (0.0, 0.5, 1.0))
