"""Rows of a lane, filled so that labels meet neither each other nor the lines, and the lines' ways. Pure."""

from __future__ import annotations

from collections import defaultdict

from allegata.web import words

Extent = tuple[float, float]
Way = tuple[float, int]
"""(x, row) from where the line to a document comes; row -1 is the line of the origin above all rows."""


class Rows:
    """What is taken in a lane's rows: labels, horizontal and vertical stretches of lines."""

    def __init__(self) -> None:
        self.labels: dict[int, list[Extent]] = defaultdict(list)
        self.across: dict[int, list[Extent]] = defaultdict(list)
        self.down: list[tuple[float, int, int]] = []
        self.depth = 0

    def put(self, x: float, label: Extent, way: Way | None, most: int) -> tuple[int, bool]:
        """The first of ``most`` rows where a document at ``x`` fits with its line, and whether its line
        takes ``way``; where no row has room for that, the first for the label alone."""
        row = next((r for r in range(most) if self._fits(r, x, label, way)), None)
        if row is None:
            way = None
            row = next((r for r in range(most) if self._fits(r, x, label, None)), self.depth)
        self.labels[row].append(label)
        self.depth = max(self.depth, row + 1)
        if way is not None:
            from_x, from_row = way
            self.down.append((from_x, min(from_row, row), max(from_row, row)))
            if from_x < x:
                self.across[row].append((from_x, x))
        return row, way is not None

    def _fits(self, row: int, x: float, label: Extent, way: Way | None) -> bool:
        start, end = label
        for a, b in reversed(self.labels[row]):  # documents come by time: the last is the likeliest to be met
            if a < end and start < b:
                return False
        taken = self.labels[row] + self.across[row]
        if any(a < end and start < b for a, b in self.across[row]):
            return False
        if any(top < row < bottom and label[0] < at < label[1] for at, top, bottom in self.down):
            return False
        if way is None:
            return True
        from_x, from_row = way
        between = range(min(from_row, row) + 1, max(from_row, row))
        if any(a < from_x < b for r in between for a, b in self.labels[r]):
            return False
        return from_x == x or not any(a < label[0] and from_x < b for a, b in taken)


def elbow(ux: float, uy: float, x: float, y: float) -> str:
    """A path down (or up) from the upstream, then right, with a round corner."""
    if abs(uy - y) < 1:
        return f"M{ux:g} {uy:g}H{x:g}"
    bend = min(7.0, x - ux, abs(y - uy))
    turn = bend if y > uy else -bend
    return f"M{ux:g} {uy:g}V{y - turn:g}Q{ux:g} {y:g} {ux + bend:g} {y:g}H{x:g}"


def curve(ux: float, uy: float, x: float, y: float) -> str:
    """A path that leaves to the right and comes in from the left; a bow where both stand above another."""
    if abs(x - ux) < 1:
        return f"M{ux:g} {uy:g}C{ux + 28:g} {uy:g} {x + 28:g} {y:g} {x:g} {y:g}"
    reach = max(28.0, abs(x - ux) / 2)
    return f"M{ux:g} {uy:g}C{ux + reach:g} {uy:g} {x - reach:g} {y:g} {x:g} {y:g}"


def sag(ux: float, uy: float, x: float, y: float) -> str:
    """A path that hangs below both its ends."""
    low = max(uy, y) + 30
    return f"M{ux:g} {uy:g}C{ux:g} {low:g} {x:g} {low:g} {x:g} {y:g}"


def wrap(text: str, width: int, most: int) -> tuple[str, ...]:
    """At most ``most`` lines of ``width`` characters; a word longer than a line is cut."""
    lines: list[str] = []
    for word in words.clip(text, width * most * 2).split():
        word = word if len(word) <= width else word[: width - 1] + "…"
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], words.clip(lines[most - 1], width - 1).rstrip("…") + "…"]
    return tuple(lines) or ("(no name)",)
