"""Cues that follow or interrupt their content: "A, he said, B"; "A, said the minister"."""

from __future__ import annotations

import re

from allegata.model import Span
from allegata.reading.statements.clauses import STOPPERS, Range
from allegata.reading.statements.sources import RELATIVE
from allegata.reading.statements.tree import SUBJECTS, Tree

DATELINE = re.compile(
    r"RT @\w{1,30}:?\s+|"
    r"[A-Z][A-Z .,/'’-]{2,40}(?:, [A-Z][a-z]{2,8}\.?(?: \d{1,2})?)?(?:,? ?\d{1,2} [A-Z][a-z]{2,8})?"
    r"(?:,? ?\([^()\n]{2,24}\))?(?:, [A-Z][a-z]+)?\s*(?:[—–-]{1,2}|:)\s+"
)
CLOSERS = frozenset({",", '"', "”", "''", "’", "'", "?", "!", "–", "—", "-", "--", "...", "…", "»"})
STOPS = frozenset({",", ";", ":", '"', "“", "''", ".", "–", "—", "--", "-", "!", "?"})
DASHES = frozenset({",", "–", "—", "--", "-"})


def zone(tree: Tree, v: int, head: int, first: int) -> Span:
    """Source and cue with what is said of them, up to the next comma; ``first`` is where the cue begins."""
    start, end = min(first, tree.left[head]) if head < v else first, max(v, head)
    stop = tree.bounds[v][1]
    if head > v:
        end = max(end, min(tree.right[head], stop - 1))
    i = end + 1
    while i < stop and tree.word[i] not in STOPS:
        i += 1
    return tree.start[max(start, tree.bounds[v][0])], tree.end[i - 1]


def around(tree: Tree, v: int, head: int, first: int) -> list[Range]:
    """What a following or interrupting cue leaves of its sentence; empty where it is neither."""
    if tree.word[head] in RELATIVE or any(tree.tag[k] == "TO" for k in tree.kids[v]):
        return []
    start, end = zone(tree, v, head, first)
    zs = tree.at(start)
    low, stop = tree.bounds[v]
    introduced = zs > low and tree.word[zs - 1] == "as" and tree.dep[v] == "advcl"
    if introduced:
        zs -= 1
    elif zs <= low or tree.word[zs - 1] not in CLOSERS or _opens_quote(tree, zs - 1):
        return []
    low, stop = _between_semicolons(tree, _after_dateline(tree, low), zs, stop)
    if low >= zs and not introduced:
        return []
    after = tree.at(end)
    if after < stop and tree.word[after] in DASHES:
        after += 1
    else:
        after = stop
    goes_on = after < stop and (
        after <= tree.head[v] < stop or _continues(tree, v, low, zs, after, stop, introduced)
    )
    if not goes_on and _leads_in(tree, v, low, zs):
        return []
    spoken = any(tree.is_verb(i) or tree.word[i] in ('"', "“", "”", "''") for i in range(low, zs))
    parts: list[Range] = []
    if zs > low and (spoken or goes_on):
        parts.append((low, zs - 1))
    if goes_on:
        parts.append((after, stop - 1))
    return parts


def _opens_quote(tree: Tree, i: int) -> bool:
    """True for a quotation mark with space before and none after."""
    if tree.word[i] not in ('"', "''", "'", "’") or i + 1 >= tree.n:
        return False
    return tree.end[i] == tree.start[i + 1] and (i == 0 or tree.end[i - 1] < tree.start[i])


def interrupts(tree: Tree, v: int, head: int, first: int) -> bool:
    """True where commas enclose the cue and what goes before goes on after: "It is clear, he wrote, that"."""
    start, end = zone(tree, v, head, first)
    zs, after = tree.at(start), tree.at(end)
    low, stop = tree.bounds[v]
    if not (low < zs and tree.word[zs - 1] == "," and after + 1 < stop and tree.word[after] == ","):
        return False
    for i in range(
        max(low, zs - 12), zs
    ):  # the subject of what goes on, also where the parser gave it to the cue
        if tree.dep[i] in SUBJECTS and i != head and (tree.head[i] == v or after < tree.head[i] < stop):
            return True
    return tree.word[after + 1] == "that" and any(tree.is_finite(i) for i in range(max(low, zs - 30), zs))


def _after_dateline(tree: Tree, low: int) -> int:
    """The first token after "CAPITAL, Sept 4 (Agency) -" at the start of a line."""
    start = tree.start[low]
    if start and tree.text[start - 1] != "\n":
        return low
    m = DATELINE.match(tree.text, start, start + 90)
    return tree.at(m.end()) if m else low


def _between_semicolons(tree: Tree, low: int, zs: int, stop: int) -> tuple[int, int]:
    for i in range(zs - 1, max(low, zs - 80) - 1, -1):
        if tree.word[i] == ";":
            low = i + 1
            break
    for i in range(zs, min(stop, zs + 80)):
        if tree.word[i] == ";":
            return low, i
    return low, stop


def _leads_in(tree: Tree, v: int, low: int, zs: int) -> bool:
    """ "If troops had crossed, our radar would have shown them": an adverbial of the verb goes before it."""
    for k in tree.kids[v]:
        if (
            k < zs
            and tree.dep[k] in ("advcl", "prep", "npadvmod")
            and tree.left[k] <= low + 1
            and tree.right[k] >= zs - 3
        ):
            return True
    return False


def _continues(tree: Tree, v: int, low: int, zs: int, after: int, stop: int, introduced: bool) -> bool:
    """True where the sentence after an interruption belongs with what stood before it."""
    if tree.tag[after] == "VBG" or tree.word[after] in STOPPERS - {
        "and",
        "but",
        "after",
        "since",
        "before",
        "when",
    }:
        return False
    if tree.word[after] in ("that", "because", "if", "unless"):
        return True
    if any(tree.dep[i] in SUBJECTS and tree.head[i] == v for i in range(max(low, zs - 12), zs)):
        return True
    if introduced and zs - low <= 1:
        return True
    if zs - low <= 1:
        return False
    if any(tree.dep[i] != "punct" and low <= tree.head[i] < zs for i in range(after, min(stop, after + 40))):
        return True
    return any(tree.dep[i] != "punct" and after <= tree.head[i] < stop for i in range(max(low, zs - 40), zs))
