"""Tension between two parties, in both directions, with the coverage below on the same axis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from allegata.contract import to_plain
from allegata.monitoring.history import FEWEST
from allegata.monitoring.names import same_party
from allegata.monitoring.periods import periods_between
from allegata.monitoring.tension import SERIES, SUMMED, Mover, Tension
from allegata.store.base import Store
from allegata.web import paths
from allegata.web.dyad_chart import draw
from allegata.web.query import BadQuery

MOST_PERIODS = 104
MOST_ROWS = 200
MOST_MOVERS = 5
AT_ONCE = 8
"""Breaks, and rows of weeks, that are seen without unfolding the earlier ones."""
MAX_PAGE = 100_000

WAITING_COUNTED = 4
"""Weeks of a dyad that are counted for its page where its tellings came in just now."""
MOST_WAITING = 1000
"""Dyads with tellings that are not counted in, beyond which they are not numbered."""


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
        "chart": draw(parts, periods),
        "rows": [(t, _movers(behind, t.movers)) for t in rows[:MOST_ROWS]],
        "unshown": max(0, len(rows) - MOST_ROWS),
        "breaks": [(b, _movers(behind, b.movers)) for b in reversed(series.breaks)],
        "at_once": AT_ONCE,
        "checked": series.checked,
        "few": sum(t.tellings for t in found if t.series in SUMMED) < FEWEST,
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
        if t.side == "hostile" and t.series in SUMMED:
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
