"""Which words two texts share, run by run, and whether that makes one a copy of the other.

Words in quotation marks are set apart: two reporters at one press conference share the quotes, not the
rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allegata.linking.words import Word
from allegata.model import Span

SEED = 5
"""A shared run starts with this many equal words and is then extended."""

LEAST_SHARED, LEAST_RUN, LEAST_SHARE = 18, 10, 0.2
"""Words outside quotation marks that two texts share in all and in their longest run, and the share of one
of them, from which they are taken from one another or from one text."""

_QUOTED = re.compile(r"[“„«\"][^“”„«»\"\n]{2,600}[”“»\"]")


@dataclass(frozen=True, slots=True)
class Run:
    """Equal words: ``length`` of them from word ``a`` of the one and word ``b`` of the other text;
    ``plain`` of them stand outside quotation marks in both."""

    a: int
    b: int
    length: int
    plain: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share. Shares are of the words outside quotation marks, in [0, 1]."""

    runs: tuple[Run, ...]
    plain: int
    share_a: float
    share_b: float

    @property
    def longest(self) -> int:
        """Words outside quotation marks in the longest shared run."""
        return max((r.plain for r in self.runs), default=0)

    @property
    def is_copy(self) -> bool:
        """Taken from one another or from one text: enough words outside quotes, in long enough runs."""
        share = max(self.share_a, self.share_b)
        return self.plain >= LEAST_SHARED and self.longest >= LEAST_RUN and share >= LEAST_SHARE


def quoted(text: str, words: list[Word]) -> list[bool]:
    """For each word whether it stands in quotation marks."""
    spans = [m.span() for m in _QUOTED.finditer(text)]
    out, i = [], 0
    for w in words:
        while i < len(spans) and spans[i][1] <= w.start:
            i += 1
        out.append(i < len(spans) and spans[i][0] <= w.start < spans[i][1])
    return out


def compare(a: list[Word], b: list[Word], quoted_a: list[bool], quoted_b: list[bool]) -> Overlap:
    """Shared runs of at least ``SEED`` words, longest first come, disjoint in both texts. Linear in the
    texts' lengths but for words that repeat, of which at most eight places are tried."""
    places: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(a) - SEED + 1):
        spots = places.setdefault(tuple(w.norm for w in a[i : i + SEED]), [])
        if len(spots) < 8:
            spots.append(i)
    found: list[Run] = []
    used_a = [False] * len(a)
    j = 0
    while j <= len(b) - SEED:
        best, best_i = 0, -1
        for i in places.get(tuple(w.norm for w in b[j : j + SEED]), ()):
            if used_a[i]:
                continue
            n = SEED
            while i + n < len(a) and j + n < len(b) and not used_a[i + n] and a[i + n].norm == b[j + n].norm:
                n += 1
            if n > best:
                best, best_i = n, i
        if best:
            plain = sum(not (quoted_a[best_i + k] or quoted_b[j + k]) for k in range(best))
            found.append(Run(best_i, j, best, plain))
            used_a[best_i : best_i + best] = [True] * best
            j += best
        else:
            j += 1
    shared = sum(r.plain for r in found)
    plain_a, plain_b = quoted_a.count(False), quoted_b.count(False)
    return Overlap(
        tuple(found), shared, shared / plain_a if plain_a else 0.0, shared / plain_b if plain_b else 0.0
    )


def containment(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> float:
    """The share of the grams of the one text that the other has too, of whichever has the greater share, in
    [0, 1]. Both are sorted, each gram once (`fingerprints.distinct_grams`); 0 where one has none."""
    shorter = min(len(a), len(b))
    return len(np.intersect1d(a, b, assume_unique=True)) / shorter if shorter else 0.0


def passages(overlap: Overlap, a: list[Word], b: list[Word], most: int = 4) -> list[tuple[Span, Span]]:
    """The longest shared runs as character spans of the two texts, in the order of the first."""
    runs = sorted(sorted(overlap.runs, key=lambda r: (-r.length, r.a))[:most], key=lambda r: r.a)
    return [
        ((a[r.a].start, a[r.a + r.length - 1].end), (b[r.b].start, b[r.b + r.length - 1].end)) for r in runs
    ]
