"""What stands before a predicate and turns it: negation, inability, refusal, ceasing; outside its cue too."""

from __future__ import annotations

from collections.abc import Collection

from allegata.reading.statements.answers import OWNED, words
from allegata.reading.statements.stance_lexicon import keeping, lemma_of
from allegata.reading.statements.tree import SUBJECTS, Tree

REACH = 14
"""Tokens before a predicate that are looked at; "was not in a position to officially confirm" has eight."""
NOBODY = frozenset({"no", "nobody", "none", "neither", "few", "no-one", "hardly", "not", "nothing"})
FOCUS = frozenset({"only", "just", "merely", "simply", "least"})
"""After "not" these leave the predicate as it is: "not only denied"."""
INVERTED = frozenset({"nor", "neither", "never", "not"})
NEG, CAN, UNABLE, REFUSE, FAIL, CEASE = "negated", "can", "unable", "refused", "failed", "ceased"
TURNS = (NEG, UNABLE, REFUSE, CEASE)


def operator(tree: Tree, at: int, beyond: Collection[int], source: Collection[int]) -> str:
    """One of `TURNS` or "": what the words before token ``at`` make of the predicate there.

    Looks to the left over auxiliaries, adverbs and governing verbs, to the subject or the end of the clause,
    whether the cue holds them or not. ``beyond`` are tokens not to be read: the content.
    """
    marks = _marks(tree, at, beyond, source)
    return reduced(marks)


def reduced(marks: list[str]) -> str:
    """The operators, innermost first, as one: "could not" is inability, "never stopped" is nothing."""
    joined: list[str] = []
    for mark in marks:
        if joined and {joined[-1], mark} == {NEG, CAN}:
            joined[-1] = UNABLE
        else:
            joined.append(mark)
    left: list[str] = []
    for mark in (m for m in joined if m != CAN):
        if left and mark in (NEG, UNABLE, FAIL):
            left.pop()
        else:
            left.append(mark)
    if not left:
        return ""
    return NEG if left[0] == FAIL else left[0]


def _marks(tree: Tree, at: int, beyond: Collection[int], source: Collection[int]) -> list[str]:
    marks: list[str] = []
    low = max(tree.bounds[at][0], at - REACH)
    noun = tree.pos[at] in ("NOUN", "PROPN")
    i = at - 1
    while i >= low and i not in beyond and i not in source:
        found = _mark(tree, i, at, noun)
        if found is None:
            break
        mark, step = found
        if mark:
            marks.append(mark)
        i -= step
    if _is_inverted(tree, i, low) or _of_nobody(tree, at, source):
        marks.append(NEG)
    return marks


def _mark(tree: Tree, i: int, at: int, noun: bool) -> tuple[str, int] | None:
    """What token ``i`` does and how many tokens it takes; None where the search ends."""
    word, after = tree.word[i], tree.word[i + 1]
    before = tree.word[i - 1] if i else ""
    if word == "longer" and before in ("no", "any"):
        return CEASE, 2 if before == "no" else 1
    if word == "cannot":
        return UNABLE, 1
    if word == "yet":
        return (NEG if after == "to" else ""), 1
    if word == "far" and after == "from":
        return NEG, 1
    if word in words("operators", "not"):
        if after in FOCUS:
            return "", 1
        if word in ("nor", "neither") and i + 1 < at and tree.pos[i + 1] in ("NOUN", "PROPN", "PRON"):
            return None
        return NEG, 1
    if word in words("operators", "can"):
        return CAN, 1
    if word in words("operators", "unable"):
        return UNABLE, 1
    lemma = tree.lemma[i].lower()
    if word == "short" and after in ("of", "from"):
        return REFUSE, 2 if tree.is_verb(i - 1) else 1
    if lemma in words("operators", "attempt"):
        return (UNABLE, 2) if before == "no" else None
    if lemma in words("operators", "refuse") or word in words("operators", "refuse"):
        return REFUSE, 1
    if lemma in words("operators", "fail"):
        return FAIL, 1
    if lemma in words("operators", "cease"):
        return CEASE, 1
    if word == "," and tree.pos[i - 1] in ("ADV", "SCONJ") and tree.word[i - 2] == ",":
        return "", 3
    if word in ("or", "nor") and tree.is_verb(i - 1):
        return "", 2
    if word in words("operators", "through") or lemma in words("operators", "through"):
        return "", 1
    if noun and (tree.pos[i] in ("DET", "ADJ") or word in OWNED):
        return "", 1
    if noun and tree.is_verb(i) and (lemma_of(word) or "", "") in keeping():
        return "", 1
    if tree.pos[i] in ("AUX", "ADV", "PART") and word != "but":
        return "", 1
    return None


def _is_inverted(tree: Tree, i: int, low: int) -> bool:
    """ "nor did the ministry deny": the operator stands before the subject."""
    while i > low and tree.pos[i] in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "PART", "ADP"):
        i -= 1
    return tree.pos[i] == "AUX" and i > low and tree.word[i - 1] in INVERTED


def _of_nobody(tree: Tree, at: int, source: Collection[int]) -> bool:
    """ "Few believe", "No one on the council disputes": the subject negates. "Nobody but X" does not."""
    first = min(source, default=-1)
    if first < 0:
        v = at if tree.is_verb(at) else tree.head[at]
        subject = next((k for k in tree.kids[v] if tree.dep[k] in SUBJECTS and k < at), None)
        if subject is None or tree.word[subject] in ("it", "there"):
            return False
        first = tree.left[subject]
    if (
        tree.word[first] not in NOBODY
        or tree.word[max(first - 1, 0)] in ("a", "quite")
        or tree.word[first + 1 : first + 2] == ["but"]
    ):
        return False
    if tree.word[first] == "not":
        return tree.word[first + 1 : first + 2] in (["one"], ["a"], ["everyone"], ["many"])
    return "but" not in tree.word[first : first + 4]
