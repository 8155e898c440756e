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
    return phrase_entity(directory, head) if head is not None else None
