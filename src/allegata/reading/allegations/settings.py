"""Where an act happened: the Place of its own passage that the words bind to it, or none."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from allegata.model import Place
from allegata.reading.allegations.acts import Act
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.speakers.words import source_words

_MAX_CLIMB = 25


def find_setting(
    act: Act,
    actor: set[int],
    inside: set[int],
    acts: Sequence[Act],
    places: Sequence[tuple[Place, Token]],
) -> Place | None:
    """The Place that fits the act best among ``places`` (with the head token of each) of its stretch.

    ``actor`` are the tokens of the actor's phrase: "police from Quetta" acted somewhere else. A place
    that belongs to another act of the stretch is left to that act.
    """
    others = {
        a.token.i
        for a in acts
        if a.token.i != act.token.i and a.root in ("ASSAULT", "COERCE") and not _falls(a.token)
    }
    best: tuple[float, int, Place] | None = None
    for place, head in places:
        if head.i not in inside:
            continue
        score = _bind(head, act.token, actor, others)
        if score is None:
            continue
        key = (score, -abs(head.i - act.token.i))
        if best is None or key > best[:2]:
            best = (score, key[1], place)
    return best[2] if best else None


def _falls(token: Token) -> bool:
    """ "Bombs that fell on X" are those of the act."""
    return token.dep_ == "relcl" and token.head.lemma_.lower() in lexicon().instruments


def _bind(head: Token, act: Token, actor: set[int], others: set[int]) -> float | None:
    """How firmly a place is bound to the act; None where it is not its setting."""
    score = 0.0
    preposition: str | None = None
    words = lexicon().context
    here = head
    for step in range(_MAX_CLIMB):
        if here.i == act.i:
            return score + 3.0
        parent = here.head
        if parent.i == here.i:
            break
        dep = here.dep_
        led = head.doc[head.i - 1].lower_ if head.i else ""
        if (
            step == 0
            and led == "from"
            and head.i > 1
            and head.doc[head.i - 2].lemma_.lower() in lexicon().persons
        ):
            return None
        if step == 0 and dep in ("compound", "nmod", "amod") and _is_body(parent):
            return None
        if (
            step == 0
            and led in words["locative"]
            and led not in words["towards"]
            and dep not in ("pobj", "prep")
        ):
            score += 1.0
            preposition = led
        elif step == 0 and dep in ("nsubj", "poss", "nsubjpass", "agent", "dobj", "amod"):
            if dep == "nsubj" or (dep == "amod"):
                return None
            if dep == "poss" and parent.i in actor:
                return None
            score += {"poss": 0.2, "nsubjpass": 1.5, "dobj": 0.8, "agent": -5.0}[dep]
        if dep in ("prep", "prt") or (dep == "agent"):
            word = here.lower_
            if preposition is None:
                preposition = word
                if word in words["locative"]:
                    score += 0.4 if word in words["towards"] else 1.0
                elif word == "from":
                    if parent.pos_ in ("NOUN", "PROPN") and parent.i != act.i:
                        return None
                    score -= 0.6
                elif word == "by":
                    return None
                elif word not in ("of", "east", "west", "north", "south"):
                    score -= 0.3
        if parent.i in others and parent.i != act.i and here.i not in others:
            return None if _below(parent, act) else score - 1.0
        if dep == "relcl":
            score -= 0.8
        elif dep in ("advcl", "acl"):
            score -= 0.6
        if parent.i in actor:
            if preposition in words["locative"]:
                score -= 1.5
            elif preposition is not None or dep in ("compound", "nmod"):
                return None
        here = parent
    return score


def _is_body(noun: Token) -> bool:
    """True for the government in "the Damascus government": the place only says whose it is."""
    words = source_words()
    low = noun.lemma_.lower()
    return low in words.organisations or low in words.roles or low in lexicon().forces


def _below(other: Token, act: Token) -> bool:
    """True where another act hangs in the tree under this one ("sheltering those who planned the raid")."""
    here = other
    for _ in range(_MAX_CLIMB):
        if here.head.i == act.i:
            return True
        if here.head.i == here.i:
            return False
        here = here.head
    return False
