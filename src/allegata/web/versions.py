"""What an outlet changed in a page: two texts of one document, word by word. Pure, and bounded in time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "out", "in"]

MOST_PARAGRAPHS = 1500
"""Paragraphs of each text that are compared; what stands behind them is said to be left out."""
MOST_WORDS = 600
"""Words of a paragraph that are compared one by one; a longer one is shown as taken out and put in."""
MOST_PIECES = 400_000
"""Characters that are shown."""
AROUND = 1
"""Unchanged paragraphs that stay beside a change; the others are folded."""
ALIKE = 0.35
"""Share of words in common from which a paragraph counts as changed rather than as another one."""

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph with its pieces, or ``folded`` unchanged paragraphs."""

    pieces: tuple[tuple[Kind, str], ...] = ()
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """``out`` and ``put_in`` are words taken out and put in; ``cut`` is true where not all was compared."""

    paragraphs: tuple[Changed, ...]
    out: int
    put_in: int
    cut: bool


def compare(old: str, new: str) -> Difference:
    """The changes from one text to the other, with what stands about them."""
    before, after = _paragraphs(old), _paragraphs(new)
    cut = len(before) > MOST_PARAGRAPHS or len(after) > MOST_PARAGRAPHS
    found = list(_folded(_changed(before[:MOST_PARAGRAPHS], after[:MOST_PARAGRAPHS])))
    kept: list[Changed] = []
    room = MOST_PIECES
    for paragraph in found:
        room -= sum(len(text) for _, text in paragraph.pieces)
        if room < 0:
            cut = True
            break
        kept.append(paragraph)
    pieces = [piece for paragraph in kept for piece in paragraph.pieces]
    return Difference(
        tuple(kept),
        sum(_count(text) for kind, text in pieces if kind == "out"),
        sum(_count(text) for kind, text in pieces if kind == "in"),
        cut,
    )


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _count(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Changed]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Changed((("same", text),)) for text in after[c:d])
        else:
            yield from _paired(before[a:b], after[c:d])


def _paired(out: Sequence[str], put_in: Sequence[str]) -> Iterator[Changed]:
    """Paragraphs that took the place of others, each beside the one that it is like."""
    left = list(out)
    for text in put_in:
        likeness = [_alike(one, text) for one in left[:2]]
        at = likeness.index(max(likeness)) if likeness else 0
        if likeness and likeness[at] >= ALIKE:
            yield from (Changed((("out", one),)) for one in left[:at])
            yield Changed(tuple(_words(left[at], text)))
            del left[: at + 1]
        else:
            yield Changed((("in", text),))
    yield from (Changed((("out", text),)) for text in left)


def _alike(one: str, other: str) -> float:
    """The share of words in common; of long paragraphs, of their beginnings."""
    a, b = (set(re.findall(r"\w+", text[: 20 * MOST_WORDS])) for text in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))


def _words(old: str, new: str) -> Iterator[tuple[Kind, str]]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    if len(a) > MOST_WORDS or len(b) > MOST_WORDS:
        yield "out", old
        yield "in", new
        return
    for kind, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(a[i:j])
        else:
            if i < j:
                yield "out", "".join(a[i:j])
            if k < n:
                yield "in", "".join(b[k:n])


def _folded(paragraphs: Iterator[Changed]) -> Iterator[Changed]:
    """The same, with runs of unchanged paragraphs folded but for those beside a change."""
    held = list(paragraphs)
    changed = [i for i, p in enumerate(held) if any(kind != "same" for kind, _ in p.pieces)]
    near = {n for i in changed for n in range(i - AROUND, i + AROUND + 1)}
    folded = 0
    for i, paragraph in enumerate(held):
        if i in near:
            if folded:
                yield Changed(folded=folded)
            folded = 0
            yield paragraph
        else:
            folded += 1
    if folded:
        yield Changed(folded=folded)
