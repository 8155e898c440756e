"""Drafts that are one statement: two cues with one content, frames around one's own claim, doubles."""

from __future__ import annotations

import re
from bisect import bisect_right

from allegata.model import Span
from allegata.reading.statements.drafts import Draft, carve, overlaps, trim
from allegata.reading.statements.quotes import Quotes
from allegata.reading.statements.stance import find_stance
from allegata.reading.statements.tree import Tree
from allegata.reading.statements.verbs import cue_range

SET = frozenset({"light", "idiom", "there"})
"""Frames whose cue is a set phrase: they win over the bare verb or noun in it."""
DANGLING = re.compile(r"[\s,](?:and|but|or|while)$")
BRIDGE = 8
"""Characters between a content and what it goes on with: ", that "."""
NEAR = 60
"""Drafts of one sentence that are looked at; real sentences have fewer than ten."""
SELF = frozenset({"it", "they", "he", "she", "i", "we"})
OPPOSED = frozenset({"deny", "doubt", "no_comment", "retract"})


def merge(tree: Tree, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    drafts = _doubles(tree, drafts)
    drafts = _coordinated(tree, drafts)
    return _framed(tree, quotes, drafts)


def _doubles(tree: Tree, drafts: list[Draft]) -> list[Draft]:
    """One draft a token; what stands inside the cue of a longer phrase is part of it."""
    best: dict[int, Draft] = {}
    rest: list[Draft] = []
    for d in drafts:
        if d.head < 0:
            rest.append(d)
        elif d.head not in best or _rank(d) < _rank(best[d.head]):
            best[d.head] = d
    kept = sorted(best.values(), key=lambda d: (d.cue[0][0], d.cue[0][0] - d.cue[-1][1]))
    out: list[Draft] = []
    last: Draft | None = None
    reach = -1
    for d in kept:
        if d.kind == "phrase" and d.cue[0][0] < reach:
            continue
        if (
            last is not None
            and d.cue[0][0] < reach
            and any(a <= d.cue[0][0] and d.cue[0][1] <= b for a, b in last.cue)
        ):
            continue
        out.append(d)
        if d.cue[-1][1] > reach:
            last, reach = d, d.cue[-1][1]
    return out + rest


def _rank(draft: Draft) -> int:
    return 0 if draft.frame in SET or draft.kind == "phrase" else 1


def _coordinated(tree: Tree, drafts: list[Draft]) -> list[Draft]:
    """ "condemned and rejected the charge", "neither confirm nor deny": one statement."""
    by_head = {d.head: d for d in drafts if d.head >= 0}
    gone: set[int] = set()
    for d in drafts:
        v = d.head
        if v < 0 or tree.dep[v] != "conj" or not tree.is_verb(v):
            continue
        h = tree.head[v]
        between = range(h + 1, v)
        if not tree.is_verb(h) or h > v or v - h > 5:
            continue
        if any(tree.pos[i] not in ("CCONJ", "ADV", "PUNCT", "PART") or tree.word[i] == ";" for i in between):
            continue
        other = by_head.get(h)
        if other is None and tree.word[h] not in ("condemned", "confirm", "deny"):
            continue
        if (
            other is not None
            and other.content
            and not overlaps(other.content, d.content)
            and other.frame != "np"
        ):
            continue
        first = cue_range(tree, h)[0]
        d.cue = [(tree.start[first], d.cue[0][1]), *d.cue[1:]]
        if other is not None:
            gone.add(id(other))
            if not d.source:
                d.source = other.source
    return [d for d in drafts if id(d) not in gone]


def _framed(tree: Tree, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """ "said it would not comment on X", "said there was no truth in X": one cue, the inner stance."""
    drafts.sort(key=lambda d: d.place)
    gone: set[int] = set()
    inner_at: dict[int, Draft] = {}
    for d in drafts:
        if d.frame == "there" or (d.source and tree.text[slice(*d.source[0])].lower() in SELF):
            start = min(d.place, d.source[0][0]) if d.source else d.place
            inner_at[start] = d
    for d in drafts:
        if d.frame not in ("clause", "paren") or d.kind != "speech" or not d.content:
            continue
        content = trim(tree.text, *d.content[0])
        if content is None:
            continue
        i = inner_at.get(content[0])
        if i is not None and i.source and i.cue[0][0] - i.source[0][1] > 2:
            continue
        if i is None or i is d or id(i) in gone or quotes.holding(content[0]) is not None:
            continue
        stance = find_stance(tree, i.cue, i.content, i.source, i.stance)
        if stance in OPPOSED or i.frame == "there":
            gone.add(id(i))
            one = d.frame == "clause" and len(d.cue) == len(i.cue) == 1
            d.cue = [(d.cue[0][0], i.cue[0][1])] if one else sorted([*d.cue, *i.cue])
            d.content, d.stance, d.frame = list(i.content), stance, "framed"
    return [d for d in drafts if id(d) not in gone]


def complete(tree: Tree, drafts: list[Draft]) -> None:
    """A content that ends with a cue ("doubts the theory, told by X, that ...") takes in what that says."""
    here: dict[int, list[Draft]] = {}
    for d in drafts:
        if d.head >= 0 and d.content:
            here.setdefault(tree.bounds[d.head][0], []).append(d)
    for n in drafts:
        if n.head < 0 or not n.content or not (n.kind == "nominal" or n.frame in ("quote", "weak")):
            continue
        cue, start, end = n.cue[0], n.content[0][0], n.content[-1][1]
        for d in here[tree.bounds[n.head][0]][:NEAR]:
            if d is not n:
                d.content = [
                    (a, end) if a <= cue[0] and cue[1] <= b < end and b >= start - BRIDGE else (a, b)
                    for a, b in d.content
                ]


def cut_zones(tree: Tree, drafts: list[Draft]) -> None:
    """Takes cue and source out of each content, and what interrupts it; trims the edges."""
    zones = sorted(
        {d.zone for d in drafts if d.zone is not None and d.frame in ("paren", "framed", "relative")}
    )
    starts = [z[0] for z in zones]
    for d in drafts:
        holes: list[Span] = [*d.cue, *d.source]
        if d.zone is not None:
            holes.append(d.zone)
        if d.content and d.kind not in ("post", "turn", "line"):
            last = bisect_right(starts, d.content[-1][1])
            holes += [
                z
                for z in zones[max(last - 3, 0) : last]
                if z != d.zone and z[0] > d.place and _tail(tree, d, z)
            ]
        trimmed = (_trim(tree.text, a, b) for a, b in carve(d.content, holes))
        d.content = [t for t in trimmed if t is not None and any(c.isalnum() for c in tree.text[slice(*t)])]


def _trim(text: str, start: int, end: int) -> Span | None:
    """A content without punctuation at its edges or a conjunction that led on, its last bracket closed."""
    span = trim(text, start, end)
    while span is not None and (m := DANGLING.search(text, max(span[0], span[1] - 8), span[1])):
        span = trim(text, span[0], m.start())
    if (
        span is not None
        and text[span[1] : span[1] + 1] == ")"
        and text.rfind("(", *span) > text.rfind(")", *span)
    ):
        return span[0], span[1] + 1
    return span


def _tail(tree: Tree, d: Draft, zone: Span) -> bool:
    """True where a zone stands at the end of a content."""
    end = d.content[-1][1]
    return zone[0] < end and not any(c.isalnum() for c in tree.text[zone[1] : end])
