"""The map: countries filled by how many claims they have, and places as finely as the texts say where."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from allegata.store.base import ClaimQuery, Facet, Store
from allegata.store.spots import Spot, read_spot
from allegata.vocab.countries import countries
from allegata.web import paths
from allegata.web.geography import Drawn, Frame, around, draw, world
from allegata.web.locator import EXACT, PRECISION_WORDS, Label, names_in, owner, ring_km
from allegata.web.outlines import Box, box_of, outlines
from allegata.web.query import BadQuery, ClaimSearch, Pairs, read_search

BORDERS = {"dashed": "dashed where contested", "solid": "all alike", "hidden": "no contested ones"}
VIEWS = {"near": "where the claims are", "world": "the whole world"}

MOST_PLACES = 400
"""Places on the map and in the list: those with most claims."""
MOST_COUNTRIES = 300
STEPS = 5
"""Shades by which countries are filled."""
WIDTH, HEIGHT = 960.0, 540.0
LEAST = 14.0
"""Degrees of latitude that the map shows at least."""
WIDEST = 170.0
"""Degrees of longitude from which the whole world is shown."""
SMALLEST_RING = 7.0
GREATEST = 12.0
"""Radius of the dot of the place with most claims; twice the claims, one unit more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The state of the page: the search over claims, how borders are drawn, which part is shown."""

    search: ClaimSearch
    borders: str = "dashed"
    view: str = "near"

    def params(self, **changes: str) -> list[tuple[str, str]]:
        plain = {"borders": "dashed", "view": "near"}
        drawn = {"borders": self.borders, "view": self.view} | changes
        return self.search.params(page=1) + [(k, v) for k, v in drawn.items() if v != plain[k]]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: a dot, or a ring where the text is less exact. ``href`` leads to its claims."""

    x: float
    y: float
    radius: float
    ring: bool
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A country or a place in the list. ``shade`` is 1 to `STEPS` for a country, 0 for a place."""

    name: str
    country: str
    claims: int
    href: str
    shade: int = 0
    precision: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    frame: Frame
    drawn: Drawn
    fills: dict[str, str]
    links: dict[str, Row]
    points: tuple[Point, ...]
    labels: tuple[Label, ...]


def read_asked(pairs: Pairs) -> Asked:
    """The filters of the list of claims, and ``borders`` and ``view`` as `BORDERS` and `VIEWS`. BadQuery."""
    given = list(pairs)
    chosen = {"borders": "dashed", "view": "near"}
    for name, value in given:
        if name in chosen and value:
            known = BORDERS if name == "borders" else VIEWS
            if value not in known:
                raise BadQuery(f"“{name}” is one of {', '.join(known)}.")
            chosen[name] = value
    return Asked(read_search((k, v) for k, v in given if k not in chosen), **chosen)


def context(store: Store, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    by_country, spots = _counted(store, asked)
    lands = _countries(asked, by_country)
    places = _places(asked, spots)
    total = store.count_claims(asked.search.store_query(None, 0))
    placed = sum(row.claims for row in lands)
    return {
        "asked": asked,
        "chart": _chart(asked, lands, spots),
        "countries": lands,
        "places": places,
        "total": total,
        "unplaced": max(0, total - placed),
        "all_claims": paths.claims(asked.search.params(page=1)),
        "borders": [(k, w, paths.map_page(asked.params(borders=k))) for k, w in BORDERS.items()],
        "views": [(k, w, paths.map_page(asked.params(view=k))) for k, w in VIEWS.items()],
        "contested": [name for name, _ in outlines().contested],
        "outlines_of": outlines().source,
        "most": MOST_PLACES,
        "twin": paths.map_page(asked.params(), "json"),
        "table": paths.map_page(asked.params(), "csv"),
    }


def plain(store: Store, asked: Asked) -> dict[str, Any]:
    """The twin: the lists of the page."""
    by_country, spots = _counted(store, asked)
    return {
        "countries": [
            {"country": r.country, "name": r.name, "claims": r.claims, "page": r.href}
            for r in _countries(asked, by_country)
        ],
        "places": [
            {
                "name": r.name,
                "country": r.country or None,
                "lat": r.lat,
                "lon": r.lon,
                "precision": r.precision,
                "claims": r.claims,
                "page": r.href,
            }
            for r in _places(asked, spots)
        ],
        "outlines": outlines().source,
    }


def table(store: Store, asked: Asked) -> str:
    """The same as CSV."""
    by_country, spots = _counted(store, asked)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["kind", "name", "country", "lat", "lon", "precision", "claims", "page"])
    for kind, rows in (("country", _countries(asked, by_country)), ("place", _places(asked, spots))):
        for r in rows:
            name = f"'{r.name}" if r.name[:1] in "=+-@\t" else r.name  # no formula in a spreadsheet
            writer.writerow([kind, name, r.country, r.lat, r.lon, r.precision, r.claims, r.href])
    return out.getvalue()


def _counted(store: Store, asked: Asked) -> tuple[list[Facet], list[tuple[Spot, int]]]:
    found = store.facets(
        asked.search.store_query(None, 0), ("country", "spot"), max(MOST_PLACES, MOST_COUNTRIES)
    )
    spots = [(spot, f.claims) for f in found["spot"] if (spot := read_spot(f.value)) is not None]
    return found["country"][:MOST_COUNTRIES], spots[:MOST_PLACES]


def _countries(asked: Asked, found: Iterable[Facet]) -> list[Row]:
    known = countries()
    held = [(f, known[f.value].name if f.value in known else f.value) for f in found]
    most = max((f.claims for f, _ in held), default=1)
    return [
        Row(name, f.value, f.claims, _claims(asked, country=f.value), _shade(f.claims, most))
        for f, name in held
    ]


def _shade(claims: int, most: int) -> int:
    """1 to `STEPS`, by the logarithm: a country with ten times the claims is not ten shades darker."""
    if most <= 1:
        return 3
    return max(1, math.ceil(STEPS * math.log(claims + 1) / math.log(most + 1)))


def _places(asked: Asked, spots: Iterable[tuple[Spot, int]]) -> list[Row]:
    return [
        Row(s.name, s.country, n, _there(asked, s), 0, _precise(s), round(s.lat, 4), round(s.lon, 4))
        for s, n in spots
    ]


def _precise(spot: Spot) -> str:
    return PRECISION_WORDS.get(spot.precision or 0, "precision not known")


def _claims(asked: Asked, **filters: str) -> str:
    """The claims of the same search with a filter more."""
    return paths.claims(asked.search.params(page=1, **filters))


def _there(asked: Asked, spot: Spot) -> str:
    return _claims(asked, place=spot.name)


def chart_of(store: Store, ids: tuple[str, ...]) -> Chart:
    """The map of some claims."""
    asked = Asked(ClaimSearch())
    found = store.facets(ClaimQuery(ids=ids), ("country", "spot"), MOST_PLACES)
    spots = [(spot, f.claims) for f in found["spot"] if (spot := read_spot(f.value)) is not None]
    return _chart(asked, _countries(asked, found["country"]), spots)


def _chart(asked: Asked, lands: Sequence[Row], spots: Sequence[tuple[Spot, int]]) -> Chart:
    frame = _frame(asked, lands, spots)
    drawn = draw(frame)
    rows = {row.country: row for row in lands}
    fills = {code: f"fill-{rows[owner(code)].shade}" for code in drawn.land if owner(code) in rows}
    links = {code: rows[owner(code)] for code in fills}
    points = []
    for spot, claims in spots:
        x, y = frame.place(spot.lon, spot.lat)
        if not frame.holds((x, y)):
            continue
        km = ring_km(spot.precision, spot.country or None)
        exact = spot.precision == EXACT
        radius = min(GREATEST, 3.5 + math.log2(claims)) if exact else max(SMALLEST_RING, frame.length(km))
        told = f"{spot.name} ({_precise(spot)}): {claims:,} {'claim' if claims == 1 else 'claims'}"
        points.append(Point(round(x, 1), round(y, 1), round(radius, 1), not exact, told, _there(asked, spot)))
    points.sort(key=lambda p: -p.radius)  # the small ones can be pointed at
    labels = () if frame.whole else names_in(frame, drawn, 24)
    return Chart(frame, drawn, fills, links, tuple(points), labels)


def _frame(asked: Asked, lands: Sequence[Row], spots: Sequence[tuple[Spot, int]]) -> Frame:
    boxes: list[Box] = [(s.lon, s.lat, s.lon, s.lat) for s, _ in spots]
    shown = {s.country for s, _ in spots}
    boxes += [box for row in lands if row.country not in shown and (box := box_of(row.country))]
    if asked.view == "world" or not boxes:
        return world(WIDTH)
    west, south, east, north = (
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    )  # fmt: skip
    if east - west > WIDEST:
        return world(WIDTH)
    return around((west, south, east, north), WIDTH, HEIGHT, LEAST)
