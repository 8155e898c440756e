"""Whom a text credits as a whole: datelines, credit lines and by-lines of wire agencies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from allegata.linking.listings import listed_outlets
from allegata.linking.pictures import only_pictures
from allegata.model import Document, Span
from allegata.vocab import load

_DATELINE = re.compile(
    r"^[^\n(]{2,60}?,?\s*(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})?\s*\(([^()\n]{2,40})\)\s*[-–—]"
)
_LAST_PARENS = re.compile(r"\(([^()\n]{2,60})\)[.\s]*$")
_LAST_DASH = re.compile(r"[-–—]\s*([A-Z][\w'’. ]{1,50})[.\s]*$")
_LAST_LINE = re.compile(r"\n\s*([^\n.!?]{2,40})\s*$")
_INSIDE = re.compile(
    r"\b(?:text|source|story|reporting|with inputs from|inputs from)\s*:?\s+([A-Z][\w'’. ]{1,40})", re.I
)
_NAME_WORDS = frozenset(
    [
        "the",
        "news",
        "agency",
        "press",
        "wire",
        "service",
        "services",
        "daily",
        "newspaper",
        "magazine",
        "online",
        "media",
        "network",
        "staff",
        "and",
        "with",
        "in",
        "from",
        "for",
        "by",
        "desk",
        "bureau",
        "international",
        "text",
        "source",
        "inputs",
        "additional",
        "ltd",
        "limited",
        "inc",
        "llc",
        "plc",
        "corp",
        "gmbh",
        "ag",
        *(
            "uab",
            "oy",
            "oyj",
            "asa",
            "srl",
            "sarl",
            "ltda",
            "lda",
            "kft",
            "bv",
            "nv",
            "pty",
            "llp",
            "ooo",
            "oao",
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit found in a Document. ``name`` as printed; ``span`` is ``None`` where it is the by-line;
    ``unnamed`` marks "agencies" and its like."""

    name: str
    span: Span | None
    unnamed: bool = False


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """A name without case, accents, articles, possessive and punctuation, for comparison."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"['’]s\b", "", plain.lower().translate(_LETTERS))
    plain = re.sub(r"\b(?:\w\.){2,3}(?!\w)", lambda m: m.group().replace(".", ""), plain)
    return re.sub(r"^(?:the|a|an)\s+", "", re.sub(r"[^\w@]+", " ", plain).strip())


_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that do not come apart into one of the alphabet and an accent."""


@lru_cache(maxsize=100_000)
def core(name: str) -> str:
    """`fold` without the words that any outlet may carry: "Meridian News Agency" and "Meridian" meet."""
    kept = [w for w in fold(name).split() if w not in _NAME_WORDS]
    return " ".join(kept) or fold(name)


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    out: dict[str, str] = {}
    for name, others in load("wires")["agencies"].items():
        for n in (name, *others):
            out[fold(n)] = name
    return out


@lru_cache(maxsize=1)
def _unnamed() -> frozenset[str]:
    return frozenset(fold(w) for w in load("wires")["unnamed"]["words"])


def agency(name: str) -> str | None:
    """The full name of a known wire agency, by any of its names."""
    return _agencies().get(fold(name))


@lru_cache(maxsize=1)
def _outlets() -> dict[str, str]:
    out = dict(_agencies())
    for name, others in listed_outlets().items():
        for n in (name, *others):
            out.setdefault(fold(n), name)
    return out


def known_outlet(name: str) -> str | None:
    """The full name of a known outlet or agency, by any of its names or its site."""
    return _outlets().get(fold(name))


def is_unnamed(name: str) -> bool:
    """True for "agencies", "avec agences" and their like: a credit that names nobody."""
    return fold(name) in _unnamed()


@lru_cache(maxsize=200_000)
def same_outlet(short: str, full: str) -> bool:
    """Whether ``short`` names the outlet ``full``: equal, a known short form, or its distinctive words."""
    a, b = core(short), core(full)
    if not a or not b:
        return False
    if a == b or fold(short) == fold(full):
        return True
    if known_outlet(short) and known_outlet(short) == known_outlet(full):
        return True
    few, many = sorted((a.split(), b.split()), key=len)
    return len(" ".join(few)) >= 5 and few == many[: len(few)] and few[0] not in _NAME_WORDS


def _find_outlet(name: str, outlets: frozenset[str]) -> str | None:
    """The first of ``outlets`` by name that a name means (`same_outlet`)."""
    begins, whole, known = _by_words(outlets)
    words = tuple(core(name).split())
    possible = {*known.get(known_outlet(name), ()), *begins.get(words, ())}
    for n in range(1, len(words)):
        possible.update(whole.get(words[:n], ()))
    return next((o for o in sorted(possible) if same_outlet(name, o)), None)


_Table = dict[tuple[str, ...], list[str]]


@lru_cache(maxsize=4)
def _by_words(outlets: frozenset[str]) -> tuple[_Table, _Table, dict[str | None, list[str]]]:
    """Outlets by the distinctive words that their names begin with, by all of them, and by the known outlet
    that they are."""
    begins, whole = _Table(), _Table()
    known: dict[str | None, list[str]] = {}
    for o in outlets:
        words = tuple(core(o).split())
        whole.setdefault(words, []).append(o)
        for n in range(1, len(words) + 1):
            begins.setdefault(words[:n], []).append(o)
        if known_outlet(o):
            known.setdefault(known_outlet(o), []).append(o)
    return begins, whole, known


def find_credits(document: Document, outlets: frozenset[str]) -> list[Credit]:
    """Credits to agencies or to one of ``outlets`` (names), by-line first, each name once. The Document's
    own outlet is no credit."""
    text, author = document.text, document.author or ""
    found: list[Credit] = []
    spots: list[tuple[str, Span | None]] = [
        (p.strip(), None) for p in re.split(r"\s+(?:and|with|in|for|,)\s+|/|,", author) if p.strip()
    ]
    for pattern in (_DATELINE, _LAST_PARENS, _LAST_DASH, _LAST_LINE):
        m = (
            pattern.search(text[:200])
            if pattern is _DATELINE
            else pattern.search(text, max(0, len(text) - 200))
        )
        if m:
            inner = _INSIDE.search(text, *m.span(1)) or m
            spots.append((inner.group(1).strip(), inner.span(1)))
    pictures = only_pictures(text)
    for name, span in spots:
        if span and any(a < span[1] and span[0] < b for a, b in pictures):
            continue  # who took the picture
        full = agency(name) or _find_outlet(name, outlets)
        if full and document.outlet and same_outlet(full, document.outlet):
            continue
        if full:
            found.append(Credit(full, span))
        elif is_unnamed(name):
            found.append(Credit(name, span, unnamed=True))
    return list({c.name: c for c in reversed(found)}.values())[::-1]
