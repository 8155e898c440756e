"""Actors: whom a party accuses, who accuses it, how it answers, where and when. All its names are one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from allegata.monitoring.names import is_actor, same_party, titles
from allegata.store.base import ClaimQuery, Store, Tied
from allegata.store.spots import read_spot
from allegata.web import paths, words
from allegata.web.query import ClaimSearch
from allegata.web.views import mapping

SHOWN = 12
"""Claims of each kind that the page shows."""
LOOKED_AT = 1000
"""Claims of which places and times are counted, by it and about it: those with most documents."""
MOST = 40

HALF = 51.0
"""Height of the bars above and of those below."""
WIDEST = 16.0
"""Of one period, in per cent of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or a month: claims by the actor above, about it below. Along time in per cent of the drawing."""

    x: float
    width: float
    by: float
    about: float
    label: str
    title: str
    named: bool
    few: bool
    """Whether it is named where the drawing is narrow, too."""


@dataclass(frozen=True, slots=True)
class Times:
    """Bars on one scale, ``half`` above and ``half`` below the line between them."""

    half: float
    bars: tuple[Bar, ...]


def context(store: Store, name: str) -> dict[str, Any] | None:
    """The page of an actor; ``None`` where no claim knows it."""
    accuses, accused_by = _counterparts(store, name), _counterparts(store, name, turned=True)
    replies = store.tied("replies", name, 20)
    if not (accuses or accused_by or replies):
        return None
    by = store.claims_tied("accuses", name, LOOKED_AT)
    about = store.claims_tied("accuses", name, LOOKED_AT, turned=True)
    answered = store.claims_tied("replies", name, SHOWN)
    spelled = store.spelling(name, party=True) or name
    return {
        "name": titles([name, spelled])[same_party(name)],
        "spelled": spelled,
        "accuses": accuses,
        "accused_by": accused_by,
        "by": _cards(store, by[:SHOWN]),
        "count_by": store.count_tied("accuses", name),
        "about": _cards(store, about[:SHOWN]),
        "count_about": store.count_tied("accuses", name, turned=True),
        "answered": _cards(store, answered),
        "count_answered": store.count_tied("replies", name),
        "replies": [(t.name, t.claims) for t in replies],
        "dyads": _dyads(spelled, [*accuses, *accused_by]),
        "chart": mapping.chart_of(store, tuple(dict.fromkeys([*by, *about]))),
        "places": _places(store, tuple(dict.fromkeys([*by, *about]))),
        "times": _times(store, tuple(by), tuple(about)),
        "looked": min(LOOKED_AT, max(len(by), len(about))),
        "limit": LOOKED_AT,
        "twin": paths.actor(name, twin=True),
    }


def plain(store: Store, name: str) -> dict[str, Any] | None:
    found = context(store, name)
    if found is None:
        return None
    return {
        "actor": found["name"],
        "accuses": [{"actor": t.name, "claims": t.claims} for t in found["accuses"]],
        "accused_by": [{"actor": t.name, "claims": t.claims} for t in found["accused_by"]],
        "claims_by": found["count_by"],
        "claims_about": found["count_about"],
        "claims_answered": found["count_answered"],
        "by": [c.id for c, _ in found["by"]],
        "about": [c.id for c, _ in found["about"]],
        "answered": [c.id for c, _ in found["answered"]],
        "replies": [{"stance": s, "claims": n} for s, n in found["replies"]],
        "dyads": [{"actor": other, "page": page} for other, page in found["dyads"]],
        "places": [{"name": n, "claims": k, "page": page} for n, k, page in found["places"]],
    }


def _counterparts(store: Store, name: str, *, turned: bool = False) -> list[Tied]:
    """Whom it accuses, or who accuses it, by the names that their own pages have; a claim that names nobody
    has an empty name there."""
    found = store.tied("accuses", name, MOST, turned=turned)
    shown = titles(t.name for t in found if t.name)
    return [replace(t, name=shown[same_party(t.name)]) if t.name else t for t in found]


def _cards(store: Store, ids: list[str]) -> list[tuple[Any, words.Strip]]:
    held = store.cards_of(ids)
    return [(held[i], words.strip_of(held[i])) for i in ids if i in held]


def _dyads(name: str, others: list[Tied]) -> list[tuple[str, str]]:
    """The dyads that it makes with those it accuses or is accused by, where both are named."""
    mine = same_party(name)
    if not is_actor(name):
        return []
    found = {t.name: paths.dyad(name, t.name) for t in others if t.name and is_actor(t.name)}
    return [(other, page) for other, page in found.items() if same_party(other) != mine]


def _places(store: Store, ids: tuple[str, ...]) -> list[tuple[str, int, str]]:
    if not ids:
        return []
    found = store.facets(ClaimQuery(ids=ids), ("spot", "country"), SHOWN)
    spots = [(s.name, f.claims) for f in found["spot"] if (s := read_spot(f.value)) is not None]
    return [(n, k, paths.claims(ClaimSearch(place=n).params())) for n, k in spots]


def _times(store: Store, by: tuple[str, ...], about: tuple[str, ...]) -> Times | None:
    """When claims by it and about it were seen, by year, or by month where all lie in one."""
    every = store.periods(ClaimQuery(ids=tuple(dict.fromkeys([*by, *about])))) if by or about else []
    if not every:
        return None
    length = len(every[0].value)
    above, below = _by_period(store, by, length), _by_period(store, about, length)
    most = max(max(above.values(), default=0), max(below.values(), default=0), 1)
    step = min(100 / len(every), WIDEST)
    width = min(4.0, step * 0.7)
    every_so_many = max(1, len(every) // 12)
    bars = []
    for n, period in enumerate(every):
        up, down = above.get(period.value, 0), below.get(period.value, 0)
        bars.append(
            Bar(
                round(n * step + (step - width) / 2, 3),
                round(width, 3),
                round(HALF * up / most, 1),
                round(HALF * down / most, 1),
                period.value,
                f"{period.value}: {up} by it, {down} about it",
                n % every_so_many == 0,
                n % (3 * every_so_many) == 0 or len(every) < 4,
            )
        )
    return Times(HALF, tuple(bars))


def _by_period(store: Store, ids: tuple[str, ...], length: int) -> dict[str, int]:
    """Period -> claims seen in it. Months are added up where years are asked for; a claim that was seen in
    several counts in each, so that there are no more than there are claims."""
    out: dict[str, int] = {}
    for f in store.periods(ClaimQuery(ids=ids)) if ids else []:
        name = f.value[:length]
        out[name] = min(out.get(name, 0) + f.claims, len(ids))
    return out
