"""The source's commitment to what it says: from the cue, what negates or governs it, and the content.

Cues come from the rules and from the trained tagger, which draws them wider or narrower ("denied" of "has
repeatedly denied", "report" of "withdrew its report"): so the clause around a cue is read, not just the span.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from allegata.model import Span
from allegata.reading.statements.answers import OWNED, answered, tokens_of, words
from allegata.reading.statements.cues import listed, nouns, senses
from allegata.reading.statements.stance_anchors import find_anchors
from allegata.reading.statements.stance_lexicon import lexical, noun_stance, unsaying
from allegata.reading.statements.stance_operators import NOBODY, operator
from allegata.reading.statements.stance_verbs import CLASSES, Anchor
from allegata.reading.statements.tree import SUBJECTS, Tree

PROTESTING = frozenset({"insist", "swear", "maintain", "retort", "counter"})
FIRMER = frozenset({"deny", "retract", "doubt", "no_comment"})
"""Stances that win over another that is joined to them: "condemned and rejected the charge"."""
LONGEST = 60
"""Tokens of a cue at the most; none that says anything has twenty."""
FIRST = frozenset({"i", "we"})
TELLS = frozenset({"say", "tell", "claim", "write", "accuse", "allege", "suggest", "call", "ask"})
"""What "I never ..." denies having done."""


def find_stance(
    tree: Tree, cue: Sequence[Span], content: Sequence[Span], source: Sequence[Span], base: str | None = None
) -> str:
    """The stance of a statement, given its spans. ``base``: what its cue commits to by itself, if known."""
    inside = [i for span in cue for i in tokens_of(tree, span)][:LONGEST]
    own = {i for span in source for i in tokens_of(tree, span)}
    held = {i for span in content for i in tokens_of(tree, span)}
    anchors = find_anchors(tree, inside, content, own)
    anchor, stance = _weighed(tree, anchors, inside, held, own, base)
    if stance == "assert":
        stance = _of_source(tree, source) or stance
    if stance in ("assert", "allege", "confirm") and _is_withdrawn(tree, inside):
        return "retract"
    if not content or stance not in ("assert", "demand"):
        return stance
    return _by_content(tree, anchor, inside, content, source, stance)


def _weighed(
    tree: Tree,
    anchors: list[Anchor],
    inside: list[int],
    held: set[int],
    own: set[int],
    base: str | None,
) -> tuple[Anchor | None, str]:
    """The predicate that counts, and its stance as turned: the outermost that says more than "said"."""
    low = min(inside, default=0)
    beyond = held - set(inside)
    last: tuple[Anchor | None, str] = (None, base or "assert")
    for n, anchor in enumerate(anchors):
        following = anchors[n + 1] if n + 1 < len(anchors) else None
        turn = (
            "" if anchor.fixed else operator(tree, anchor.first, beyond - set(range(low, anchor.first)), own)
        )
        stance = anchor.stance
        if stance != "assert" and base not in (None, "assert") and not anchor.sure and following is None:
            stance = base or stance
        if following is not None:
            between = tree.word[anchor.last + 1 : following.first]
            through = stance != "demand" and anchor.lemma in words("operators", "through") and "to" in between
            if (not turn and stance == "assert") or "but" in between or through:
                last = (anchor, "assert")
                continue
            if (stance == "confirm" and following.stance == "retract") or (
                "and" in between and len(between) < 4 and following.stance in FIRMER and stance not in FIRMER
            ):
                continue
            if turn and _is_alternative(tree, anchor, following):
                stance = _alternative(anchor, following, turn)
                return anchor, stance
        return anchor, _turned(tree, anchor, stance, turn, own)
    return last


def _is_alternative(tree: Tree, anchor: Anchor, following: Anchor) -> bool:
    """ "neither confirm nor deny"."""
    between = tree.word[anchor.last + 1 : following.first]
    return "nor" in between or "or" in between


def _alternative(anchor: Anchor, following: Anchor, turn: str) -> str:
    checked = {anchor.response.name, following.response.name} & {"check", "finding"}
    return "doubt" if checked and turn in ("unable", "negated") else "no_comment"


def _turned(tree: Tree, anchor: Anchor, stance: str, turn: str, own: Collection[int]) -> str:
    """The stance under an operator."""
    if not turn:
        return stance
    response = anchor.response
    if anchor.stance != stance and stance in CLASSES and anchor.response.stance not in (None, stance):
        return stance
    speaks = any(tree.word[i] in FIRST for i in own) and len(own) == 1
    if speaks and turn == "negated":
        if anchor.lemma in TELLS:
            return "deny"
        if response.name in ("denial", "dispute"):
            return "confirm"
    if response.name == "dispute" and any(tree.word[i] in NOBODY for i in [min(own, default=0)]):
        return "assert"  # "no one disputes"
    became = {
        "negated": response.negated,
        "unable": response.unable,
        "refused": response.refused,
        "ceased": response.ceased,
    }[turn]
    if became == "same assert":
        noun = next((w for w in tree.word[anchor.last + 1 : anchor.last + 5] if noun_stance(w)), "")
        return noun_stance(noun) or "assert"
    return stance if became == "same" else became


def _of_source(tree: Tree, source: Sequence[Span]) -> str | None:
    """ "Unconfirmed reports speak of", "rumours say", "a correction says": the speaker is itself a saying."""
    for span in source[:1]:
        tokens = tokens_of(tree, span)
        if not len(tokens) or len(tokens) > 5:
            continue
        head = next((i for i in reversed(tokens) if tree.pos[i] == "NOUN"), None)
        if head is None:
            return None
        if tree.word[head] in words("unsaying", "nouns"):
            return "retract"
        if tree.word[head] in nouns() and (
            noun_stance(tree.word[head]) == "allege" or (head and tree.word[head - 1] in listed("unproven"))
        ):
            return "allege"
    return None


def _is_withdrawn(tree: Tree, inside: list[int]) -> bool:
    """ "withdrew its [report]", "deleted its post [saying]", "was wrong to [say]": what governs the cue takes
    it back, though the cue does not hold it."""
    spoken = [i for i in inside if tree.word[i][0].isalpha()]
    if not spoken:
        return False
    at, low = spoken[0], tree.bounds[spoken[0]][0]
    thing = False
    for i in (at, *range(at - 1, max(low, at - 7) - 1, -1)):
        word = tree.word[i]
        if tree.pos[i] == "NOUN" and (word in nouns() or word in words("unsaying", "things")):
            if thing or not any(w in OWNED or w == "own" for w in tree.word[max(i - 3, low) : i]):
                return False
            thing = True
        elif i == at:
            continue
        elif thing:
            if tree.is_verb(i):
                lemma = lexical(tree, i) or tree.lemma[i]
                if operator(tree, i, (), ()) not in ("", "ceased"):  # "did not withdraw its claim"
                    return False
                return any((lemma, p) in unsaying() for p in ("", *tree.word[i + 1 : at]))
            if tree.pos[i] not in ("ADJ", "PRON", "DET", "ADP", "ADV", "PART"):
                return False
        elif word in words("unsaying", "words") or (lexical(tree, i) in words("unsaying", "verbs")):
            return tree.is_verb(at) and any(
                sense.kind == "speech" for sense in senses().get((lexical(tree, at) or "", ""), ())
            )
        elif tree.pos[i] not in ("ADP", "PART", "AUX", "PRON", "ADV") and word != "when":
            return False
    return False


def _by_content(
    tree: Tree,
    anchor: Anchor | None,
    inside: list[int],
    content: Sequence[Span],
    source: Sequence[Span],
    stance: str,
) -> str:
    """What the content adds to a cue that asserts."""
    if stance == "demand":
        return stance
    sense = anchor.sense if anchor is not None else None
    if sense is not None and sense.name == "describe":
        told = [tree.word[i] for span in content for i in tokens_of(tree, span)[-4:]]
        return "deny" if words("falsity", "words") & set(told) else stance
    lemma = anchor.lemma if anchor is not None else ""
    if lemma in words("subjunctive", "words") and _is_asked(tree, content):
        return "demand"
    if lemma in words("future", "words"):
        return "predict" if _is_future(tree, content) else stance
    if not _plain(tree, inside, anchor):
        return stance
    answers = lemma not in words("telling", "verbs")
    return answered(tree, content, source, lemma in PROTESTING, answers) or stance


def _is_future(tree: Tree, content: Sequence[Span]) -> bool:
    return any(
        tree.word[i] in words("future", "marks") for span in content for i in tokens_of(tree, span)[:20]
    )


def _is_asked(tree: Tree, content: Sequence[Span]) -> bool:
    """A clause with a bare infinitive: "the manager be dismissed"."""
    for span in content:
        for i in tokens_of(tree, span)[:15]:
            if tree.is_verb(i) or tree.word[i] == "be":
                if tree.tag[i] != "VB" or tree.word[i - 1] == "to" or tree.pos[i - 1] in ("AUX", "PART"):
                    return False
                subject = next((k for k in tree.kids[i] if tree.dep[k] in SUBJECTS), i - 1)
                return tree.word[i] == "be" or tree.tag[subject] in ("NN", "NNP")
    return False


def _plain(tree: Tree, inside: list[int], anchor: Anchor | None) -> bool:
    """A cue that says no more than that something was said."""
    if anchor is None:
        return not any(tree.word[i].isalpha() for i in inside)
    found = senses().get((anchor.lemma, ""), ())
    return any(s.kind == "speech" and s.stance == "assert" and "quote" in s.frames for s in found)
