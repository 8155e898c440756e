"""What tells the claims of one story apart: the words that one has and the others lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum

from allegata.linking.proposals import Proposal, core_of
from allegata.linking.spots import Spot
from allegata.linking.words import weight, words

SHARE, TIMES = 0.25, 2.0
"""Least share of a claim's documents that have a word, and how many times that of any other claim it is, for
the word to be the claim's own."""

HEAVIEST = 8
"""Own words whose weights together are a whole score."""

Own = Mapping[str, float]
"""The own words of a claim with the weight of each."""


def own_words(found: Sequence[Proposal], spots: Sequence[Spot]) -> list[Own]:
    """For each claim its own words. One that stands alone has all of its own."""
    shares = [_shares(p, spots) for p in found]
    out: list[Own] = []
    for k, mine in enumerate(shares):
        others = [s for j, s in enumerate(shares) if j != k]
        out.append(
            {
                w: weight(w) * share
                for w, share in mine.items()
                if share >= SHARE and all(share >= TIMES * s.get(w, 0.0) for s in others)
            }
        )
    return out


def hits(passage: str, own: Own) -> int:
    """How many of the own words a passage has."""
    return len({w.norm for w in words(passage)} & own.keys())


_CLAUSE = re.compile(
    r"[;:–—]\s|,?\s(?:and|but|while|whereas|although|though)\s|,\s(?=(?:saying|adding|claiming|insisting|who|which)\b)"
)


def clause_of(passage: str, own: Own) -> tuple[int, int]:
    """Where in a passage the clause stands that has all its own words, else the whole of it."""
    whole = hits(passage, own)
    starts = [0, *(m.end() for m in _CLAUSE.finditer(passage))]
    ends = [*(m.start() for m in _CLAUSE.finditer(passage)), len(passage)]
    for start, end in zip(starts, ends, strict=True):
        if hits(passage[start:end], own) == whole:
            return start, end
    return 0, len(passage)


def share_of(passage: str, own: Own) -> float:
    """How much of what is its own a claim finds in a passage, in [0, 1]."""
    whole = fsum(sorted(own.values(), reverse=True)[:HEAVIEST])
    if not whole:
        return 0.0
    return min(1.0, fsum(own[w] for w in sorted({w.norm for w in words(passage)} & own.keys())) / whole)


def _shares(proposal: Proposal, spots: Sequence[Spot]) -> dict[str, float]:
    held: Counter[str] = Counter()
    core = core_of(proposal, spots)
    texts = {spots[i].text for i in core}
    for d in texts:
        held.update(
            {
                w.norm
                for i in core
                if spots[i].text == d
                for w in words(spots[i].unit.text)
                if weight(w.norm) > 1.5 and not w.norm.isdigit()
            }
        )
    return {w: n / len(texts) for w, n in held.items()}
