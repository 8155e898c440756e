"""Passages that words alone do not bring together: of texts in two languages, and of texts that put the
accusations of both sides in one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import fsum

from allegata.linking.proposals import Proposal
from allegata.linking.spots import Spot
from allegata.linking.stories import FOREIGN_TERMS, is_far
from allegata.linking.texts import Text
from allegata.linking.words import weight
from allegata.model import Span

_EACH_OTHER = re.compile(
    r"\b(?:accus|blam|charg)\w* (?:each other|one another)\b"
    r"|\b(?:trad|exchang|swap)\w* (?:\w+ )?(?:blame|accusations|charges|allegations|recriminations)\b"
    r"|\b(?:each (?:side|country|party)|both (?:sides|delegations|governments|countries|parties|armies))\b"
    r"[^.;]{0,40}\b(?:blam|accus|repeat|reiterat|stood by)\w*"
    r"|\bmutual (?:accusations|recriminations|blame)\b",
    re.IGNORECASE,
)


def attach_mutual(found: Sequence[Proposal], spots: Sequence[Spot]) -> None:
    """A sentence in which the sides accuse each other states both of two opposing claims of its time."""
    for a in found:
        for b in found:
            if a is b or not oppose(a, b, spots):
                continue
            for s in spots:
                span = s.unit.span
                if span is None or not _EACH_OTHER.search(s.unit.text):
                    continue
                if a.spans.get(s.text) and not b.spans.get(s.text):
                    b.spans[s.text].append(span)


def oppose(a: Proposal, b: Proposal, spots: Sequence[Spot]) -> bool:
    """Whether the side accused in either claim puts the other one forward."""
    return bool(a.sides and b.sides and a.sides != b.sides and (_speaks(a, b, spots) or _speaks(b, a, spots)))


def _speaks(accused: Proposal, other: Proposal, spots: Sequence[Spot]) -> bool:
    return any(accused.sides & s.claimants and s.unit.span in other.spans.get(s.text, ()) for s in spots)


def attach_translations(found: Sequence[Proposal], texts: Sequence[Text]) -> None:
    """A text in another language tells what the text tells that it shares most names with: each claim at the
    place in it where that text has it."""
    for f, foreign in enumerate(texts):
        twin = _twin(foreign, texts)
        if twin is None:
            continue
        for proposal in found:
            if proposal.spans.get(twin) and not proposal.spans.get(f):
                proposal.spans[f].append(_same_place(proposal.spans[twin][0], texts[twin], foreign))


def _twin(foreign: Text, texts: Sequence[Text]) -> int | None:
    language = foreign.tongue
    if language == "en":
        return None
    best: tuple[float, int] | None = None
    for d, text in enumerate(texts):
        shared = foreign.telling & text.telling if text.tongue != language else frozenset[str]()
        if len(shared) >= FOREIGN_TERMS and not is_far(foreign, text):
            best = max(best or (0.0, 0), (fsum(map(weight, sorted(shared))), -d))
    return None if best is None else -best[1]


def _same_place(span: Span, text: Text, foreign: Text) -> Span:
    """The unit of the foreign text that stands where ``span`` stands in the other."""
    at = span[0] / max(1, len(text.document.text))
    units = [u.span for u in foreign.units if u.span is not None]
    whole = max(1, len(foreign.document.text))
    return min(units, key=lambda u: (abs(u[0] / whole - at), u))
