"""Set phrases that fix a stance, wherever they stand around a cue: "pointed the finger", "took it back"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from allegata.reading.statements.idioms import match_at
from allegata.reading.statements.stance_lexicon import lexical, phrases
from allegata.reading.statements.tree import Tree

BEFORE = 8
"""Tokens before a cue at which a phrase may begin that the cue is part of."""
GAP = 3
OBJECT = 12
MODIFIERS = frozenset({"ADJ", "ADV", "DET", "PRON", "NUM", "NOUN", "PROPN", "PART"})
RUMOUR = ("rumour holds", "would have us believe")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase from token ``first`` to ``last``. ``turned``: nothing before it turns it once more."""

    first: int
    last: int
    stance: str
    turned: bool


def phrase_around(
    tree: Tree, cue: list[int], content: Collection[int], source: Collection[int]
) -> list[Found]:
    """The phrases that share a word with the cue, the first and longest of those that overlap."""
    words = {i for i in cue if tree.word[i][0].isalpha()}
    if not words:
        return []
    low, high = min(words), max(words)
    found: list[Found] = []
    reached = -1
    for i in range(max(tree.bounds[low][0], low - BEFORE), high + 1):
        if i <= reached or i in source or (i in content and i not in words):
            continue
        if i not in words and not low - BEFORE <= i < low:
            continue
        hit = _at(tree, i)
        if hit is None or not words & set(range(i, hit.last + 1)):
            continue
        if hit.last > high and not _is_object(tree, i, high, hit.last):
            continue
        found.append(hit)
        reached = hit.last
    return found


def _is_object(tree: Tree, first: int, high: int, last: int) -> bool:
    """True where what a phrase takes from the content is one thing with a word on it, and no clause."""
    begin = max(first, high) + 1
    return last - begin <= OBJECT and not any(
        tree.pos[i] in ("VERB", "AUX") or (i == first + 1 and tree.word[i] in ("on", "for", "upon"))
        for i in range(begin, last)
    )


def _at(tree: Tree, i: int) -> Found | None:
    best = _own(tree, i)
    idiom = match_at(tree, i)
    if idiom is not None and idiom[0].stance != "assert" and idiom[0].name not in RUMOUR:
        phrase, last = idiom
        if best is None or last > best.last:
            turned = phrase.negated or phrase.stance in ("no_comment", "doubt")
            return Found(i, last, phrase.stance, turned)
    return best


def _own(tree: Tree, i: int) -> Found | None:
    lexicon = phrases()
    word = tree.word[i]
    head = word if word in lexicon else lexical(tree, i)
    if tree.lemma[i] == "be":
        head = "be"
    stop = tree.bounds[i][1]
    for phrase in lexicon.get(head or "", ()):
        last = _match(tree, i + 1, phrase.pattern, 0, stop)
        if last is not None:
            return Found(i, last, phrase.stance, phrase.stance in ("no_comment", "doubt", "assert"))
    return None


def _match(
    tree: Tree, i: int, pattern: tuple[tuple[frozenset[str], bool], ...], at: int, stop: int
) -> int | None:
    """The last token of the pattern from element ``at`` on against the tokens from ``i`` on."""
    if at == len(pattern):
        return i - 1
    words, optional = pattern[at]
    if "~" in words or "_" in words:
        widest = GAP if "~" in words else OBJECT
        for j in range(i + ("_" in words), min(i + widest, stop) + 1):
            if (found := _match(tree, j, pattern, at + 1, stop)) is not None:
                return found
            if j >= stop or ("~" in words and tree.pos[j] not in MODIFIERS):
                break
        return None
    if i < stop and (tree.word[i] in words or tree.lemma[i] in words):
        found = _match(tree, i + 1, pattern, at + 1, stop)
        if found is not None:
            return found
    return _match(tree, i, pattern, at + 1, stop) if optional else None
