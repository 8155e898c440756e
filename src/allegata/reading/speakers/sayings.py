"""A statement as the resolver sees it: its tokens, its neighbours, and the one it only goes on from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from allegata.model import Statement
from allegata.reading.speakers.entities import Entity, View
from allegata.reading.speakers.words import as_pronoun, source_words

NEAR = 60
"""Statements before and after one that are looked at: time must not grow with their square."""
_OPENING = "\"“'‘«"
_BESIDE = frozenset(
    {"himself", "herself", "itself", "themselves", "too", "also", "all", "both", "each", ","}
    | {"'s", "’s", "'d", "’d", "'ll", "’ll", "'ve", "’ve", "'re", "’re", "then", "now", "later", "again"}
)
"""Words beside a pronoun that change nothing of whom it means."""


@dataclass(slots=True)
class Saying:
    """A Statement with its tokens: the source's and cue's, and the content's as ranges."""

    statement: Statement
    source: list[Token]
    cue: list[Token]
    content: list[tuple[int, int]]
    start: int


def whose(name: str) -> str:
    """The possessive of a name."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def bare_pronoun(source: Sequence[Token]) -> str | None:
    """The pronoun of "he himself", "she, too", "he's": nothing else in the phrase names anybody."""
    low = as_pronoun(source[0])
    if low not in source_words().pronouns or source[0].tag_ == "PRP$":
        return None
    return low if all(t.lower_ in _BESIDE for t in source[1:]) else None


def near(n: int, count: int) -> Iterator[int]:
    """The statements listed next to the one at ``n``, which cannot be far from it in the text either."""
    return (m for m in range(max(0, n - NEAR), min(n + NEAR, count)) if m != n)


def continued(
    n: int, sayings: Sequence[Saying], speakers: Sequence[Entity | None], view: View
) -> Entity | None:
    """Who speaks a quotation without source or cue: it goes on from the statement right before it."""
    saying = sayings[n]
    if saying.cue or not saying.content:
        return None
    first = view.doc[saying.content[0][0]]
    before = view.doc[first.i - 1].text if first.i and not view.doc[first.i - 1].whitespace_ else ""
    if first.i == 0 or not (first.text[:1] in _OPENING or before[-1:] in _OPENING):
        return None
    earlier = [
        m
        for m in near(n, len(sayings))
        if sayings[m].start < saying.start
        and speakers[m] is not None
        and sayings[m].statement.nested_in is None
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda m: max((b for _, b in sayings[m].content), default=0))
    ends = [b for _, b in sayings[last].content] + [t.i + 1 for t in sayings[last].cue]
    gap = view.sentence[saying.content[0][0]] - view.sentence[min(max(ends, default=1), len(view.doc)) - 1]
    return speakers[last] if gap <= 2 else None
