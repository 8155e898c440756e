"""Rows of a lane, filled so that labels meet neither each other nor the lines, and the lines' ways. Pure."""

from __future__ import annotations

from math import inf

from allegata.web import words

Extent = tuple[float, float]
Way = tuple[float, int]
"""(x, row) from where the line to a document comes; row -1 is the line of the origin above all rows."""


class Rows:
    """What is taken in a lane's rows: by labels, and by horizontal and vertical stretches of lines.

    Documents come in the order of their x, so that whatever is taken begins left of a new label: of each row
    it is enough to know how far to the right it is taken.
    """

    def __init__(self) -> None:
        self._labels: list[list[Extent]] = []
        self._taken: list[float] = []
        """Row -> where its last label ends; the lines in it end at documents, which stand in labels."""
        self._crossed: list[float] = []
        """Row -> x of the last line that goes down through it."""

    @property
    def depth(self) -> int:
        return len(self._labels)

    def put(self, x: float, label: Extent, way: Way | None) -> tuple[int, bool]:
        """The first row where a document at ``x`` fits with its line, and whether its line takes ``way``;
        where no row has room for that, the first for the label alone."""
        row = self._first(x, label, way)
        if row is None:
            way, row = None, self._first(x, label, None) or 0
        self._deepen(row + 1)
        self._labels[row].append(label)
        self._taken[row] = max(self._taken[row], label[1])
        if way is not None:
            from_x, from_row = way
            for between in range(min(from_row, row) + 1, max(from_row, row)):
                self._crossed[between] = max(self._crossed[between], from_x)
        return row, way is not None

    def _deepen(self, depth: int) -> None:
        for _ in range(depth - self.depth):
            self._labels.append([])
            self._taken.append(-inf)
            self._crossed.append(-inf)

    def _first(self, x: float, label: Extent, way: Way | None) -> int | None:
        """The first row that has room; the one below all others is free, though a line may not reach it."""
        rows, free_from = range(self.depth + 1), label[0]
        if way is not None:
            rows = self._reached(*way)
            if way[0] != x:  # the line comes in from the left
                free_from = min(free_from, way[0])
        for row in rows:
            if row == self.depth or (self._taken[row] <= free_from and self._crossed[row] <= label[0]):
                return row
        return None

    def _reached(self, x: float, row: int) -> range:
        """The rows that a line at ``x`` reaches from a row, up and down, before it meets a label."""
        first = last = row
        while first > 0 and (first == row or not self._meets(first, x)):
            first -= 1
        while last < self.depth and (last == row or not self._meets(last, x)):
            last += 1
        return range(max(first, 0), last + 1)

    def _meets(self, row: int, x: float) -> bool:
        return any(a < x < b for a, b in self._labels[row])


def elbow(ux: float, uy: float, x: float, y: float) -> str:
    """A path down (or up) from the upstream, then right, with a round corner."""
    if abs(uy - y) < 1:
        return f"M{ux:g} {uy:g}H{x:g}"
    bend = min(7.0, x - ux, abs(y - uy))
    turn = bend if y > uy else -bend
    return f"M{ux:g} {uy:g}V{y - turn:g}Q{ux:g} {y:g} {ux + bend:g} {y:g}H{x:g}"


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
