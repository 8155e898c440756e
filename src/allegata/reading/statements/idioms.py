"""Set phrases that attribute: "point the finger at", "hold X responsible", "there is no evidence that"."""

from __future__ import annotations

from collections.abc import Iterator

from allegata.model import Span
from allegata.reading.statements.cues import Idiom, idioms, lemmas, nouns
from allegata.reading.statements.drafts import Draft
from allegata.reading.statements.sources import can_speak, is_abstract, phrase, subject
from allegata.reading.statements.tree import MARKS, Tree
from allegata.reading.statements.verbs import cue_range, is_unsaid

MODIFIERS = frozenset({"ADJ", "ADV", "DET", "PRON", "NUM", "NOUN", "PROPN", "PART", "ADP"})
NOT = frozenset({"not", "n't", "n’t", "never", "no"})
GAP = 3
OBJECT = 24
"""The longest object inside a phrase, in tokens."""

Match = tuple[int, tuple[tuple[int, int], ...]]
"""Last token of the phrase, and the objects inside it as token ranges."""


def find_idioms(tree: Tree) -> Iterator[Draft]:
    """One draft for each place where a phrase of vocab/cue_idioms stands; the longest phrase wins."""
    phrases = idioms()
    for i, word in enumerate(tree.word):
        if word == "there":
            if draft := _existential(tree, i):
                yield draft
            continue
        lemma = _lemma(tree, i)
        for idiom in phrases.get(lemma, ()) if lemma else ():
            match = _match(tree, i + 1, idiom.pattern, 0, tree.bounds[i][1])
            if match is None or (idiom.negated and not _is_negated(tree, i)):
                continue
            if draft := _draft(tree, i, idiom, match):
                yield draft
                break


def match_at(tree: Tree, i: int) -> tuple[Idiom, int] | None:
    """The phrase that begins with token ``i``, and its last token. "there" phrases begin with "there"."""
    if tree.word[i] == "there":
        found = _there(tree, i)
        return (found[0], found[1][0]) if found else None
    lemma = _lemma(tree, i)
    if lemma is None:
        return None
    for idiom in idioms().get(lemma, ()):
        match = _match(tree, i + 1, idiom.pattern, 0, tree.bounds[i][1])
        if match is not None and (not idiom.negated or _is_negated(tree, i)):
            return idiom, match[0]
    return None


def _lemma(tree: Tree, i: int) -> str | None:
    if tree.lemma[i] == "be" or (tree.word[i] in ("'s", "’s") and tree.is_verb(i)):
        return "be"
    return lemmas().get(tree.word[i]) if tree.is_verb(i) else None


def _is_negated(tree: Tree, i: int) -> bool:
    first, _ = cue_range(tree, i)
    return any(tree.word[j] in NOT for j in range(first, i)) or any(
        tree.word[k] in NOT and i - 5 < k <= i + 1 for k in tree.kids[i]
    )


def _match(
    tree: Tree, i: int, pattern: tuple[tuple[frozenset[str], bool], ...], at: int, stop: int
) -> Match | None:
    """The pattern from element ``at`` on against the tokens from ``i`` on."""
    if at == len(pattern):
        return i - 1, ()
    words, optional = pattern[at]
    if "~" in words:
        for j in range(i, min(i + GAP, stop) + 1):
            found = _match(tree, j, pattern, at + 1, stop)
            if found is not None:
                return found
            if j >= stop or tree.pos[j] not in MODIFIERS:
                break
        return None
    if "_" in words:
        for j in range(i + 1, min(i + OBJECT, stop)):
            if tree.tag[j - 1] in ("VBD", "VBZ", "VBP", "MD") or tree.word[j - 1] in (";", ":"):
                return None
            found = _match(tree, j, pattern, at + 1, stop)
            if found is not None:
                return found[0], ((i, j - 1), *found[1])
        return None
    if i < stop and tree.word[i] in words:
        found = _match(tree, i + 1, pattern, at + 1, stop)
        if found is not None:
            return found
    return _match(tree, i, pattern, at + 1, stop) if optional else None


def _after(tree: Tree, last: int, after: frozenset[str]) -> tuple[int, int] | None:
    """What follows the phrase as its content."""
    first = last + 1
    stop = tree.bounds[last][1]
    if first < stop and tree.word[first] in MARKS and tree.word[first] != "because":
        first += 1
    if first < stop and tree.word[first] == ",":  # "There is little to suggest, she wrote, that ..."
        for i in range(first + 1, min(stop - 1, first + 20)):
            if tree.word[i] == "that" and tree.word[i - 1] == ",":
                return i + 1, tree.phrase_end(i + 1, i)
        return None
    if first >= stop or tree.pos[first] in ("PUNCT", "SPACE", "CCONJ"):
        return None
    end = tree.phrase_end(first, last)
    while (
        "np" in after
        and end + 2 < stop
        and tree.word[end + 1] in ("for", "of", "over", "in", "by")
        and tree.entity[end + 2] not in ("DATE", "TIME")
    ):
        end = tree.phrase_end(end + 2, end + 1)
    return first, end


def _draft(tree: Tree, i: int, idiom: Idiom, match: Match) -> Draft | None:
    if is_unsaid(tree, tree.head[i] if tree.dep[i] in ("aux", "auxpass") else i):
        return None
    last, objects = match
    head = subject(tree, i)
    if head is None or not can_speak(tree, head):
        return None
    if is_abstract(tree, head) and idiom.name not in ("rumour has it", "rumour holds", "no doubt", "confirm"):
        return None
    source = phrase(tree, head, i)
    first, _ = cue_range(tree, i)
    if source is None or source[1] > tree.start[first]:
        return None
    if idiom.name == "unsure" and tree.word[head] != "it":
        return None
    rumoured = idiom.name.startswith("rumour") and tree.word[head] in nouns()
    if idiom.name == "rumour holds" and not (
        rumoured and any("copula" in c.frames for c in nouns()[tree.word[head]])
    ):
        return None
    spans: list[Span] = [tree.span(*o) for o in objects]
    rest = _after(tree, last, idiom.after)
    takes = tree.word[last] in (
        "on",
        "for",
        "to",
        "of",
        "that",
        "about",
        "with",
        "at",
        "over",
        "as",
        "whether",
        "if",
        "in",
        "against",
        "believe",
        "why",
        "how",
    )
    if rest is not None and (idiom.after != {"alone"} or takes):
        spans.append(tree.span(*rest))
    if not spans and "alone" not in idiom.after:
        return None
    cue = _around_objects(tree, head if rumoured else first, last, objects)
    impersonal = idiom.name == "unsure"
    return Draft(
        i,
        "speech",
        [] if rumoured or impersonal else [source],
        _around_objects(tree, head, last, ()) if impersonal else cue,
        spans,
        frame="there" if impersonal else "idiom",
        stance=idiom.stance,
    )


def _around_objects(tree: Tree, first: int, last: int, objects: tuple[tuple[int, int], ...]) -> list[Span]:
    """The phrase without the objects in it, and without a "that" at its end."""
    while last > first and tree.word[last] in MARKS:
        last -= 1
    cue: list[Span] = []
    at = first
    for a, b in objects:
        cue.append(tree.span(at, a - 1))
        at = b + 1
    return [*cue, tree.span(at, last)] if at <= last else cue


def _existential(tree: Tree, i: int) -> Draft | None:
    """ "there was no truth in ..." has no source of its own."""
    found = _there(tree, i)
    if found is None:
        return None
    idiom, match, verb = found
    rest = _after(tree, match[0], idiom.after)
    if rest is None:
        return None
    return Draft(
        verb,
        "speech",
        [],
        _around_objects(tree, i, match[0], ()),
        [tree.span(*rest)],
        frame="there",
        stance=idiom.stance,
    )


def _there(tree: Tree, i: int) -> tuple[Idiom, Match, int] | None:
    """The phrase that begins with "there" and a form of "be", and the token of that."""
    j, stop = i + 1, tree.bounds[i][1]
    while (
        j < min(stop, i + 5)
        and tree.lemma[j] != "be"
        and (tree.pos[j] == "AUX" or tree.tag[j] in ("RB", "MD"))
    ):
        j += 1
    if j >= stop or (tree.lemma[j] != "be" and tree.word[j] not in ("'s", "’s")):
        return None
    for idiom in idioms()["there"]:
        match = _match(tree, j + 1, idiom.pattern, 0, stop)
        if match is not None:
            return idiom, match, j
    return None
