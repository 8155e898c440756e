"""Pronouns to the entity they stand for: every candidate is scored, the best wins."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import log1p

from spacy.tokens import Token

from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity, Mention
from allegata.reading.speakers.phrases import describe
from allegata.reading.speakers.words import source_words


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a candidate. Set by hand on the development half, and no finer than its size allows."""

    recency: float = 3.0
    subject: float = 1.0
    same_sentence: float = 0.8
    quoted: float = -2.0
    possessive: float = -0.3
    previous_speaker: float = 1.8
    gender: float = 0.8
    often: float = 0.4
    paragraph: float = 0.7
    role: float = 3.0
    like_role: float = 2.0
    modifier: float = 1.5
    other_modifier: float = -1.5
    reach: int = 14
    """Sentences back within which a pronoun finds its entity."""
    description_floor: float = 3.0


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the anaphor stands, who spoke last before it, and token ranges that cannot hold its entity."""

    token: int
    sentence: int
    quoted: bool
    previous: Entity | None
    previous_sentence: int
    barred: tuple[tuple[int, int], ...] = ()
    paragraph: int | None = None
    excluded: Entity | None = None
    """Who is quoted: no third person in his words is himself."""


def resolve_pronoun(directory: Directory, kind: str, place: Place) -> Entity | None:
    """``kind`` is male, female, neuter, plural or person."""
    if kind == "plural":
        return _resolve_plural(directory, place)
    if kind == "neuter":
        pool: list[Entity] = [e for e in dict.fromkeys(directory.bodies.values()) if not e.spot]
        pool += [e for e in directory.persons.all if not e.is_person]
        pool += [
            e
            for e in directory.described.values()
            if e.kind in ("organisation", "outlet", "agency", "document")
        ]
    else:
        pool = [e for e in directory.persons.all if e.is_person]
        pool += [*(e for e in directory.described.values() if _may_be_one_person(e))]
    best: tuple[float, Entity] | None = None
    for entity in pool:
        if entity is place.excluded or (kind in ("male", "female") and entity.gender not in (None, kind)):
            continue
        if entity.is_person and entity.name.isupper() and not (entity.first or entity.rank or entity.gender):
            continue  # "TMZ"
        score = score_of(entity, place)
        if score is None:
            continue
        if entity.gender and entity.gender == kind:
            score += WEIGHTS.gender
        if kind == "neuter" and entity is directory.outlet:
            score -= 1.0
        if best is None or score > best[0]:
            best = (score, entity)
    if best is None and kind in ("male", "female"):
        return _misread_name(directory, place, kind)
    return best[1] if best else None


def _misread_name(directory: Directory, place: Place, kind: str) -> Entity | None:
    """Where nobody else can be "she": the one-word name most written of, taken for a firm's till now."""
    words = source_words()
    found: list[tuple[float, Entity]] = []
    for entity in dict.fromkeys(directory.bodies.values()):
        name = entity.name.lower()
        known = name in words.countries or name in words.organisations or name in words.outlets or entity.spot
        if (
            " " in name
            or known
            or entity.kind != "organisation"
            or entity.name.isupper()
            or len(entity.mentions) < 2
        ):
            continue
        score = score_of(entity, place)
        if score is not None:
            found.append((score, entity))
    if not found:
        return None
    entity = max(found, key=lambda f: f[0])[1]
    entity.kind, entity.gender = "person", kind
    return entity


def _may_be_one_person(entity: Entity) -> bool:
    return not entity.plural and entity.kind in ("office", "anonymous", "eyewitness", "account", "unknown")


def last_before(entity: Entity, place: Place) -> tuple[Mention, int] | None:
    """The last mention before the anaphor that is not barred, and how many there are up to it."""
    mentions = entity.mentions
    at = bisect_left(mentions, place.token, key=lambda m: m.token)
    for i in range(at - 1, max(at - 12, 0) - 1, -1):
        token = mentions[i].token
        if not any(a <= token < b for a, b in place.barred):
            return mentions[i], i + 1
    return None


def score_of(entity: Entity, place: Place) -> float | None:
    """How likely the anaphor stands for the entity by where they stand; None where it cannot."""
    found = last_before(entity, place)
    if found is None:
        return None
    mention, count = found
    distance = place.sentence - mention.sentence
    if distance > WEIGHTS.reach:
        return None
    score = WEIGHTS.recency / (1.0 + 0.8 * distance) + WEIGHTS.often * log1p(count)
    if mention.subject:
        score += WEIGHTS.subject
        if distance == 0:
            score += WEIGHTS.same_sentence
    if mention.quoted and not place.quoted:
        score += WEIGHTS.quoted
    if mention.paragraph == place.paragraph:
        score += WEIGHTS.paragraph
    if mention.possessive:
        score += WEIGHTS.possessive
    if entity is place.previous and place.sentence - place.previous_sentence <= 3:
        score += WEIGHTS.previous_speaker
    return score


def _resolve_plural(directory: Directory, place: Place) -> Entity | None:
    """ "They": the last plural subject, or a body of people that spoke or acted just before."""
    doc, view = directory.view.doc, directory.view
    if place.previous is not None and place.previous.plural and place.sentence - place.previous_sentence <= 2:
        return place.previous
    best: tuple[float, Token] | None = None
    for i in range(place.token - 1, max(-1, place.token - 120), -1):
        token = doc[i]
        distance = place.sentence - view.sentence[i]
        if distance > 2:
            break
        if token.tag_ not in ("NNS", "NNPS") and not (token.dep_ == "nsubj" and token.i in directory.at):
            continue
        if any(a <= i < b for a, b in place.barred) or (view.quoted[i] and not place.quoted):
            continue
        if token.dep_ not in ("nsubj", "nsubjpass", "pobj", "conj", "appos") and not _may_speak(token):
            continue
        score = WEIGHTS.recency / (1.0 + 0.8 * distance)
        if token.dep_ in ("nsubj", "nsubjpass"):
            score += 2.0 * WEIGHTS.subject
        if token.tag_ in ("NNS", "NNPS"):
            score += WEIGHTS.gender
        elif directory.at[token.i].is_person:
            continue
        if token.lemma_.lower() in source_words().documents:
            score -= 1.0
        if best is None or score > best[0]:
            best = (score, token)
    return phrase_entity(directory, best[1]) if best else None


def _may_speak(token: Token) -> bool:
    """Whether a plural noun is one for people or bodies: what somebody counted or carried is no "they"."""
    words, noun = source_words(), token.lemma_.lower()
    return (
        noun in words.roles
        or noun in words.organisations
        or noun in words.anonymous
        or token.lower_ in words.anonymous
        or noun in words.witnesses
        or token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE")
    )


def phrase_entity(directory: Directory, head: Token) -> Entity | None:
    """The entity that the noun phrase headed by ``head`` names or describes."""
    if head.i in directory.at:
        return directory.at[head.i]
    if head.dep_ == "appos" and head.head.i in directory.at:
        return directory.at[head.head.i]
    for token in head.subtree:
        if token.i > head.i + 8:
            break
        if token.head.i == head.i and token.dep_ == "appos" and token.i in directory.at:
            return directory.at[token.i]
    tokens = list(directory.view.doc[max(head.left_edge.i, head.i - 8) : head.i + 1])
    for child in head.children:
        if child.i > head.i and child.dep_ == "prep" and child.lower_ in ("of", "for", "at", "from", "in"):
            tokens += list(directory.view.doc[child.i : min(child.right_edge.i + 1, child.i + 8)])
            break
    told = describe(tokens)
    if told.pronoun or not told.short:
        return None
    if told.name and told.kind == "person":
        return directory.persons.add(told.name)
    return directory.describe_as(told, told.short, head)
