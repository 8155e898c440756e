"""What was taken back, and on which day: by a party of its own words, by an outlet of what it published."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from math import fsum

from allegata.linking.credits import core
from allegata.linking.own_voice import is_correction
from allegata.linking.polarity import Core
from allegata.linking.stories import links_to
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.linking.words import words
from allegata.model import Origin

_WHOLE = re.compile(
    r"\b(?:withdraw\w*|retract\w*|take back|removed|deleted|unpublish\w*)\s+(?:the|this|that|our|its)\s+"
    r"(?:\w+ ){0,2}?(?:articles?|reports?|stor(?:y|ies)|interviews?|conversation|programme|program|posts?|"
    r"items?|broadcast)\b(?! that)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:withdraw\w*|retract\w*|take back|was wrong|were wrong|incorrect\w*|erroneous\w*|mistaken\w*)\b",
    re.IGNORECASE,
)

NEARLY = 0.3
"""Share of the Claim's words that the sentences around a correction must have to be about this Claim."""

AROUND = 200
"""Characters before and after the correcting words that say what is corrected."""


def find_withdrawn(
    mine: Sequence[Text],
    told: Mapping[str, Sequence[Telling]],
    origins: Iterable[Origin],
    claim: Core,
    copies: Container[str],
) -> dict[str, str]:
    """Origin id -> the day it was taken back: by the party itself, or where the outlet that brought it first,
    and nobody else did, takes back the whole of what it published or just this. ``copies`` are documents
    made from others: they heard nobody."""
    out: dict[str, str] = {}
    listed = list(origins)
    for text in mine:
        day = (text.document.published or "")[:10]
        if not day:
            continue
        for t in told[text.id]:
            if t.stance == "retract" and t.chain:
                out.setdefault(t.chain[0].id, day)
        published = _corrected(text, mine) if _takes_back(text, claim) else None
        if published is None:
            continue
        for o in listed:
            if o.first_document == published.id and not _heard_elsewhere(
                o, published, [x for x in mine if x.id not in copies], told
            ):
                out.setdefault(o.id, day)
    return out


def _takes_back(text: Text, claim: Core) -> bool:
    body = text.document.text[:5000]
    if not is_correction(text.document):
        return False
    if _WHOLE.search(body):
        return True
    weight = fsum(claim.values())
    for m in _PART.finditer(body):
        around = {w.norm for w in words(body[max(0, m.start() - AROUND) : m.end() + AROUND])}
        if weight and fsum(v for w, v in claim.items() if w in around) >= NEARLY * weight:
            return True
    return False


def _corrected(text: Text, mine: Sequence[Text]) -> Text | None:
    """The earlier page of the same outlet that a correction speaks of."""
    outlet = core(text.document.outlet or "?")
    earlier = [
        t
        for t in mine
        if t.id != text.id and t.sort_key() < text.sort_key() and core(t.document.outlet or "!") == outlet
    ]
    linked = [t for t in earlier if links_to(text, t)]
    return max(linked or earlier, key=Text.sort_key, default=None)


def _heard_elsewhere(
    origin: Origin, published: Text, mine: Sequence[Text], told: Mapping[str, Sequence[Telling]]
) -> bool:
    """Whether a page of another outlet heard the origin itself."""
    return any(
        t.own and t.chain and t.chain[0].id == origin.id
        for x in mine
        if core(x.document.outlet or "?") != core(published.document.outlet or "!")
        for t in told[x.id]
    )
