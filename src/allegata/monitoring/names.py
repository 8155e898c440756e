"""Names of parties, made comparable between claims and between runs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from allegata.model import Actor


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
