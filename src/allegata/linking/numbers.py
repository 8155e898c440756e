"""The numbers of a text, in digits or in words of eleven languages, and what they count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from allegata.linking.words import Word, normalise, words
from allegata.vocab import load

_LONGEST = 3
"""Words of the longest number word ("quatre-vingt-dix")."""


class Number(NamedTuple):
    """``value`` stands in the words from ``start`` to ``end`` (indexes)."""

    value: int
    start: int
    end: int


@cache
def _listed(language: str) -> dict[tuple[str, ...], int]:
    out = {
        tuple(w.norm for w in words(printed)): int(value)
        for value, line in load("numbers").get(language, {}).items()
        for printed in line.split(", ")
    }
    if language == "de":  # "einundvierzig"
        units = {"ein": 1} | {w[0]: v for w, v in out.items() if 1 < v < 10}
        tens = {w[0]: v for w, v in out.items() if 20 <= v < 100}
        out |= {(normalise(f"{u}und{t}"),): a + b for u, a in units.items() for t, b in tens.items()}
    return out


def find_numbers(text: Sequence[Word], language: str | None) -> list[Number]:
    """The whole numbers of a text, in order; ordinals, years and decimals are as their digits stand."""
    listed = _listed((language or "en")[:2])
    out: list[Number] = []
    i = 0
    while i < len(text):
        found = _digits(text, i) or _worded(text, i, listed)
        if found is None:
            i += 1
            continue
        out.append(found)
        i = found.end
    return out


def _digits(text: Sequence[Word], i: int) -> Number | None:
    norm = text[i].norm
    if not norm.isdecimal() or len(norm) > 12:
        return None
    value, end = int(norm), i + 1
    while end < len(text) and len(norm) <= 3 and _is_thousands(text[end - 1], text[end]):
        value, end = value * 1000 + int(text[end].norm), end + 1  # "12,500"
        if value > 10**12:
            break
    return Number(value, i, end)


def _is_thousands(a: Word, b: Word) -> bool:
    return len(b.norm) == 3 and b.norm.isdecimal() and b.start - a.end == 1


def _worded(text: Sequence[Word], i: int, listed: dict[tuple[str, ...], int]) -> Number | None:
    total, current, at, last = 0, 0, i, 10**9
    while at < len(text):
        size = next((n for n in range(_LONGEST, 0, -1) if _key(text[at : at + n]) in listed), 0)
        if not size:
            break
        value = listed[_key(text[at : at + size])]
        if value >= 100 and current:
            current *= value
        elif current and not _adds(last, value):
            break
        else:
            current += value
        if value >= 1000:
            total, current = total + current, 0
        last, at = value, at + size
    found = total + current
    return Number(found, i, at) if found > 1 else None


def _adds(last: int, value: int) -> bool:
    """Whether a number word goes on after another: "forty one", "hundred twelve"; not "two three"."""
    return (last >= 20 and value < 10) or (last >= 100 and value < 100)


def _key(some: Iterable[Word]) -> tuple[str, ...]:
    return tuple(w.norm for w in some)


def counted(text: Sequence[Word], language: str | None) -> Iterator[tuple[str, Number]]:
    """(what is counted, number) for the numbers of a text: "forty wagons", "40 freight wagons" by both words
    after it."""
    for number in find_numbers(text, language):
        for w in text[number.end : number.end + 2]:
            if len(w.norm) > 2 and not w.norm.isdecimal():
                yield w.norm, number
