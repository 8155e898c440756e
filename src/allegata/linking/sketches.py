"""What is kept of a Document to tell, without its text, whether another may tell of the same matter.

Most documents that share a few telling words with a new one tell of something else. A sketch is a kilobyte
and is compared in a fraction of what a Reading takes to unpack, so that only likely ones are loaded.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from allegata.linking.fingerprints import key
from allegata.linking.texts import Text, Vectors

_FORMAT = 2
_HEAD = struct.Struct("<BdH?2sHH")
"""Format, time, months as bits, whether it looks back, language, number of years, number of terms."""

_TERM = np.dtype([("key", "<i8"), ("weight", "<f4"), ("telling", "?")])
_MONTHS = tuple(f"{date(2000, n, 1):%B}" for n in range(1, 13))


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """``when`` in seconds since 1970, not a number where unknown; ``months`` has bit 0 for January; ``terms``
    are sorted by key."""

    when: float
    months: int
    looks_back: bool
    language: str
    years: frozenset[int]
    terms: NDArray[np.void]

    @property
    def norm(self) -> float:
        weights = self.terms["weight"]
        return float(np.sqrt(weights @ weights))


def sketch(text: Text) -> Sketch:
    """The sketch of a text."""
    found_by = text.found_by
    terms = np.array([(key(t), w, t in found_by) for t, w in text.terms.items()], _TERM)
    return Sketch(
        text.when.timestamp() if text.when else math.nan,
        sum(1 << n for n, name in enumerate(_MONTHS) if name in text.months),
        text.looks_back,
        text.tongue,
        text.years,
        np.sort(terms, order="key"),
    )


def pack(made: Sketch) -> bytes:
    years = sorted(made.years)[:100]
    head = _HEAD.pack(
        _FORMAT,
        made.when,
        made.months,
        made.looks_back,
        made.language.encode("ascii", "replace")[:2].ljust(2),
        len(years),
        len(made.terms),
    )
    return head + np.array(years, "<u2").tobytes() + made.terms.tobytes()


def unpack(payload: bytes) -> Sketch | None:
    """``None`` for what another version kept."""
    if len(payload) < _HEAD.size or payload[0] != _FORMAT:
        return None
    _, when, months, looks_back, language, years, terms = _HEAD.unpack_from(payload)
    return Sketch(
        when,
        months,
        looks_back,
        language.decode("ascii").strip(),
        frozenset(np.frombuffer(payload, "<u2", years, _HEAD.size).tolist()),
        np.frombuffer(payload, _TERM, terms, _HEAD.size + 2 * years),
    )


def likeness(
    mine: Sketch, vectors: Vectors, others: Sequence[tuple[Sketch, Vectors]]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """How much a document and each of ``others`` tell of one matter, in [0, 1], and how many telling words
    they share."""
    count = len(others)
    if not count:
        return np.zeros(0), np.zeros(0, np.int64)
    terms = np.concatenate([o.terms for o, _ in others])
    owner = np.repeat(np.arange(count), [len(o.terms) for o, _ in others])
    weights = terms["weight"]
    norms = mine.norm * np.sqrt(np.bincount(owner, weights * weights, count))
    here, there = _common(mine.terms["key"], terms["key"])
    dots = np.bincount(owner[there], mine.terms["weight"][here] * weights[there], count)
    telling = mine.terms["telling"][here] & terms["telling"][there]
    shared = np.bincount(owner[there[telling]], minlength=count)
    lexical = np.divide(dots, norms, out=np.zeros(count), where=norms > 0)
    return 0.5 * lexical + 0.5 * meanings(vectors, [v for _, v in others]), shared


def _common(ordered: NDArray[np.int64], keys: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where equal keys stand in the one (sorted, each once) and in the other."""
    if not len(ordered):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    places = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    there = np.flatnonzero(ordered[places] == keys)
    return places[there], there


def meaning(a: Vectors, b: Vectors) -> float:
    """Mean of the best cosine of each unit of either document; 0 where one has none."""
    if not len(a) or not len(b):
        return 0.0
    cosines = a @ b.T
    ours, theirs = cosines.max(axis=1), cosines.max(axis=0)
    return (float(np.add.reduce(ours)) / len(a) + float(np.add.reduce(theirs)) / len(b)) / 2


def meanings(mine: Vectors, others: Sequence[Vectors]) -> NDArray[np.float64]:
    """`meaning` with each of ``others``."""
    out = np.zeros(len(others))
    sizes = np.array([len(rows) for rows in others])
    full = np.flatnonzero(sizes)
    if not len(mine) or not len(full):
        return out
    cosines = mine @ np.concatenate([rows for rows in others if len(rows)]).T
    starts = np.concatenate(([0], np.cumsum(sizes[full])[:-1]))
    theirs = np.add.reduceat(cosines.max(axis=0), starts, dtype=np.float64) / sizes[full]
    ours = np.maximum.reduceat(cosines, starts, axis=1).mean(axis=0, dtype=np.float64)
    out[full] = (ours + theirs) / 2
    return out
