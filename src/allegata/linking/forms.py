"""The forms under which one body goes: abbreviations that a story explains, British and American spelling,
"London-based", "X militants" for X."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from allegata.linking.credits import core, fold
from allegata.vocab import load

Short = Mapping[str, str]
"""Folded abbreviation -> the folded name that the story's texts explain it with."""

MOST = 20_000
"""Characters of a text in which explanations of abbreviations are looked for."""

_WORD = r"[A-Z][\w'’-]*"
_EXPLAINED = re.compile(
    rf"((?:{_WORD}\s+(?:(?:of|for|and|the|in|on|to|al)\s+){{0,3}}){{1,7}}{_WORD})\s*"
    r"\((?:known as |formerly |or |also |the )?([A-Z][A-Za-z.]{1,7})\b[^()\n]{0,40}\)"
)
_BASED = re.compile(r"^(?:the )?[\w.-]{1,20}-based ", re.IGNORECASE)
_JOINS = frozenset(["of", "for", "in", "and", "on", "to"])


def find_short(texts: Iterable[str]) -> dict[str, str]:
    """What the abbreviations in brackets of a story's texts stand for: of several explanations the most
    frequent."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for m in _EXPLAINED.finditer(text[:MOST]):
            short = m.group(2).replace(".", "")
            full = _explains(m.group(1).split(), short)
            if full:
                found[fold(short)][fold(full)] += 1
    return {s: min(names, key=lambda n: (-names[n], -len(n), n)) for s, names in found.items()}


def _explains(words: list[str], short: str) -> str | None:
    """The last of the words that the letters of an abbreviation begin: all of its letters, or, for a name
    shortened in the text, its first ones."""
    letters = short.lower()
    for start in range(len(words)):
        mine = words[start:]
        initials = "".join(w[0].lower() for w in mine if w[0].isupper())
        everything = "".join(w[0].lower() for w in mine)
        if len(initials) >= 2 and (
            letters in (initials, everything)
            or (letters.startswith(initials) and len(letters) <= len(initials) + 2)
        ):
            return " ".join(mine)
    return None


def form(name: str, short: Short) -> str:
    """One spelling for the forms of a body's name."""
    plain = core(_BASED.sub("", name.strip()))
    plain = re.sub(r"([a-z]{3,})is(ation|ations|ed|ing|e)\b", r"\1iz\2", plain)
    words = plain.split()
    cut = next((n for n, w in enumerate(words) if n and w in _listed("sent_out")), len(words))
    words = words[:cut]
    while len(words) > 1 and words[-1] in _listed("members"):
        words.pop()
    plain = " ".join(words)
    return core(short.get(plain, plain))


def is_part(few: str, many: str) -> bool:
    """Whether one form is another without what it adds: "Islamic League" and "Islamic League of Kordavia"."""
    a, b = few.split(), many.split()
    return 1 < len(a) < len(b) and b[: len(a)] == a and b[len(a)] in _JOINS


@lru_cache(maxsize=4)
def _listed(key: str) -> frozenset[str]:
    return frozenset(load("citations")["voices"][key])
