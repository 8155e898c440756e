"""The words of a text as linking compares them, and how telling each is.

How telling a word is comes from fixed background counts (`training/background.py`), never from the collection
itself: what is linked must not depend on what was added before.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POSSESSIVE = re.compile(r"['’]s$")


class Word(NamedTuple):
    """A word with its span; ``norm`` is lower-cased, without a possessive or plural ending."""

    norm: str
    start: int
    end: int
    capital: bool


def words(text: str) -> list[Word]:
    """The words of a text in order. Digits count as words, punctuation does not."""
    return [
        Word(normalise(m.group()), m.start(), m.end(), m.group()[:1].isupper()) for m in _WORD.finditer(text)
    ]


@lru_cache(maxsize=200_000)
def normalise(word: str) -> str:
    """Lower case, no possessive; plural and past endings folded lightly, so that copies in another number
    or tense still meet. It is a key, not a lemma."""
    w = _POSSESSIVE.sub("", word.lower())
    if len(w) > 4 and w.endswith("ies"):
        return w[:-3] + "y"
    if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")):
        return w[:-1]
    return w


@lru_cache(maxsize=1)
def _background() -> tuple[int, dict[str, int]]:
    raw = resources.files(__package__).joinpath("weights/background.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in raw.splitlines() if line and not line.startswith("#")]
    counts = {w: int(n) for w, n in rows}
    return counts.pop("<documents>"), counts


@lru_cache(maxsize=200_000)
def weight(norm: str) -> float:
    """Inverse document frequency against the background, in nats: 0 for a word of every text, about 8 for
    one that none of the background's texts has."""
    total, counts = _background()
    return math.log((total + 1) / (counts.get(norm, 0) + 1))


RARE = 4.0
"""A word in fewer than one text of fifty-five."""
