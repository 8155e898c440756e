"""What must hold first for a forecast to come true: "if the dam fails", "without loans", "should it rain"."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Span, Token

from allegata.vocab import load

MAX_WORDS = 40
"""Tokens of a condition."""

_CLOSING = frozenset({",", ";", ":", "—", "–", ".", "!", "?", "”", '"', ")"})
_BEFORE = _CLOSING | {"“", "but", "and", "that", "however"}
_SUBJECTS = frozenset({"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM", "VERB"})
_MODALS = frozenset({"will", "would", "could", "may", "might", "wo", "'ll", "’ll", "is", "are", "can"})


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in load("likelihood")["conditions"].items()}


@lru_cache(maxsize=1)
def _openers() -> re.Pattern[str]:
    """Some word without which there is no condition."""
    words = {w for kind, listed in _words().items() if kind != "asking" for w in listed}
    known = "|".join(sorted(words | {"if", "once", "provided", "providing"}))
    return re.compile(rf"\b(?:{known})\b", re.IGNORECASE)


def find_condition(tokens: Span) -> Span | None:
    """The first condition of a sentence, from its opening word to where its clause ends."""
    if not _openers().search(tokens.text):
        return None
    for token in tokens:
        if not _opens(token, tokens):
            continue
        begin = token.i
        if token.lower_ == "if" and begin > tokens.start and token.nbor(-1).lower_ in ("only", "even"):
            begin -= 1
        if token.lower_ in _words()["closing"]:  # weather permitting
            return tokens.doc[_after_mark(token, tokens) : token.i + 1]
        return tokens.doc[begin : _end(token, tokens)]
    return None


def is_conditional(tokens: Span) -> bool:
    """True where a condition stands, or is taken up: "otherwise"."""
    return "otherwise" in tokens.text.casefold() or find_condition(tokens) is not None


def _opens(token: Token, tokens: Span) -> bool:
    words, word = _words(), token.lower_
    before = token.nbor(-1).lower_ if token.i > tokens.start else ""
    first = not before or before in _BEFORE
    if word == "if":
        return before not in words["asking"]
    if word in words["always"]:
        return True
    follows = token.nbor(1).lower_ if token.i + 1 < tokens.end else ""
    if word in ("provided", "providing"):
        return follows == "that"
    if word == "once":
        return token.dep_ in ("mark", "advmod") and _is_of_clause(token)
    if word in words["opening"]:
        return first
    if word in words["inverted"]:  # should they refuse; were the dam to fail
        return first and bool(follows) and token.nbor(1).pos_ in _SUBJECTS and _is_inverted(token, tokens)
    if word in words["closing"]:
        return follows == "," or token.i + 1 == tokens.end
    return word in words["participles"] and token.i == tokens.start and "," in tokens.text


def _is_of_clause(token: Token) -> bool:
    """True for the "once" of "once the bridge is open": a verb of the present follows that it belongs to."""
    verb = token.head
    helpers = {c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    now = verb.tag_ in ("VBZ", "VBP") or bool(helpers & {"VBZ", "VBP"})
    return verb.i > token.i and verb.pos_ in ("VERB", "AUX") and now


def _is_inverted(token: Token, tokens: Span) -> bool:
    """True where a main clause with a modal follows behind a comma, or went before."""
    rest = [t.lower_ for t in tokens if t.i > token.i]
    if "," in rest:
        return any(word in _MODALS for word in rest[rest.index(",") :])
    return token.i > tokens.start and any(t.lower_ in _MODALS for t in tokens if t.i < token.i)


def _after_mark(token: Token, tokens: Span) -> int:
    at = token.i
    while at > tokens.start and tokens.doc[at - 1].text not in _CLOSING and token.i - at < 4:
        at -= 1
    return at


def _end(token: Token, tokens: Span) -> int:
    """Behind the last token of the condition: where its clause ends, as far as the parse can be trusted, else
    at the mark that closes it."""
    limit = min(tokens.end, token.i + MAX_WORDS)
    if token.dep_ == "prep":
        return min(limit, token.right_edge.i + 1)
    head = token.head if token.dep_ in ("mark", "advmod") and token.head.i > token.i else token
    edge = head.right_edge.i if head != token or token.dep_ == "advcl" else token.i
    fronted = token.i <= tokens.start + 2
    for at in range(token.i + 1, limit):
        word = tokens.doc[at].text
        if word in _CLOSING and (at > edge or fronted or word != ","):
            return at
    return limit
