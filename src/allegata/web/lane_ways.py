"""Ways of lines in the drawing of lanes that cross no label, where there is one. Pure.

Labels stand in rows, so the gaps between rows are free: a line that would cross a label runs along the gap
beside its start and the one beside its end, and changes over where least stands between the two.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import hypot

Point = tuple[float, float]
Cubic = tuple[Point, Point, Point, Point]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

GAP = 11.0
"""From the middle of a row to the middle of the gap beside it."""
BEND = 6.0
SLOTS = (0.0, 3.0, -3.0)
"""Lines that run in the same gap lie that far from its middle, in turns."""
CHANGES = 12
"""Places at which a change from one gap to another is tried."""
BEYOND = 60
"""How far past the later of its ends a line may go before it comes back."""
STEP, STRIDE = 4.0, 16.0
"""Distance of the points at which a way is looked at, and where it is level: marks are no narrower."""
MANY = 99
MOST_SOUGHT = 40
"""Lines for which a way through the gaps is sought; among more than that no line is followed by eye."""
MOST_TRIED = 300
"""Ways that are tried in one drawing: where hardly a way is free, the search ends sooner."""
SURE = 12.0
"""A narrow way that runs through a label for longer than this has a point in it, without a look: points of a
cubic lie at most three times `STEP` apart in height."""
_CELL = 11.0
_COLUMN = 24.0
_HAIR = 1e-6
"""What rounding may move a point by."""


@dataclass(slots=True)
class Stretch:
    """One cubic of a way: what it is known to meet, and what else is ``near`` (by height, in cells) and still
    to be looked at, point by point."""

    cubic: Cubic
    met: set[Box] = field(default_factory=set)
    near: dict[int, list[Box]] = field(default_factory=dict)

    def look(self) -> None:
        for x, y in _points(self.cubic):
            for b in self.near.get(int(y // _CELL), ()):
                if b[0] < x < b[2] and b[1] < y < b[3]:
                    self.met.add(b)
        self.near = {}


class Ways:
    """The ways between labels and marks, each drawn once it is known where all of them stand."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[int, list[Box]] = defaultdict(list)
        self._columns: dict[int, list[tuple[float, Box]]] = defaultdict(list)
        self._widest = self._tallest = 0.0
        for box in sorted(boxes):
            self._widest = max(self._widest, box[2] - box[0])
            self._tallest = max(self._tallest, box[3] - box[1])
            for column in range(int(box[0] // _COLUMN), int(box[2] // _COLUMN) + 1):
                insort(self._columns[column], (box[1], box))
            for cell in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
                self._cells[cell].append(box)
        self._stretches: dict[Cubic, Stretch] = {}
        self._sought = self._tried = 0
        self._used: dict[float, int] = defaultdict(int)

    def way(self, start: Point, end: Point) -> str:
        """A path from ``start`` to ``end``: a plain curve where it meets nothing, else the one through gaps
        that meets least."""
        best = _curve(start, end)
        if self._sought < MOST_SOUGHT and self._tried < MOST_TRIED and (fewest := self._met(best, MANY)):
            self._sought += 1
            for way in _through_gaps(start, end, self._slot(start[1]), self._slot(end[1])):
                self._tried += 1
                met = self._met(way, fewest)
                if met < fewest:
                    best, fewest = way, met
                if not met:
                    break
        return _path(best)

    def _slot(self, row: float) -> float:
        self._used[row] += 1
        return SLOTS[(self._used[row] - 1) % len(SLOTS)]

    def _met(self, way: list[Point], most: int) -> int:
        """How many labels and marks a way meets, up to ``most``; those it begins and ends in do not count."""
        ends = way[0], way[-1]
        stretches = [
            self._stretch((way[n], way[n + 1], way[n + 2], way[n + 3])) for n in range(0, len(way) - 1, 3)
        ]
        met = {b for stretch in stretches for b in stretch.met if not _holds(b, ends)}
        for stretch in stretches:
            if len(met) >= most:
                break
            if stretch.near:
                stretch.look()
                met.update(b for b in stretch.met if not _holds(b, ends))
        return len(met)

    def _stretch(self, cubic: Cubic) -> Stretch:
        """Kept, since ways from one place to another have stretches in common. A curve does not leave the
        rectangle of its points: what stands outside is not met."""
        if (known := self._stretches.get(cubic)) is not None:
            return known
        xs, ys = zip(*cubic, strict=True)
        left, right, top, bottom = min(xs) - _HAIR, max(xs) + _HAIR, min(ys) - _HAIR, max(ys) + _HAIR
        made = self._stretches[cubic] = Stretch(cubic)
        if right - left > _COLUMN:
            cells = range(int(top // _CELL), int(bottom // _CELL) + 1)
            made.near = {cell: some for cell in cells if (some := self._between(cell, left, right))}
            return made
        for b in self._beside(left, right, top, bottom):
            if b[0] < left and b[2] > right and min(bottom, b[3]) - max(top, b[1]) > SURE:
                made.met.add(b)
            else:
                for cell in range(int(b[1] // _CELL), int(b[3] // _CELL) + 1):
                    made.near.setdefault(cell, []).append(b)
        return made

    def _beside(self, left: float, right: float, top: float, bottom: float) -> Iterable[Box]:
        """What stands in a narrow rectangle."""
        found: dict[Box, None] = {}
        for column in range(int(left // _COLUMN), int(right // _COLUMN) + 1):
            some = self._columns.get(column, [])
            first, last = bisect_left(some, (top - self._tallest,)), bisect_left(some, (bottom,))
            for _, b in some[first:last]:
                if b[0] < right and b[2] > left and b[3] > top:
                    found[b] = None
        return found

    def _between(self, cell: int, left: float, right: float) -> list[Box]:
        """What stands in a row of cells from ``left`` to ``right``."""
        some = self._cells.get(cell)
        if not some:
            return []
        first, last = bisect_left(some, (left - self._widest,)), bisect_left(some, (right,))
        return [b for b in some[first:last] if b[2] > left]

    def meets(self, point: Point) -> list[Box]:
        """The labels and marks that stand at a point."""
        x, y = point
        return [b for b in self._cells.get(int(y // _CELL), ()) if b[0] < x < b[2] and b[1] < y < b[3]]


def _holds(box: Box, ends: tuple[Point, Point]) -> bool:
    """Whether a way begins or ends in a label or mark."""
    left, top, right, bottom = box
    return any(left <= x <= right and top <= y <= bottom for x, y in ends)


def _curve(start: Point, end: Point) -> list[Point]:
    """One cubic: leaves to the right and comes in from the left; a bow where both stand above another."""
    (ux, uy), (x, y) = start, end
    if abs(x - ux) < 1:
        return [start, (ux + 28, uy), (x + 28, y), end]
    reach = max(28.0, abs(x - ux) / 2)
    return [start, (ux + reach, uy), (x - reach, y), end]


def _through_gaps(start: Point, end: Point, slot: float, other: float) -> Iterator[list[Point]]:
    """Cubics one after another: into a gap, along it, over to the gap of the end, along that, to the end."""
    (ux, uy), (x, y) = start, end
    side = 1.0 if x >= ux else -1.0
    for below, above in _sides(uy, y):
        g1, g2 = uy + below * GAP + slot, y + above * GAP + other
        if abs(g1 - g2) <= 8:
            g2 = g1
        first, last = ux + side * BEND, x - side * BEND
        room = (last - first) * side
        if room < 2 * BEND:
            continue
        wide = min(room, max(24.0, abs(g2 - g1) * 0.7))
        for i in range(CHANGES):
            a = first + side * (room - wide) * i / (CHANGES - 1)
            b = a + side * wide
            middle = (a + b) / 2
            way = [start, (ux, g1), (ux, g1), (first, g1)]
            way += _straight(way[-1], (a, g1))
            way += [(middle, g1), (middle, g2), (b, g2)]
            way += _straight(way[-1], (last, g2))
            yield [*way, (x, g2), (x, g2), end]
            if g1 == g2:
                break
    for below, above in _sides(uy, y):  # round what stands above the end, and back
        g1, g2 = uy + below * GAP + slot, y + above * GAP + other
        for beyond in range(12, BEYOND, 8):
            turn = max(x, ux) + beyond
            way = [start, (ux, g1), (ux, g1), (ux + BEND, g1)]
            way += _straight(way[-1], (turn - BEND, g1))
            way += [(turn + BEND, g1), (turn + BEND, g2), (turn - BEND, g2)]
            way += _straight(way[-1], (x + BEND, g2))
            yield [*way, (x, g2), (x, g2), end]


def _sides(uy: float, y: float) -> tuple[tuple[int, int], ...]:
    """Sides of start and end, -1 above and 1 below, on which a way may run; the nearest first."""
    if abs(y - uy) < 1:
        return (1, 1), (-1, -1)
    down = 1 if y > uy else -1
    return (down, -down), (down, down), (-down, -down)


def _straight(start: Point, end: Point) -> list[Point]:
    """A straight stretch, as the three points of a cubic that follow its start."""
    return [start, end, end]


def _points(cubic: Cubic) -> Iterator[Point]:
    """Points of a cubic, close enough together to meet what stands there."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d = cubic
    length = hypot(bx - ax, by - ay) + hypot(cx - bx, cy - by) + hypot(dx - cx, dy - cy)
    straight = b == a and c == d
    steps = max(1, int(length / (STRIDE if straight and ay == dy else STEP)))
    for i in range(steps + 1):
        t = i / steps
        s = 1 - t
        k, q, r, n = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        yield k * ax + q * bx + r * cx + n * dx, k * ay + q * by + r * cy + n * dy


def _path(way: list[Point]) -> str:
    def said(point: Point) -> str:
        return f"{round(point[0], 1):g} {round(point[1], 1):g}"

    parts = [f"M{said(way[0])}"]
    for n in range(1, len(way), 3):
        b, c, d = way[n : n + 3]
        if way[n - 1] == d:
            continue
        parts.append(f"L{said(d)}" if b == way[n - 1] and c == d else f"C{said(b)} {said(c)} {said(d)}")
    return "".join(parts)
