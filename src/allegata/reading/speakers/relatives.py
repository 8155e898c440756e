""" "Who" and "which": the noun that a relative clause hangs on."""

from __future__ import annotations

from spacy.tokens import Token

from allegata.reading.speakers.anaphora import phrase_entity
from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity

_BACK = 6
"""Tokens before a "who" that the parser hung on nothing, in which its noun stands."""


def relative_entity(directory: Directory, token: Token) -> Entity | None:
    """Whom the relative pronoun ``token`` means."""
    verb = token.head
    for _ in range(4):
        if verb.dep_ in ("relcl", "acl") or verb.head.i == verb.i:
            break
        verb = verb.head
    head = verb.head if verb.dep_ in ("relcl", "acl") and verb.head.i < token.i else None
    if (head is None or head.pos_ not in ("NOUN", "PROPN", "PRON")) and token.lower_ in ("who", "whom"):
        doc = directory.view.doc
        before = range(token.i - 1, max(-1, token.i - _BACK), -1)
        head = next((doc[i] for i in before if doc[i].pos_ in ("NOUN", "PROPN")), None)
    if head is None:
        return None
    if token.lower_ in ("who", "whom") and (person := _person_of(directory, head)) is not None:
        return person
    found = phrase_entity(directory, head)
    if token.lower_ == "which" and found is not None and found.is_person:
        return _body_after(directory, head, token)
    return found


def _body_after(directory: Directory, person: Token, which: Token) -> Entity | None:
    """The body named between a person and a "which" ("Ana Roth of the Blue Coast group, which"): a person is
    no "which"."""
    doc = directory.view.doc
    for i in range(which.i - 1, max(person.i, which.i - _BACK), -1):
        at = directory.at.get(i)
        if (at is not None and not at.is_person) or (doc[i].dep_ == "pobj" and at is None):
            return at or phrase_entity(directory, doc[i])
    return None


def _person_of(directory: Directory, head: Token) -> Entity | None:
    """The person who is said to be of a body ("Ida Brunn of the port police, who"): only a person is a
    "who"."""
    at = directory.at.get(head.i)
    if head.dep_ != "pobj" or head.head.dep_ != "prep" or (at is not None and at.is_person):
        return None
    person = directory.at.get(head.head.head.i)
    return person if person is not None and person.is_person else None
