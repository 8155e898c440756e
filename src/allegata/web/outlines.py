"""The outlines of countries, their borders, and which of these are contested: ``outlines.json``, read once.

Natural Earth (public domain); ``training/outlines.py`` says how the file was made and who contests what.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""
Box = tuple[float, float, float, float]
"""West, south, east and north."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """``countries`` are rings, each of numbers of ``arcs``; ``~n`` is arc n backwards. ``borders`` are arcs
    between two countries that nobody contests, ``contested`` those that somebody does, by their names.
    """

    arcs: tuple[tuple[Point, ...], ...]
    countries: dict[str, tuple[tuple[int, ...], ...]]
    borders: tuple[int, ...]
    contested: tuple[tuple[str, tuple[int, ...]], ...]
    source: str
    boxes: dict[str, tuple[Box, ...]]
    """Of each ring of a country."""


@cache
def outlines() -> Outlines:
    text = resources.files("allegata.web").joinpath("outlines.json").read_text(encoding="utf-8")
    plain = json.loads(text)
    countries = {c: tuple(tuple(r) for r in rings) for c, rings in plain["countries"].items()}
    contested = tuple((name, tuple(arcs)) for name, arcs in plain["contested"])
    apart = {arc for _, arcs in contested for arc in arcs}
    # an arc that two rings use stands between two countries
    uses = Counter(a if a >= 0 else ~a for rings in countries.values() for ring in rings for a in ring)
    arcs = tuple(_points(deltas, plain["scale"]) for deltas in plain["arcs"])
    return Outlines(
        arcs,
        countries,
        tuple(sorted(a for a, n in uses.items() if n > 1 and a not in apart)),
        contested,
        plain["source"],
        {c: tuple(_box(arcs, ring) for ring in rings) for c, rings in countries.items()},
    )


def _points(deltas: list[int], scale: int) -> tuple[Point, ...]:
    """Longitude and latitude out of the steps between points."""
    x = y = 0
    points = []
    for dx, dy in zip(deltas[::2], deltas[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / scale, y / scale))
    return tuple(points)


def _box(arcs: Sequence[Sequence[Point]], ring: Iterable[int]) -> Box:
    points = [p for arc in ring for p in arcs[arc if arc >= 0 else ~arc]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def box_of(country: str) -> Box | None:
    """The box about a country's greatest part; ``None`` where no outline is held."""
    boxes = outlines().boxes.get(country, ())
    return max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1])) if boxes else None
