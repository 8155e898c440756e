"""Acts that the writer asserts: finite verbs of the text outside every Statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from allegata.model import Event
from allegata.reading.allegations.acts import Act, find_acts, is_finite
from allegata.reading.allegations.guessing import MAX_GUESSES, guess_asserted, unknown_verbs
from allegata.reading.allegations.participants import find_actor, find_victim, is_agent
from allegata.reading.allegations.phrases import phrase_text, phrase_tokens
from allegata.reading.allegations.stretches import Passage
from allegata.reading.speakers import owner_of

_VERBAL = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
"""Roots whose acts are sayings: those are Statements."""
_PARTS = frozenset({"ROOT", "conj", "parataxis"})
_JOINED = frozenset({"ccomp", "parataxis", "conj"})
_PAST = frozenset({"had", "has", "have", "was", "were", "did", "'ve", "’ve"})
_MAX_EVENTS = 200


def find_events(passage: Passage) -> tuple[Event, ...]:
    """Events in the order of the text. One clause is one event; a participle or infinitive is none."""
    free = [t for t in passage.doc if t.i not in passage.covered and not t.is_space]
    inside = {t.i for t in free}
    out: list[Event] = []
    for act in _asserted(passage, free, inside):
        if len(out) >= _MAX_EVENTS:
            break
        head = find_actor(act, inside)
        victim = find_victim(act, inside, set())
        if not is_agent(head) or (head is None and not is_agent(victim)) or (head or victim) is None:
            continue
        out.append(
            Event(
                act=act.root,
                actor=_name(passage, head, inside),
                target=_name(passage, victim, inside),
                start=act.token.idx,
                end=act.token.idx + len(act.token),
            )
        )
    return tuple(out)


def _asserted(passage: Passage, free: list[Token], inside: set[int]) -> Iterator[Act]:
    """The asserted acts in the order of the text: those that the lexicon knows, and those that the coder
    takes other verbs for."""
    acts = find_acts(free)
    found = [a for a in acts if not a.nominal and a.root not in _VERBAL and _is_meant(a, inside)]
    guesses = 0
    for act in unknown_verbs(free, {a.token.i for a in acts}):
        if guesses < MAX_GUESSES and _is_meant(act, inside):
            guesses += 1
            coded = guess_asserted(act.token, passage.document.published)
            if coded is not None and coded.root not in _VERBAL:
                found.append(replace(act, root=coded.root))
    yield from sorted(found, key=lambda a: a.token.i)


def _is_meant(act: Act, inside: set[int]) -> bool:
    return act.real and not act.negated and _is_asserted(act, inside)


def _is_asserted(act: Act, inside: set[int]) -> bool:
    """True for the main verb of a sentence, or one joined to it, in the past or present perfect."""
    verb = act.token
    if (verb.dep_ not in _PARTS and verb.dep_ not in _JOINED) or not (
        is_finite(verb) or _shares_finite(verb)
    ):
        return False
    if not _is_dated(verb):
        return False
    root: Token = verb
    for _ in range(6):
        if root.dep_ not in ("conj", "parataxis") or root.head.i not in inside:
            break
        root = root.head
    return root.dep_ == "ROOT" or _stands_alone(root, inside)


def _is_dated(verb: Token) -> bool:
    """True for past, perfect and progressive forms: the plain present tells of habits."""
    if verb.tag_ == "VBD":
        return True
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBG":
        return bool(auxiliaries)
    return bool(auxiliaries & _PAST) or (verb.tag_ == "VBN" and verb.dep_ == "conj")


def _stands_alone(verb: Token, inside: set[int]) -> bool:
    """True for a clause that a parser hangs on another one after it, with only a semicolon between."""
    head = verb.head
    if verb.dep_ not in _JOINED or head.i in inside or head.i <= verb.i:
        return False
    return any(t.text in (";", ":", "—", "–") for t in verb.doc[verb.i : min(head.i, verb.i + 30)])


def _shares_finite(verb: Token) -> bool:
    return verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and is_finite(verb.head)


def _name(passage: Passage, head: Token | None, inside: set[int]) -> str | None:
    if head is None:
        return None
    if head.pos_ == "PRON":
        return owner_of(passage.doc, head, [])
    return phrase_text(phrase_tokens(head, inside)) or None
