"""Annotated texts to the windows the network learns from.

A text is ``{"text", "attributions": [{"source", "cue", "content", "nested_in"?}]}`` with character spans, as
in PolNeAR. Two things make nesting learnable although PolNeAR marks none: a cue that no annotation decides (a
word of a cue's kind inside a content) is left out of the loss, and a nested attribution, wherever it comes
from, is a cue and a role example like any other.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from allegata.reading.tagger.windows import FIRST, LAST, LENGTH, Pieces, split

NOTHING, SOURCE, CONTENT, CUE = range(4)
"""Roles of a piece for a given cue."""
OUT, BEGIN, INSIDE, UNKNOWN = 0, 1, 2, -100
"""Cue labels; UNKNOWN is left out of the loss."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in pieces with its labels: ``cues`` a piece, and for each cue its first piece and its roles."""

    pieces: Pieces
    cues: npt.NDArray[np.int64]
    anchors: tuple[int, ...]
    roles: tuple[tuple[tuple[int, int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window: ``ids``, ``marks`` and ``cues`` framed, anchors and the roles of every piece for each."""

    ids: npt.NDArray[np.int64]
    marks: npt.NDArray[np.int64]
    cues: npt.NDArray[np.int64]
    anchors: tuple[int, ...]
    roles: npt.NDArray[np.int64]


def cue_words(docs: Iterable[dict[str, Any]], share: float = 0.1, least: int = 3) -> frozenset[str]:
    """Words of which at least ``share`` of the uses outside contents are inside a cue."""
    inside: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for doc in docs:
        text = doc["text"].lower()
        held = np.zeros(len(text) + 1, dtype=np.int8)
        for a in doc["attributions"]:
            for s, e in a["content"]:
                held[s:e] = 1
        for a in doc["attributions"]:
            for s, e in a["cue"]:
                inside.update(w for w in text[s:e].split() if w.isalpha())
                held[s:e] = 0
        for word, at in _words(text):
            if not held[at]:
                everywhere[word] += 1
    return frozenset(w for w, n in inside.items() if n >= least and n >= share * everywhere[w])


def _words(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield word.strip('.,;:!?"“”()'), at
        at += len(word)


def label(doc: dict[str, Any], doubtful: frozenset[str]) -> Text:
    """Labels of a text. ``doubtful`` are the words that may be a cue where no annotation says so."""
    pieces = split(doc["text"])
    starts, ends = pieces.spans[:, 0], pieces.spans[:, 1]

    def run(span: Sequence[int]) -> tuple[int, int]:
        return int(np.searchsorted(ends, span[0], "right")), int(np.searchsorted(starts, span[1], "left"))

    cues = np.zeros(len(pieces), dtype=np.int64)
    complete = doc.get("complete", False)
    if not complete:
        text = doc["text"].lower()
        for a in doc["attributions"]:
            for span in a["content"]:
                for i in range(*run(span)):
                    if _word_at(text, int(starts[i]), int(ends[i])) in doubtful:
                        cues[i] = UNKNOWN
    anchors, roles = [], []
    for a in doc["attributions"]:
        parts = [(*run(s), CONTENT) for s in a["content"]]
        parts += [(*run(s), SOURCE) for s in a["source"]]
        cue = [run(s) for s in sorted(a["cue"])]
        cue = [(b, e) for b, e in cue if e > b]
        if not cue:
            continue
        parts += [(b, e, CUE) for b, e in cue]
        for b, e in cue:
            cues[b:e] = INSIDE
        anchors.append(cue[0][0])
        roles.append(tuple(parts))
    cues[anchors] = BEGIN
    return Text(pieces, cues, tuple(anchors), tuple(roles))


def _word_at(text: str, start: int, end: int) -> str:
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end]


def cut(text: Text, start: int, end: int) -> Example:
    """The window over pieces ``[start, end)``. Cues too near its edge to see their content are left out."""
    n = end - start
    ids = np.concatenate([[FIRST], text.pieces.ids[start:end], [LAST]])
    marks = np.zeros((n + 2, 3), dtype=np.int64)
    marks[1:-1] = text.pieces.marks[start:end]
    cues = np.full(n + 2, UNKNOWN, dtype=np.int64)
    cues[1:-1] = text.cues[start:end]
    anchors, rows = [], []
    for anchor, parts in zip(text.anchors, text.roles, strict=True):
        if not start <= anchor < end:
            continue
        row = np.full(n + 2, NOTHING, dtype=np.int64)
        for b, e, role in parts:
            b, e = max(b, start), min(e, end)
            if e > b:
                row[b - start + 1 : e - start + 1] = role
        row[[0, -1]] = UNKNOWN
        anchors.append(anchor - start + 1)
        rows.append(row)
    roles = np.stack(rows) if rows else np.zeros((0, n + 2), dtype=np.int64)
    return Example(ids, marks, cues, tuple(anchors), roles)


def epoch(texts: Sequence[Text], luck: random.Random) -> Iterator[Example]:
    """Windows over every text, with a new offset each time, so that no cue keeps its place in a window."""
    body = LENGTH - 2
    for text in texts:
        count = len(text.pieces)
        if count <= body:
            if count:
                yield cut(text, 0, count)
            continue
        at = -luck.randrange(body * 3 // 4)
        while at < count:
            start, end = max(at, 0), min(at + body, count)
            if end - start > 16:
                yield cut(text, start, end)
            at += body


def batches(examples: Sequence[Example], pieces: int, luck: random.Random) -> list[list[Example]]:
    """Examples of like length together, at most ``pieces`` with padding in a batch, in random order."""
    order = sorted(examples, key=lambda x: len(x.ids) + luck.random() * 8)
    out: list[list[Example]] = [[]]
    for example in order:
        if out[-1] and (len(out[-1]) + 1) * max(len(example.ids), len(out[-1][-1].ids)) > pieces:
            out.append([])
        out[-1].append(example)
    luck.shuffle(out)
    return out
