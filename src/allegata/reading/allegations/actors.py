"""Actors: a name or description to the country and sector it means, or to several, where it is ambiguous.

A country comes from a name, a people, an office or body, a capital or another place; from a listed group,
party or company; or, with the other words of the passage given, from the only country it can be. Nothing is
guessed
from a person's name. International bodies have a sector and no country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from allegata.reading.gazetteer import CITY, gazetteer
from allegata.vocab import countries, load

_MAX_NAME = 200
"""Characters of a name that are looked at."""
_MAX_TEXT = 2000
"""Characters of a passage that are searched for countries."""
_LONGEST = 10
"""Words of the longest name that is looked up."""
_WORD = re.compile(r"[\w.'’&+-]+")
_ETHNIC = re.compile(r"\bethnic[- ]+\w+", re.IGNORECASE)
_KNOWN_CITY = 100_000
"""Inhabitants from which a city's bare name is taken for it."""
_SECTORS = {"groups": "REB", "outlets": "MED", "parties": "PTY", "many": "REB", "companies": "BUS"}
"""Tables of listed actors by country, and their sectors; of a name in two the later one has it."""
_MISSPELT = 6
"""Letters from which a country's name with one slip of the pen is still taken for it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """What a name means: ``countries`` (ISO 3166-1 alpha-3), several where it is ambiguous, none where it
    has none or none is known; ``sector`` in PLOVER's codes, None for a whole country; ``listed`` where the
    name is known itself and not only described."""

    name: str
    countries: tuple[str, ...] = ()
    sector: str | None = None
    listed: bool = False
    entry: str | None = None
    """The first of the spellings in ``vocab/actors.toml``, for an actor that stands there."""
    rest: tuple[str, ...] = ()
    """Words of the name besides those that tell a listed actor or a country."""

    @property
    def country(self) -> str | None:
        """The country, where there is just one."""
        return self.countries[0] if len(self.countries) == 1 else None


def resolve_actor(name: str, passage: str = "", others: Iterable[str] = ()) -> Actor:
    """What ``name`` means. Where it names no country, the only one that ``passage`` names besides ``others``
    (the countries of the other parties) is taken, for offices, forces and people of a state."""
    name = " ".join(name[:_MAX_NAME].split())
    plain = _ETHNIC.sub("", name)
    whole = _WORD.findall(plain)
    words = [_bare(w) for w in whole]
    found = _listed(whole) or _listed(words)
    if found is not None:
        entry, rest = found
        kind = entry.sector if entry.sector in ("IGO", "NGO") else sector_of(rest) or entry.sector
        return Actor(name, entry.countries, kind, True, entry.name, tuple(rest.split()))
    sector = sector_of(name)
    held = _countries_in(words)
    if held:
        code, run = next(iter(held.items()))
        own = len(words) <= 3 and sector is None
        return Actor(name, (code,), sector, own, rest=_without(words, run))
    place = _place(words)
    if place:
        return Actor(name, (place,), sector, rest=tuple(words))
    if passage:
        near = _from_passage(passage, frozenset(others))
        if near:
            return Actor(name, near, sector, rest=tuple(words))
    return Actor(name, (), sector, rest=tuple(words))


def _without(words: list[str], run: str) -> tuple[str, ...]:
    """The words besides a run of them."""
    out, gone = list(words), run.split()
    at = next((i for i in range(len(out)) if out[i : i + len(gone)] == gone), len(out))
    return (*out[:at], *out[at + len(gone) :])


def _bare(word: str) -> str:
    """The word without a possessive, and without "-led"."""
    return re.sub(r"(?:['’]s?|-led)$", "", word)


def _runs(words: list[str], longest: int = _LONGEST) -> Iterable[str]:
    """Runs of words that begin with a capital letter, longer ones first, then from the left."""
    for size in range(min(longest, len(words)), 0, -1):
        for i in range(len(words) - size + 1):
            if words[i][:1].isupper() or words[i][:3].lower() in ("al-", "al"):
                yield " ".join(words[i : i + size])


def _listed(words: list[str]) -> tuple[Entry, str] | None:
    """The listed actor that the words name, and the words besides."""
    index = _index()
    if (key := countries.fold(" ".join(words))) in index:
        return index[key], ""
    for run in _runs(words):
        if (key := countries.fold(run)) in index:
            return index[key], " ".join(words).replace(run, " ", 1)
    return None


def _countries_in(words: list[str]) -> dict[str, str]:
    """Countries that the words name, each with the words that do, by name, people, body or older name first,
    then by capital."""
    out: dict[str, str] = {}
    for look_up in (_named, countries.country_of_capital, _misspelt):
        for run in _runs(words, 5):
            code = look_up(run)
            if code:
                out.setdefault(code, run)
        if out:
            break
    return out


def _named(run: str) -> str | None:
    return (
        _peoples().get(countries.fold(run))
        or countries.country_of(run)
        or countries.country_of_government(run)
        or countries.country_of_demonym(run)
    )


def _misspelt(run: str) -> str | None:
    """The only country whose name differs from ``run`` by one letter left out, added, changed or swapped."""
    low = countries.fold(run)
    if len(low) < _MISSPELT or " " in low:
        return None
    found = {code for name, code in _single_names() if name[0] == low[0] and _one_slip(low, name)}
    return found.pop() if len(found) == 1 else None


def _one_slip(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    rest = (a[i:], b[i:])
    return (
        rest[0][1:] == rest[1][1:]
        or rest[0][1:] == rest[1]
        or rest[0] == rest[1][1:]
        or (len(rest[0]) > 1 and rest[0][:2] == rest[1][1::-1] and rest[0][2:] == rest[1][2:])
    )


def _place(words: list[str]) -> str | None:
    """The country of a well-known place that is all the name there is ("the Lagos police"): in a longer name
    it may be part of a person's."""
    proper = [w for w in words if w[:1].isupper()]
    for run in (r for r in _runs(words, 3) if r.split() == proper):
        entries = gazetteer().look_up(run, limit=3)
        best = next((e for e in entries if e.primary), None)
        if best is not None and best.country and (best.kind != CITY or best.population >= _KNOWN_CITY):
            return best.country
    return None


@lru_cache(maxsize=4096)
def countries_named(passage: str) -> tuple[str, ...]:
    """All countries that a passage names, by name, people, body or capital."""
    words = [_bare(w) for w in _WORD.findall(_ETHNIC.sub("", passage[:_MAX_TEXT]))]
    found = (_named(run) or countries.country_of_capital(run) for run in _runs(words, 5))
    return tuple(dict.fromkeys(code for code in found if code))


def _from_passage(passage: str, others: frozenset[str]) -> tuple[str, ...]:
    """The countries that the passage names besides those of the other parties: one, or several in doubt.
    Where there are none besides, theirs: rebels and the president they fight are of one country."""
    words = [_bare(w) for w in _WORD.findall(_ETHNIC.sub("", passage[:_MAX_TEXT]))]
    own = tuple(_countries_in(words))
    if not own:
        places = (_place([b]) for a, b in pairwise(words) if a.lower() in ("in", "near", "of"))
        own = tuple(dict.fromkeys(p for p in places if p))
    return tuple(c for c in own if c not in others) or own


@lru_cache(maxsize=1)
def _sector_words() -> dict[str, str]:
    out: dict[str, str] = {}
    for sector, words in load("actors")["sectors"].items():
        for word in words.split("|"):
            out.setdefault(word, sector)
    return out


def sector_of(name: str) -> str | None:
    """The sector by the last word or words of the name that tell one, before any "of" or "in"."""
    head = re.split(r"\s(?:of|in|from|at|for|who|led)\s", name, maxsplit=1)[0]
    words = [_bare(w).lower() for w in _WORD.findall(head)]
    known = _sector_words()
    for end in range(len(words), 0, -1):
        for size in (3, 2, 1):
            if size <= end and (found := known.get(" ".join(words[end - size : end]))):
                return found
    return None


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed actor under its first name."""

    name: str
    countries: tuple[str, ...]
    sector: str


@lru_cache(maxsize=1)
def _index() -> dict[str, Entry]:
    """Folded name of a listed actor, in any of its spellings, to the actor."""
    data = load("actors")
    first = {n: line.split("|")[0] for line in data["spellings"]["names"] for n in line.split("|")}
    out: dict[str, Entry] = {}
    for part, sector in _SECTORS.items():
        for codes, names in data[part].items():
            for name in names.split("|"):
                out[countries.fold(name)] = Entry(first.get(name, name), tuple(codes.split()), sector)
    for part, sector in (("international", "IGO"), ("ngo", "NGO")):
        for name in (" ".join(n.split()) for n in data[part]["names"].split("|")):
            out[countries.fold(name)] = Entry(first.get(name, name), (), sector)
    return out


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    return {
        countries.fold(name): code
        for code, names in load("actors")["people"].items()
        for name in names.split("|")
    }


@lru_cache(maxsize=1)
def _single_names() -> tuple[tuple[str, str], ...]:
    return tuple(
        (countries.fold(c.name), c.iso3)
        for c in countries.countries().values()
        if " " not in c.name and len(c.name) >= _MISSPELT - 1
    )
