"""The lexicon of cues: verbs by construction, nouns of saying, set phrases (vocab/cues and its like)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from allegata.vocab import load

VOWELS = "aeiou"
DOUBLING = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")
"""Verbs of one short syllable, which double their last letter: "slam", "slammed"."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a verb means in some of its constructions. ``prepositions`` belong to the frame "prep"."""

    name: str
    stance: str
    kind: str
    frames: frozenset[str]
    prepositions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NounCue:
    name: str
    stance: str
    kind: str
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Idiom:
    """A set phrase, ``negated`` where it is one only under "not".

    Each element of ``pattern`` is (words that fit, may be missing); see vocab/cue_idioms.
    """

    name: str
    stance: str
    after: frozenset[str]
    pattern: tuple[tuple[frozenset[str], bool], ...]
    negated: bool = False


@cache
def inflect(lemma: str) -> tuple[str, ...]:
    """The forms of a verb: itself, third person, past, participle, -ing form."""
    irregular = load("cues")["forms"].get(lemma)
    if irregular:
        return (lemma, *irregular.split())
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        stem = lemma[:-1]
        return lemma, stem + "ies", stem + "ied", stem + "ied", lemma + "ing"
    if DOUBLING.fullmatch(lemma):
        double = lemma + lemma[-1]
        return lemma, lemma + "s", double + "ed", double + "ed", double + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return lemma, third, lemma + "ed", lemma + "ed", lemma + "ing"


def _entries(words: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """ "own+up:to,on" -> ("own", "up", {"to", "on"})."""
    for entry in words.split():
        verb, _, prepositions = entry.partition(":")
        lemma, _, particle = verb.partition("+")
        yield lemma, particle, frozenset(p for p in prepositions.split(",") if p)


@lru_cache(maxsize=1)
def lemmas() -> dict[str, str]:
    """Every form of every verb of the lexicon to its lemma."""
    every: list[str] = []
    for group in load("cues")["sense"]:
        every += [lemma for lemma, _, _ in _entries(group["verbs"])]
    every += [
        lemma for group in load("cue_idioms")["idiom"] for line in _lines(group) for lemma in _heads(line)
    ]
    nouns = load("cue_nouns")
    every += nouns["light"]["verbs"].split() + nouns["retracting"]["verbs"].split()
    for words in (nouns["retracting"]["particles"], nouns["retracting"]["prepositions"]):
        every += [lemma for lemma, _, _ in _entries(words)]
    forms: dict[str, str] = {}
    for lemma in dict.fromkeys(every):
        for form in inflect(lemma)[1:]:
            forms.setdefault(form, lemma)
    for lemma in every:
        forms[lemma] = lemma
    return forms


@lru_cache(maxsize=1)
def senses() -> dict[tuple[str, str], tuple[Sense, ...]]:
    """(verb, particle or "") to its senses, in the order of the vocabulary."""
    found: dict[tuple[str, str], list[Sense]] = {}
    for group in load("cues")["sense"]:
        for lemma, particle, prepositions in _entries(group["verbs"]):
            sense = Sense(
                group["name"], group["stance"], group["class"], frozenset(group["frames"]), prepositions
            )
            found.setdefault((lemma, particle), []).append(sense)
    return {key: tuple(value) for key, value in found.items()}


@lru_cache(maxsize=1)
def particles() -> dict[str, frozenset[str]]:
    """The particles that a verb has senses with."""
    found: dict[str, set[str]] = {}
    for lemma, particle in senses():
        if particle:
            found.setdefault(lemma, set()).add(particle)
    return {lemma: frozenset(p) for lemma, p in found.items()}


@lru_cache(maxsize=1)
def nouns() -> dict[str, tuple[NounCue, ...]]:
    """Noun (singular and plural) to what it reports."""
    found: dict[str, list[NounCue]] = {}
    for group in load("cue_nouns")["noun"]:
        cue = NounCue(
            group["name"], group["stance"], group.get("class", "nominal"), frozenset(group["frames"])
        )
        for word in group["words"].split():
            plural = word[:-1] + "ies" if word.endswith("y") and word[-2] not in VOWELS else word + "s"
            if word.endswith(("s", "ch", "sh", "x")):
                plural = word + "es"
            for form in (word, "hypotheses" if word == "hypothesis" else plural):
                found.setdefault(form, []).append(cue)
    return {word: tuple(cues) for word, cues in found.items()}


@cache
def nominal(part: str, key: str) -> frozenset[str]:
    """A word list of vocab/cue_nouns: light verbs, retracting verbs, makers."""
    return frozenset(load("cue_nouns")[part][key].split())


@cache
def listed(name: str) -> frozenset[str]:
    """A word list of vocab/cue_words."""
    return frozenset(load("cue_words")[name].split())


@lru_cache(maxsize=1)
def retracting_phrases() -> frozenset[tuple[str, str]]:
    """(verb, particle or preposition) that takes back what its object names; "" where it needs none."""
    part = load("cue_nouns")["retracting"]
    found = {(verb, "") for verb in part["verbs"].split()}
    found |= {(lemma, particle) for lemma, particle, _ in _entries(part["particles"])}
    found |= {(lemma, p) for lemma, _, ps in _entries(part["prepositions"]) for p in ps}
    return frozenset(found)


def _lines(group: dict[str, str]) -> Iterable[str]:
    return (line for line in group["patterns"].split("\n") if line.strip())


def _heads(line: str) -> list[str]:
    return [h for h in line.split()[0].split("|") if h not in ("there", "not")]


@lru_cache(maxsize=1)
def idioms() -> dict[str, tuple[Idiom, ...]]:
    """Lemma of the head (or "there", "not") to the phrases that begin with it, longest first."""
    found: dict[str, list[Idiom]] = {}
    for group in load("cue_idioms")["idiom"]:
        for line in _lines(group):
            heads, *rest = line.split()
            pattern = tuple((frozenset(w.strip("()").split("|")), w.startswith("(")) for w in rest)
            idiom = Idiom(
                group["name"], group["stance"], frozenset(group["after"]), pattern, "negated" in group
            )
            for head in heads.split("|"):
                found.setdefault(head, []).append(idiom)
    return {head: tuple(sorted(i, key=lambda x: -len(x.pattern))) for head, i in found.items()}
