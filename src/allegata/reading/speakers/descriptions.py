"""Definite descriptions ("the spokesman", "the poll") to the entity that they take up."""

from __future__ import annotations

from collections.abc import Iterable
from math import log1p

from spacy.tokens import Token

from allegata.reading.speakers.anaphora import WEIGHTS, Place, last_before, phrase_entity, score_of
from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity
from allegata.reading.speakers.kinds import Description
from allegata.reading.speakers.words import source_words


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
        where = score_of(entity, place)
        if where is None:
            found = last_before(entity, place)
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
    telling |= set((told.title or "").lower().split()[:-1]) - set(words.countries)
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
    held = entity.roles | {w.strip(".") for w in (entity.rank or "").lower().split()}
    if held:
        if heads & held:
            return WEIGHTS.role
        groups = {g for h in heads for g in words.groups.get(h, ())}
        if groups & {g for r in held for g in words.groups.get(r, ())}:
            return WEIGHTS.like_role
        return None
    if entity.is_person or told.roles:
        return None
    if told.plural != entity.plural and entity.plural:
        return None
    if told.head == entity.noun:
        return WEIGHTS.role
    least = 1 if told.name is not None else 2  # "the state" is not what is called "State"
    if any(told.head in (parts := form.lower().split()) and len(parts) >= least for form in _names(entity)):
        return WEIGHTS.role
    kinds = [k for k in words.kinds_of(told.head) if k != "state"]
    noun = described_by(entity)
    if noun is not None and words.kinds_of(noun):
        # no bank is a union, and a group that is described as one is no company
        kinds = [k for k in kinds if noun in words.things[k] and (noun == "group") == (told.head == "group")]
    for kind in kinds:
        if is_such(entity, kind):
            return WEIGHTS.like_role - (0.0 if kind in ("outlet", "place", "bureau") else 0.5)
    return None


def described_by(entity: Entity) -> str | None:
    """The noun that an entity without a name is known by: "environmental group"."""
    return entity.noun or entity.name.split()[-1] if entity.name[:1].islower() else None


def _names(entity: Entity) -> Iterable[str]:
    """What the entity is called, in a phrase of more than the bare noun ("State" is not "the state")."""
    yield entity.name
    yield from entity.forms


def is_such(entity: Entity, kind: str) -> bool:
    """True where a body may be called a newspaper, a country, a company or a group."""
    if kind == "outlet":
        return entity.kind in ("outlet", "agency")
    words, name = source_words(), entity.name.lower()
    if kind == "country":
        return name in words.countries
    if kind == "place":
        return entity.spot
    if kind == "study":
        return entity.kind == "document" and bool(words.things["study"] & set(name.split()))
    if kind == "bureau":
        parts = name.split()
        state = any(w in words.things["state"] for w in parts)
        return entity.kind == "organisation" and (state or (len(parts) == 1 and entity.name.isupper()))
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
