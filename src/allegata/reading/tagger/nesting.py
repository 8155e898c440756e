"""Which attribution holds which: the chain reporter, agency, official is a chain of contents."""

from __future__ import annotations

from collections.abc import Sequence

from allegata.model import Spans
from allegata.reading.tagger.decode import Attribution

NEIGHBOURS = 40
"""Attributions to either side that are asked; the content of one window holds fewer."""
HELD = 0.6
"""Least share of a nested content that lies in the outer one."""


def nest(found: Sequence[Attribution]) -> tuple[int | None, ...]:
    """For each attribution, in the order of cues, the index of the innermost that holds its cue and content.

    Never a circle: an outer content is larger than what it holds, or as large and its cue comes first.
    """
    return tuple(_outer(i, found) for i in range(len(found)))


def _outer(i: int, found: Sequence[Attribution]) -> int | None:
    best: tuple[int, int] | None = None
    for j in range(max(0, i - NEIGHBOURS), min(len(found), i + NEIGHBOURS + 1)):
        if j != i and _holds(found[j], found[i], first=j < i):
            size = _size(found[j].content)
            if best is None or size < best[0]:
                best = (size, j)
    return best[1] if best else None


def _holds(outer: Attribution, inner: Attribution, first: bool) -> bool:
    content, cue = outer.content, inner.cue or inner.content
    if not content or not cue or content[-1][1] <= cue[0][0] or content[0][0] >= cue[-1][1]:
        return False
    if _common(cue, content) < 0.5 * _size(cue):
        return False
    size, room = _size(inner.content), _size(content)
    if size > room or (size == room and not first):
        return False
    return _common(inner.content, content) >= HELD * size


def _size(spans: Spans) -> int:
    return sum(e - s for s, e in spans)


def _common(a: Spans, b: Spans) -> int:
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
