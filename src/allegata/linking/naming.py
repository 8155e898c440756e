"""What a name or a description is: a state's body, nobody in particular, unnamed people, a presenter."""

from __future__ import annotations

import re
from functools import lru_cache

from allegata.linking.credits import fold
from allegata.vocab import countries, load

UNNAMED_KINDS = frozenset({"anonymous", "eyewitness", "unknown"})


@lru_cache(maxsize=8)
def body_phrases(kind: str) -> re.Pattern[str]:
    """The names of bodies of one ``kind`` in ``vocab/bodies.toml`` ("government", "independent"), longest
    first."""
    listed = sorted(load("bodies")[kind], key=len, reverse=True)
    return re.compile(
        r"(?:(?<![\w-])|(?<=[Vv]ice-))(?:" + "|".join(map(re.escape, listed)) + r")(?![\w-])", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def state_bodies() -> re.Pattern[str]:
    """The bodies of a state as other languages than English call them."""
    listed = sorted(load("citations")["voices"]["state_bodies"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, listed)) + r")(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(fold(w) for w in load("bodies")["generic"])


_MANY = re.compile(
    r"\b(?:media|reports?|outlets|newspapers|papers|sites|websites|publications|posts|accounts|users|networks|agencies|"
    r"sources|rumou?rs|versions|pages|articles)$"
)


_BOTH = re.compile(
    r"(?:both |each |the two |two )?(?:sides?|delegations?|governments|armies|camps|countries)"
)
"""Opponents taken together ("both sides said"): what is reported of them is neither's own word."""


def is_generic(name: str) -> bool:
    """True for "local media", "at least five sites" and their like, who are nobody in particular. A plural
    with an office in it ("sources at the ministry") is an unnamed voice instead."""
    plain = fold(name)
    if _BOTH.fullmatch(plain) or plain in _generic():
        return True
    if _head(name) in load("bodies")["crowd"]:
        return not takes_sides(name)
    rest = name.partition(" ")[2]  # a sentence may begin with it: "International and national media"
    lower = (
        name == name.lower()
        or (rest == rest.lower() and name.istitle())
        or (bool(rest) and rest == rest.lower())
    )
    return lower and bool(_MANY.search(plain)) and not body_phrases("government").search(name)


def takes_sides(name: str) -> bool:
    """True for "Red Dawn supporters", "supporters of Red Dawn": those of somebody, not a crowd."""
    words = name.split()
    sides = [n for n, w in enumerate(words) if w.lower() in load("citations")["voices"]["partisans"]]
    return any(w[:1].isupper() for n, w in enumerate(words) for at in sides if n != at)


def says_nothing(name: str) -> bool:
    """True for "the existence of a camp", "Mujahid's statement": no one who could have a thing from
    anybody."""
    return _head(name) in load("bodies")["abstract"]


def _head(name: str) -> str:
    """The head noun of a description in lower case; empty for a name."""
    before = _PREPOSITION.split(name)[0].split()
    if not before or (len(before) > 1 and before[-1][:1].isupper()):
        return ""
    return before[-1].lower()


_PREPOSITION = re.compile(r"\s+(?:of|at|in|from|with|who|that|which|for|on|to|about|regarding)\s+")


def leads_talk(name: str) -> bool:
    """True for presenters and their like: what they say is the programme's."""
    return fold(name) in load("bodies")["chair"]


def names_somebody(name: str) -> bool:
    """Whether a source is given a proper name: two capitalised words, or a handle."""
    return name.startswith("@") or bool(re.search(r"(?<![.!?]\s)\b[A-ZÀ-Þ][\w'’-]+\s+[A-ZÀ-Þ]", name))


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    heads = load("offices")["organisation"]["heads"].split(",")
    foreign = (noun for words in load("foreign_speech").values() for noun in words.get("bodies", "").split())
    return frozenset(map(fold, (*(h.strip() for h in heads), *foreign))) - frozenset(
        load("citations")["voices"]["others"]
    )


def is_bare_body(name: str) -> bool:
    """True for "the company", "Mission", "banco": a body by its kind alone; not for "the police", whom others
    than themselves call so."""
    return " " not in fold(name) and fold(name) in _bodies()


_FIRM = re.compile(
    r"\b(?:Corp|Corporation|Ltd|Limited|Inc|LLC|PLC|plc|GmbH|AG|SA|UAB|Oy|Holdings?|Company|Industries)\b\.?$"
)


def is_called(name: str, noun: str) -> bool:
    """Whether a proper name has a noun in it: "Weir Observer Mission" is called a mission. A firm is by what
    its name ends in."""
    if noun in ("company", "firm", "corporation"):
        return bool(_FIRM.search(name))
    return bool(re.search(rf"\b{re.escape(noun.title())}\b", name)) and fold(name) != noun


def is_people(name: str) -> bool:
    """Whether a description is of unnamed people ("a senior official at the Interior Ministry")."""
    if OFFICIALDOM.fullmatch(name.strip()):
        return country_in(name) is None  # "Afghan officials" speak for their government
    listed = (*load("bodies")["unnamed_people"], *load("citations")["voices"]["unnamed_people"])
    head = re.split(r"\s+(?:of|at|in|from|with|who|for|on)\s+", name.lower())[0].split()
    return bool(head) and head[-1] in listed


OFFICIALDOM = re.compile(r"[A-Z][\w-]+(?:['’]s)? (?:officials|authorities|leaders)")
"""Those who speak openly for a state without a name: "Afghan officials"."""


def opens_as_town(name: str, text: str) -> bool:
    """Whether a name in capitals opens a text: the town of its dateline, and nobody who acts."""
    return name.isupper() and text.lstrip().startswith(name)


def as_written(name: str) -> str:
    """A name without the capitals of a transcript's turn ("SHUHRAT NAZAROV")."""
    return name.title() if len(name) > 5 and name.isupper() else name


def country_in(text: str) -> str | None:
    """The first country that a phrase names by name, people or government, else by its capital (alpha-3)."""
    tokens = [re.sub(r"['’]s?$", "", t) for t in re.findall(r"[\w.'’-]+", text)]
    chunks = [
        " ".join(tokens[i : i + size])
        for i in range(len(tokens))
        for size in (4, 3, 2, 1)
        if i + size <= len(tokens) and tokens[i][:1].isupper()
    ]
    for look_up in (_not_by_capital, countries.country_of_capital):
        found = next((c for c in map(look_up, chunks) if c), None)
        if found:
            return found
    return None


def _not_by_capital(name: str) -> str | None:
    return (
        countries.country_of(name)
        or countries.country_of_government(name)
        or countries.country_of_demonym(name)
    )
