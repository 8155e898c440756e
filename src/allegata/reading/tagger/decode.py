"""Scores of the tagger to attributions: for each piece that may begin a cue, one source and a content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allegata.model import Span, Spans
from allegata.reading.tagger.encoding import Floats, Model, Pass
from allegata.reading.tagger.windows import Pieces

NOTHING, SOURCE, CONTENT, CUE = range(4)
BEGIN, INSIDE = 1, 2

SOURCE_FLOOR = 0.4
"""Probability from which a piece speaks for being in the source rather than against it."""
GAP = 3
"""Pieces between two parts of a content that are filled in where they are neither cue nor source."""
_EDGE = " \t\n\r\"“”„«»'‘’`,.;:–—-…()[]"

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution: character spans, how sure it is, and its stance where the rules know it.

    The score runs from 0 to 1; below that it is what the rules alone have, from -1 for a cue that the network
    does not see at all to 0.
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What would be attributed if a cue began at piece ``anchor``: runs of pieces.

    ``begins`` is the probability that one does; ``sure_source`` and ``sure_content`` are the mean
    probabilities of the pieces taken, 0 where there are none.
    """

    anchor: int
    begins: float
    source: tuple[Run, ...]
    cue: tuple[Run, ...]
    content: tuple[Run, ...]
    sure_source: float
    sure_content: float


def candidates(seen: Pass, anchors: Sequence[int], model: Model) -> Iterator[Candidate]:
    """One candidate an anchor, in ascending order, from the window that has it furthest from its edge."""
    wanted = sorted(set(anchors))
    for view in seen.views:
        start = view.window.start
        here = wanted[bisect_left(wanted, view.window.low) : bisect_left(wanted, view.window.high)]
        if not here:
            continue
        roles = model.roles(view.states.astype(np.float32), np.array(here, dtype=np.int64) - start)
        begun = seen.cues[start : view.window.end]
        inside = begun.argmax(1) == INSIDE
        for anchor, role in zip(here, roles, strict=True):
            yield _candidate(anchor, start, float(begun[anchor - start, BEGIN]), inside, role)


def _candidate(
    anchor: int, start: int, begins: float, inside: npt.NDArray[np.bool_], role: Floats
) -> Candidate:
    first = anchor - start
    stop = first + 1
    while stop < len(inside) and inside[stop]:
        stop += 1
    source, content = _source(role), _content(role, first, stop)
    cue = _runs(sorted(set(range(first, stop)) | set(np.flatnonzero(role[:, CUE] >= 0.5).tolist())))
    sure_source, sure_content = _mean(role[:, SOURCE], source), _mean(role[:, CONTENT], content)
    source, cue, content = (tuple((b + start, e + start) for b, e in runs) for runs in (source, cue, content))
    return Candidate(anchor, begins, source, cue, content, sure_source, sure_content)


def _mean(scores: Floats, runs: tuple[Run, ...]) -> float:
    parts = [scores[b:e] for b, e in runs]
    return float(np.concatenate(parts).mean()) if parts else 0.0


def _source(role: Floats) -> tuple[Run, ...]:
    """The run of pieces with the greatest sum of log odds of being source; none where none is likelier."""
    p = np.clip(role[:, SOURCE], 1e-4, 1 - 1e-4)
    odds = np.log(p / (1 - p)) - np.log(SOURCE_FLOOR / (1 - SOURCE_FLOOR))
    best, here, begin, run = 0.0, 0.0, 0, None
    for i, o in enumerate(odds.tolist()):
        if here <= 0:
            here, begin = 0.0, i
        here += o
        if here > best:
            best, run = here, (begin, i + 1)
    return (run,) if run else ()


def _content(role: Floats, first: int, stop: int) -> tuple[Run, ...]:
    """Runs of content, joined over gaps of punctuation, without scraps beside a long run."""
    inside = role[:, CONTENT] >= 0.5
    inside[first:stop] = False
    other = (role[:, SOURCE] >= 0.5) | (role[:, CUE] >= 0.5)
    other[first:stop] = True
    joined: list[Run] = []
    for b, e in _runs(np.flatnonzero(inside).tolist()):
        if joined and b - joined[-1][1] <= GAP and not other[joined[-1][1] : b].any():
            joined[-1] = (joined[-1][0], e)
        else:
            joined.append((b, e))
    longest = max((e - b for b, e in joined), default=0)
    return tuple((b, e) for b, e in joined if e - b > 1 or longest <= 4 or e - b >= longest / 4)


def _runs(indexes: list[int]) -> tuple[Run, ...]:
    """Ascending indexes as runs ``[begin, end)``."""
    out: list[Run] = []
    for i in indexes:
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return tuple(out)


def spell(text: str, pieces: Pieces, found: Candidate, score: float) -> Attribution:
    """A candidate in characters of the text."""
    return Attribution(
        _spans(text, pieces, found.source),
        _spans(text, pieces, found.cue, trim=False),
        _spans(text, pieces, found.content),
        score,
    )


def _spans(text: str, pieces: Pieces, runs: tuple[Run, ...], trim: bool = True) -> Spans:
    """Runs of pieces as spans of whole words, without marks at their edges."""
    out: list[Span] = []
    for b, e in runs:
        start, end = int(pieces.spans[b, 0]), int(pieces.spans[e - 1, 1])
        while start and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        while trim and start < end and text[start] in _EDGE:
            start += 1
        while trim and start < end and text[end - 1] in _EDGE:
            end -= 1
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
