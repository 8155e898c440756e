"""What a forecast says will happen, and who would do it: spans around the word of the future."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from spacy.tokens import Span, Token

from allegata.vocab import load

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_MARKS = frozenset("“”\"'‘’,;:–—-()[]…`") | {"''", "``"}
_ENDING = _MARKS | {".", "!", "?"}
_LEADING = frozenset(
    [
        *("that", "and", "but", "or", "so", "to", "then", "for", "of", "also", "however", "moreover"),
        *("furthermore", "additionally", "ultimately"),
    ]
)
_PERSONS = frozenset({"i", "we", "you", "he", "she", "they", "who", "everyone", "everybody"})
_DOERS = ("ers", "ists", "ians", "men", "women")
"""Endings of plural nouns of those who do something."""


@lru_cache(maxsize=1)
def _actors() -> frozenset[str]:
    """Nouns of whom or what can act: offices, bodies, troops, groups, persons."""
    own, titles, offices = load("likelihood")["actors"], load("titles"), load("offices")
    lists = [titles["roles"]["officials"], titles["roles"]["persons"]]
    lists += [offices[kind]["heads"] for kind in ("organisation", "anonymous", "eyewitness")]
    listed = {word.strip() for words in lists for word in words.split(",")}
    return frozenset(listed - set(own["never"]) | set(own["heads"]))


def find_consequence(head: Token, carrier: Token | None, within: Span, condition: Span | None) -> Span:
    """The clause of a verb or noun, without what introduces it, its condition, and clauses beside it. What
    hangs on the ``carrier`` ("a chance of frost by May") behind the noun belongs to it."""
    left_out = {t.i for t in condition} if condition is not None else set()
    belonging = _subtree(head, within)
    if carrier is not None:
        belonging += [t for t in _subtree(carrier, within) if t.i > head.i]
    for token in belonging:
        if token.i not in left_out and token != head and _stands_beside(token, head):
            left_out.update(t.i for t in _subtree(token, within))
    kept = {t.i for t in belonging if t.i not in left_out}
    if head.dep_ in ("compound", "amod"):  # "to paralyse parliament" parsed as a name: up to the next mark
        kept |= set(range(head.i, _next_mark(head, within))) - left_out
    begin, end = _stretch(head, kept)
    subject = _subject(head, SUBJECTS)
    if subject is not None and subject.i < head.i:
        opening = subject.left_edge.i
        if any(t.text == "," for t in within.doc[begin:opening]):
            begin = opening  # what stands before a comma and the subject leads in
    return _bare(within.doc[begin:end], head)


def find_actor(verb: Token, governor: Token | None, within: Span) -> Span | None:
    """Who would do what the verb says: its subject, its agent in the passive, or who announces to do it."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        by = next((c for c in verb.children if c.dep_ == "agent"), None)
        named = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
        return _phrase(named, within) if named is not None and _can_act(named) else None
    subject = _subject(verb, {"nsubj"})
    if subject is None and governor is not None:
        subject = _subject(governor, {"nsubj", "nsubjpass"})
        if subject is not None and governor.lemma_.lower() in load("likelihood")["future"]["announcing"]:
            return _phrase(subject, within)  # whoever plans or threatens can act
    return _phrase(subject, within) if subject is not None and _can_act(subject) else None


def _subject(verb: Token, kinds: Set[str]) -> Token | None:
    """The subject that stands nearest: the parse hangs a short condition's subject on the main verb too."""
    return next((c for c in reversed(list(verb.lefts)) if c.dep_ in kinds), None)


def _can_act(token: Token) -> bool:
    if token.pos_ == "PRON":
        return token.lower_ in _PERSONS
    if token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") and token.pos_ == "PROPN":
        return True
    if token.lower_ in _actors() or token.lemma_.lower() in _actors():
        return True
    things = load("likelihood")["actors"]["things"]
    return token.tag_ == "NNS" and token.lower_.endswith(_DOERS) and token.lower_ not in things


def _phrase(token: Token, within: Span) -> Span:
    """A noun with what belongs to it, without a clause that is hung on it."""
    hung = [c for c in token.children if c.dep_ in ("relcl", "appos", "acl")]
    cut = {t.i for c in hung for t in _subtree(c, within)}
    inside = {t.i for t in _subtree(token, within) if t.i not in cut}
    begin, end = _stretch(token, inside)
    return _bare(within.doc[begin:end], token)


def _subtree(token: Token, within: Span) -> list[Token]:
    """What depends on a token, itself too, inside the sentence: spaCy's own sentence may be far longer."""
    begin, end = max(token.left_edge.i, within.start), min(token.right_edge.i + 1, within.end)
    return [t for t in within.doc[begin:end] if t == token or token.is_ancestor(t)]


def _stretch(token: Token, inside: set[int]) -> tuple[int, int]:
    """The unbroken stretch of token numbers about a token."""
    begin = end = token.i
    while begin - 1 in inside:
        begin -= 1
    while end + 1 in inside:
        end += 1
    return begin, end + 1


def _stands_beside(token: Token, head: Token) -> bool:
    """True for a clause that is no part of the one of ``head``: a second main clause, who said it."""
    if token.dep_ == "parataxis" or (token.dep_ == "prep" and token.lower_ == "according"):
        return True
    if token.dep_ == "conj" and token.head == head:
        return token.pos_ in ("VERB", "AUX") and any(c.dep_ in SUBJECTS for c in token.children)
    return False


def _next_mark(head: Token, within: Span) -> int:
    return next((t.i for t in within if t.i > head.i and t.text in _ENDING), within.end)


def _bare(span: Span, head: Token) -> Span:
    """Without marks, conjunctions and "that" at the ends."""
    begin, end, doc = span.start, span.end, span.doc
    while begin < head.i and (
        doc[begin].text in _MARKS or doc[begin].lower_ in _LEADING or doc[begin].is_space
    ):
        begin += 1
    while end - 1 > head.i and (
        doc[end - 1].text in _ENDING or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    return doc[begin:end]
