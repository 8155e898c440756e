"""Cues that are no verbs: "according to", "in the view of", "allegedly", "the alleged shipment"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allegata.model import Span
from allegata.reading.statements.cues import listed
from allegata.reading.statements.drafts import Draft, carve, trim
from allegata.reading.statements.sources import phrase
from allegata.reading.statements.tree import Tree

ACCORDING = re.compile(
    r"\b(?:according to|as per|per|by the (?:account|admission|reckoning) of"
    r"|(?:in|on) the (?:views?|words|opinion|eyes|judge?ment|estimation|telling|account|reckoning|word"
    r"|evidence|authority|testimony|submission|assessment) of"
    r"|as (?:first )?(?:reported|claimed|alleged|described|stated|noted|told|revealed|confirmed|announced)"
    r" by)\b",
    re.IGNORECASE,
)
"""Prepositions whose object is the source."""
OWNED = re.compile(
    r"\b(?:(?:by|in|on) (?P<owner>(?:[\w@.-]+ ){0,5}?(?:[\w.-]+(?:['’]s|s['’])|his|her|their|its|our)) "
    r"(?:own )?"
    r"(?P<noun>view|opinion|account|words|telling|admission|reckoning|estimation|judge?ment|assessment|version)"
    r"|to hear (?P<teller>(?:[\w@.'’-]+ ){1,6}?)tells? it"
    r"|if (?P<believed>(?:[\w@.'’-]+ ){1,6}?)(?:is|are|was|were) to be believed)\b",
    re.IGNORECASE,
)
"""The same with the source inside: "by the ministry's account", "to hear the villagers tell it"."""


def find_phrases(tree: Tree) -> Iterator[Draft]:
    yield from _according(tree)
    yield from _owned(tree)
    yield from _words(tree)


def _according(tree: Tree) -> Iterator[Draft]:
    for m in ACCORDING.finditer(tree.text):
        word = m.group().lower()
        last = tree.at(m.end() - 1)
        first = tree.at(m.start())
        if last >= tree.n or last + 1 >= tree.bounds[last][1]:
            continue
        head = tree.child(last, "pobj")
        if head is None:
            head = next((k for k in tree.kids[first] if tree.dep[k] == "pobj" and k > last), None)
        if head is None and tree.dep[last + 1] in ("poss", "nsubj", "compound", "det", "pobj"):
            head = tree.head[last + 1] if tree.head[last + 1] > last else last + 1
        if head is None or head <= last:
            continue
        if word in ("per", "as per") and (
            tree.word[last + 1]
            in ("cent", "capita", "year", "day", "person", "month", "week", "hour", "head", "annum", "se")
            or (
                tree.entity[head] not in ("PERSON", "ORG", "GPE", "NORP")
                and tree.word[last + 1] not in ("the", "an", "a")
                and tree.word[last + 1][0] != "@"
            )
        ):
            continue
        source = phrase(tree, head)
        if source is None or source[0] < m.end():
            source = tree.span(last + 1, max(head, last + 1))
        source = _own_part(tree, source, tree.bounds[last][1])
        end = _comma(tree, tree.at(source[1]), tree.bounds[last][1])
        yield Draft(
            last,
            "phrase",
            [source],
            [m.span()],
            _rest(tree, first, end),
            (m.start(), end),
            frame="paren",
            stance="assert",
        )


def _own_part(tree: Tree, source: Span, stop: int) -> Span:
    """ "According to X, a camp in Y is run by ...": the source ends at a comma."""
    first, after = tree.at(source[0]), tree.at(source[1])
    if after >= stop or tree.pos[after] in ("PUNCT", "SPACE"):
        return source
    if tree.tag[after] in ("VBD", "VBZ", "VBP", "MD"):
        comma = next((i for i in range(first + 1, after) if tree.word[i] == ","), None)
    else:
        comma = next(
            (i for i in range(after, min(after + 8, stop)) if tree.word[i] == "," or tree.is_verb(i)), None
        )
        comma = comma if comma is not None and tree.word[comma] == "," else None
    return source if comma is None else (source[0], tree.end[comma - 1])


def _owned(tree: Tree) -> Iterator[Draft]:
    for m in OWNED.finditer(tree.text):
        first, last = tree.at(m.start()), tree.at(m.end() - 1)
        if last >= tree.n or tree.bounds[first] != tree.bounds[last]:
            continue
        who = next(g for g in ("owner", "teller", "believed") if m[g])
        source = trim(tree.text, *m.span(who))
        if source is None:
            continue
        if tree.text[source[1] - 2 : source[1]] in ("'s", "’s"):
            source = (source[0], source[1] - 2)
        noun = m["noun"]
        cue = [(m.start("noun"), m.end("noun"))] if noun else carve([m.span()], [source])
        cue = [t for a, b in cue if (t := trim(tree.text, a, b)) is not None]
        end = _comma(tree, last + 1, tree.bounds[last][1])
        if tree.start[last + 1 : last + 2] and tree.text[tree.end[last] : end].strip():
            continue  # "in her words of welcome": no aside
        stance = "confirm" if noun == "admission" else "assert"
        rest = _rest(tree, first, end)
        if rest:
            yield Draft(last, "phrase", [source], cue, rest, (m.start(), end), frame="paren", stance=stance)


def _comma(tree: Tree, i: int, stop: int) -> int:
    """Where the phrase ends, in characters: at the comma or stop after its source."""
    while i < stop and tree.word[i] not in (",", ";", ":", ".", "–", "—", "--", "-", ")"):
        i += 1
    return tree.start[i] if i < tree.n else len(tree.text)


def _rest(tree: Tree, first: int, end: int) -> list[Span]:
    """The sentence around the phrase."""
    low, stop = tree.bounds[first]
    parts: list[Span] = []
    if first - low > 2 and "that" in (
        tree.word[first - 1],
        tree.word[first - 2] if tree.word[first - 1] == "," else "",
    ):
        low = first  # "reported that, according to X, ..."
    after = tree.at(end)
    while after < stop and tree.word[after] in (",", ":", "–", "—", "--", "-"):
        after += 1
    leading = first - low <= 1
    for i in range(first - 1, low - 1, -1):  # "...; according to the ministry, ..." begins at the semicolon
        if tree.word[i] == ";":
            low = i + 1
            leading = first - low <= 1
            break
    if first > low:
        parts.append(tree.span(low, first - 1))
    for i in range(after, stop):
        if tree.word[i] == ";":
            stop = i
            break
    if after < stop:
        if not leading and (
            tree.word[after] in ("who", "which", "and", "but", "while", "as") or tree.tag[after] == "VBG"
        ):
            return parts
        parts.append(tree.span(after, stop - 1))
    return parts


def _words(tree: Tree) -> Iterator[Draft]:
    for i, word in enumerate(tree.word):
        if word in listed("hearsay_adverbs"):
            spans = _clause_around(tree, i)
            if spans:
                yield Draft(i, "adverb", [], [tree.span(i, i)], spans, frame="adverb", stance="allege")
        elif word in listed("hearsay_adjectives") and tree.dep[i] == "amod":
            noun = tree.head[i]
            if noun > i and _is_event(tree, noun):
                end = tree.right[noun]
                for k in tree.kids[noun]:
                    if k > noun and tree.dep[k] in ("relcl", "punct"):
                        end = min(end, tree.left[k] - 1)
                if end > i:
                    yield Draft(
                        i,
                        "adverb",
                        [],
                        [tree.span(i, i)],
                        [tree.span(i + 1, max(end, noun))],
                        frame="adjective",
                        stance="allege",
                    )


def _is_event(tree: Tree, noun: int) -> bool:
    if tree.lemma[noun].lower() in listed("events"):
        return True
    return tree.lemma[noun].lower().endswith(("tion", "ment", "ing", "sion")) and any(
        tree.dep[k] == "prep" and tree.word[k] in ("of", "by", "in", "to", "between") for k in tree.kids[noun]
    )


def _clause_around(tree: Tree, i: int) -> list[Span]:
    """The clause an adverb stands in, without the adverb."""
    low, stop = tree.bounds[i]
    v = tree.head[i]
    if not tree.is_verb(v) or v == i:
        v = next((j for j in range(i + 1, min(i + 6, stop)) if tree.is_verb(j)), v)
    first, last = max(tree.left[v], low), min(tree.right[v], stop - 1)
    if tree.dep[v] in ("acl", "advcl") and not tree.is_finite(v):
        noun = tree.head[v]
        first = min(first, tree.left[noun]) if tree.dep[v] == "acl" else first
    if tree.dep[v] == "relcl" and tree.head[v] < v:
        first = min(first, tree.left[tree.head[v]])
    for k in tree.kids[v]:
        if k > v and tree.dep[k] in ("conj", "cc") and any(tree.dep[j] == "nsubj" for j in tree.kids[k]):
            last = min(last, tree.left[k] - 1)
    while first < i and (
        tree.word[first] in ("and", "but", "that", "who", ",", "because", "as") or tree.dep[first] == "mark"
    ):
        first += 1
    parts = []
    if first < i:
        parts.append(tree.span(first, i - 1))
    if i < last:
        parts.append(tree.span(i + 1, last))
    return parts
