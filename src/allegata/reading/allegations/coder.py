"""The act coder: a PLOVER root for a clause, or none, by weights learned from labelled sentences.

Linear models added up: over the hashed features of a clause (`features.py`), and over two MiniLM vectors,
of its core, the words from one party to the other with both masked, and of its span, the same with their
names. It stands behind the rules: they know what their lexicon has, it guesses at the rest. Weights come
from ``training/acts/``; see ``weights/acts.md``.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from allegata.reading.allegations.asserted import is_asserted, is_long_past
from allegata.reading.allegations.features import Clause, clause_features
from allegata.vectors import embed

Floats = npt.NDArray[np.float32]

BUCKETS = 1 << 16
"""Features are hashed to so many columns."""
CORE_WEIGHT, SPAN_WEIGHT = 0.5, 0.4
"""Of the two vectors beside the words, all of unit length; chosen over folds (``weights/acts.md``)."""
BEFORE, AFTER = 3, 8
"""Words before the first party and after the last one that belong to the core."""
CLEAR = 0.8
"""A lead of no act, by words alone, that the vectors do not turn."""
NONE = "NONE"
"""The class of clauses without an act."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A root, and by how much its score leads the next one's (0.5 is a clear case)."""

    root: str
    lead: float


@dataclass(frozen=True, slots=True)
class Coder:
    """``roots`` name the rows of ``words`` (roots, BUCKETS) and ``vectors`` (roots, 768); ``rarity``
    (BUCKETS,) is each column's inverse document frequency, 0 where training had none."""

    roots: tuple[str, ...]
    rarity: Floats
    words: Floats
    vectors: Floats
    bias: Floats

    def guess(self, clause: Clause) -> Coded | None:
        """The likeliest root of what the clause speaks of, whether or not it has happened.

        Where the words alone speak against any act by `CLEAR` or more, the sentence model is not run.
        """
        columns, values = weigh(clause, self.rarity)
        scores = self.words[:, columns] @ values + self.bias
        none = self.roots.index(NONE)
        if scores[none] - np.delete(scores, none).max() >= CLEAR:
            return None
        scores = scores + self.vectors @ vectors_of([clause])[0]
        order = np.argsort(-scores)
        root = self.roots[order[0]]
        return None if root == NONE else Coded(root, float(scores[order[0]] - scores[order[1]]))

    def code(self, clause: Clause, published: str | None = None) -> Coded | None:
        """The act that the clause asserts; None for what is denied, imagined, to come or of a past year.

        ``published`` is the Document's ISO date: acts dated to an earlier year are history.
        """
        if is_long_past(clause, published):
            return None
        found = self.guess(clause)
        return found if found is not None and is_asserted(clause, found.root) else None


def column(feature: str) -> int:
    """The column that a feature is hashed to."""
    return zlib.crc32(feature.encode("utf-8", "replace")) % BUCKETS


def columns_of(features: Iterable[str]) -> npt.NDArray[np.int64]:
    """The columns of some features, each once."""
    return np.unique(np.fromiter((column(f) for f in features), dtype=np.int64))


def weigh(clause: Clause, rarity: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """The columns of a clause and their values, which have length 1 together."""
    columns = columns_of(clause_features(clause))
    values = rarity[columns]
    return columns, values / max(float(np.linalg.norm(values)), 1e-6)


def core(clause: Clause) -> str:
    """The words from one party to the other and a few around them, with the parties as "A" and "B"."""
    parties = sorted(clause.source | clause.target)
    both = clause.source and clause.target
    low, high = (parties[0] - BEFORE, parties[-1] + AFTER) if both else (0, 1 << 31)
    out: list[str] = []
    for token in clause.tokens:
        if low <= token.i <= high:
            word = "A" if token.i in clause.source else "B" if token.i in clause.target else token.text
            if word not in ("A", "B") or not out or out[-1] != word:
                out.append(word)
    return " ".join(out)


def span(clause: Clause) -> str:
    """The text from one party to the other; the whole sentence where one is missing."""
    if not clause.tokens:
        return ""
    parties = sorted(clause.source | clause.target)
    both = clause.source and clause.target
    low, high = (parties[0], parties[-1]) if both else (clause.tokens[0].i, clause.tokens[-1].i)
    text: str = clause.tokens[0].doc[low : high + 1].text
    return text


def vectors_of(clauses: Sequence[Clause]) -> Floats:
    """The weighed vectors of core and span side by side, a row a clause: (n, 768)."""
    cores, spans = embed([core(c) for c in clauses]), embed([span(c) for c in clauses])
    out: Floats = np.hstack([CORE_WEIGHT * cores, SPAN_WEIGHT * spans])
    return out


def unpack(held: dict[str, npt.NDArray[np.generic]], roots: Sequence[str]) -> Coder:
    """The Coder from its file: ``words`` rest in 8 bits with one scale a root, the rest in 16."""
    words = held["words"].astype(np.float32) * held["scale"].astype(np.float32)[:, None]
    return Coder(
        tuple(roots),
        held["rarity"].astype(np.float32),
        words,
        held["vectors"].astype(np.float32),
        held["bias"].astype(np.float32),
    )


@lru_cache(maxsize=1)
def act_coder() -> Coder:
    """The shipped coder, loaded once a process, when first needed."""
    path = resources.files("allegata.reading.weights").joinpath("acts.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        return unpack(dict(held), [str(r) for r in held["roots"]])
