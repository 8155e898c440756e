"""What the one who denies a claim says happened instead.

Such an account accuses nobody of the claim's act and mostly stands in one statement, yet it is a claim of its
own: it too has an origin, and may be answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from allegata.linking.identity import Identities
from allegata.linking.polarity import refutes
from allegata.linking.proposals import SAME, Proposal, side_of
from allegata.linking.spots import Matrix, Spot
from allegata.linking.texts import Text
from allegata.model import Span

LEAST_WORDS = 7
"""Words of an account at least: "It was an accident" says too little to stand alone."""

_HARM = (
    r"(?:explosions?|blasts?|fires?|blaze|smoke|damage|deaths?|casualties|injur(?:y|ies)|wounds?|leaks?|spills?|"
    r"outages?|collapse|crash|accident|incident|flood(?:ing)?|shortages?|loss(?:es)?|contamination|illness|"
    r"shooting|shots|noise|breach|fault|failure)"
)
_INSTEAD = re.compile(
    r"\bwhat (?:really |actually )?(?:took place|happened|occurred|exploded|burn(?:ed|t)|was \w+|people \w+|"
    r"they \w+)"
    r"\b[^.;]{0,40}?\b(?:was|were|is)\b"
    r"|\b(?:in (?:fact|reality|truth)|on the contrary)\b"
    rf"|\b{_HARM}\b[^.;]{{0,40}}\b(?:was|were|had been|is|are|came|resulted)\s+(?:\w+\s+){{0,2}}"
    r"(?:caused|set|due|triggered|started|the (?:result|work|fault)|from|self-inflicted|staged|owing)\b"
    r"|\bit was (?:the |a |an |their |our )?(?:[\w'’-]+ ){1,5}(?:who|that|which)\b",
    re.IGNORECASE,
)
"""Words that put one course of events in the place of another."""


def find_accounts(
    found: Sequence[Proposal],
    spots: Sequence[Spot],
    likeness: Matrix,
    texts: Sequence[Text],
    identities: Identities,
) -> list[Proposal]:
    """For each claim at most one account of those who deny it, with every passage that tells it."""
    taken = {(d, span) for p in found for d, spans in p.spans.items() for span in spans}
    out: list[Proposal] = []
    for main in found:
        parties, statements = _deniers(main, spots, texts)
        told = [
            i
            for i, s in enumerate(spots)
            if (s.text, s.unit.span) not in taken
            and (s.text in statements or s.claimants & parties)
            and _is_account(s, main, identities)
        ]
        if not told:
            continue
        first = max(told, key=lambda i: (float(likeness[i, told].sum()), -i))
        account = Proposal(spots[first], instead=main)
        side = side_of(spots[first].accused, identities)
        account.sides = frozenset([side]) if side else frozenset()
        near: NDArray[np.bool_] = likeness[first] >= SAME
        for i, s in enumerate(spots):
            span: Span | None = s.unit.span
            if span is not None and (i == first or (near[i] and (s.text, span) not in taken)):
                account.spans[s.text].append(span)
                taken.add((s.text, span))
        out.append(account)
    return out


def _deniers(main: Proposal, spots: Sequence[Spot], texts: Sequence[Text]) -> tuple[frozenset[str], set[int]]:
    """The parties that answer in passages of the claim, and the statements (by index) that do."""
    parties, statements = set[str](), set[int]()
    for s in spots:
        if s.unit.span is None or s.unit.span not in main.spans.get(s.text, ()):
            continue
        if s.answers:
            parties |= s.answerers
        if texts[s.text].document.kind == "statement" and (s.answers or refutes(s.unit.text)):
            statements.add(s.text)
    return frozenset(parties), statements


def _is_account(spot: Spot, main: Proposal, identities: Identities) -> bool:
    """Whether a passage says what happened, and puts it to another than the claim does."""
    text = spot.unit.text
    return (
        spot.unit.span is not None
        and not spot.answers
        and not refutes(text)
        and len(text.split()) >= LEAST_WORDS
        and bool(_INSTEAD.search(text))
        and (not main.sides or side_of(spot.accused, identities) not in main.sides)
    )
