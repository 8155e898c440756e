"""The part of an accusation that says an act was meant. Who knows of the act need not know why it was done,
and the accused may admit the one and deny the other: told apart, each is a claim of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from allegata.linking.proposals import Proposal, core_of
from allegata.linking.spots import Matrix, Spot
from allegata.linking.texts import Text
from allegata.linking.words import RARE, weight, words
from allegata.vocab import load

LEAST_TEXTS = 2
"""Documents that say an act was meant, from which on this may be a claim of its own."""

OWN, TIMES = 0.5, 3.0
"""Share of the passages on intent that have a word, and how many times that of the others it is, for the word
to tell why."""

ABOUT = 0.2
"""Likeness to the whole claim from which a passage with a word of intent speaks of the same act."""


def find_intent(
    whole: Proposal, spots: Sequence[Spot], likeness: Matrix, texts: Sequence[Text]
) -> Proposal | None:
    """The claim that the act of ``whole`` was meant, where somebody puts it forward and somebody else, or the
    same documents elsewhere, say it was not."""
    core = core_of(whole, spots)
    near = np.sort(likeness[core], axis=0)[-min(3, len(core)) :].mean(axis=0)
    told = [i for i, s in enumerate(spots) if s.unit.span is not None and whole.spans.get(s.text)]
    denied = [i for i in told if near[i] >= ABOUT and _says(spots[i], texts, "not_meant")]
    meant = [i for i in told if i not in denied and _says(spots[i], texts, "meant")]
    put_forward = [i for i in meant if spots[i].claimants or texts[spots[i].text].document.kind != "article"]
    if not put_forward or len({spots[i].text for i in meant}) < LEAST_TEXTS or not denied:
        return None
    seed = max(put_forward, key=lambda i: (float(near[i]), -i))
    part = Proposal(spots[seed], part=True)
    part.sides, part.fullest = whole.sides, whole.fullest if spots[seed].act is None else spots[seed]
    own = _own_words(meant, core, spots)
    for i, s in enumerate(spots):
        if s.unit.span is None:
            continue
        if i in meant or i in denied or (own & {w.norm for w in words(s.unit.text)}):
            part.spans[s.text].append(s.unit.span)
    return part


def _own_words(meant: Sequence[int], core: Sequence[int], spots: Sequence[Spot]) -> set[str]:
    """Telling words of the passages on intent that the claim's other passages lack ("sugar", of why a dam was
    opened)."""
    plain = _shares([i for i in core if i not in meant], spots)
    return {
        w
        for w, share in _shares(meant, spots).items()
        if weight(w) >= RARE and share >= OWN and share >= TIMES * plain.get(w, 0.0)
    }


def _shares(units: Sequence[int], spots: Sequence[Spot]) -> dict[str, float]:
    held = Counter(w for i in units for w in {w.norm for w in words(spots[i].unit.text)})
    return {w: n / len(units) for w, n in held.items()}


def _says(spot: Spot, texts: Sequence[Text], key: str) -> bool:
    found = _pattern(texts[spot.text].tongue, key)
    return bool(found and found.search(spot.unit.text))


@lru_cache(maxsize=64)
def _pattern(language: str, key: str) -> re.Pattern[str] | None:
    entries = load("intent").get(language, {}).get(key)
    if not entries:
        return None
    start, end = ("", "") if language == "zh" else (r"(?<!\w)(?:", r")(?!\w)")
    return re.compile(start + "|".join(sorted(entries, key=len, reverse=True)) + end, re.IGNORECASE)
