"""Names that the parser took for persons, bodies or nothing, and how much speaks for a place.

Parsers know large towns and take the rest for people: "in Lashkar Gah", "the bazaar of Miranshah". What
stands around a name tells more than its label, so runs of capitalised words are weighed by what stands before
and behind, what the gazetteer holds, and what else the text says of them. The weights are a logistic
regression's (``vocab/place_evidence.toml``, made by ``training/places.py``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from allegata.reading.gazetteer import ADMIN1, CITY, COUNTRY, REGION, SEA, gazetteer
from allegata.reading.place_names import is_other, looked_up_as, place_words
from allegata.reading.place_spelling import ARTICLES
from allegata.vocab import load
from allegata.vocab.countries import country_of_capital

MAX_RUN = 8
"""Tokens of the longest run of capitalised words that is looked at."""
MAX_RUNS = 4000
"""Runs of one document; later ones are not looked at."""
NUMERIC = frozenset(["MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"])
"""Labels of what is no name. A short name may be taken for a day or an hour, if it is no month's or day's."""
PLACES = frozenset(["GPE", "LOC", "FAC"])
_PARTICLES = ARTICLES | {"e", "i", "ye", "de", "la", "le", "wa"}
_DASHES = frozenset(["-", "–"])


@dataclass(frozen=True, slots=True)
class Guess:
    """Tokens ``[first, last)`` of the run ``[run_first, run_last)`` that may name a place."""

    first: int
    last: int
    run_first: int
    run_last: int

    @property
    def whole(self) -> bool:
        return self.first == self.run_first and self.last == self.run_last


def runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, with the hyphens and particles inside them: "Ras al-Ayn"."""
    i = count = 0
    while i < len(doc) and count < MAX_RUNS:
        if not _is_name(doc[i]):
            i += 1
            continue
        first = i
        i += 1
        while i < len(doc) and i - first < MAX_RUN:
            ahead = joined(doc, i)
            if not ahead:
                break
            i += ahead
        i = min(i, len(doc))
        count += 1
        yield first, i


def _is_numbered(doc: Doc, last: int) -> bool:
    """True where a number belongs to the name before it, and both to what is no place: "Berth 11-C"."""
    if last >= len(doc) or doc[last].ent_iob_ != "I" or not doc[last].text[0].isdigit():
        return False
    return doc[last].ent_type_ not in PLACES | NUMERIC | {"DATE", "TIME"}


def _is_name(token: Token) -> bool:
    """True for a capitalised word that is a name, by the parser's word class or label."""
    if not token.text[0].isupper() or token.ent_type_ in NUMERIC:
        return False
    if token.ent_type_ in ("DATE", "TIME") and token.lower_ in place_words()["never_alone"]:
        return False
    if token.pos_ == "PROPN":
        return True
    return not token.is_sent_start and (token.ent_type_ != "" or token.pos_ in ("NOUN", "ADJ", "X"))


def joined(doc: Doc, i: int) -> int:
    """How many tokens carry a run on at ``i``: a name, or particles and hyphens with a name behind, or 0."""
    if _is_name(doc[i]):
        return 1
    at = i
    tight = False
    while at < len(doc) and at - i < 4:
        token = doc[at]
        if token.text in _DASHES and not doc[at - 1].whitespace_ and not token.whitespace_:
            tight = True
        elif token.lower_ in _PARTICLES and at + 1 < len(doc) and (tight or doc[at + 1].text in _DASHES):
            pass
        else:
            break
        at += 1
    if at == i or not tight or at >= len(doc) or not doc[at].text[0].isupper():
        return 0
    return at - i + 1


def guesses(doc: Doc, taken: list[bool]) -> Iterator[Guess]:
    """What may be a place in each run: all of it, and the longest beginning and end some place is called.

    ``taken`` marks tokens of places that are known already.
    """
    for first, last in runs(doc):
        if any(taken[first:last]) or _is_numbered(doc, last):
            continue
        whole = Guess(first, last, first, last)
        if is_other(doc[first:last].text) or (last - first > 1 and doc[first].ent_type_ == "NORP"):
            continue
        yield whole
        for end in range(last - 1, first, -1):
            if _may_be(doc, first, end):
                yield Guess(first, end, first, last)
                break
        for start in range(first + 1, last):
            if _may_be(doc, start, last):
                yield Guess(start, last, first, last)
                break


def _may_be(doc: Doc, first: int, last: int) -> bool:
    name = doc[first:last].text
    return (
        len(name) > 2
        and name[0].isupper()
        and doc[last - 1].text not in _DASHES
        and not (last - first == 1 and doc[first].lower_ in _generic())
        and not is_other(name)
        and gazetteer().holds(name)
    )


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    words = place_words()
    kinds = words["civic"] | words["bodies"] | words["modifiers"] | words["town_kinds"] | words["area_kinds"]
    return kinds | words["never_alone"]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a text: its names of places, the countries that they and its peoples are of, and the
    words of its persons' names."""

    known: frozenset[str] = frozenset()
    lands: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()


def chance(doc: Doc, guess: Guess, about: About) -> float:
    """From 0 to 1: how likely the guess is a place."""
    weights = load("place_evidence")["weights"]
    total = sum(weights.get(name, 0.0) * value for name, value in features(doc, guess, about).items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def is_placed(doc: Doc, guess: Guess) -> bool:
    """True for a whole name behind words that places follow."""
    return guess.whole and _before(doc, guess) in PLACED


PLACED = frozenset(
    (
        *("in", "near", "outside", "around", "at", "between", "beyond", "reached", "struck"),
        *("of a place", "of a spot"),
    )
)
"""What stands before a name where a place does, as `_before` calls it."""


def features(doc: Doc, guess: Guess, about: About) -> dict[str, float]:
    """What speaks for and against a place, by name."""
    words = place_words()
    first, last = guess.first, guess.last
    told: dict[str, float] = {"bias": 1.0}
    label = doc[guess.first].ent_type_ or "none"
    label = label if label in ("PERSON", "ORG", "none", "GPE", "LOC", "FAC", "NORP") else "other"
    shape = "whole" if guess.whole else "head" if first == guess.run_first else "tail"
    held, lands = _held(doc[first:last].text, shape == "whole")
    if lands & about.lands:
        told["in a country of the text"] = 1.0
        told[f"in a country of the text {label} {shape}"] = 1.0
    told[f"label {label} {shape}"] = 1.0
    told[f"held {held}"] = 1.0
    if last - first == 1:
        told["one word"] = 1.0
        told[f"one word {held}"] = 1.0
    before = _before(doc, guess)
    behind = _behind(doc, guess)
    told[f"before {before}"] = 1.0
    told[f"before {before} {label} {shape}"] = 1.0
    told[f"before {before} {'held' if held != 'no' else 'no'}"] = 1.0
    told[f"behind {behind}"] = 1.0
    if guess.whole:
        told[f"{before} … {behind}"] = 1.0
    told[f"behind {behind} {shape}"] = 1.0
    root = doc[first:last].root
    told[f"class {root.pos_}"] = 1.0
    told[f"role {root.dep_ if root.dep_ in ROLES else 'other'} {shape}"] = 1.0
    if doc[first:last].text in about.known:
        told[f"known {shape}"] = 1.0
    if any(t.text in about.persons for t in doc[first:last]):
        told["person"] = 1.0
        told[f"person {before}"] = 1.0
    if shape == "head":
        rest = doc[last].lower_
        if rest in words["civic"] or rest in words["area_kinds"] or rest in words["town_kinds"]:
            told["rest civic"] = 1.0
        if doc[guess.run_last - 1].lower_ in words["bodies"] | words["civic"]:
            told["run of a body"] = 1.0
    if shape == "tail" and doc[first - 1].lower_ in words["modifiers"]:
        told["modified"] = 1.0
    if doc[first].is_upper and len(doc[first].text) > 2:
        told["capitals"] = 1.0
    return told


ROLES = frozenset(["compound", "nsubj", "nsubjpass", "pobj", "poss", "dobj", "appos", "conj", "nmod", "ROOT"])


def _held(name: str, whole: bool) -> tuple[str, frozenset[str]]:
    """What the gazetteer has of a name (a country, a region, a large, small or only similar place, none), and
    in which countries."""
    found = [e for n in looked_up_as(name) for e in gazetteer().look_up(n, limit=12)]
    if not found:
        found = list(gazetteer().look_up_alike(name, limit=3)) if whole else []
        if not found:
            return "no", frozenset()
    lands = frozenset(e.country for e in found if e.country)
    if any(e.kind == COUNTRY for e in found):
        return "country", lands
    first = [e for e in found if e.primary] or found
    if any(e.kind in (ADMIN1, REGION, SEA) for e in first):
        return "alike area" if first[0].loose else "area", lands
    if any(country_of_capital(e.name) == e.country for e in first if e.kind == CITY):
        return "capital", lands
    most = max(e.population for e in first)
    size = "large" if most > 100_000 else "middle" if most > 10_000 else "small"
    return ("" if first[0].primary else "alike " if first[0].loose else "alias ") + size, lands


def _before(doc: Doc, guess: Guess) -> str:
    """What stands before: a word that places follow, a title, a name …"""
    words = place_words()
    if not guess.whole and guess.first > guess.run_first:
        return "name"
    at = guess.first - 1
    while at >= 0 and doc[at].lower_ in words["modifiers"]:
        at -= 1
    if at < 0 or doc[guess.first].is_sent_start:
        return "start"
    token = doc[at]
    word = token.lower_
    if word == "the":
        return "the"
    if word in ("in", "near", "outside", "around", "at", "from", "to", "into", "across"):
        return word
    if word in words["locative"]:
        return "locative"
    if word == "of":
        owner = doc[at - 1].lower_ if at else ""
        if owner in words["near_nouns"] | words["town_kinds"] | words["area_kinds"]:
            return "of a place"
        return "of people" if owner in words["dwellers"] else "of a spot" if owner in words["spots"] else "of"
    if word in words["reached"]:
        return "reached"
    if word == "on" and at and doc[at - 1].lemma_.lower() in words["struck"]:
        return "struck"
    if word in ("and", "or", ","):
        return "row" if at and doc[at - 1].ent_type_ in PLACES else "and"
    if word in ("between", "beyond", "above", "beside", "below", "against", "with", "by", "for", "on"):
        return word if word in ("between", "with", "by", "for", "on") else "beyond"
    if token.pos_ in ("VERB", "AUX"):
        return "verb"
    return "punct" if token.is_punct else "noun" if token.pos_ in ("NOUN", "PROPN") else "other"


def _behind(doc: Doc, guess: Guess) -> str:
    """What stands behind: a noun of towns and their people, a verb of saying, a comma and a place …"""
    words = place_words()
    if guess.last >= len(doc):
        return "end"
    token = doc[guess.last]
    word = token.lower_
    if guess.last < guess.run_last:
        return "name"
    if word in words["area_kinds"] or word in words["town_kinds"]:
        return "kind"
    if word in words["civic"]:
        return "civic"
    if word in words["spots"]:
        return "spot"
    if word == "," and guess.last + 1 < len(doc):
        after = doc[guess.last + 1]
        if after.ent_type_ in PLACES or after.text.replace(".", "") in words["abbreviations"]:
            return "comma place"
        if after.lower_ in ("a", "the", "an") or after.is_digit:
            return "comma " + ("number" if after.is_digit else "article")
        return "comma"
    if token.tag_ == "POS":
        return "possessive"
    if token.lemma_.lower() in words["speaks"]:
        return "speaks"
    if token.pos_ in ("VERB", "AUX"):
        return "verb"
    if token.pos_ == "NOUN":
        return "noun"
    if token.pos_ == "ADP":
        return "preposition"
    return "punct" if token.is_punct else "and" if word in ("and", "or") else "other"
