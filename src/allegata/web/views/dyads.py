"""Tension between two parties, in both directions, with the coverage below on the same axis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allegata.contract import to_plain
from allegata.monitoring.history import FEWEST
from allegata.monitoring.names import same_party
from allegata.monitoring.periods import periods_between
from allegata.monitoring.tension import SERIES, Mover, Tension
from allegata.store.base import Store
from allegata.web import paths
from allegata.web.query import BadQuery

SHOWN = ("act", "threat", "accusation")
"""Series that are summed in the picture; an alleged act stands in an accusation that is counted already."""

MOST_PERIODS = 104
MOST_ROWS = 200
MOST_MOVERS = 5
MAX_PAGE = 100_000

WAITING_COUNTED = 4
"""Weeks of a dyad that are counted for its page where its tellings came in just now."""
MOST_WAITING = 1000
"""Dyads with tellings that are not counted in, beyond which they are not numbered."""

WIDTH, LEFT, PANEL, GAP = 960.0, 64.0, 130.0, 34.0


def summaries(store: Store, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """Dyads as they were counted last, the tensest first."""
    return [
        {
            "names": row.names,
            "href": paths.dyad(*row.names),
            "hostile": row.hostile,
            "cooperative": row.cooperative,
            "tellings": row.tellings,
            "last": row.last,
        }
        for row in store.dyad_rows(limit, offset)
    ]


def list_context(store: Store, page: int = 1) -> dict[str, Any]:
    total = store.count_dyads()
    last = max(1, -(-total // MOST_ROWS))
    return {
        "rows": summaries(store, MOST_ROWS, (page - 1) * MOST_ROWS),
        "total": total,
        "page": page,
        "before": paths.dyads(_params(page - 1)) if page > 1 else None,
        "after": paths.dyads(_params(page + 1)) if page < last else None,
        "waiting": store.dyads_waiting(MOST_WAITING),
        "most_waiting": MOST_WAITING,
        "twin": paths.dyads(_params(page), twin=True),
        "table": paths.table("dyads"),
    }


def list_json(store: Store, page: int = 1) -> list[dict[str, Any]]:
    """The rows of one page of the list."""
    return summaries(store, MOST_ROWS, (page - 1) * MOST_ROWS)


def read_page(words: str | None) -> int:
    """``page=2``. BadQuery."""
    number = words or "1"
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 0
    if not 0 < page <= MAX_PAGE:
        raise BadQuery(f"“page” goes from 1 to {MAX_PAGE}.")
    return page


def _params(page: int) -> list[tuple[str, str]]:
    return [("page", str(page))] if page > 1 else []


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


def context(store: Store, first: str, second: str) -> dict[str, Any] | None:
    """The page of a dyad; ``None`` where nothing between the two was told."""
    series = store.dyad_series(first, second, WAITING_COUNTED)
    if series is None or not series.tension:
        return None
    found = series.tension
    ends = [t.period for t in found]
    periods = periods_between(min(ends), max(ends), "week")[-MOST_PERIODS:]
    shown = set(periods)
    names = {same_party(n): n for t in found for n in (t.source, t.target)}
    ends_of = (same_party(first), same_party(second))
    directions = [ends_of, ends_of[::-1]] if ends_of[0] != ends_of[1] else [ends_of]
    parts = [
        (
            f"{names.get(a, first)} → {names.get(b, second)}",
            [t for t in found if (same_party(t.source), same_party(t.target)) == (a, b)],
        )
        for a, b in directions
    ]
    rows = sorted(
        (t for t in found if t.period in shown),
        key=lambda t: (t.period, t.source, SERIES.index(t.series), t.side),
        reverse=True,
    )
    heaviest = _heaviest(found)
    listed = (*(t.movers for t in rows[:MOST_ROWS]), *(b.movers for b in series.breaks), heaviest)
    behind = _behind(store, listed)
    return {
        "names": (names[ends_of[0]], names[ends_of[1]]),
        "chart": _chart(parts, periods),
        "rows": [(t, _movers(behind, t.movers)) for t in rows[:MOST_ROWS]],
        "unshown": max(0, len(rows) - MOST_ROWS),
        "breaks": [(b, _movers(behind, b.movers)) for b in series.breaks],
        "checked": series.checked,
        "few": sum(t.tellings for t in found if t.series in SHOWN) < FEWEST,
        "waiting": series.waiting,
        "moved_most": _movers(behind, heaviest),
        "twin": paths.dyad(first, second, twin=True),
    }


def plain(store: Store, first: str, second: str) -> dict[str, Any] | None:
    """The same as JSON, all weeks. ``breaks`` are as of the week ``checked``, and so many weeks ``waiting``
    are told otherwise than they were counted."""
    series = store.dyad_series(first, second, WAITING_COUNTED)
    if series is None or not series.tension:
        return None
    return {
        "tension": [to_plain(t) for t in series.tension],
        "breaks": [to_plain(b) for b in series.breaks],
        "checked": series.checked,
        "waiting": series.waiting,
    }


def _heaviest(found: Iterable[Tension]) -> list[Mover]:
    """What moved the hostile series that are drawn, in all: most first."""
    weights: dict[str, float] = defaultdict(float)
    for t in found:
        if t.side == "hostile" and t.series in SHOWN:
            for mover in t.movers:
                weights[mover.id] += mover.weight
    return [Mover(i, w) for i, w in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))]


def _behind(store: Store, listed: Iterable[Sequence[Mover]]) -> dict[str, dict[str, Any]]:
    """What moved values: claims with their words, documents by their title."""
    ids = {mover.id for movers in listed for mover in movers[:MOST_MOVERS]}
    cards = store.cards_of(ids)
    out = {i: {"claim": card, "href": paths.claim(i)} for i, card in cards.items()}
    for i, head in store.heads(ids - cards.keys()).items():
        out[i] = {"claim": None, "name": head.title or head.outlet or i, "href": paths.document(i)}
    return out


def _movers(behind: Mapping[str, dict[str, Any]], movers: Sequence[Mover]) -> list[dict[str, Any]]:
    return [behind[m.id] | {"weight": m.weight} for m in movers[:MOST_MOVERS] if m.id in behind]


def _chart(parts: Sequence[tuple[str, Sequence[Tension]]], periods: Sequence[str]) -> Chart:
    step = (WIDTH - LEFT - 12) / max(1, len(periods))
    place = {p: LEFT + i * step for i, p in enumerate(periods)}
    top = 26.0
    panels = []
    totals = [(name, _totals(ts, place)) for name, ts in parts]
    highest = max((t[2] for _, by_period in totals for t in by_period.values()), default=0.0) or 1.0
    for name, by_period in totals:
        bars = []
        for p, (value, low, high, tellings) in sorted(by_period.items()):
            if high:
                title = f"week of {p}: {value:.1f} ({low:.1f} to {high:.1f}) from {tellings} tellings"
                bars.append(_bar(place[p], step, top, value, low, high, highest, title))
        told = f"{name}, hostile" if bars else f"{name}: nothing hostile was told"
        height = PANEL if bars else 0.0
        panels.append(Panel(told, top, top + height, _ticks(top, highest) if bars else (), tuple(bars)))
        top += height + GAP
    coverage = dict.fromkeys(periods, 0)
    for t in (t for _, ts in parts for t in ts if t.period in place):
        coverage[t.period] = max(coverage[t.period], t.coverage)
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


def _totals(found: Iterable[Tension], periods: Collection[str]) -> dict[str, tuple[float, float, float, int]]:
    """Value, low, high and tellings of the hostile series together, by period."""
    out: dict[str, tuple[float, float, float, int]] = {}
    for t in found:
        if t.period in periods and t.side == "hostile" and t.series in SHOWN:
            value, low, high, tellings = out.get(t.period, (0.0, 0.0, 0.0, 0))
            out[t.period] = value + t.value, low + t.low, high + t.high, tellings + t.tellings
    return out


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
