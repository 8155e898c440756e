"""Scores of the tagger to spans: cues first, then for each cue one source and the pieces of its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from allegata.model import Span, Spans
from allegata.reading.tagger.windows import FIRST, LAST, Pieces, split, windows

Floats = npt.NDArray[np.float32]
NOTHING, SOURCE, CONTENT, CUE = range(4)
BEGIN, INSIDE = 1, 2

CUE_FLOOR = 0.5
"""Least probability of a cue's first piece; tuned on 60 articles of PolNeAR train that were held out."""
BARE_FLOOR = 0.9
"""The same for a cue without any content ("which Kyiv denies"), which PolNeAR never has."""
CONTENT_FLOOR = 0.5
GAP = 3
"""Pieces between two parts of a content that are filled in where they are neither cue nor source."""
SAME = 0.8
"""Overlap of contents from which two cues are one attribution, told twice."""
NEAR = 60
"""Pieces between two such cues at the most."""
_EDGE = " \t\n\r\"“”„«»'‘’`,.;:–—-…()[]"


class Model(Protocol):
    """What decoding asks of a trained tagger, over one window with its frame pieces."""

    def cues(self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.int64]) -> tuple[Any, Floats]:
        """States of the window, and the probabilities (pieces, 3) of no cue, its begin and its inside."""

    def roles(self, states: Any, anchors: npt.NDArray[np.int64]) -> Floats:
        """Probabilities (anchors, pieces, 4) of nothing, source, content and cue."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as found: character spans, and how sure the cue is."""

    source: Spans
    cue: Spans
    content: Spans
    score: float


Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Found:
    anchor: int
    score: float
    source: tuple[Run, ...]
    cue: tuple[Run, ...]
    content: tuple[Run, ...]


def find_attributions(text: str, model: Model) -> tuple[Attribution, ...]:
    """All attributions of a text, nested ones too, in the order of their cues."""
    pieces = split(text)
    found: list[_Found] = []
    for window in windows(len(pieces)):
        found += _in_window(pieces, window.start, window.end, window.low, window.high, model)
    return tuple(
        Attribution(
            _spans(text, pieces, f.source),
            _spans(text, pieces, f.cue, trim=False),
            _spans(text, pieces, f.content),
            f.score,
        )
        for f in _once(found)
    )


def _in_window(pieces: Pieces, start: int, end: int, low: int, high: int, model: Model) -> list[_Found]:
    ids = np.concatenate([[FIRST], pieces.ids[start:end], [LAST]])
    marks = np.zeros((len(ids), 3), dtype=np.int64)
    marks[1:-1] = pieces.marks[start:end]
    states, cues = model.cues(ids, marks)
    begins = cues[1:-1, BEGIN]
    anchors = [i for i in range(low - start, high - start) if begins[i] >= CUE_FLOOR]
    if not anchors:
        return []
    roles = model.roles(states, np.array(anchors, dtype=np.int64) + 1)[:, 1:-1]
    best = cues[1:-1].argmax(1)
    out = []
    for anchor, role in zip(anchors, roles, strict=True):
        stop = anchor + 1
        while stop < len(best) and best[stop] == INSIDE:
            stop += 1
        source = _source(role)
        content = _content(role, anchor, stop)
        score = float(begins[anchor])
        if not content and score < BARE_FLOOR:
            continue
        cue = set(range(anchor, stop)) | set(np.flatnonzero(role[:, CUE] >= 0.5).tolist())
        found = (source, _runs(sorted(cue)), content)
        out.append(_Found(anchor + start, score, *(_shifted(runs, start) for runs in found)))
    return out


def _shifted(runs: tuple[Run, ...], by: int) -> tuple[Run, ...]:
    return tuple((b + by, e + by) for b, e in runs)


def _source(role: Floats) -> tuple[Run, ...]:
    """The run of pieces with the greatest sum of log odds of being source; none where none is likelier."""
    p = np.clip(role[:, SOURCE], 1e-4, 1 - 1e-4)
    odds = np.log(p / (1 - p))
    best, here, begin, run = 0.0, 0.0, 0, None
    for i, o in enumerate(odds.tolist()):
        if here <= 0:
            here, begin = 0.0, i
        here += o
        if here > best:
            best, run = here, (begin, i + 1)
    return (run,) if run else ()


def _content(role: Floats, anchor: int, stop: int) -> tuple[Run, ...]:
    """Runs of content, joined over gaps of punctuation, without scraps beside a long run."""
    inside = role[:, CONTENT] >= CONTENT_FLOOR
    inside[anchor:stop] = False
    runs = _runs(np.flatnonzero(inside).tolist())
    other = (role[:, SOURCE] >= 0.5) | (role[:, CUE] >= 0.5)
    other[anchor:stop] = True
    joined: list[Run] = []
    for b, e in runs:
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


def _once(found: list[_Found]) -> list[_Found]:
    """Without the weaker of two that share cue, or source and content."""
    kept: dict[int, _Found] = {}
    for f in sorted(found, key=lambda f: (-f.score, f.anchor)):
        near = (kept[i] for i in range(f.anchor - NEAR, f.anchor + NEAR + 1) if i in kept)
        if not any(_same(f, k) for k in near):
            kept[f.anchor] = f
    return [kept[i] for i in sorted(kept)]


def _same(f: _Found, k: _Found) -> bool:
    if any(b <= f.anchor < e for b, e in k.cue):
        return True
    return _overlap(f.content, k.content) > SAME and (not f.source or not k.source or f.source == k.source)


def _overlap(a: tuple[Run, ...], b: tuple[Run, ...]) -> float:
    x, y = ({i for s, e in runs for i in range(s, e)} for runs in (a, b))
    return len(x & y) / len(x | y) if x or y else 0.0


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
