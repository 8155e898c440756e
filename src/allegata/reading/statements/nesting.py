"""Which Statement stands in whose content."""

from __future__ import annotations

from allegata.model import Span

DEPTH = 40
"""Contents that are open at one place; real texts have fewer than ten."""


def nest(places: list[Span], contents: list[list[Span]]) -> list[int | None]:
    """For each statement the innermost other one whose content holds it.

    ``places[i]`` is what must lie inside (the cue, or what stands for it), ``contents[i]`` what may hold.
    Only a longer content holds a shorter one, so that no two stand inside each other.
    """
    order = sorted((start, -end, i) for i, spans in enumerate(contents) for start, end in spans)
    size = [sum(b - a for a, b in spans) for spans in contents]
    parents: list[int | None] = [None] * len(places)
    opened: list[tuple[int, int]] = []  # (end, statement), those that began last at the end
    at = 0
    for i in sorted(range(len(places)), key=lambda i: places[i]):
        start, end = places[i]
        while at < len(order) and order[at][0] <= start:
            opened.append((-order[at][1], order[at][2]))
            at += 1
        opened = [s for s in opened if s[0] > start][-DEPTH:]
        inside = [j for e, j in opened if e >= end and (size[j], j) > (size[i], i)]
        parents[i] = min(inside, key=lambda j: (size[j], j), default=None)
    return parents
