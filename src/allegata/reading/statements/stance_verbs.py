"""A verb or noun of a cue as a predicate: its sense, its class, what it takes up or takes back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from allegata.reading.statements.answers import OWNED, words
from allegata.reading.statements.cues import Sense, listed, nouns, senses
from allegata.reading.statements.passives import is_passive
from allegata.reading.statements.stance_lexicon import (
    Response,
    keeping,
    lexical,
    named,
    noun_stance,
    responses,
    unsaying,
)
from allegata.reading.statements.tree import MARKS, Tree

AHEAD = 8
"""Tokens after a verb among which the noun stands that it takes up or takes back."""
FRAMES_TO = ("to", "objto", "clause", "quote")
FRAMES_CLAUSE = ("clause", "blame", "quote", "small", "as", "np")
FRAMES_ING = ("ing", "clause", "np")
FRAMES_THING = ("blame", "np", "as", "small", "relay", "clause", "quote")
CLASSES = {
    "allege": "accusation",
    "deny": "denial",
    "confirm": "admission",
    "doubt": "doubt",
    "retract": "withdrawal",
    "predict": "promise",
    "assert": "saying",
    "demand": "saying",
    "no_comment": "saying",
}
"""The class that a noun or phrase of this stance responds like."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A predicate: its tokens, its own stance, how it responds.

    ``fixed``: nothing before it turns it. ``sure``: the stance was found with its surroundings, not by the
    word alone.
    """

    first: int
    last: int
    stance: str
    response: Response
    lemma: str = ""
    sense: Sense | None = None
    fixed: bool = False
    sure: bool = False


def read_noun(tree: Tree, i: int, cue: list[int]) -> Anchor:
    word = tree.word[i]
    if word not in nouns():
        return Anchor(i, i, "retract", named()["withdrawal"], sure=True)
    stance = noun_stance(word) or "assert"
    said = {tree.word[j] for j in cue if j > i}
    if said & words("unsaying", "words") and stance in ("assert", "allege"):
        return Anchor(i, i, "retract", named()["withdrawal"], fixed=True, sure=True)
    if said & words("falsity", "words") and stance in ("assert", "allege"):
        return Anchor(i, i, "deny", named()["denial"], fixed=True, sure=True)
    if stance == "assert" and any(
        tree.word[k] in listed("unproven") for k in (i - 1, *tree.kids[i]) if 0 <= k < i
    ):
        return Anchor(i, i, "allege", named()["accusation"], fixed=True, sure=True)
    return Anchor(i, i, stance, named()[CLASSES[stance]])


def read_verb(
    tree: Tree, i: int, lemma: str, cue: list[int], held: list[int], source: Collection[int]
) -> Anchor | None:
    last = particle_of(tree, i, lemma)
    particle = tree.word[last] if last > i else ""
    noun = taken(tree, last, cue, held)
    if (lemma, particle) in unsaying() or (particle and (lemma, "") in unsaying()):
        sense = next(iter(senses().get((lemma, particle), ())), None)
        strong = bool(particle) or _class(lemma, particle) == "withdrawal"
        if strong and lemma in words("unsaying", "of_anything"):  # "withdrew its troops"
            strong = not held or any(tree.is_finite(j) for j in held[:20])
        own = noun is not None and is_own(tree, noun)
        if own or (noun is None and strong) or (noun is not None and not _is_others(tree, noun)):
            return Anchor(i, last, "retract", named()["withdrawal"], lemma, sense, sure=True)
    if lemma in words("unsaying", "verbs") and takes_back(tree, i, cue, held):
        return Anchor(i, last, "retract", named()["withdrawal"], lemma, fixed=True, sure=True)
    if (lemma, particle) in keeping() and noun is not None and not _is_others(tree, noun):
        stance = noun_stance(tree.word[noun]) or "assert"
        if noun in cue or "no" in tree.word[last + 1 : noun]:
            stance = "assert"  # the noun is a predicate of its own
        return Anchor(i, last, stance, named()[CLASSES[stance]], lemma, sure=True)
    found = senses().get((lemma, particle), ()) or senses().get((lemma, ""), ())
    response = responses().get((lemma, particle)) or responses().get((lemma, ""))
    if lemma == "seek" and held and tree.word[held[0]] == "to":
        return None  # an attempt, no request
    if not found:
        return Anchor(i, last, response.stance or "assert", response, lemma) if response is not None else None
    sense = _fitting(tree, found, i, last, cue, held)
    if (
        sense.stance == "retract"
        and (lemma, particle) in unsaying()
        and not (particle or _class(lemma, particle) == "withdrawal")
    ):
        return Anchor(
            i, last, "assert", named()["saying"], lemma
        )  # "dropped the charges", not one's own words
    stance = response.stance or sense.stance if response is not None else sense.stance
    if "relay" in sense.frames and tree.dep[i] == "acl" and tree.word[tree.head[i]] in nouns():
        return read_noun(tree, tree.head[i], cue)  # "the theory, promoted by X, that": X's theory
    if response is None:
        response = named()[
            "attitude"
            if sense.kind == "attitude"
            else "expectation"
            if sense.kind == "thought" and stance == "predict"
            else CLASSES[stance]
        ]
    if (
        stance == "assert"
        and lemma in listed("hearsay_verbs")
        and is_passive(tree, i)
        and _is_hearsay(tree, i, held, source)
    ):
        return Anchor(i, last, "allege", named()["accusation"], lemma, sense, sure=True)
    return Anchor(i, last, stance, response, lemma, sense)


def _class(lemma: str, particle: str) -> str:
    found = responses().get((lemma, particle)) or responses().get((lemma, ""))
    return found.name if found is not None else ""


def _is_hearsay(tree: Tree, i: int, held: list[int], source: Collection[int]) -> bool:
    """ "is said to have fled", "it is believed that": nobody says who says so."""
    after = tree.word[i + 1] if i + 1 < tree.n else ""
    return not source or after == "to" or (bool(held) and tree.word[held[0]] == "to")


def particle_of(tree: Tree, i: int, lemma: str) -> int:
    """The token of the particle or preposition that the lexicon has the verb with, else the verb's own."""
    known = (senses(), responses())
    for j in (i + 1, i + 2):
        if j >= tree.bounds[i][1]:
            break
        word = tree.word[j]
        if any((lemma, word) in table for table in known) or (lemma, word) in unsaying() | keeping():
            return j
        if j == i + 1 and not (
            tree.word[j].endswith("ly") or word in ("himself", "herself", "itself", "themselves", "myself")
        ):
            break
    return i


def taken(tree: Tree, after: int, cue: list[int], held: list[int]) -> int | None:
    """The noun of saying that follows, in the cue or at the start of the content."""
    inside = set(range(after, max(cue) + 1)) | set(held)
    for j in range(after + 1, min(after + 1 + AHEAD, tree.bounds[after][1])):
        if j not in inside and tree.pos[j] not in ("ADP", "DET", "PRON", "ADJ", "PUNCT", "PART"):
            return None
        if (tree.pos[j] in ("NOUN", "PROPN") or tree.dep[j] in ("dobj", "pobj")) and (
            tree.word[j] in nouns() or tree.word[j] in words("unsaying", "things")
        ):
            return None if tree.word[j - 1] == "in" else j  # "put him in charge of"
        if tree.word[j] in MARKS or tree.is_verb(j):
            return None
    return None


def is_own(tree: Tree, noun: int) -> bool:
    return any(tree.word[j] in OWNED or tree.word[j] == "own" for j in range(max(noun - 4, 0), noun))


def _is_others(tree: Tree, noun: int | None) -> bool:
    """ "Kyiv's charge": somebody else's."""
    if noun is None:
        return False
    return any(
        tree.dep[k] == "poss" and tree.word[k] not in OWNED and tree.tag[k] != "PRP$" for k in tree.kids[noun]
    )


def takes_back(tree: Tree, i: int, cue: list[int], held: list[int]) -> bool:
    """ "apologised for saying", "was wrong to claim", "misspoke when I said", "regrets its report"."""
    inside = set(cue) | set(held[:6])
    for j in range(i + 1, min(i + 7, tree.bounds[i][1])):
        if j not in inside and tree.pos[j] not in ("ADP", "PART", "AUX", "PRON", "SCONJ"):
            return False
        lemma = lexical(tree, j)
        if lemma is not None and tree.pos[j] in ("VERB", "AUX"):
            told = any(s.kind == "speech" for s in senses().get((lemma, ""), ()))
            if told or lemma in ("publish", "post", "report", "air", "print", "share"):
                return True
            if lemma not in ("have", "be"):
                return False
        if tree.word[j] in words("unsaying", "things") and is_own(tree, j):
            return True
    return any(tree.word[j] in words("unsaying", "things") and is_own(tree, j) for j in cue if j < i)


def _fitting(
    tree: Tree, found: tuple[Sense, ...], i: int, last: int, cue: list[int], held: list[int]
) -> Sense:
    """The sense whose constructions go with what follows."""
    after = {tree.word[j] for j in cue if j > i}
    nxt = last + 1
    if (
        nxt < tree.bounds[i][1]
        and tree.pos[nxt] == "ADP"
        and (nxt + 1 >= tree.n or tree.entity[nxt + 1] not in ("DATE", "TIME"))
    ):
        after.add(tree.word[nxt])
    for sense in found:
        if "prep" in sense.frames and sense.prepositions & after:
            return sense
    first = next(iter(held), None)
    if first is None:
        order: tuple[str, ...] = ("np", "clause", "quote", "alone")
    elif tree.word[first] == "to" and tree.tag[first] == "TO":
        order = FRAMES_TO
    elif tree.tag[first] == "VBG":
        order = FRAMES_ING
    elif any(tree.is_finite(j) for j in held[:30]):
        order = FRAMES_CLAUSE
    else:
        order = FRAMES_THING
    later = {tree.word[j] for j in held[:30]} | after
    for frame in order:
        for sense in found:
            if frame in sense.frames and (
                frame != "blame" or not sense.prepositions or sense.prepositions & later
            ):
                return sense
    return found[0]
