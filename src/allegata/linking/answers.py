"""Denials that stand beside the passages of a Claim and name only "the claim", "these reports": in a Document
that opens with the Claim they answer it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from allegata.linking.polarity import refutes
from allegata.linking.stances import stance_in
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Span, Statement

LEAD = 700
"""Characters in which a Document that is about a Claim has told it."""

SAID = 240
"""Characters of what somebody says in which the matter is named and refuted."""

_MATTER = re.compile(
    r"(?:\b(?:the|these|those|this|that|such|any|all|both|his|her|their)|['’]s?)\s+"
    r"(?:of (?:the|these|those)\s+)?"
    r"(?:[\w'’-]+\s+){0,2}?(?:reports?|claims?|allegations?|accusations?|rumou?rs?|story|stories|suggestions?|"
    r"speculation|news)\b(?!\s+(?:that|of having|about)\b)",
    re.IGNORECASE,
)


def find_answers(mine: Sequence[Text], spans: Mapping[str, tuple[Span, ...]]) -> dict[str, tuple[Span, ...]]:
    """The passages of a Claim in each Document, with those denials."""
    return {t.id: tuple(sorted({*spans[t.id], *_answers(t, spans[t.id])})) for t in mine}


def _answers(text: Text, spans: Sequence[Span]) -> list[Span]:
    if not spans or min(a for a, _ in spans) > LEAD:
        return []
    first = min(b for _, b in spans)
    return [
        _extent(s)
        for s in text.reading.statements
        if s.speaker and _extent(s)[0] >= first and not _touches(s, spans) and _denies_it(text, s)
    ]


def _denies_it(text: Text, s: Statement) -> bool:
    """Whether somebody denies "the claim", or says of it that it is false."""
    said = " ".join(text.document.text[a:b][:SAID] for a, b in s.content)[:SAID]
    stance = stance_in(text, s)
    matter = _MATTER.search(said)
    if matter is None:
        return False
    return (stance == "deny" and matter.start() < 12) or (stance in AFFIRMING and refutes(said))


def _extent(s: Statement) -> Span:
    parts = (*s.cue, *s.content)
    return min(p[0] for p in parts), max(p[1] for p in parts)


def _touches(s: Statement, spans: Sequence[Span]) -> bool:
    return any(p[0] < b and a < p[1] for p in (*s.cue, *s.content) for a, b in spans)
