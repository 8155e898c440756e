"""Outlines, projections and the small map of a place."""

from __future__ import annotations

import math
import re

import pytest

from allegata.model import Place
from allegata.vocab.countries import countries
from allegata.web import rendering
from allegata.web.geography import Frame, around, draw, natural_earth, world
from allegata.web.locator import locate, ring_km
from allegata.web.outlines import box_of, outlines


def place(precision: int, lat: float = 32.5, lon: float = 69.8, country: str | None = "AFG") -> Place:
    return Place(0, 5, "Walma", lat, lon, None, country, precision)


def test_every_country_with_an_outline_is_known_and_stands_where_the_vocabulary_has_it() -> None:
    held = outlines()
    assert "public domain" in held.source
    for code in held.countries:
        if "-" not in code and code in countries():
            west, south, east, north = box_of(code) or (0, 0, 0, 0)
            country = countries()[code]
            assert (
                any(
                    b[0] - 3 <= country.lon <= b[2] + 3 and b[1] - 3 <= country.lat <= b[3] + 3
                    for b in held.boxes[code]
                )
                or max(east - west, north - south) < 12
            ), code
    assert {"AFG", "PAK", "XKX", "ESH", "PSE", "TWN"} <= held.countries.keys()


def test_no_outline_goes_beyond_the_date_line() -> None:
    assert all(b[0] >= -180 and b[2] <= 180 and b[2] - b[0] < 180 for b in outlines().boxes["RUS"])


def test_arcs_of_a_ring_join() -> None:
    held = outlines()
    for rings in held.countries.values():
        for ring in rings:
            lines = [held.arcs[a] if a >= 0 else held.arcs[~a][::-1] for a in ring]
            gaps = [
                (one[-1], other[0])
                for one, other in zip(lines, [*lines[1:], lines[0]], strict=True)
                if one[-1] != other[0]
            ]
            # only along the date line does an outline go on without an arc
            assert all(abs(p[0]) == abs(q[0]) == 180 for p, q in gaps)


def test_projection_keeps_the_published_corner_values() -> None:
    # the pole of Natural Earth is a line 0.5571 as long as the equator; its equator is 0.8707 of the globe's
    assert natural_earth(180, 0)[0] == pytest.approx(180 * 0.8707)
    x, y = natural_earth(180, 90)
    assert x / natural_earth(180, 0)[0] == pytest.approx(0.5571, abs=1e-2)
    assert math.radians(y) == pytest.approx(0.52 * math.radians(natural_earth(180, 0)[0]), abs=5e-3)


def test_the_world_shows_every_country_and_stays_in_its_frame() -> None:
    frame = world()
    drawn = draw(frame)
    assert len(drawn.land) == len(outlines().countries)
    numbers = [float(n) for n in re.findall(r"M(-?[\d.]+) ", "".join(drawn.land.values()))]
    assert min(numbers) >= -9 and max(numbers) <= frame.width + 9
    assert {name.split(" (")[0] for name, _ in drawn.contested} >= {"Durand Line", "Western Sahara", "Crimea"}


def test_a_part_of_the_world_leaves_out_what_it_does_not_show() -> None:
    drawn = draw(around((60, 29, 75, 38), 960, 560))
    assert {"AFG", "PAK"} <= drawn.land.keys() and "FRA" not in drawn.land
    assert any(name.startswith("Durand") for name, _ in drawn.contested)
    assert not any(name.startswith("Crimea") for name, _ in drawn.contested)


def test_a_part_has_true_shapes_at_its_middle() -> None:
    frame = Frame(400, 300, 20.0, 60.0, 30.0)
    assert frame.place(20, 60) == (200, 150)
    east, _ = frame.place(21, 60)
    assert east - 200 == pytest.approx(15.0)
    assert frame.length(111.32) == pytest.approx(30.0)


@pytest.mark.parametrize(("precision", "dot"), [(1, True), (2, False), (3, False), (4, False), (7, False)])
def test_no_pin_is_finer_than_the_text(precision: int, dot: bool) -> None:
    found = locate(place(precision))
    assert found is not None and found.x is not None
    assert (found.radius == 0) is dot
    svg = (
        rendering.environment()
        .from_string('{% import "map_pieces.html" as maps %}{{ maps.locator(l) }}')
        .render(l=found)
    )
    assert ('class="point"' in svg) is dot and ('class="ring"' in svg) is not dot
    assert 'role="img"' in svg and "Walma, Afghanistan" in svg and "contested" in svg


def test_a_country_is_filled_and_has_no_pin() -> None:
    found = locate(place(6))
    assert found is not None and found.x is None and "AFG" in found.drawn.land


def test_a_ring_is_no_wider_than_its_country() -> None:
    assert ring_km(4, "AFG") == 120
    assert ring_km(4, "LBN") < 60
    assert ring_km(7, "LBN") == 100


@pytest.mark.parametrize(
    "nowhere",
    [
        Place(0, 1, "X"),
        Place(0, 1, "X", None, None, None, "QQQ", 6),
        Place(0, 1, "X", math.nan, 3.0, None, None, 1),
        Place(0, 1, "X", 1e9, 3.0, None, None, 1),
    ],
)
def test_what_has_no_place_has_no_map(nowhere: Place) -> None:
    assert locate(nowhere) is None
