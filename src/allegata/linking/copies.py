"""Which words two texts share, run by run, and whether that makes one a copy of the other.

Words in quotation marks are set apart: two reporters at one press conference share the quotes, not the
rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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


class Body:
    """The words of one text as they are aligned with those of others, and for each which are quoted."""

    def __init__(self, words: Sequence[Word], quoted: Sequence[bool]) -> None:
        self.quoted = quoted
        self.norms = [w.norm for w in words]
        self.seeds = list(zip(*(self.norms[k:] for k in range(SEED)), strict=False))

    @cached_property
    def plain(self) -> int:
        """Words outside quotation marks."""
        return sum(not q for q in self.quoted)

    @cached_property
    def places(self) -> dict[tuple[str, ...], list[int]]:
        """Where each seed stands, the first eight places."""
        out: dict[tuple[str, ...], list[int]] = {}
        for i, seed in enumerate(self.seeds):
            spots = out.setdefault(seed, [])
            if len(spots) < 8:
                spots.append(i)
        return out


def compare(one: Body, other: Body) -> Overlap:
    """Shared runs of at least ``SEED`` words, longest first come, disjoint in both texts. Linear in the
    texts' lengths but for words that repeat, of which at most eight places are tried."""
    a, b, places = one.norms, other.norms, one.places
    found: list[Run] = []
    used_a = [False] * len(a)
    j = 0
    while j <= len(b) - SEED:
        best, best_i = 0, -1
        for i in places.get(other.seeds[j], ()):
            if used_a[i]:
                continue
            n = SEED
            while i + n < len(a) and j + n < len(b) and not used_a[i + n] and a[i + n] == b[j + n]:
                n += 1
            if n > best:
                best, best_i = n, i
        if best:
            plain = sum(not (one.quoted[best_i + k] or other.quoted[j + k]) for k in range(best))
            found.append(Run(best_i, j, best, plain))
            used_a[best_i : best_i + best] = [True] * best
            j += best
        else:
            j += 1
    shared = sum(r.plain for r in found)
    shares = (shared / body.plain if body.plain else 0.0 for body in (one, other))
    return Overlap(tuple(found), shared, *shares)


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
