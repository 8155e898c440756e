"""Which Statement stands in whose content."""

from __future__ import annotations

from allegata.model import Span


def nest(cues: list[Span], contents: list[list[Span]]) -> list[int | None]:
    """For each statement the innermost other one whose content holds it.

    ``cues[i]`` is the stretch that must lie inside (the cue, or what stands for it); ``contents[i]`` the spans that hold.
    Two that hold each other: the one with the longer content is outside. Linear but for the depth of nesting.
    """
    order = sorted((start, -end, i) for i, spans in enumerate(contents) for start, end in spans)
    asked = sorted(range(len(cues)), key=lambda i: cues[i])
    size = [sum(b - a for a, b in spans) for spans in contents]
    parents: list[int | None] = [None] * len(cues)
    open_spans: list[tuple[int, int]] = []  # end, statement
    at = 0
    for i in asked:
        start, end = cues[i]
        while at < len(order) and order[at][0] <= start:
            open_spans.append((-order[at][1], order[at][2]))
            at += 1
        open_spans = [s for s in open_spans if s[0] > start]
        holders = [(size[j], j) for e, j in open_spans if e >= end and j != i]
        inner = [
            (n, j)
            for n, j in holders
            if not (
                any(a <= cues[j][0] and cues[j][1] <= b for a, b in contents[i]) and (size[i], i) > (n, j)
            )
        ]
        if inner:
            parents[i] = min(inner)[1]
    return parents
