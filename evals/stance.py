"""Stance of statements on sentences of our own: with the spans given, and as tagger and rules find them.

``data/stance.jsonl``: sentences of six registers with (source), [cue] and {content} marked, written before
any was tried. Part "tuned" was looked at while the rules for stance were made, "check" once they stood
(what it showed to be wrong in general was then mended), "late" was written and measured after that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from allegata.model import Document, Span, Spans, Statement
from allegata.reading import statements, tagger
from allegata.reading.parsing import parse
from allegata.reading.sentences import segment
from allegata.reading.statements.stance import find_stance
from allegata.reading.statements.tree import Tree
from evals.figures import run

DATA = Path(__file__).with_name("data") / "stance.jsonl"
MARKS = {"(": "source", "[": "cue", "{": "content"}
ENDS = {")": "source", "]": "cue", "}": "content"}
Finder = Callable[[Document, Doc, tuple[Span, ...]], tuple[Statement, ...]]


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with the spans of its one marked statement."""

    text: str
    part: str
    stance: str
    source: Spans
    cue: Spans
    content: Spans


def unmark(marked: str) -> tuple[str, dict[str, Spans]]:
    """The text without marks, and the spans between them."""
    plain = ""
    spans: dict[str, list[Span]] = {name: [] for name in MARKS.values()}
    start = 0
    for c in marked:
        if c in MARKS:
            start = len(plain)
        elif c in ENDS:
            spans[ENDS[c]].append((start, len(plain)))
        else:
            plain += c
    return plain, {name: tuple(found) for name, found in spans.items()}


def sentences() -> Iterator[Marked]:
    for line in DATA.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, spans = unmark(row["marked"])
        yield Marked(text, row["part"], row["stance"], spans["source"], spans["cue"], spans["content"])


def overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Characters that both hold, of those that either holds."""
    x, y = ({i for s, e in spans for i in range(s, e)} for spans in (a, b))
    return len(x & y) / len(x | y) if x or y else 0.0


def matching(marked: Marked, found: Iterable[Statement]) -> Statement | None:
    """The statement with the marked content, as the scorer of the contrast suite pairs them."""
    best = max(
        found, key=lambda s: (overlap(s.content, marked.content), overlap(s.cue, marked.cue)), default=None
    )
    return best if best is not None and overlap(best.content, marked.content) >= 0.5 else None


def measure() -> Mapping[str, float]:
    """Share of right stances by part: spans given, and on the statements that each finder finds."""
    rows = list(sentences())
    finders: dict[str, Finder] = {"tagger": tagger.find_statements, "rules": statements.find_statements}
    right: dict[str, list[bool]] = {}
    for row, doc in zip(rows, parse(row.text for row in rows), strict=True):
        spans = segment(doc)
        given = find_stance(Tree(row.text, doc, spans), row.cue, row.content, row.source)
        right.setdefault(f"{row.part}_given", []).append(given == row.stance)
        for name, find in finders.items():
            found = matching(row, find(Document("d", row.text), doc, spans))
            if found is not None:
                right.setdefault(f"{row.part}_{name}", []).append(found.stance == row.stance)
    return {name: sum(values) / len(values) for name, values in sorted(right.items())}


if __name__ == "__main__":
    run(measure)
