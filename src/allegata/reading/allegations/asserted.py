"""Whether a clause says that its act has happened, and lately: not denied, not imagined, not long past."""

from __future__ import annotations

import re

from spacy.tokens import Token

from allegata.reading.allegations.acts import circumstances
from allegata.reading.allegations.features import Clause, heads
from allegata.reading.allegations.lexicon import lexicon

COMMITMENTS = frozenset({"AGREE", "THREATEN", "REJECT"})
"""Roots of acts that are done by saying what one will do: they may speak of the future."""

_WILL = frozenset({"will", "'ll", "’ll", "wo", "would", "shall"})
_MODALS = frozenset({"could", "may", "might", "should", "must", "can", "ca", "ought"})
_VERBAL = frozenset({"VERB", "AUX"})
_CLAUSES = frozenset({"relcl", "acl", "advcl"})
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")
_DECADE = re.compile(r"(?:1[0-9]|20)\d0s")
_AGES = frozenset(
    {"century", "centuries", "decade", "decades", "generation", "generations", "antiquity", "war"}
)
"""Units of time, and names of ages, that put an act long ago: with "ago", or after "in" and "during"."""
_MAX_CLIMB = 6


def predicate_of(clause: Clause) -> Token | None:
    """The verb by which the clause's actor acts, else the main verb of its sentence."""
    here = next((t.head for t in heads(clause, clause.source)), None)
    for _ in range(_MAX_CLIMB):
        if here is None or here.pos_ in _VERBAL or here.head.i == here.i:
            break
        here = here.head
    return here or next((t for t in clause.tokens if t.dep_ == "ROOT"), None)


def is_asserted(clause: Clause, root: str) -> bool:
    """Whether the clause puts an act of ``root`` forward as done, or, for `COMMITMENTS`, as resolved upon."""
    verb = predicate_of(clause)
    if verb is None or is_natural(clause) or is_sport(clause):
        return False
    _, real, negated = circumstances(verb, {t.i for t in clause.tokens}, verb.pos_ not in _VERBAL)
    auxiliaries = {c.lower_ for v in (verb, *_above(verb)) for c in v.children if c.dep_ == "aux"}
    resolved = bool(auxiliaries & _WILL) and not auxiliaries & _MODALS and root in COMMITMENTS
    if negated:
        return resolved and root == "REJECT"
    return real or resolved


def is_natural(clause: Clause) -> bool:
    """Whether a force of nature does it ("fog closed the airport")."""
    nature = lexicon().context["nature"]
    return any(t.lemma_.lower() in nature and not t.text.isupper() for t in heads(clause, clause.source))


def is_sport(clause: Clause) -> bool:
    """Whether it is done in a game ("attacked early and scored twice")."""
    words, context = {t.lower_ for t in clause.tokens}, lexicon().context
    return bool(words & context["sport"]) or len(words & context["sporting"]) > 1


def _above(verb: Token) -> list[Token]:
    """The verbs over a coordinated or complement verb, which lend it their auxiliaries."""
    out: list[Token] = []
    here = verb
    while here.dep_ in ("conj", "xcomp") and len(out) < _MAX_CLIMB:
        here = here.head
        out.append(here)
    return out


def is_long_past(clause: Clause, published: str | None) -> bool:
    """Whether the act is dated to a year before the Document's, or to a time long ago ("in the 1970s").

    A date counts that stands with the act itself: not one in a subordinate clause ("the law that was passed
    in 1993"), nor one in a name. ``published`` is an ISO date; without one no single year counts.
    """
    this = int(published[:4]) if published and published[:4].isdigit() else None
    for token in clause.tokens:
        if _YEAR.fullmatch(token.text):
            past = this is not None and int(token.text) < this
        else:
            past = bool(_DECADE.fullmatch(token.text)) or _is_age(token)
        if past and _dates_the_act(token, clause):
            return True
    return False


def _is_age(token: Token) -> bool:
    """True for "two decades ago", "in the last century", "during the Cold War"."""
    if token.lower_ not in _AGES:
        return False
    if any(c.lower_ in ("ago", "earlier") for c in (token.head, *token.children)):
        return True
    named = any(c.lower_ == "cold" for c in token.children)
    inside = token.dep_ == "pobj" and token.head.lower_ in ("in", "during")
    return inside and (named or token.lower_ == "century")


def _dates_the_act(date: Token, clause: Clause) -> bool:
    here = date
    for _ in range(_MAX_CLIMB):
        if here.dep_ in _CLAUSES or here.i in clause.source or here.i in clause.target:
            return False
        if here.head.i == here.i:
            return True
        here = here.head
    return False
