"""Roots for verbs that the lexicon does not know, by the act coder.

For acts of the writer's own only where a clause is of the kind the coder has learned from: a named party does
something to a named party.
"""

from __future__ import annotations

from spacy.tokens import Token

from allegata.reading.allegations.acts import Act, circumstances
from allegata.reading.allegations.coder import Coded, act_coder
from allegata.reading.allegations.features import MAX_TOKENS, Clause
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.allegations.parties import clause_about

MAX_GUESSES = 12
"""Of one Document: each costs two runs of the sentence model."""
LEAST_LEAD = 0.3
"""Of a root over the next, from which the writer's act is taken for it."""
CLEAR_LEAD = 0.6
"""The same for an alleged act, whose parties often have no names."""

_NAMED = frozenset({"GPE", "NORP", "ORG", "PERSON"})


def guess_alleged(verb: Token, content: list[Token]) -> str | None:
    """The root of an alleged act by the words of its ``content``; that it is alleged is known already."""
    found = act_coder().guess(clause_about(content[:MAX_TOKENS], verb))
    return found.root if found is not None and found.lead >= CLEAR_LEAD and found.root != "ACCUSE" else None


def guess_asserted(verb: Token, published: str | None) -> Coded | None:
    """The act that a clause of the writer's own asserts, if the coder is sure enough."""
    clause = _clause(verb)
    if not (_names(clause, clause.source) and _names(clause, clause.target)):
        return None
    found = act_coder().code(clause, published)
    return found if found is not None and found.lead >= LEAST_LEAD else None


def unknown_verbs(tokens: list[Token], known: set[int]) -> list[Act]:
    """The verbs of a text that the lexicon has no root for, as Acts without one."""
    inside = {t.i for t in tokens}
    stative = lexicon().context["stative"]
    out = []
    for token in tokens:
        if token.pos_ == "VERB" and token.i not in known and token.lemma_.lower() not in stative:
            depth, real, negated = circumstances(token, inside, False)
            out.append(Act(token, "", False, depth, real, negated))
    return out


def _clause(verb: Token) -> Clause:
    sentence = verb.sent
    low = max(sentence.start, verb.i - MAX_TOKENS // 2)
    return clause_about(list(verb.doc[low : min(sentence.end, low + MAX_TOKENS)]), verb)


def _names(clause: Clause, party: frozenset[int]) -> bool:
    return any(t.i in party and t.ent_type_ in _NAMED for t in clause.tokens)
