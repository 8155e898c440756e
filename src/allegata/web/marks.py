"""Marks that overlap, cut into pieces that do not: the layers of the document X-ray. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from allegata.model import Reading, Statement

LAYERS = (
    "source",
    "cue",
    "content",
    "place",
    "expectation",
    "evaluation",
    "not_applicable",
    "borrowed",
)
"""What the legend can show and hide, in its order."""

MAX_DEPTH = 3
"""Nesting that is told apart by eye; deeper statements look like this deep."""

MAX_LINE = 160
"""Characters of a line that somebody wrapped by hand; in a text with longer ones, a line is a paragraph."""

_ROLES = ("expectation", "evaluation", "not_applicable")
_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A span in a layer. ``ref`` names what it opens (a statement's number, an edge), ``depth`` from 1."""

    start: int
    end: int
    layer: str
    ref: str | None = None
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch in which the same layers hold. ``opens`` are the marks with a ``ref`` that begin here."""

    start: int
    end: int
    layers: tuple[str, ...]
    depth: int = 0
    opens: tuple[Mark, ...] = ()


def nesting(statements: Iterable[Statement]) -> dict[str, tuple[Statement, ...]]:
    """statement id -> the statement and those it is nested in, innermost first."""
    by_id = {s.id: s for s in statements}
    chains = {}
    for statement in by_id.values():
        chain = [statement]
        while len(chain) < _CHAIN:
            outer = by_id.get(chain[-1].nested_in or "")
            if outer is None or outer in chain:
                break
            chain.append(outer)
        chains[statement.id] = tuple(chain)
    return chains


def marks_of(reading: Reading) -> list[Mark]:
    """What the Reading shows in its document's text. A statement's ``ref`` is its number, from 1."""
    marks = []
    chains = nesting(reading.statements)
    for number, statement in enumerate(reading.statements, 1):
        depth = min(len(chains[statement.id]), MAX_DEPTH)
        ref: str | None = str(number)
        for layer in ("content", "cue", "source"):
            for start, end in sorted(getattr(statement, layer)):
                marks.append(Mark(start, end, layer, ref, depth))
                ref = None
    marks += [Mark(p.start, p.end, "place") for p in reading.places if p.use == "place"]
    marks += [Mark(f.start, f.end, "expectation") for f in reading.forecasts]
    marks += [Mark(s.start, s.end, s.role) for s in reading.sentences if s.role in _ROLES]
    return marks


def layer(marks: Iterable[Mark], length: int, cuts: Iterable[int] = ()) -> list[Piece]:
    """Pieces that cover [0, length) in order, cut wherever a mark begins or ends and at ``cuts``.

    Marks that leave the text are clipped to it, empty ones fall away; n marks give at most 2n + 1 pieces
    besides the cuts.
    """
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    borders = {0, length, *(c for c in cuts if 0 < c < length)}
    for mark in marks:
        start, end = max(0, mark.start), min(length, mark.end)
        if start < end:
            begins.setdefault(start, []).append(mark)
            ends.setdefault(end, []).append(mark)
            borders |= {start, end}
    active: Counter[tuple[str, int]] = Counter()
    pieces = []
    order = sorted(borders)
    for start, end in pairwise(order):
        active.subtract((m.layer, m.depth) for m in ends.get(start, ()))
        active.update((m.layer, m.depth) for m in begins.get(start, ()))
        held = [key for key, count in active.items() if count > 0]
        names = tuple(sorted({name for name, _ in held}))
        depth = max((d for name, d in held if name == "content"), default=0)
        opens = tuple(m for m in begins.get(start, ()) if m.ref is not None)
        pieces.append(Piece(start, end, names, depth, opens))
    return pieces


def paragraphs(text: str, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the runs of lines that are not blank; of each line where lines are not wrapped."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    at = 0
    lines = text[:end].splitlines(keepends=True)
    unwrapped = any(len(line) > MAX_LINE for line in lines)
    for line in lines:
        if line.strip():
            if unwrapped and start is not None:
                spans.append((start, at))
                start = None
            start = at if start is None else start
        elif start is not None:
            spans.append((start, at))
            start = None
        at += len(line)
    if start is not None:
        spans.append((start, at))
    return spans
