"""Spellings of names that come from other scripts: "Tal Afar" and "Tall ‘Afar", "Hawija" and "Al Ḩawījah".

Romanisations differ in vowels, doubled letters, articles and hyphens, far less in consonants. `skeleton`
keeps the consonants, to find names by; `alike` then compares the vowels too.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from allegata.vocab import load

ARTICLES = frozenset(
    [
        "al",
        "el",
        "ad",
        "ed",
        "an",
        "en",
        "ar",
        "er",
        "as",
        "es",
        "ash",
        "esh",
        "at",
        "et",
        "az",
        "ez",
        "il",
        "ul",
        "ur",
        "ud",
        "us",
    ]
)
"""The Arabic article before any letter, and the joints of Persian and Urdu names."""
_LINKS = ARTICLES | {"e", "i", "ye", "wa"}
SCRIPTS = frozenset(load("places")["romanised"]["countries"])
"""Countries whose names of places are mostly romanised, or spelled after more than one language."""
SHORTEST = 3
"""Letters of the shortest skeleton that names are found by."""
ALIKE = 0.78
"""Least likeness of two names, from 0 to 1, with vowels that are often taken for each other made one."""

_PAIRS = (
    ("sh", "S"),
    ("ch", "C"),
    ("kh", "X"),
    ("gh", "G"),
    ("zh", "Z"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
)
_SINGLE = str.maketrans(
    {"q": "k", "c": "k", "v": "w", "x": "k", "ı": "i", "ə": "a", "ø": "o", "đ": "d", "ł": "l"}
)
_VOWELS = str.maketrans({"e": "i", "y": "i", "o": "u"})
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=[aeiou])h\b")


def plain(folded: str) -> str:
    """A folded name without articles, gaps, doubled letters, and with one letter for each sound."""
    words = folded.split()
    kept = [w for w in words if w not in _LINKS] or words
    text = _FINAL_H.sub("", " ".join(kept)).replace(" ", "")
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return _DOUBLED.sub(r"\1", text.translate(_SINGLE).translate(_VOWELS))


def skeleton(folded: str) -> str:
    """The consonants of a folded name; empty for one too short to be told from others."""
    bare = "".join(c for c in plain(folded) if c not in "aiu")
    return bare if len(bare) >= SHORTEST else ""


def alike(one: str, other: str) -> bool:
    """True for two folded names that may be spellings of one."""
    return SequenceMatcher(None, plain(one), plain(other), autojunk=False).ratio() >= ALIKE
