"""An unnamed person is brought in by what he is ("a man who loaded barges") and goes on as "the worker"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from allegata.reading.speakers.anaphora import Place, phrase_entity
from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity
from allegata.reading.speakers.kinds import Description
from allegata.reading.speakers.words import source_words

_ANYBODY = frozenset(
    {
        "man",
        "woman",
        "person",
        "individual",
        "boy",
        "girl",
        "teenager",
        "youth",
        "gentleman",
        "lady",
        "source",
    }
)
"""Nouns that fit any person of that sex and age."""
_JOBS = frozenset({"worker", "employee", "insider", "staffer", "official", "soldier", "informant", "witness"})
"""Nouns that fit many callings: they take up a person brought in by a noun of ``_ANYBODY`` or by another."""
_REACH, _LATEST = 4, 6
"""Sentences back that the person may have been brought in, and last speakers that are looked at."""
_BACK = 150
"""Tokens that are searched for a person who was brought in and has not spoken."""
_CLAUSES = frozenset({"relcl", "acl"})


def resolve_unnamed(
    directory: Directory, told: Description, place: Place, spoken: Sequence[tuple[int, Entity]]
) -> Entity | None:
    """The unnamed person whom a definite description by a plain noun ("the man", "this person", "the worker")
    takes up: who was heard last, else who was brought in last and has not spoken."""
    if told.head not in _ANYBODY | _JOBS or told.organisation or told.modifiers & _others():
        return None
    sentence = directory.view.sentence
    for at, entity in reversed(spoken[-_LATEST:]):
        if at >= place.token or place.sentence - sentence[at] > _REACH:
            continue
        if entity in directory.described.values() and _fits(told, entity):
            return entity
    token = _brought_in(directory, told, place)
    return _introduced(directory, token) if token is not None else None


def _others() -> frozenset[str]:
    return frozenset({"other", "second", "third", "another", "same", "young", "old", "first"})


def _fits(told: Description, entity: Entity) -> bool:
    if entity.plural or entity.kind not in ("anonymous", "eyewitness", "unknown", "office"):
        return False
    if told.gender and entity.gender and told.gender != entity.gender:
        return False
    brought = next(iter(entity.forms), "").lower()
    if not brought.startswith(("a ", "an ", "one ")):
        return False
    noun = _noun_of(entity.name)
    words = source_words()
    person = noun in words.roles or noun in words.witnesses or noun in words.anonymous or noun in _ANYBODY
    if not person:
        return False
    return told.head in _ANYBODY or noun in _ANYBODY | _JOBS or told.head == noun


def _noun_of(name: str) -> str:
    """The head noun of a description: its last word before a preposition."""
    last = ""
    for word in name.lower().split():
        if last and word in source_words().prepositions | {"who", "that", "of"}:
            break
        last = word
    return last


def _brought_in(directory: Directory, told: Description, place: Place) -> Token | None:
    """The noun by which somebody was brought in ("by a person who worked there"), the same or a plain one."""
    doc, view = directory.view.doc, directory.view
    for i in range(place.token - 1, max(-1, place.token - _BACK), -1):
        token = doc[i]
        if place.sentence - view.sentence[i] > _REACH:
            return None
        if token.lower_ != told.head and not (told.head in _JOBS and token.lower_ in _ANYBODY):
            continue
        first = doc[token.left_edge.i]
        clause = any(c.dep_ in _CLAUSES and c.i > i for c in token.children)
        if first.lower_ in ("a", "an") and clause and not view.quoted[i] and token.tag_ == "NN":
            return token
    return None


def _introduced(directory: Directory, noun: Token) -> Entity | None:
    entity = phrase_entity(directory, noun)
    if entity is not None and not entity.is_person:
        whole = noun.doc[noun.left_edge.i : min(noun.right_edge.i + 1, noun.left_edge.i + 25)]
        if entity.kind == "unknown":
            entity.kind = "anonymous"
        entity.forms = {" ".join(whole.text.split()): None, **entity.forms}
    return entity
