"""Which of the acts in a content is the one that its Statement puts forward."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from allegata.reading.allegations.acts import Act, circumstances
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.allegations.participants import find_actor, is_agent
from allegata.reading.allegations.stretches import Stretch

_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "REQUEST"})
_MANY = frozenset(
    {"series", "wave", "spate", "string", "campaign", "number", "reports", "cases", "acts", "act"}
)
"""Nouns that only count the events they stand before."""


def choose(stretch: Stretch, acts: Sequence[Act]) -> Act | None:
    """The act that the content is about: a verb before a noun, the main clause before what hangs on it."""
    words = lexicon()
    denied = stretch.statement.stance == "deny"
    blaming = is_blaming(stretch)
    verbal = any(t.pos_ in ("VERB", "AUX") and t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in stretch.own)
    best: tuple[float, int, Act] | None = None
    for act in acts:
        if not act.real or (act.negated and not denied):
            continue
        score = act.depth
        if act.nominal and act.depth >= 4.5:
            continue
        if act.nominal:
            lemma = act.token.lemma_.lower()
            mild = lemma in words.weak or act.token.lower_ in words.weak
            answered = _is_answered_for(act.token)
            if lemma in words.blamed and not blaming and not answered:
                continue
            if (mild or not _heads(act.token, stretch)) and not blaming and not answered:
                continue
            if verbal and not blaming and not answered:
                continue
        if not is_agent(find_actor(act, {t.i for t in stretch.content})):
            continue
        if act.root in _COOPERATIVE:
            score += 0.4
        elif act.root == "ASSAULT":
            score -= 0.3
        if _caused_within(act, acts):
            score += 2.0
        key = (score, act.token.i)
        if best is None or key < best[:2]:
            best = (score, act.token.i, act)
    if best is None:
        return None
    return _named_by_verb(best[2], acts, stretch) or best[2]


def choose_unknown(stretch: Stretch) -> Act | None:
    """An act that the lexicon has no root for, where the Statement itself shows that it is one.

    "X accused Y of selling the harvest twice" is an allegation whatever the root; of a claim or denial only a
    past clause is, in which somebody does something to something.
    """
    own = {t.i for t in stretch.own}
    blaming = is_blaming(stretch)
    if not blaming and stretch.statement.stance not in ("allege", "deny", "confirm", "no_comment", "retract"):
        return None
    for token in stretch.own:
        if token.pos_ not in ("VERB", "AUX") or token.lemma_.lower() in lexicon().context["stative"]:
            continue
        gerund = token.tag_ == "VBG" and token.dep_ in ("pcomp", "xcomp", "ROOT")
        past = token.tag_ in ("VBD", "VBN") or any(
            c.lower_ in ("had", "has", "have", "having") for c in token.children
        )
        done = any(c.dep_ in ("dobj", "nsubjpass") for c in token.children)
        if not (
            (blaming and gerund)
            or (past and done and token.dep_ in ("ROOT", "ccomp", "acl", "xcomp", "pcomp"))
        ):
            continue
        depth, real, negated = circumstances(token, own, False)
        act = Act(token, "", False, depth, real, negated)
        actor = find_actor(act, {t.i for t in stretch.content})
        named = actor is not None and is_agent(actor)
        if (
            real
            and (not negated or stretch.statement.stance == "deny")
            and (named or (blaming and actor is None))
        ):
            return act
    return None


def _named_by_verb(act: Act, acts: Sequence[Act], stretch: Stretch) -> Act | None:
    """For a noun without an actor the verb that has one: "a training camp, which is supported by X"."""
    if not act.nominal or is_blaming(stretch):
        return None
    inside = {t.i for t in stretch.content}
    if find_actor(act, inside) is not None:
        return None
    same = (a for a in acts if a.root == act.root and not a.nominal and a.real and not a.negated)
    return next((a for a in same if find_actor(a, inside) is not None), None)


def is_blaming(stretch: Stretch) -> bool:
    return any(t.lemma_.lower() in lexicon().context["blaming"] for t in stretch.cue)


def _is_answered_for(noun: Token) -> bool:
    """ "Responsible for the attack", "behind the raid", "there was a raid", "took part in the killing"."""
    here = noun
    for _ in range(3):
        head = here.head
        if head.i == here.i:
            return False
        if head.lower_ in ("behind", "responsible", "after") or head.lower_ in lexicon().context["part"]:
            return True
        if here.dep_ in ("attr", "nsubjpass", "dobj") and head.lemma_ in (
            "be",
            "carry",
            "take",
            "occur",
            "happen",
        ):
            return True
        if here.dep_ == "nsubj" and head.lemma_.lower() in (
            "occur",
            "happen",
            "kill",
            "hit",
            "take",
            "leave",
        ):
            return True
        here = head
    return False


def _heads(noun: Token, stretch: Stretch) -> bool:
    """True where the content is a noun phrase about this event ("the bombing of X", "a series of raids")."""
    own = {t.i for t in stretch.own}
    here = noun
    for _ in range(4):
        head = here.head
        if head.i == here.i or head.i not in own:
            return True
        if head.lower_ not in _MANY and head.lower_ != "of":
            return False
        here = head
    return False


def _caused_within(act: Act, acts: Sequence[Act]) -> bool:
    """True for "paid" in "paid a gang to beat": what was paid for is the act."""
    if act.nominal or act.token.lemma_.lower() not in lexicon().context["causing"]:
        return False
    return any(
        a.root in ("ASSAULT", "COERCE") and not a.nominal and a.token.dep_ in ("xcomp", "advcl", "ccomp")
        and a.token.head.i == act.token.i
        for a in acts
    )  # fmt: skip
