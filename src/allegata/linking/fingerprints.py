"""Sampled word n-gram fingerprints: how documents that share text find each other.

Whole-document sketches (MinHash) miss most news copies, since copies sit inside longer pages. Here every
n-gram is hashed and one in ``SAMPLE`` kept by its value, so that the share of common fingerprints estimates
containment either way, whatever the lengths.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LENGTH = 8
"""Words in a gram: long enough that two reporters do not meet by chance, short enough to survive an edit
in each sentence."""

SAMPLE = 4

_BASE = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def key(text: str) -> int:
    """A stable signed 64-bit key for a word or a name, as stores index it."""
    return int(np.uint64(_hash(text)).astype(np.int64))


def grams(norms: list[str], length: int = LENGTH) -> NDArray[np.uint64]:
    """One 64-bit hash for each run of ``length`` words, in order; empty for shorter texts."""
    if len(norms) < length:
        return np.zeros(0, np.uint64)
    hashed = np.fromiter((_hash(w) for w in norms), np.uint64, len(norms))
    out = np.zeros(len(norms) - length + 1, np.uint64)
    with np.errstate(over="ignore"):
        for i in range(length):
            out = out * _BASE + hashed[i : i + len(out)]
        out ^= out >> np.uint64(31)  # so that the low bits, by which is sampled, depend on every word
    return out


def distinct_grams(norms: list[str]) -> NDArray[np.uint64]:
    """The grams of a text, sorted, each once."""
    return np.unique(grams(norms))


def fingerprints(norms: list[str]) -> list[int]:
    """The sampled fingerprints of a text as signed 64-bit keys, sorted, each once."""
    all_grams = distinct_grams(norms)
    kept = all_grams[all_grams % np.uint64(SAMPLE) == 0]
    return [int(k) for k in np.sort(kept.astype(np.int64))]
