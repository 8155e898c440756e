"""A small map of one place: where it lies, and no finer than the text says. The drawing stands in
``templates/map_pieces.html`` (macro ``locator``), its style in ``static/map.css``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from allegata.model import Place
from allegata.vocab.countries import countries
from allegata.web.geography import KM, Drawn, Frame, around, draw
from allegata.web.outlines import Box, box_of

PRECISION_WORDS = {
    1: "exact place",
    2: "near the place",
    3: "district",
    4: "province",
    5: "area or line",
    6: "country",
    7: "at sea or in the air",
}
"""How finely the text says where, after UCDP's precision codes 1 to 7."""

RINGS = {2: 25.0, 3: 40.0, 4: 120.0, 5: 150.0, 7: 100.0}
"""Kilometres of the ring drawn for a precision: it stands for "somewhere about here" and measures nothing.
An exact place is a dot; a country is filled and has neither."""

EXACT, COUNTRY, ABROAD = 1, 6, 7

OWNERS = {"SOM-L": "SOM", "CYP-N": "CYP"}
"""Outlines without a code of ISO 3166 -> the state that they are filled with."""

WIDTH, HEIGHT = 360.0, 240.0
SPAN = 9.0
"""Degrees of latitude that the map of an exact place shows."""

_BARS = (10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Locator:
    """A map with one mark. ``radius`` 0 is a dot; where ``x`` is ``None`` the country itself is the mark."""

    frame: Frame
    drawn: Drawn
    name: str
    country: str | None
    precision: str
    x: float | None
    y: float | None
    radius: float
    labels: tuple[Label, ...]
    bar: float
    bar_words: str

    @property
    def words(self) -> str:
        """What the map shows, for those who do not see it."""
        held = countries().get(self.country or "")
        where = f"{self.name}, {held.name}" if held and held.name != self.name else self.name
        return f"{where} ({self.precision})"


def owner(code: str) -> str:
    """The country that an outline of the file counts to."""
    return OWNERS.get(code, code)


def ring_km(precision: int | None, country: str | None) -> float:
    """Kilometres of a place's ring: that of its precision, but no wider than half its country. 0 is a dot."""
    km = RINGS.get(precision or 0, 0.0)
    box = box_of(country) if country and precision != ABROAD else None
    return min(km, max(8.0, (box[3] - box[1]) * KM / 4)) if box else km


def locate(place: Place, width: float = WIDTH, height: float = HEIGHT) -> Locator | None:
    """The map of a place; ``None`` where it has no point, or is a country that no outline is held of."""
    at: Box
    whole = place.precision == COUNTRY
    box = box_of(place.country) if place.country else None
    if whole:
        if box is None:
            return None
        frame = around(box, width, height)
    elif place.lat is None or place.lon is None or not _on_earth(place.lat, place.lon):
        return None
    else:
        at = (place.lon, place.lat, place.lon, place.lat)
        frame = around(at, width, height, SPAN if place.precision != ABROAD else 2 * SPAN)
    drawn = draw(frame)
    x, y = (None, None) if whole else _rounded(frame.place(place.lon or 0.0, place.lat or 0.0))
    km = next((b for b in reversed(_BARS) if frame.length(b) <= width / 3), _BARS[0])
    return Locator(
        frame,
        drawn,
        place.name,
        place.country,
        PRECISION_WORDS.get(place.precision or 0, "precision not known"),
        x,
        y,
        round(frame.length(ring_km(place.precision, place.country)), 1),
        names_in(frame, drawn),
        round(frame.length(km), 1),
        f"{km} km",
    )


def names_in(frame: Frame, drawn: Drawn, most: int = 12) -> tuple[Label, ...]:
    """Names of the countries whose middle the drawing shows, the most peopled first, none over another."""
    labels: list[Label] = []
    for country in sorted(countries().values(), key=lambda c: -c.population):
        if country.iso3 not in drawn.land or country.lat is None or country.lon is None:
            continue
        x, y = frame.place(country.lon, country.lat)
        half = 3.2 * len(country.name)
        if not (half < x < frame.width - half and 14 < y < frame.height - 14):
            continue
        if all(abs(x - o.x) > half + 3.2 * len(o.text) or abs(y - o.y) > 13 for o in labels):
            labels.append(Label(round(x, 1), round(y, 1), country.name))
        if len(labels) == most:
            break
    return tuple(labels)


def _on_earth(lat: float, lon: float) -> bool:
    return math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)
