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
_RUN_ON = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""Letters of scripts that put no space between words."""

GRAM = 3
"""Letters of such a script that are compared as one word: a name has three or more."""

_POSSESSIVE = re.compile(r"['’]s$")


class Word(NamedTuple):
    """A word with its span; ``norm`` is lower-cased, without a possessive or plural ending."""

    norm: str
    start: int
    end: int
    capital: bool


def words(text: str) -> list[Word]:
    """The words of a text in order. Digits count as words, punctuation does not. Where a script puts no space
    between words, every three letters in a row stand for one."""
    out = []
    for m in _WORD.finditer(text):
        run = m.group()
        if len(run) <= GRAM or not runs_on(run):
            out.append(Word(normalise(run), m.start(), m.end(), run[:1].isupper()))
        else:
            places = range(m.start(), m.end() - GRAM + 1)
            out += [Word(text[k : k + GRAM], k, k + GRAM, False) for k in places]
    return out


def runs_on(text: str) -> bool:
    """Whether letters of a script without spaces between words are in it."""
    return not text.isascii() and _RUN_ON.search(text) is not None


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
