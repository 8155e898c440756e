"""Where an act happened: the Place of its own passage that the words bind to it, or none."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from allegata.model import Place
from allegata.reading.allegations.acts import Act
from allegata.reading.allegations.lexicon import lexicon
from allegata.reading.allegations.stretches import Passage, Stretch
from allegata.reading.speakers.words import source_words

_SENTENCES_BACK = 2
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
        if a.token.i != act.token.i
        and a.real
        and a.root in ("ASSAULT", "COERCE")
        and not _goes_with(a.token, act.token)
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


def _goes_with(token: Token, act: Token) -> bool:
    """True for what is part of the act: "shot and wounded", "bombs that fell on X", "before the blast"."""
    if token.dep_ == "conj" or act.dep_ == "conj":
        return True
    if token.dep_ == "relcl" and token.head.lemma_.lower() in lexicon().instruments:
        return True
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in ("before", "after", "during")
        and token.head.head.i == act.i
    )


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
        if step == 0 and dep == "appos" and parent.pos_ == "PROPN":
            score -= 2.0  # "X, Y": the act was at X
        if step == 0 and head.i in actor and dep in ("nsubj", "nsubjpass", "ROOT", "dobj", "poss"):
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
    if low in lexicon().context["units"]:
        return False
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


def setting_of_same(passage: Passage, stretch: Stretch, inside: set[int]) -> Place | None:
    """The place of what the content takes up ("this camp"), from the sentences just before."""
    near = {"this", "that", "these", "those", "said", "such"}
    if not any(t.i in inside for _, t in passage.places):
        near.add("the")
    for token in stretch.content:
        known = any(c.lower_ in near for c in token.children if c.i < token.i)
        if token.pos_ != "NOUN" or not known or token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
            continue
        first = token.sent.start
        for _ in range(_SENTENCES_BACK):
            first = token.doc[first - 1].sent.start if first else 0
        found = [
            (at.i, place)
            for place, at in passage.places
            if first <= at.i < token.i and at.i not in inside and _belongs_to(at, token.lemma_)
        ]
        if found:
            return max(found, key=lambda f: f[0])[1] if len({p.name for _, p in found}) == 1 else found[0][1]
    return None


def _belongs_to(place: Token, lemma: str) -> bool:
    """True where a place hangs, by prepositions and the like, on a noun of this lemma."""
    here = place
    for _ in range(8):
        here = here.head
        if here.lemma_ == lemma:
            return True
        if here.dep_ == "ROOT":
            return False
    return False


def setting_of_source(passage: Passage, stretch: Stretch, inside: set[int]) -> Place | None:
    """Where people tell of what happened to them, if the content names no place.

    "Villagers in X say ...", and "X's warden denied holding anybody there"; also a person who spoke of X in
    the sentence before ("She runs the clinic at X. She says ...").
    """
    if any(t.i in inside for _, t in passage.places) or not stretch.source:
        return None
    source = {t.i for t in stretch.source}
    near = [
        (p, t)
        for p, t in passage.places
        if t.i in source and t.i and t.doc[t.i - 1].lower_ in ("in", "at", "near")
    ]
    if len(stretch.source) == 1 and stretch.source[0].pos_ == "PRON":
        return _place_before(passage, stretch)
    head = next((t for t in stretch.source if t.head not in stretch.source), None)
    if not near or head is None or head.pos_ == "PROPN":
        return None
    place, at = near[0]
    there = any(t.lower_ in ("there", "here") and t.pos_ == "ADV" for t in stretch.content)
    if there or at.doc[at.i - 1].lower_ in ("at", "near") or _is_local(stretch, head):
        return place
    return None


def _is_local(stretch: Stretch, head: Token) -> bool:
    """True for people who live where they are said to be, and not for those who only work or talk there."""
    if any(t.lower_ in ("my", "our") for t in stretch.source):
        return True
    if head.lower_ in source_words().witnesses:
        return True
    return head.tag_ == "NNS" and head.lemma_.lower() not in lexicon().context["visitors"]


def _place_before(passage: Passage, stretch: Stretch) -> Place | None:
    """The one place of the sentence before, where it tells of the same person."""
    source = stretch.source[0]
    before = source.sent.start - 1
    if before < 0:
        return None
    sent = source.doc[before].sent
    found = [
        p
        for p, t in passage.places
        if sent.start <= t.i < sent.end and t.i and t.doc[t.i - 1].lower_ in ("in", "at")
    ]
    last = (stretch.statement.speaker or "").split()[-1:]
    return found[0] if len(found) == 1 and last and last[0] in sent.text else None
