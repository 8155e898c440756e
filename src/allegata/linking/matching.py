"""Which of the known claims a post speaks of: by shared words and by the likeness of sentence vectors."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allegata.linking.words import weight, words
from allegata.vectors import WIDTH, embed

SHORTLIST = 300
"""Known claims with most in common by words whose vectors are compared; the others cost no vector."""
LONGEST = 4_000
"""Characters of a text that are looked at: a post, or the beginning of a page."""

_LIKENESS, _SHARE, _BIAS = 18.2, 10.1, -14.9
"""Logistic weights of vector likeness and shared words, fitted on CheckThat! 2022 2A, training part: 997
posts with their shortlists. They order matches and give them a probability."""

_ADDRESS = re.compile(r"https?://\S+|pic\.twitter\.com/\S+")
_SIGNED = re.compile(r"\s+—\s[^—]{1,200}$")
"""The author and day that end an embedded post."""
_TAG = re.compile(r"#(\w+)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Match:
    """A known claim that a text may speak of. ``index`` counts the known claims, ``score`` is a probability,
    ``shared`` are the telling words they have in common."""

    index: int
    score: float
    shared: tuple[str, ...]


class Matcher:
    """Known claims, each in one or more wordings, made ready to be compared with posts."""

    def __init__(self, known: Sequence[Sequence[str]]) -> None:
        self._known = [[w[:LONGEST] for w in wordings if w.strip()] for wordings in known]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for n, wordings in enumerate(self._known):
            for word in {w.norm for text in wordings for w in words(text)}:
                self._holding[word].append(n)
        self._vectors: dict[int, npt.NDArray[np.float32]] = {}

    def rank(self, post: str, limit: int = 5) -> list[Match]:
        """The likeliest known claims, best first; those that share no word with the post are left out."""
        said = plain(post)
        tellings = {w.norm: weight(w.norm) for w in words(said)}
        whole = sum(tellings.values())
        if not whole:
            return []
        shares: dict[int, float] = defaultdict(float)
        for word, telling in tellings.items():
            for n in self._holding.get(word, ()):
                shares[n] += telling / whole
        short = sorted(shares, key=lambda n: (-shares[n], n))[:SHORTLIST]
        vector = embed([said])[0]
        scored = sorted(((self._score(n, vector, shares[n]), -n) for n in short), reverse=True)
        return [Match(-n, score, self._shared(-n, tellings)) for score, n in scored[:limit]]

    def _score(self, n: int, vector: npt.NDArray[np.float32], share: float) -> float:
        if n not in self._vectors:
            self._vectors[n] = embed(self._known[n]) if self._known[n] else np.zeros((1, WIDTH), np.float32)
        likeness = float((self._vectors[n] @ vector).max())
        return 1 / (1 + math.exp(-(_LIKENESS * likeness + _SHARE * share + _BIAS)))

    def _shared(self, n: int, tellings: dict[str, float]) -> tuple[str, ...]:
        held = {w.norm for text in self._known[n] for w in words(text)}
        return tuple(sorted((w for w in tellings if w in held), key=lambda w: (-tellings[w], w))[:8])


def plain(post: str) -> str:
    """What a post says: without addresses and its signature, hashtags taken apart."""
    text = _ADDRESS.sub(" ", _SIGNED.sub("", post[:LONGEST]))
    return " ".join(_TAG.sub(lambda tag: _HUMP.sub(" ", tag[1]), text).split())
