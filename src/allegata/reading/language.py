"""Which language a text is in, so that one that is not English is said to be unread and not read wrongly.

By script where a script tells, else by the share of common small words. Small, deterministic, and no model:
it tells the languages that news is mostly written in, and says None for anything else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from allegata.vocab import load

LOOKED_AT = 6000
"""Characters of a text that are looked at, a third each from the start, the middle and the end."""

MIN_WORDS = 4
MIN_SHARE = 0.08
"""Share of a text's words that are among a language's common ones, at the least. English has 0.35 or more."""

MARGIN = 1.15
"""How far the first language must be ahead of the second."""

SCRIPT_SHARE = 0.3
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _common() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in load("languages")["common"].items()}


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; None where it is too short, or of none that is known."""
    sample = _sample(text)
    scripts = Counter(_script(c) for c in sample if c.isalpha())
    letters = sum(scripts.values())
    if letters < 2 * MIN_WORDS:
        return None
    script = scripts.most_common(1)[0][0]
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * letters:
        return "ja"
    by_script: dict[str, str] = load("languages")["scripts"]
    if script in by_script and scripts[script] > SCRIPT_SHARE * letters:
        return by_script[script]
    words = [w.casefold().replace("’", "'") for w in _WORD.findall(sample)]
    if len(words) < MIN_WORDS:
        return None
    letters_of: dict[str, str] = load("languages")["letters"]
    shares = sorted(
        (
            (sum(w in known or _has(w, letters_of.get(code, "")) for w in words) / len(words), code)
            for code, known in _common().items()
        ),
        reverse=True,
    )
    (first, code), (second, _) = shares[0], shares[1]
    return code if first >= MIN_SHARE and first >= MARGIN * second else None


def _has(word: str, letters: str) -> bool:
    """Whether a letter that no other language writes stands in the word."""
    return any(c in letters for c in word)


def _sample(text: str) -> str:
    if len(text) <= LOOKED_AT:
        return text
    part, middle = LOOKED_AT // 3, len(text) // 2
    return " ".join((text[:part], text[middle : middle + part], text[-part:]))


def _script(char: str) -> str:
    """The first word of a letter's Unicode name: LATIN, CYRILLIC, ARABIC, CJK …"""
    return unicodedata.name(char, "").partition(" ")[0]
