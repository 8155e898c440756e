"""From degrees to a drawing: two projections, and the paths of countries and borders in a frame. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from allegata.web.outlines import Box, outlines

KM = 111.32
"""Kilometres of a degree of latitude."""

FINEST = 1.1
"""Units of the drawing between two points of a line; nearer ones fall away."""

SPECK = 0.8
"""A part of a country that is smaller each way is left out, unless it is all there is of it."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing of ``width`` by ``height`` about ``lon`` and ``lat``, ``scale`` units a degree of latitude.

    The ``whole`` world is drawn in the Natural Earth projection, a part of it with true shapes at its middle.
    """

    width: float
    height: float
    lon: float
    lat: float
    scale: float
    whole: bool = False

    def place(self, lon: float, lat: float) -> Point:
        """Where a point of the earth stands in the drawing."""
        if self.whole:
            x, y = natural_earth(lon - self.lon, lat)
            _, middle = natural_earth(0.0, self.lat)
            return self.width / 2 + x * self.scale, self.height / 2 - (y - middle) * self.scale
        squeeze = math.cos(math.radians(self.lat))
        return (
            self.width / 2 + (lon - self.lon) * squeeze * self.scale,
            self.height / 2 - (lat - self.lat) * self.scale,
        )

    def length(self, km: float) -> float:
        """Kilometres as units of the drawing, at its middle."""
        return km / KM * self.scale

    def bounds(self) -> Box:
        """The degrees that the drawing shows: west, south, east, north."""
        if self.whole:
            return -180.0, -90.0, 180.0, 90.0
        tall = self.height / 2 / self.scale
        wide = self.width / 2 / self.scale / math.cos(math.radians(self.lat))
        return self.lon - wide, self.lat - tall, self.lon + wide, self.lat + tall

    def holds(self, point: Point) -> bool:
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


@dataclass(frozen=True, slots=True)
class Drawn:
    """SVG paths: of each country's land, of the borders, and of each contested line by its name."""

    land: dict[str, str]
    borders: str
    contested: tuple[tuple[str, str], ...]


def natural_earth(lon: float, lat: float) -> Point:
    """The Natural Earth projection (Patterson; polynomial by Šavrič, Jenny, Patterson and Hurni 2011), in
    degrees of the equator."""
    p = math.radians(lat)
    p2 = p * p
    p4 = p2 * p2
    p8 = p4 * p4
    x = lon * (0.8707 - 0.131979 * p2 - 0.013791 * p4 + 0.003971 * p2 * p8 - 0.001529 * p4 * p8)
    y = p * (1.007226 + 0.015085 * p2 - 0.044475 * p2 * p4 + 0.028874 * p8 - 0.005916 * p2 * p8)
    return x, math.degrees(y)


def world(width: float = 960.0) -> Frame:
    """All land but the Antarctic."""
    south, north = -57.0, 84.0
    scale = width / (2 * natural_earth(180.0, 0.0)[0])
    low, high = natural_earth(0.0, south)[1], natural_earth(0.0, north)[1]
    height = round((high - low) * scale)
    middle = next(m / 10 for m in range(0, 900) if natural_earth(0.0, m / 10)[1] >= (low + high) / 2)
    return Frame(width, height, 0.0, middle, scale, whole=True)


def around(box: Box, width: float, height: float, least: float = 6.0) -> Frame:
    """A frame that shows all of ``box`` (west, south, east, north) with room about it, and not less than
    ``least`` degrees of latitude. Rounded, so that near boxes share their drawing."""
    west, south, east, north = box
    lon, lat = round((west + east) / 2, 1), max(-56.0, min(80.0, round((south + north) / 2, 1)))
    squeeze = math.cos(math.radians(lat))
    tall = max((north - south) * 1.25, (east - west) * squeeze * 1.25 * height / width, least)
    step = 2 ** (math.ceil(math.log2(tall) * 4) / 4)
    return Frame(width, height, lon, lat, round(height / step, 3))


@lru_cache(maxsize=64)
def draw(frame: Frame) -> Drawn:
    """The countries that the frame shows. Those that it does not show are left out."""
    held = outlines()

    @cache
    def line(arc: int) -> list[Point]:
        return _thin([frame.place(lon, lat) for lon, lat in held.arcs[arc]])

    bounds = frame.bounds()
    land = {}
    for code, rings in held.countries.items():
        found = []
        for ring, box in zip(rings, held.boxes[code], strict=True):
            if _meet(box, bounds) and (clipped := _clip(_joined(line, ring), frame)):
                found.append(clipped)
        shown = [points for points in found if _extent(points) > SPECK]
        if not shown and found:
            shown = [max(found, key=_extent)]
        if shown:
            land[code] = "".join(f"{_path(points)}z" for points in shown)
    seen = {a if a >= 0 else ~a for code in land for ring in held.countries[code] for a in ring}
    contested = (
        (name, _lines([line(a) for a in found if a in seen], frame)) for name, found in held.contested
    )
    return Drawn(
        land,
        _lines([line(a) for a in held.borders if a in seen], frame),
        tuple((name, path) for name, path in contested if path),
    )


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def _thin(points: Sequence[Point]) -> list[Point]:
    """The line without points that the eye cannot tell apart. Its ends stay, so that lines go on meeting."""
    kept = [points[0]]
    x, y = points[0]
    for point in points[1:-1]:
        if abs(point[0] - x) + abs(point[1] - y) >= FINEST:
            kept.append(point)
            x, y = point
    if len(points) > 1:
        kept.append(points[-1])
    return kept


def _joined(line: Callable[[int], list[Point]], ring: Sequence[int]) -> list[Point]:
    points: list[Point] = []
    for arc in ring:
        part = line(arc) if arc >= 0 else line(~arc)[::-1]
        points += part[1:] if points and part[0] == points[-1] else part
    return points


def _extent(points: Sequence[Point]) -> float:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


MARGIN = 8.0
"""Units beyond the frame at which a polygon is cut off, so that the cut is not seen."""


def _clip(points: list[Point], frame: Frame) -> list[Point]:
    """A polygon as far as the frame shows it (Sutherland and Hodgman, one side after the other)."""
    for axis, bound, sign in (
        (0, -MARGIN, 1),
        (0, frame.width + MARGIN, -1),
        (1, -MARGIN, 1),
        (1, frame.height + MARGIN, -1),
    ):
        out: list[Point] = []
        for i, here in enumerate(points):
            before = points[i - 1]
            inside, was = sign * (here[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
            if inside != was:
                share = (bound - before[axis]) / (here[axis] - before[axis])
                out.append(
                    (before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1]))
                )
            if inside:
                out.append(here)
        points = out
    return points


def _lines(arcs: Sequence[Sequence[Point]], frame: Frame) -> str:
    """Lines as one path, without the stretches far outside of the frame."""
    parts = []
    for arc in arcs:
        run: list[Point] = []
        for i, point in enumerate(arc):
            near = any(_near(p, frame) for p in arc[max(0, i - 1) : i + 2])
            if near:
                run.append(point)
            elif run:
                parts.append(_path(run))
                run = []
        if len(run) > 1:
            parts.append(_path(run))
    return "".join(parts)


def _near(point: Point, frame: Frame) -> bool:
    return -MARGIN <= point[0] <= frame.width + MARGIN and -MARGIN <= point[1] <= frame.height + MARGIN


def _path(points: Sequence[Point]) -> str:
    """ "M12.5 8l.4-1.2": tenths of a unit, each step from where the last one ended."""
    x, y = (round(10 * v) for v in points[0])
    parts = [f"M{_tenth(x)} {_tenth(y)}l"]
    for px, py in points[1:]:
        nx, ny = round(10 * px), round(10 * py)
        if (nx, ny) != (x, y):
            for step in (nx - x, ny - y):
                text = _tenth(step)
                parts.append(text if text[0] == "-" or parts[-1][-1] == "l" else f" {text}")
        x, y = nx, ny
    return "".join(parts) if len(parts) > 1 else f"{parts[0]}0 0"


def _tenth(tenths: int) -> str:
    """Tenths as SVG takes them: 12 -> "1.2", -5 -> "-.5", 40 -> "4"."""
    sign, whole, rest = "-" if tenths < 0 else "", abs(tenths) // 10, abs(tenths) % 10
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign}{whole}"
