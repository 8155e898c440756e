"""Which names of a story are worth comparing (`joining`): those that share a key by which two names can be
one. Of thousands of names hardly any two are, and every two that are share one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allegata.linking.credits import core, fold, known_outlet
from allegata.linking.forms import Short, form
from allegata.model import Source

_Key = tuple[Hashable, ...]

NEAR_WORD, NEAR_NAME = 0.74, 0.93
"""Likeness of two words, and of two whole names with one first word, from which they may be one person's."""

_LETTERS = 64
"""Columns that letters are counted in; two letters may share one, which only lets more pass."""

_UNIT = re.compile(
    r"(?:.*\b)?(?:unit|arm|branch|subsidiary|division|wing|affiliate|management|leadership|board|"
    r"headquarters) of (?:the )?(.+)",
    re.IGNORECASE,
)
_SOMEWHERE = re.compile(
    r"(?:\s+(?:in|of|at|for)\s+(?:the\s+)?|,\s+)[A-ZÀ-Þ][\w'’-]*(?:\s+[A-ZÀ-Þ][\w'’-]*)*$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A source of one document; ``bare`` where it has no proper name and is only described."""

    document: str
    source: Source
    bare: bool


def worth_comparing(names: Sequence[Name], short: Short) -> list[tuple[int, int]]:
    """The pairs of names that may be one, each the later first, in order. ``short`` as in `joining.join`."""
    has: dict[_Key, list[int]] = defaultdict(list)
    asks: dict[_Key, list[int]] = defaultdict(list)
    for n, name in enumerate(names):
        for key in set(_keys(name, short)):
            has[key].append(n)
        for key in set(_asked(name, short)):
            asks[key].append(n)
    found: set[tuple[int, int]] = set()
    for key, mine in has.items():
        found.update((i, j) for n, i in enumerate(mine) for j in mine[:n])
        found.update((max(i, j), min(i, j)) for i in asks.get(key, ()) for j in mine if i != j)
    found.update(_spelled(names))
    found.update(
        _people([(n, fold(x.source.name).split()) for n, x in enumerate(names) if _may_be_person(x)])
    )
    return sorted(found)


def owner_of(name: str) -> str | None:
    """Whose part a name says that it is: "the Velmian unit of Holt Mining"."""
    m = _UNIT.fullmatch(name)
    return m.group(1) if m else None


def without_place(name: str) -> str:
    """A name without the place at its end: "the harbour office in Velm"."""
    return _SOMEWHERE.sub("", name)


def bones(surname: str) -> str:
    """The consonants of a surname: what different hands write of one in another script has the same."""
    return "".join(sorted(re.sub(r"[aeiouyw]|(.)(?=\1)", "", surname)))


def has_place(name: str) -> bool:
    return _SOMEWHERE.search(name) is not None


def _may_be_person(name: Name) -> bool:
    return not name.bare and name.source.kind in ("person", "unknown")


def _keys(name: Name, short: Short) -> Iterator[_Key]:
    """What two names of one body, person or outlet both have."""
    s = name.source
    yield "here", name.document, fold(s.name)
    if name.bare:
        return  # nobody else but who is called so in the same document
    yield "name", fold(s.name)
    yield "core", *core(s.name).split()
    if s.handle:
        yield "handle", s.handle.lower()
    if (known := known_outlet(s.name)) is not None:
        yield "known", known
    if s.kind != "person":
        yield "form", *form(s.name, short).split()
    if _may_be_person(name):
        words = fold(s.name).split()
        yield "first", name.document, *words[:1]
        yield "last", *words[-1:]
        if len(words) > 1:
            yield "bones", words[0], words[-1][0], bones(words[-1])


def _asked(name: Name, short: Short) -> Iterator[_Key]:
    """What a name has of another that is one with it, without having it itself."""
    s = name.source
    if name.bare:
        return
    words = core(s.name).split()
    for n in range(len(words)):
        yield "core", *words[:n]
    if s.kind != "person":
        words = form(s.name, short).split()
        for n in range(len(words)):
            yield "form", *words[:n]
        if (owner := owner_of(s.name)) is not None:
            yield "core", *core(owner).split()
        yield "name", fold(s.name.rpartition(", ")[0])
        yield "name", fold(without_place(s.name))


def _spelled(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Accounts, and the names that their handles spell."""
    plain: dict[str, list[int]] = defaultdict(list)
    for n, name in enumerate(names):
        spelled = re.sub(r"\W+", "", fold(name.source.name))
        if not name.bare and len(spelled) > 7 and len(name.source.name.split()) > 1:
            plain[spelled].append(n)
    lengths = sorted({len(p) for p in plain})
    for n, name in enumerate(names):
        s = name.source
        if s.kind != "account" or name.bare:
            continue
        handle = re.sub(r"[\W_\d]+", "", fold(s.handle or s.name))
        for length in lengths:
            for start in range(len(handle) - length + 1):
                for other in plain.get(handle[start : start + length], ()):
                    if other != n:
                        yield max(n, other), min(n, other)


def _people(names: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, int]]:
    """Persons each word of whose name is like one of the other's, or who have one first word and are alike
    in the whole."""
    words = sorted({w for _, ws in names for w in ws})
    near = _alike(words, NEAR_WORD)
    having: dict[str, list[tuple[int, int]]] = defaultdict(list)
    called: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for n, ws in names:
        for w in set(ws):
            having[w].append((n, len(ws)))
        if len(ws) > 1:
            called[ws[0]].append((n, "".join(ws)))
    for n, ws in names:
        rows = [[x for o in near[w] for x in having[o]] for w in set(ws)] if len(ws) > 1 else []
        for other, length in min(rows, key=len, default=[]):
            if other != n and length >= len(ws):
                yield max(n, other), min(n, other)
    for mine in called.values():
        whole = _alike(sorted({w for _, w in mine}), NEAR_NAME)
        at: dict[str, list[int]] = defaultdict(list)
        for n, w in mine:
            at[w].append(n)
        for n, w in mine:
            for other in (m for o in whole[w] for m in at[o]):
                if other < n:
                    yield n, other


def _alike(words: Sequence[str], least: float) -> dict[str, list[str]]:
    """For each of some words those of which the likeness to it (`difflib.SequenceMatcher.ratio`) may be
    ``least``: it is no more than the share of letters that both have in any order."""
    ordered = sorted(words, key=lambda w: (len(w), w))
    counts = np.zeros((len(ordered), _LETTERS), np.int16)
    for n, w in enumerate(ordered):
        for letter in w:
            counts[n, ord(letter) % _LETTERS] += 1
    lengths = counts.sum(axis=1)
    out: dict[str, list[str]] = {}
    for n, w in enumerate(ordered):
        shortest, longest = least * len(w) / (2 - least), len(w) * (2 - least) / least
        start = int(np.searchsorted(lengths, shortest - 1))
        end = int(np.searchsorted(lengths, longest + 1, side="right"))
        both: NDArray[np.int64] = np.minimum(counts[start:end], counts[n]).sum(axis=1)
        like = 2 * both >= (least - 1e-9) * (lengths[start:end] + len(w))
        out[w] = [ordered[start + int(k)] for k in np.flatnonzero(like)]
    return out
