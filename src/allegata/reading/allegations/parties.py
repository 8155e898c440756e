"""The two parties of a sentence's main act by its parse alone: who acts, and on whom."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from allegata.reading.allegations.features import Clause, clause_of
from allegata.reading.allegations.participants import is_passive
from allegata.reading.allegations.phrases import children_by

_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"dobj", "dative", "oprd"})
_VERBAL = frozenset({"VERB", "AUX"})
_REACH = 30
"""Tokens of a party at the most."""


def main_clause(tokens: Sequence[Token]) -> Clause:
    """The Clause of a sentence, its parties found from its main verb, or from what a speaker says in it
    ("X has sealed the port, officials said")."""
    verb = next((t for t in tokens if t.dep_ == "ROOT"), None)
    if verb is None:
        return clause_of(tokens)
    said = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i and c.pos_ in _VERBAL), None)
    return clause_about(tokens, said or verb)


def clause_about(tokens: Sequence[Token], verb: Token) -> Clause:
    """The Clause of a sentence whose act is ``verb``."""
    passive = is_passive(verb)
    subject = _subject(verb)
    if passive:
        source = next(iter(children_by(verb, "by")), None)
        target = subject or next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    else:
        source, target = subject, _object(verb)
    inside = {t.i for t in tokens}
    return clause_of(tokens, _phrase(source, verb, inside), _phrase(target, verb, inside))


def _subject(verb: Token) -> Token | None:
    here = verb
    for _ in range(4):
        found = next((c for c in here.children if c.dep_ in _SUBJECTS or c.dep_ == "nsubjpass"), None)
        if found is not None:
            return found
        if here.dep_ not in ("conj", "xcomp") or here.head.i == here.i:
            return None
        here = here.head
    return None


def _object(verb: Token) -> Token | None:
    """Whom the act is done to: the last party named under the verb, in an object, a complement or after a
    preposition ("held talks with X", "refused to free X")."""
    here = verb
    for _ in range(4):
        direct = next((c for c in here.children if c.dep_ in _OBJECTS), None)
        if direct is not None and (direct.ent_type_ or direct.pos_ == "PROPN"):
            return direct
        for holder in (here, direct):
            if holder is None:
                continue
            for preposition in (c for c in holder.children if c.dep_ in ("prep", "dative")):
                noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
                if noun is not None and noun.ent_type_ not in ("DATE", "TIME"):
                    return noun
        if direct is not None:
            return direct
        below = next((c for c in here.children if c.dep_ in ("xcomp", "ccomp")), None)
        if below is None:
            return None
        here = below
    return None


def _phrase(head: Token | None, verb: Token, inside: set[int]) -> list[Token]:
    """The tokens of a party without clauses that hang on it."""
    if head is None:
        return []
    low, high = max(head.left_edge.i, head.i - _REACH), min(head.right_edge.i, head.i + _REACH)
    if low <= verb.i <= high:
        low, high = head.i, head.i
    doc = head.doc
    clauses = (c for c in head.children if c.dep_ in ("relcl", "acl") and c.i > head.i)
    cut = next((c.left_edge.i for c in clauses), high + 1)
    return [doc[i] for i in range(low, min(high + 1, max(cut, head.i + 1))) if i in inside]
