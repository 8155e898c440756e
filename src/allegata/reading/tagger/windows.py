"""Text to the windows the tagger reads: word pieces, and what lower-casing and joining would lose.

The encoder is uncased and sees no line breaks, so each piece carries three marks: the shape of its word, the
break before it, and whether it stands inside a double quotation. Training and run time share this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

LENGTH = 256
"""Pieces in a window, the two that frame it included."""
STRIDE = 176
"""Pieces from one window to the next: each cue is judged with at least 39 pieces on either side of it."""
FIRST, LAST = 101, 102
"""[CLS] and [SEP] of the BERT vocabulary."""

OTHER, LOWER, TITLE, UPPER, DIGIT, MARK, INITIAL = range(7)
JOINED, SPACE, LINE, PARAGRAPH, OPENING = range(5)
OUTSIDE, INSIDE, QUOTE = range(3)
SHAPES, BREAKS, QUOTES = 7, 5, 3

_WORD = re.compile(r"\w+")
_DOUBLE = re.compile('["“”„«»]|\n')
_OPENS, _CLOSES = "“„«", "”»"


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text in word pieces: ids, their spans in the text, and the three marks of each."""

    ids: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int64]
    marks: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``[start, end)`` of a text; cues of ``[low, high)`` are this window's to find."""

    start: int
    end: int
    low: int
    high: int


def split(text: str) -> Pieces:
    """The word pieces of a text. A lone surrogate is read as "?"."""
    encoded = tokenizer().encode(text.encode("utf-8", "replace").decode("utf-8"), add_special_tokens=False)
    ids = np.array(encoded.ids, dtype=np.int64)
    spans = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    shapes, quotes = _shapes(text), _quotes(text)
    marks = np.zeros((len(ids), 3), dtype=np.int64)
    if len(ids):
        marks[:, 0] = shapes[spans[:, 0]]
        marks[:, 1] = _breaks(text, spans)
        marks[:, 2] = quotes[spans[:, 0]]
    return Pieces(ids, spans, marks)


def windows(count: int, length: int = LENGTH, stride: int = STRIDE) -> Iterator[Window]:
    """Windows over ``count`` pieces that overlap and share out the cues between them."""
    body, start = length - 2, 0
    margin = (body - stride) // 2
    while count:
        end = min(start + body, count)
        low = start + margin if start else 0
        high = end if end == count else start + margin + stride
        yield Window(start, end, low, high)
        if end == count:
            return
        start += stride


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """WordPiece of BERT uncased, loaded once a process."""
    from tokenizers import Tokenizer

    file = resources.files("allegata.weights").joinpath("minilm-l6-v2.tokenizer.json")
    return Tokenizer.from_str(file.read_text(encoding="utf-8"))


def _shapes(text: str) -> npt.NDArray[np.int8]:
    """The shape of the word each character stands in."""
    out = np.full(len(text) + 1, MARK, dtype=np.int8)
    for match in _WORD.finditer(text):
        word = match[0]
        if any(c.isdigit() for c in word):
            shape = DIGIT
        elif word.islower():
            shape = LOWER
        elif word.isupper():
            shape = UPPER if len(word) > 1 else INITIAL
        else:
            shape = TITLE if word[0].isupper() else OTHER
        out[match.start() : match.end()] = shape
    return out


def _quotes(text: str) -> npt.NDArray[np.int8]:
    """Whether each character stands in a double quotation. A quotation ends with its line at the latest."""
    out = np.zeros(len(text) + 1, dtype=np.int8)
    opened = -1
    for match in _DOUBLE.finditer(text):
        at, mark = match.start(), match[0]
        if mark == "\n":
            if opened >= 0:
                out[opened + 1 : at] = INSIDE
            opened = -1
            continue
        out[at] = QUOTE
        if opened >= 0 and mark not in _OPENS:
            out[opened + 1 : at] = INSIDE
            opened = -1
        elif mark not in _CLOSES:
            if opened >= 0:
                out[opened + 1 : at] = INSIDE
            opened = at
    if opened >= 0:
        out[opened + 1 :] = INSIDE
    return out


def _breaks(text: str, spans: npt.NDArray[np.int64]) -> list[int]:
    """The break before each piece."""
    out: list[int] = []
    before = 0
    for start, end in spans.tolist():
        gap = text[before:start]
        if not out:
            kind = OPENING
        elif not gap:
            kind = JOINED
        else:
            lines = gap.count("\n")
            kind = SPACE if lines == 0 else LINE if lines == 1 else PARAGRAPH
        out.append(kind)
        before = end
    return out
