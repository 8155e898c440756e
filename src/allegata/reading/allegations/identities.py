"""Who a party's name means, under one id for all its spellings, offices and holders of offices.

Nobody is found by a person's name alone: an official is known by the office that the name, or what the text
says of him, gives. A name that nothing is known of is an actor of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from allegata.model import Actor, Source
from allegata.reading.allegations import actors
from allegata.vocab import countries, load

STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
"""Sectors that act as their state."""

_BODIES = STATE | {"LEG", "JUD"}
"""Sectors that a passage may tell the country of: each state has its own."""
_MAX_NAME = 200
_MAX_ID = 80
_MAX_CANDIDATES = 5
_MAX_PIECES = 6
_SPOKEN = re.compile(
    r"^(?:.*\bspokes(?:man|woman|person)\b\s(?:for|of)\s(?:the\s)?(.+)|(.+?)(?:['’]s?)?\s+spokes(?:man|woman|person|people)\b.*)$",
    re.IGNORECASE,
)
"""Whom somebody speaks for: "a spokesman for X", "X's spokeswoman"."""
_HEADLESS = frozenset({"the", "a", "an", "of", "and", "for", "in", "on", "s", "'s", "’s", "its", "their"})
_STATELY = _HEADLESS | {"state", "side", "nation", "country", "republic", "kingdom", "islamic", "federation"}
"""Words beside a country's name that leave it a country."""
_AND = re.compile(r"\band\b|&")
_OWNERS = frozenset({"our", "their", "his", "her", "its", "my", "your", "whose"})
_LINKS = re.compile(r"\s(?:of|for|at|in|to|with)\s(?:the\s)?", re.IGNORECASE)
_WORD = re.compile(r"[\w.'’&-]+")


def identify(name: str, source: Source | None = None, passage: str = "", others: Iterable[str] = ()) -> Actor:
    """Whom ``name`` means. ``source`` is what the Document says of the name. ``passage`` tells the country of
    an office or force whose name does not, where it names one only besides ``others``; several are kept as
    candidates."""
    name = " ".join(name[:_MAX_NAME].split())
    found = _identify(name)
    if found.id.startswith("name:") and source is not None:
        found = _by_source(name, found, source)
    if found.country is None and not found.candidates and found.sector in _BODIES and passage:
        return _placed(found, actors.countries_named(passage), frozenset(others))
    return found


def _by_source(name: str, found: Actor, source: Source) -> Actor:
    """What the Document's account of a name adds: the office held, and that it is an outlet."""
    if source.kind in ("outlet", "agency"):
        return replace(found, sector="MED")
    if source.organisation is not None:
        held = _identify(" ".join(f"{source.organisation} {source.title or ''}"[:_MAX_NAME].split()))
        if not held.id.startswith("name:"):
            return held
        return replace(found, sector=found.sector or held.sector, office=found.office or held.office)
    if source.title is not None:
        held = _identify(" ".join(f"{source.title} {name}"[:_MAX_NAME].split()))
        return replace(found, sector=found.sector or held.sector, office=found.office or held.office)
    return found


def _placed(found: Actor, named: tuple[str, ...], others: frozenset[str]) -> Actor:
    """An office or force with the country of its passage. Where that names the other parties' countries only,
    it is theirs: police and the minister they guard are of one country."""
    possible = tuple(c for c in named if c not in others) or named
    if len(possible) != 1:
        return replace(found, candidates=possible[:_MAX_CANDIDATES])
    parts = (possible[0], found.sector, found.office)
    return Actor("-".join(p for p in parts if p), possible[0], found.sector, found.office)


@lru_cache(maxsize=16384)
def _identify(name: str) -> Actor:
    spoken = _SPOKEN.search(name)
    body = spoken[1] or spoken[2] or "" if spoken else ""
    if body.strip():
        said = _identify(body.strip())
        if said.country or not said.id.startswith("name:"):
            return said if said.sector else _with_sector(said, "GOV")
    found = actors.resolve_actor(name)
    several = found.countries if len(found.countries) > 1 else ()
    if found.entry is not None:
        own = _listed_sector(found.entry)
        tied = found.sector in _BODIES or found.sector in (own, None)
        identity = slug(found.entry) + ("" if tied else f"-{found.sector}")
        return Actor(identity, found.country, own if tied else found.sector, None, several)
    office = _office(name) if found.sector in STATE else None
    if found.country is None:
        return Actor(f"name:{fold(name)}"[:_MAX_ID], None, found.sector, office, several)
    both = actors.countries_named(name) if _AND.search(name) else ()
    if len(both) > 1:
        return Actor(f"name:{fold(name)}"[:_MAX_ID], None, found.sector, None, both[:_MAX_CANDIDATES])
    left = [w for w in found.rest if actors.countries_named(w) != (found.country,)]
    parts = [found.country, found.sector, office]
    if found.sector is None:
        parts.append(slug(" ".join(w for w in left if fold(w) not in _STATELY)))
    elif found.sector not in _BODIES or office == "local":
        parts.append(slug(" ".join(w for w in left if w[:1].isupper() and actors.sector_of(w) is None)))
    return Actor("-".join(p for p in parts if p)[:_MAX_ID], found.country, found.sector, office)


def _with_sector(actor: Actor, sector: str) -> Actor:
    own = actor.id == actor.country
    return replace(actor, id=f"{actor.id}-{sector}" if own else actor.id, sector=sector if own else None)


def party_of(name: str) -> str:
    """What is equal for all names under which one party acts: a state acts by its government, ministries,
    forces and capital. Of an unknown state the words before its office are its name ("Castellan army")."""
    actor = _identify(" ".join(name[:_MAX_NAME].split()))
    if not actor.id.startswith("name:"):
        return state_of(actor) or actor.id
    if actor.sector in STATE:
        return _body_of(name) or fold(name)
    return fold(name)


def party_name(party: str) -> str | None:
    """The name of a party that is a country; None for others."""
    known = countries.countries()
    return known[party].name if party in known else None


def state_of(actor: Actor) -> str | None:
    """The code of the country that an actor acts for, as its government or a force or office of it."""
    if actor.sector in STATE and actor.office != "local":
        own = actor.id.split("-")[:2] == [actor.country, actor.sector]
        return actor.country if own else None
    return actor.country if actor.id == actor.country else None


def _body_of(name: str) -> str | None:
    """Whose office or force a name of an unknown state is: the words before it ("Castellan army"), or after
    "of", else its holder's own name."""
    later: list[str] = []
    for piece in _LINKS.split(name)[:_MAX_PIECES]:
        before: list[str] = []
        words = _WORD.findall(piece)
        for n, word in enumerate(words):
            if _bare(word) in _office_words():
                later += [w for w in words[n:] if w[:1].isupper() and _bare(w) not in _office_words()]
                break
            if word[:1].isupper() and word.casefold() not in _OWNERS:
                before.append(word)
        if before:
            return fold(" ".join(map(_unowned, before)))
    return fold(" ".join(later)) or None


def _bare(word: str) -> str:
    return _unowned(word).casefold()


def _unowned(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


@lru_cache(maxsize=1)
def _office_words() -> frozenset[str]:
    """Every word that is part of what offices and forces of a state are called."""
    data = load("actors")
    names = [*data["offices"].values(), *(data["sectors"][s] for s in sorted(STATE))]
    return frozenset(w for n in names for w in n.replace("|", " ").replace("'s", "").split()) - _STATELY


def fold(name: str) -> str:
    """A name as it is compared: no case, no accents, no article before it."""
    words = countries.fold(name).casefold().split()
    while len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words)


def slug(name: str) -> str:
    """A name as part of an id: small letters and figures, parted by hyphens."""
    return "-".join(re.findall(r"\w+", fold(name).replace("'", "").replace("’", "")))


def _office(name: str) -> str | None:
    """The office that a name is of, or is its holder's."""
    low = f" {' '.join(w.casefold() for w in _WORD.findall(re.sub(r'[’]', chr(39), name)))} "
    low = re.sub(r"'s? ", " ", low)
    found = [(len(words), office) for words, office in _offices() if f" {words} " in low]
    return max(found)[1] if found else None


@lru_cache(maxsize=1)
def _offices() -> tuple[tuple[str, str], ...]:
    return tuple(
        (words.replace("'s", ""), office)
        for office, names in load("actors")["offices"].items()
        for words in names.split("|")
    )


@lru_cache(maxsize=1024)
def _listed_sector(entry: str) -> str | None:
    return actors.resolve_actor(entry).sector
