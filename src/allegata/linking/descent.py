"""From which documents a text descends though it does not say so: copied passages, rewrites,
translations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np

from allegata.linking.copies import LEAST_RUN, LEAST_SHARED, Overlap, compare, passages
from allegata.linking.credits import Credit, core
from allegata.linking.ground import Ground, Mask
from allegata.linking.grounds import Told, earliest, label, lead, why_first
from allegata.linking.numbers import find_numbers
from allegata.linking.oddities import Oddities, find_spots
from allegata.linking.scripts import latin
from allegata.linking.texts import Text
from allegata.linking.words import weight
from allegata.model import Edge, Passage

REWRITE_SHARE, REWRITE_WORDS = 0.45, 10
"""Share (of the poorer text) and number of common telling words that make one text a rewrite of another."""

MOST_ALIGNED = 24
"""Earlier documents with which one text is aligned word by word; a thousand copies need no more."""

MOST_ASKED = 400
"""Earlier documents of which one text may be a rewrite or a translation: of more those that share most words,
or are the first, are looked at."""

MOST_COPIED = 6
"""Documents that one text may be shown to carry passages of."""

SHORT = 60
"""Words below which a text has too few sampled grams to judge by."""

DERIVED_SHARE, DERIVED_WORDS = 0.22, 6
"""The same for a page that shows no access of its own: no dateline, nobody who spoke to it."""

TRANSLATED_ORDER = 0.6
"""Share of the common names and numbers that come in one order in both."""

CREDITED_MARKS, CREDITED_SHARE = 3, 0.2
"""The same for a text that credits "agencies"."""

NAME_START, LEAST_NUMBER = 6, 3
"""Letters by which a name is known in another language; numbers below are in every text."""

ORDERED_WORDS, ORDERED_SHARE, ORDERED = 8, 0.15, 0.85
"""Telling words in common, their share of the poorer text, and the share of them in one order, from which
facts are told in another's order. Two who know the same tell it in about the same order too, so that it
counts only for a page without access of its own."""

ERRING_WORDS, ERRING_SHARE = 4, 0.15
"""Telling words that two documents share beside a wrong number, and their share of the poorer text."""

TRANSLATED_MARKS, TRANSLATED_SHARE, MARK = 5, 0.4, 5.0
"""Names and numbers that a translation has in common with its source: how many, what share of its own, and
the background weight (nats) from which a capitalised word is taken for one (German writes every noun
so)."""

_OWN_DATELINE = re.compile(
    r"^\W{0,3}[A-Z][A-Z .'’/-]{2,40}(?:,[^\n]{0,30})?\s*(?:\([^)\n]{2,40}\)\s*)?[-–—:]\s"
)


def find_copied(told: Told, ground: Ground, before: Mask, credits: Sequence[Credit]) -> list[Edge]:
    """The documents whose text this one carries: of those that share nearly most the credited one, else the
    earliest; and further ones that share a passage which those before do not explain. Where no time says
    who was first, all that share text stand: it may be from any of them."""
    text = told.text
    overlaps: list[tuple[Overlap, Told]] = []
    for o in _nearest(told, ground, before):
        if not (o.text.grams & text.grams) and min(len(o.text.words), len(text.words)) > SHORT:
            continue  # no sampled gram in common: no passage long enough to be a copy
        overlap = compare(o.text.body, text.body)
        if overlap.is_copy:
            overlaps.append((overlap, o))
    explained = bytearray(len(text.words))
    edges: list[Edge] = []
    while overlaps and len(edges) < MOST_COPIED:
        most = max(v.plain for v, _ in overlaps)
        near = [(v, o) for v, o in overlaps if v.plain >= 0.8 * most]
        credited = [(v, o) for v, o in near if any(c.name == o.text.document.outlet for c in credits)]
        overlap, origin = min(credited or near, key=lambda vo: earliest(vo[1]))
        edges.append(_copy_edge(overlap, origin, told))
        for r in overlap.runs:
            explained[r.b : r.b + r.length] = b"\1" * r.length
        undated = text.when is None or origin.text.when is None
        overlaps = [(v, o) for v, o in overlaps if o is not origin and (undated or _adds(v, text, explained))]
    return edges


def _adds(overlap: Overlap, text: Text, explained: bytearray) -> bool:
    """Whether an overlap holds a passage outside quotation marks that is not explained yet."""
    new = [
        sum(not (explained[k] or text.quoted[k]) for k in range(r.b, r.b + r.length)) for r in overlap.runs
    ]
    return sum(new) >= LEAST_SHARED and max(new, default=0) >= LEAST_RUN


def _copy_edge(overlap: Overlap, origin: Told, told: Told) -> Edge:
    text = told.text
    runs = passages(overlap, origin.text.words, text.words)
    evidence = tuple(p for a, b in runs for p in (Passage(text.id, *b), Passage(origin.text.id, *a)))
    share = max(overlap.share_a, overlap.share_b)
    reason = (
        f"{overlap.plain} words outside quotation marks are those of {label(origin.text.document)} "
        f"({overlap.share_b:.0%} of this text)" + why_first(origin, told)
    )
    return Edge(origin.text.id, text.id, "copy", min(0.99, 0.75 + share / 4), reason, evidence)


def _nearest(told: Told, ground: Ground, before: Mask) -> list[Told]:
    """The documents before this one that are worth aligning: of very many, the first and those that share
    most grams."""
    if np.count_nonzero(before) <= MOST_ALIGNED:
        return ground.chosen(before)
    shared = ground.shared_passages(told)
    some = np.flatnonzero(before & (shared > 0))
    first = some[np.argsort(ground.order[some])][: MOST_ALIGNED // 3]
    every = np.flatnonzero(before)
    most = every[np.lexsort((ground.order[every], -shared[every]))][: MOST_ALIGNED - len(first)]
    return [ground.told[n] for n in dict.fromkeys((*first.tolist(), *most.tolist()))]


def find_erring(
    told: Told, ground: Ground, before: Mask, oddities: Oddities, known: Mapping[str, Edge]
) -> list[Edge]:
    """What an error that two documents share says of descent: more evidence for those a text has it from
    anyway, else an edge of its own from the first that made it. A number may also have been put right by two
    who both knew, so that it needs words in common beside it."""
    text = told.text
    out: list[Edge] = []
    for oddity in oddities.of(text.id):
        sharing = [ground.told[n] for n in sorted(ground.at[d] for d in oddity.documents) if before[n]]
        linked = [o for o in sharing if o.text.id in known]
        if not linked and not told.own:
            like = [o for o in sharing if oddity.kind == "name" or _shares_some(o.text, text)]
            linked = [min(like, key=earliest)] if like else []
        for o in linked:
            evidence = (*find_spots(text, oddity), *find_spots(o.text, oddity))
            sure = 0.8 if oddity.kind == "name" else 0.7
            reason = oddity.reason() + why_first(o, told)
            out.append(Edge(o.text.id, text.id, "rewrite", sure, reason, evidence))
    return out


def _shares_some(a: Text, b: Text) -> bool:
    shared = len(a.telling & b.telling)
    return shared >= ERRING_WORDS and shared >= ERRING_SHARE * min(len(a.telling), len(b.telling))


def in_order(a: Text, b: Text) -> float:
    """The share of the telling words of two texts that come in one order in both, in [0, 1]: of facts told
    anew in another's order nearly all, of others about half."""
    first = {w.norm: n for n, w in reversed(list(enumerate(a.words)))}
    shared = a.telling & b.telling
    places = [first[norm] for norm in dict.fromkeys(w.norm for w in b.words if w.norm in shared)]
    return longest_rise(places) / len(shared) if shared else 0.0


def longest_rise(places: Sequence[int]) -> int:
    """The number of places, of those given, that can be picked so that each comes after the one before."""
    tails: list[int] = []  # the least last places of rises of each length
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)


def _is_ordered(a: Text, b: Text) -> bool:
    return len(a.telling & b.telling) >= ORDERED_WORDS and in_order(a, b) >= ORDERED


def find_rewritten(told: Told, ground: Ground, before: Mask, oddities: Oddities) -> Edge | None:
    """A page without access of its own that shares rare words with an earlier one is taken for a rewrite, of
    the one with which it shares most: words, details that nobody else has, and turns of phrase."""
    text = told.text
    mine = text.telling
    dateline = bool(_OWN_DATELINE.match(text.document.text[:120])) and text.document.kind == "article"
    shared_by = ground.shared_words(told)
    share_of = shared_by / np.maximum(1, np.minimum(len(mine), ground.telling))
    strong = (share_of >= REWRITE_SHARE) & (shared_by >= REWRITE_WORDS)
    weak = (share_of >= DERIVED_SHARE) & (shared_by >= DERIVED_WORDS)
    likely = strong if dateline else strong | weak
    maybe = np.zeros_like(likely) if dateline else (share_of >= ORDERED_SHARE) & (shared_by >= ORDERED_WORDS)
    other = before & (ground.cores != core(text.document.outlet or "!"))
    asked = np.flatnonzero(other & (likely | maybe))
    asked = asked[np.lexsort((ground.order[asked], -shared_by[asked]))][:MOST_ASKED]
    near = (n for n in asked.tolist() if likely[n] or _is_ordered(ground.told[n].text, text))
    nearest = [(int(shared_by[n]), float(share_of[n]), ground.told[n]) for n in islice(near, MOST_ALIGNED)]
    if not nearest:
        return None
    scored = [
        (n + len(oddities.details(o.text, text)) + _turn_of_phrase(o.text, text), share, o)
        for n, share, o in nearest
    ]
    most = max(n for n, _, _ in scored)
    _, share, origin = min((s for s in scored if s[0] >= 0.85 * most), key=lambda s: earliest(s[2]))
    shared = mine & origin.text.telling
    rare = sorted(shared, key=lambda w: (-weight(w), w))[:6]
    reason = f"no source of its own, and {len(shared)} telling words as in {label(origin.text.document)}, "
    reason += f"among them {', '.join(rare)}"
    if only := oddities.details(origin.text, text)[:4]:
        reason += f"; nobody else has {', '.join(only)}"
    if _is_ordered(origin.text, text):
        reason += "; in the same order"
    reason += why_first(origin, told)
    evidence = (*lead(told), *lead(origin))
    return Edge(origin.text.id, text.id, "rewrite", round(min(0.9, 0.5 + share / 2), 2), reason, evidence)


def _turn_of_phrase(a: Text, b: Text) -> int:
    """Words of the longest run that two texts share, quotations among them; 0 for what anybody writes."""
    return max((r.length for r in compare(a.body, b.body).runs), default=0)


def find_translated(told: Told, ground: Ground, before: Mask, *, credited: bool = False) -> Edge | None:
    """The Document in another language whose names and numbers a text has, about in their order: nothing
    else of a text outlives translation. Of those that share nearly most in order the first. ``credited``
    marks a text that says it is from agencies without naming one, for which less is enough."""
    if not (before & (ground.tongues != told.text.tongue)).any():
        return None
    mine = _marks(told.text)
    least, of_mine = (CREDITED_MARKS, CREDITED_SHARE) if credited else (TRANSLATED_MARKS, TRANSLATED_SHARE)
    scored: list[tuple[int, Told]] = []
    for o in _asked(ground, before):
        theirs = _marks(o.text)
        shared = [k for k in mine if k in theirs]
        rising = longest_rise([theirs[k] for k in shared])
        poorer = min(len(mine), len(theirs)) if credited else len(mine)
        if len(shared) >= max(least, of_mine * poorer) and rising >= TRANSLATED_ORDER * len(shared):
            scored.append((rising, o))
    most = max((n for n, _ in scored), default=0)
    near = [(n, o) for n, o in scored if n >= 0.9 * most]
    if not near or any(o.text.tongue == told.text.tongue for _, o in near):
        return None  # or it is taken from a text in its own language
    _, origin = min(near, key=lambda s: earliest(s[1]))
    theirs = _marks(origin.text)
    listed = ", ".join(k for k in mine if k in theirs)
    n = sum(k in theirs for k in mine)
    reason = f"{n} of its {len(mine)} names and numbers are those of {label(origin.text.document)}, "
    reason += f"about in its order: {listed[:80]}{why_first(origin, told)}"
    sure = round(min(0.9, 0.5 + n / max(1, len(mine)) / 2), 2)
    return Edge(origin.text.id, told.text.id, "rewrite", sure, reason, (*lead(told), *lead(origin)))


def _asked(ground: Ground, before: Mask) -> list[Told]:
    """The documents before one, of very many the first."""
    found = np.flatnonzero(before)
    if len(found) > MOST_ASKED:
        found = np.sort(found[np.argsort(ground.order[found])][:MOST_ASKED])
    return [ground.told[n] for n in found.tolist()]


@lru_cache(maxsize=2048)
def _marks(text: Text) -> dict[str, int]:
    """Names and numbers with the place of each first one: capitalised words that few texts have, by their
    first letters, since languages end them otherwise; words with a digit; numbers of any script or in
    words."""
    places: dict[str, int] = {}
    for n, w in enumerate(text.words):
        if w.norm.isdecimal():
            continue
        if any(c.isdigit() for c in w.norm):
            places.setdefault(w.norm, n)
        elif w.capital and len(w.norm) > 3 and weight(w.norm) >= MARK:
            places.setdefault(latin(w.norm)[:NAME_START], n)
    for number in find_numbers(text.words, text.language):
        if number.value >= LEAST_NUMBER:
            places.setdefault(f"{number.value}", number.start)
    return dict(sorted(places.items(), key=lambda kv: kv[1]))
