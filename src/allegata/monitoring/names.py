"""Names of parties, made comparable between claims and between runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from allegata.model import Actor

_BEFORE_NOUNS = re.compile(
    "the|an?|some|many|several|few|both|all|other|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds"
    "|thousands|scores|armed|masked|unknown|unidentified|suspected|local|foreign|former|group|gang|mob",
    re.IGNORECASE,
)
"""Words that begin what somebody is called who is not named."""


def party(name: str) -> str:
    """A party's own name: "Government of Norland (Pavel Drost; navy)" without those who speak for it, who are
    others in each claim."""
    return name.partition(" (")[0].strip() or name


def same_name(name: str) -> str:
    """What is equal for two spellings of one name: "the Ministry", "Ministry"."""
    words = party(name).casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


@lru_cache(maxsize=65536)
def same_party(name: str) -> str:
    """What is equal for all names under which one party acts: "Norland", "the Norland defence ministry"."""
    from allegata.reading.allegations.identities import party_of  # opening a store loads nothing heavy

    return party_of(party(name))


@lru_cache(maxsize=65536)
def is_actor(name: str) -> bool:
    """Whether a party's name tells who it is. Common nouns alone ("militants", "a guard post") are others in
    each text: what they do is no tension between two actors."""
    from allegata.reading.allegations.actors import sector_of
    from allegata.reading.allegations.identities import identify

    own = party(name)
    found = identify(own)
    if found.country is not None or found.candidates or not found.id.startswith("name:"):
        return True
    words = [w.strip("\"'“”‘’.,;:()") for w in own.split()]
    words = words[1:] if len(words) > 1 and _BEFORE_NOUNS.fullmatch(words[0]) else words
    if any(w[:1].isupper() for w in words[1:]) or any(c.isupper() for w in words for c in w[1:]):
        return True
    # a capital that may only stand for the beginning of a sentence: "Militants", but "Tavori guards"
    first = words[0] if words else ""
    return first[:1].isupper() and sector_of(first) is None and not _BEFORE_NOUNS.fullmatch(first)


def acting_as(name: str, actor: Actor | None) -> str:
    """The party that acts: the state's name for its offices and forces, where the text told whose."""
    from allegata.reading.allegations.identities import party_name, state_of

    code = state_of(actor) if actor is not None else None
    return (party_name(code) if code is not None else None) or name


def titles(names: Iterable[str]) -> dict[str, str]:
    """`same_party` -> the name that a party is shown under: a country's own, else the shortest it has."""
    from allegata.reading.allegations.identities import party_name

    held: dict[str, set[str]] = {}
    for name in names:
        held.setdefault(same_party(name), set()).add(party(name))
    return {
        key: party_name(key) or min(found, key=lambda n: (len(n), n.casefold(), n))
        for key, found in held.items()
    }
