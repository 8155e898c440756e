"""Ways of lines in the drawing of lanes that cross no label, where there is one. Pure.

Labels stand in rows, so the gaps between rows are free: a line that would cross a label runs along the gap
beside its start and the one beside its end, and changes over where least stands between the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
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
_CELL = 11.0


class Ways:
    """The ways between labels and marks, each drawn once it is known where all of them stand."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._boxes: dict[int, list[Box]] = defaultdict(list)
        for box in boxes:
            for cell in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
                self._boxes[cell].append(box)
        self._sought = 0
        self._used: dict[float, int] = defaultdict(int)

    def way(self, start: Point, end: Point) -> str:
        """A path from ``start`` to ``end``: a plain curve where it meets nothing, else the one through gaps
        that meets least."""
        best = _curve(start, end)
        if self._sought < MOST_SOUGHT and (fewest := self._met(best, MANY)):
            self._sought += 1
            for way in _through_gaps(start, end, self._slot(start[1]), self._slot(end[1])):
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
        met: set[Box] = set()
        for point in _points(way):
            for box in self.meets(point):
                if not (_holds(box, way[0]) or _holds(box, way[-1])):
                    met.add(box)
            if len(met) >= most:
                break
        return len(met)

    def meets(self, point: Point) -> list[Box]:
        """The labels and marks that stand at a point."""
        x, y = point
        return [b for b in self._boxes.get(int(y // _CELL), ()) if b[0] < x < b[2] and b[1] < y < b[3]]


def _holds(box: Box, point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


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


def _points(way: list[Point]) -> Iterator[Point]:
    """Points of a way, close enough together to meet what stands there."""
    for n in range(0, len(way) - 1, 3):
        a, b, c, d = way[n : n + 4]
        length = sum(hypot(q[0] - p[0], q[1] - p[1]) for p, q in pairwise((a, b, c, d)))
        straight = b == a and c == d
        steps = max(1, int(length / (STRIDE if straight and a[1] == d[1] else STEP)))
        for i in range(steps + 1):
            t = i / steps
            s = 1 - t
            k = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
            yield (
                k[0] * a[0] + k[1] * b[0] + k[2] * c[0] + k[3] * d[0],
                k[0] * a[1] + k[1] * b[1] + k[2] * c[1] + k[3] * d[1],
            )


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
