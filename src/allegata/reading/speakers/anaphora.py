"""Pronouns and definite descriptions to what they stand for: every candidate is scored, the best wins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p

from spacy.tokens import Token

from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity, Mention
from allegata.reading.speakers.kinds import Description
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
    gender: float = 1.2
    often: float = 0.4
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
        score = _score(entity, place)
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
        score = _score(entity, place)
        if score is not None:
            found.append((score, entity))
    if not found:
        return None
    entity = max(found, key=lambda f: f[0])[1]
    entity.kind, entity.gender = "person", kind
    return entity


def _may_be_one_person(entity: Entity) -> bool:
    return not entity.plural and entity.kind in ("office", "anonymous", "eyewitness", "account", "unknown")


def _last_before(entity: Entity, place: Place) -> tuple[Mention, int] | None:
    """The last mention before the anaphor that is not barred, and how many there are up to it."""
    mentions = entity.mentions
    at = bisect_left(mentions, place.token, key=lambda m: m.token)
    for i in range(at - 1, max(at - 12, 0) - 1, -1):
        token = mentions[i].token
        if not any(a <= token < b for a, b in place.barred):
            return mentions[i], i + 1
    return None


def _score(entity: Entity, place: Place) -> float | None:
    """How likely the anaphor stands for the entity by where they stand; None where it cannot."""
    found = _last_before(entity, place)
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


def resolve_description(directory: Directory, told: Description, place: Place) -> Entity | None:
    """The entity named or described before that a definite description ("the spokesman") takes up."""
    words = source_words()
    wanted = told.modifiers | set((told.organisation or "").lower().split())
    wanted = {w for w in wanted if len(w) > 2}
    best: tuple[float, Entity] | None = None
    for entity in _candidates(directory, told, words.roles):
        if told.gender and entity.gender and told.gender != entity.gender:
            continue
        fit = _role_fit(told, entity)
        if fit is None:
            continue
        where = _score(entity, place)
        if where is None:
            found = _last_before(entity, place)
            if found is None:
                continue
            where = WEIGHTS.often * log1p(found[1])
        score = fit + 0.5 * where
        known = {w for w in entity.modifiers if len(w) > 2}
        known |= set(f"{entity.organisation or ''} {entity.title or ''} {entity.name}".lower().split())
        if wanted:
            score += WEIGHTS.modifier if wanted & known else WEIGHTS.other_modifier
        if best is None or score > best[0]:
            best = (score, entity)
    if best is not None and best[0] >= WEIGHTS.description_floor:
        return best[1]
    return None


def resolve_epithet(told: Description, place: Place) -> Entity | None:
    """ "The former secretary of state", "the real estate mogul": what a reader knows of who just spoke.

    A description with nothing to match, but with more than a bare noun, is taken for the person who spoke in
    the sentence before.
    """
    words, previous = source_words(), place.previous
    telling = {m for m in told.modifiers if m not in words.countries}
    telling |= {"former"} & set(told.text.lower().split())
    if previous is None or not previous.is_person or told.organisation or not told.roles or not telling:
        return None
    if place.sentence - place.previous_sentence > 1 or told.gender not in (None, previous.gender):
        return None
    return previous if not previous.roles or previous.roles & told.roles else None


def _candidates(directory: Directory, told: Description, roles: frozenset[str]) -> Iterable[Entity]:
    if told.roles or told.head in roles:
        yield from directory.persons.all
    yield from dict.fromkeys(directory.bodies.values())
    yield from list(directory.described.values())


def _role_fit(told: Description, entity: Entity) -> float | None:
    """How well the description's noun fits what the entity is known to be; None where it does not."""
    words = source_words()
    heads = told.roles or {told.head}
    if entity.roles:
        if heads & entity.roles:
            return WEIGHTS.role
        groups = {g for h in heads for g in words.groups.get(h, ())}
        if groups & {g for r in entity.roles for g in words.groups.get(r, ())}:
            return WEIGHTS.like_role
        return None
    if entity.is_person or told.roles:
        return None
    if told.plural != entity.plural and entity.plural:
        return None
    if any(told.head in form.lower().split() for form in (entity.name, *entity.forms)):
        return WEIGHTS.role
    for kind, heads_of_kind in words.things.items():
        if kind != "state" and told.head in heads_of_kind and _is_such(entity, kind):
            return WEIGHTS.like_role - 0.5
    return None


def _is_such(entity: Entity, kind: str) -> bool:
    """True where a body may be called a newspaper, a country, a company or a group."""
    if kind == "outlet":
        return entity.kind in ("outlet", "agency")
    words, name = source_words(), entity.name.lower()
    if kind == "country":
        return name in words.countries
    state = any(w in words.things["state"] for w in name.split())
    return entity.kind == "organisation" and not state and not entity.spot and name not in words.countries


def earlier_phrase(directory: Directory, told: Description, place: Place) -> Entity | None:
    """The fuller phrase with the same noun that a thing ("the poll", "the film") was brought in by."""
    doc, view = directory.view.doc, directory.view
    weaker: Token | None = None
    for i in range(place.token - 1, max(-1, place.token - 600), -1):
        token = doc[i]
        if (
            token.lemma_.lower() != told.head
            or token.pos_ not in ("NOUN", "PROPN")
            or token.dep_ == "compound"
        ):
            continue
        lead = doc[max(token.left_edge.i, i - 8) : i]
        if any(t.text[:1].isupper() and not t.is_sent_start for t in lead) and not view.quoted[i]:
            return phrase_entity(directory, token)
        if weaker is None and any(t.dep_ in ("compound", "amod", "poss") for t in lead):
            weaker = token
    return phrase_entity(directory, weaker) if weaker is not None else None
