"""The predicates of a cue that commit its source to something: phrases, verbs, nouns, adjectives, adverbs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from allegata.model import Span
from allegata.reading.statements.answers import tokens_of, words
from allegata.reading.statements.cues import listed, nouns, senses
from allegata.reading.statements.stance_lexicon import (
    Response,
    adjectives,
    lexical,
    named,
    unsaying,
)
from allegata.reading.statements.stance_phrases import phrase_around
from allegata.reading.statements.stance_verbs import (
    CLASSES,
    Anchor,
    is_own,
    particle_of,
    read_noun,
    read_verb,
    taken,
    takes_back,
)
from allegata.reading.statements.tree import Tree

LEADING = frozenset({"AUX", "PART", "ADV", "ADP", "CCONJ"})
LINKS = frozenset({"to", "that", "whether", "neither", "either", "which", "who"})
CLIPPED = frozenset({"n't", "n’t", "'s", "’s", "'ll", "'d", "'re", "'m", "'ve"})
ADJUNCT = frozenset(
    {"under", "during", "after", "before", "amid", "despite", "without", "upon", "while", "when"}
)


def find_anchors(
    tree: Tree, cue: list[int], content: Sequence[Span], source: Collection[int]
) -> list[Anchor]:
    """The predicates of a cue from left to right, without those that only say when or where."""
    held = [i for span in content for i in tokens_of(tree, span)[:40]]
    cue = widened(tree, cue, held)
    phrases = [
        p
        for p in phrase_around(tree, cue, set(held) - set(cue), source)
        if not (p.stance in ("deny", "assert") and _disowns(tree, p.first, cue, held))
    ]
    found = [
        Anchor(p.first, p.last, p.stance, named()[CLASSES[p.stance]], fixed=p.turned, sure=True)
        for p in phrases
    ]
    covered = {i for p in phrases for i in range(p.first, p.last + 1)}
    for i in cue:
        if i in covered or (
            found and i > cue[0] and tree.word[i - 1] in ADJUNCT and _is_adjunct(tree, i, cue)
        ):
            continue
        anchor = _anchor(tree, i, cue, held, source)
        if anchor is not None:
            found.append(anchor)
            covered |= set(range(anchor.first, anchor.last + 1))
    if source and any(a.lemma for a in found):  # "he reportedly said": who says it is known
        found = [a for a in found if tree.word[a.first] not in listed("hearsay_adverbs")]
    return sorted(found, key=lambda a: a.first)


def _disowns(tree: Tree, i: int, cue: list[int], held: list[int]) -> bool:
    """ "distanced himself from his own allegation": no denial of somebody else's."""
    lemma = lexical(tree, i)
    if lemma is None:
        return False
    last = particle_of(tree, i, lemma)
    noun = taken(tree, last, cue, held)
    return noun is not None and is_own(tree, noun) and any(verb == lemma for verb, _ in unsaying())


def widened(tree: Tree, cue: list[int], held: Collection[int]) -> list[int]:
    """The cue with the word that it only leads to: "declined" [to say], "has" [denied], [urged] "on"."""
    spoken = [i for i in cue if tree.word[i][0].isalpha() or tree.word[i] in CLIPPED]
    if not spoken:
        return cue
    first, last = spoken[0], spoken[-1]
    if all(tree.pos[i] in ("ADP", "SCONJ") or tree.word[i] in LINKS for i in spoken):
        for i in range(first - 1, max(tree.bounds[first][0], first - 4) - 1, -1):
            if lexical(tree, i) is not None or tree.word[i] in nouns() or tree.word[i] in adjectives():
                return [*range(i, first), *cue]
        return cue
    word, lemma = tree.word[last], tree.lemma[last].lower()
    governing = any(
        lemma in words("operators", key) or word in words("operators", key)
        for key in ("not", "unable", "refuse", "fail", "cease")
    )
    bare = all(tree.pos[i] in LEADING or tree.word[i] in LINKS for i in spoken)
    reports = (lexical(tree, last), "") in senses() and tree.pos[last] != "AUX"
    if reports or not (governing or bare or word == "to"):
        return cue
    for i in range(last + 1, min(last + 7, tree.bounds[last][1])):
        turning = any(
            tree.lemma[i] in words("operators", key) or tree.word[i] in words("operators", key)
            for key in ("unable", "refuse", "fail", "cease", "through")
        )
        if not turning and (tree.pos[i] == "VERB" or tree.word[i] in adjectives()):
            return [*cue, *range(last + 1, i + 1)]
        if not turning and tree.pos[i] not in LEADING:
            return cue
    return cue


def _is_adjunct(tree: Tree, i: int, cue: list[int]) -> bool:
    return any(tree.is_verb(j) and j < i for j in cue)


def _anchor(tree: Tree, i: int, cue: list[int], held: list[int], source: Collection[int]) -> Anchor | None:
    word, pos = tree.word[i], tree.pos[i]
    if word in listed("hearsay_adverbs") or (
        word in listed("hearsay_adjectives") and (tree.dep[i] == "amod" or len(cue) == 1) and pos == "ADJ"
    ):
        return Anchor(i, i, "allege", named()["accusation"], fixed=True, sure=True)
    alone = sum(tree.word[j].isalpha() for j in cue) == 1
    nominal = pos in ("NOUN", "PROPN") or any(tree.dep[k] in ("poss", "det") for k in tree.kids[i])
    if nominal and (word in nouns() or word in words("unsaying", "nouns")):
        return read_noun(tree, i, cue)
    if word in words("unsaying", "words") and takes_back(tree, i, cue, held):
        return Anchor(i, i, "retract", named()["withdrawal"], fixed=True, sure=True)
    if (
        word in adjectives()
        and tree.dep[i] != "amod"
        and (pos not in ("NOUN", "PROPN") or tree.word[i - 1] == "-")
    ):
        stance, negated = adjectives()[word]
        return Anchor(i, i, stance, Response("adjective", None, *[negated] * 4), word, sure=True)
    lemma = lexical(tree, i)
    if word == "own" and pos == "ADJ":
        return None
    if lemma is not None and (pos in ("VERB", "AUX", "ADJ") or (alone and word not in nouns())):
        return read_verb(tree, i, lemma, cue, held, source)
    return read_noun(tree, i, cue) if word in nouns() and alone else None
