"""Whether a further group of passages is a claim of its own, or only more words for one that was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum

import numpy as np

from allegata.linking.polarity import core_words
from allegata.linking.proposals import SAME, Proposal, core_of
from allegata.linking.spots import Matrix, Spot
from allegata.linking.stories import is_far
from allegata.linking.texts import Text, usual_tongue
from allegata.linking.words import weight, words

ONE = 0.25
"""Likeness of the words of two groups of passages (`polarity.core_words`) from which they tell one claim."""


def are_apart(proposal: Proposal, known: Proposal, texts: Sequence[Text]) -> bool:
    """Whether two claims are told of two occurrences: texts of each lie far apart in time."""
    pairs = [is_far(texts[a], texts[b]) for a in proposal.texts() for b in known.texts() if a != b]
    return len(proposal.texts()) >= 2 and sum(pairs) > len(pairs) / 2


def part_of(proposal: Proposal, known: Sequence[Proposal], spots: Sequence[Spot]) -> Proposal | None:
    """The claim that a further seed only tells in more words: most of what it is about is the same, and it is
    not the answer of the accused."""
    gathered = core_of(proposal, spots)
    mine = core_words([spots[i].unit.text for i in gathered])
    voices = _leading(gathered, spots)
    for k in known:
        if voices & k.sides and proposal.sides != k.sides:
            continue
        theirs = core_words([spots[i].unit.text for i in core_of(k, spots)])
        same_side = bool(proposal.sides) and proposal.sides == k.sides
        if same_side and voices & _leading(core_of(k, spots), spots):
            return k
        if _cosine(mine, theirs) >= ONE:
            return k
    return None


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    norm = (fsum(v * v for v in a.values()) * fsum(v * v for v in b.values())) ** 0.5
    return fsum(a[w] * b[w] for w in sorted(a) if w in b) / norm if norm else 0.0


def is_new(proposal: Proposal, known: Sequence[Proposal], spots: Sequence[Spot], likeness: Matrix) -> bool:
    """Whether a further seed is a claim of its own rather than a detail of one already found: two documents
    at least tell it and none of the others, and it has an accused or a voice that these lack; or somebody
    else puts an act to another side."""
    mine = set(proposal.texts())
    gathered = core_of(proposal, spots)
    cores = [core_of(k, spots) for k in known]
    voices = _leading(gathered, spots)
    heard = set().union(*(_leading(core, spots) for core in cores))
    if len(mine - {d for k in known for d in k.texts()}) >= 2 and (proposal.sides or voices - heard):
        return True
    seed = next(i for i, s in enumerate(spots) if s is proposal.seed)
    for k, core in zip(known, cores, strict=True):
        near = float(np.sort(likeness[seed, core])[-3:].mean()) if core else 0.0
        same_voice = voices & _leading(core, spots)
        same_side = proposal.sides & k.sides or _accused_words(gathered, spots) & _accused_words(core, spots)
        if near >= SAME or same_voice or same_side:
            return False
    return proposal.seed.act is not None and bool(proposal.sides)


def is_only_language(proposal: Proposal, texts: Sequence[Text]) -> bool:
    """Whether a group that accuses no side stands in texts of other languages than most only: what sets it
    apart may be its language, of which the vectors know little."""
    usual = usual_tongue(texts)
    return not proposal.sides and all(texts[d].tongue != usual for d in proposal.texts())


def _leading(core: Sequence[int], spots: Sequence[Spot]) -> set[str]:
    """Who puts the passages forward, save those heard in few of them."""
    voices = Counter(c for i in core for c in spots[i].claimants)
    return {c for c, n in voices.items() if 3 * n >= max(voices.values())}


def _accused_words(core: Sequence[int], spots: Sequence[Spot]) -> set[str]:
    """The words by which the accused are called in the passages."""
    return {w.norm for i in core for w in words(spots[i].accused or "") if weight(w.norm) > 1.5}
