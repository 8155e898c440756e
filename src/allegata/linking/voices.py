"""Who can have something to tell, by the name or description that a text gives a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from allegata.linking.credits import fold, known_outlet
from allegata.linking.naming import is_generic, takes_sides
from allegata.vocab import countries, load

FIRST_PERSON = r"(?:\b(?:I|we|my|our|me|us|nous|yo|nosotros|ich|wir)\b|\bj['’])"
"""Words by which somebody speaks of themselves, as a pattern that minds no case."""

_PREPOSITION = re.compile(
    r"\s+(?:(?:of|at|in|from|with|who|that|which|for|on|to|about|regarding|inside|near|close|familiar|aware|"
    r"privy|present|\w{3,20}ing)\s+"
    r"|(?:\w{3,20}ed|seen|shown|drawn|written|given|taken|bought|sent|held)\s+(?:by|to|in|on|from)\s+)"
)
"""What follows the head noun of a description: "a person familiar with the log", "a memo seen by us"."""

_DOERS = re.compile(r"(?:ers?|ors?|ists?|ians?|men|man|women|woman|ees?|ants?|naires?)$")
"""Endings of nouns for people: "sympathisers", "loyalists", "combatants"."""

_PARTICIPLE = re.compile(r"\w{3,20}ed\s+(?:by|in|on|to|with)\b")
"""The rest of a description that lost its noun: "signed by the director"."""

_NOBODY = re.compile(
    r"^(?:many|others|some|several sources|multiple sources|someone)$"
    r"|\b(?:media|outlets|newspapers|sites|websites|news sources|media sources|reports?|press|rumou?rs?|"
    r"publications)"
    r"(?: \w+ in \w+)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def _listed(key: str) -> frozenset[str]:
    return frozenset(load("citations")["voices"][key])


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """Head nouns of those who can have something to tell."""
    offices, titles, bodies = load("offices"), load("titles"), load("bodies")
    lines = [offices[k]["heads"] for k in ("organisation", "outlet", "agency", "eyewitness", "anonymous")]
    lines += [titles["roles"]["officials"], titles["roles"]["persons"]]
    words = {w.strip() for line in lines for w in line.split(",")}
    words |= {w for k in ("government", "unnamed_people", "independent") for w in bodies[k]}
    words |= set(load("citations")["platforms"]["pictures"]) | _listed("people")
    return frozenset(words - _listed("no_one"))


def is_noun_of_people(noun: str) -> bool:
    """Whether a noun in lower case, singular or plural, is for people who can have something to tell."""
    return noun in _nouns_of_people() or noun.removesuffix("s") in _nouns_of_people()


@lru_cache(maxsize=1)
def _nouns_of_people() -> frozenset[str]:
    offices, roles = load("offices"), load("titles")["roles"]
    lines = (offices["eyewitness"]["heads"], offices["anonymous"]["heads"], *roles.values())
    listed = {w.strip() for line in lines for w in line.split(",")}
    return frozenset(listed | set(load("bodies")["unnamed_people"])) | _listed("people")


def papers() -> frozenset[str]:
    """Nouns for documents that say something themselves."""
    return _listed("papers")


ARTICLE = re.compile(r"(?:an?|one|another)\s+", re.IGNORECASE)
"""What brings in somebody without a name."""
_SOMEONE = re.compile(r"(?:an?|one|another)\s[^.]{0,200}?\bwho(?:se)?\b", re.IGNORECASE | re.DOTALL)


def is_person_described(ways: Iterable[str]) -> bool:
    """Whether somebody is brought in as a person of whom something is said: "a person who worked there"."""
    return any(_SOMEONE.match(way) for way in ways)


@lru_cache(maxsize=50_000)
def is_voice(name: str, kind: str) -> bool:
    """Whether a speaker is someone who could have told it: a name, or a description of people, a body, a
    paper or a picture; not "the discussion", "someone", "the lack of medicine", "a new report"."""
    if fold(name) in _listed("no_one") or _PARTICIPLE.match(name):
        return False
    if kind in ("account", "agency", "person", "organisation", "office", "outlet", "eyewitness"):
        return True
    if name.startswith("@") or is_generic(name):
        return True
    noun = head(name)
    if noun in ("person", "people") and len(name.split()) > 2:
        return True  # "a person familiar with the log": one who is described
    if noun in _heads() or noun in papers() or noun.removesuffix("s") in _heads():
        return True
    if kind == "anonymous" and _DOERS.search(noun):
        return True
    if kind == "document":
        return noun not in _listed("retold")
    return bool(re.match(r"[A-Z][\w-]*$|[A-Z].*\s[A-Z]", name))


@lru_cache(maxsize=50_000)
def is_nameless(name: str) -> bool:
    """Whether a source stands for nobody in particular: "local media", "Three outlets", "several news
    sources", "a South Korean newspaper"; not "Red Dawn supporters", who are somebody's."""
    return (
        is_generic(name)
        or (not takes_sides(name) and is_generic(name.lower()))
        or bool(_NOBODY.search(name))
        or _is_some_outlet(name)
    )


_DEMONYM = re.compile(r"[A-Z][a-z]+(?:i|an|ish|ese|ch|ic)$")


def _is_some_outlet(name: str) -> bool:
    """Whether a description says of an outlet only what it is and where."""
    *before, noun = name.split() or [""]
    return (
        noun in _listed("outlets")
        and known_outlet(name) is None
        and known_outlet(" ".join(before)) is None
        and all(
            w == w.lower() or (n == 0 and len(before) > 1) or _DEMONYM.match(w) or countries.country_of(w)
            for n, w in enumerate(before)
        )
    )


@lru_cache(maxsize=50_000)
def sender_of(name: str) -> str | None:
    """Who sent out what is called a speaker: "statement attributed to the Red Dawn group"."""
    m = _sent().match(name)
    return m.group(1) if m else None


@lru_cache(maxsize=1)
def _sent() -> re.Pattern[str]:
    nouns = "|".join(sorted(_listed("sent_out")))
    return re.compile(
        rf"(?:[\w-]+ ){{0,3}}(?:{nouns})(?: \w+)? (?:attributed to|from|by) (?:the |an? )?([A-Z].*)$"
    )


def is_teller(name: str) -> bool:
    """Whether a description without a name is one of those who tell things to others: sources, officials,
    witnesses, pictures; not "fighters", "partners"."""
    noun = head(name)
    tellers = (
        *load("bodies")["unnamed_people"],
        *_listed("unnamed_people"),
        *_listed("people"),
        *_listed("present"),
    )
    return noun in tellers or noun in load("citations")["platforms"]["pictures"] or not _DOERS.search(noun)


def head(name: str) -> str:
    """The head noun of a description, in lower case; of a name its last word."""
    words = _PREPOSITION.split(name.strip())[0].split()
    return words[-1].lower() if words else ""
