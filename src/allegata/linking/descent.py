"""From which documents a text descends though it does not say so: copied passages, rewrites,
translations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from allegata.linking.copies import LEAST_RUN, LEAST_SHARED, Overlap, compare, passages
from allegata.linking.credits import Credit, core
from allegata.linking.grounds import Told, earliest, label, lead, precedes
from allegata.linking.texts import Text
from allegata.linking.words import weight
from allegata.model import Edge, Passage

REWRITE_SHARE, REWRITE_WORDS = 0.45, 10
"""Share (of the poorer text) and number of common telling words that make one text a rewrite of another."""

MOST_ALIGNED = 24
"""Earlier documents with which one text is aligned word by word; a thousand copies need no more."""

MOST_COPIED = 6
"""Documents that one text may be shown to carry passages of."""

SHORT = 60
"""Words below which a text has too few sampled grams to judge by."""

DERIVED_SHARE, DERIVED_WORDS = 0.22, 6
"""The same for a page that shows no access of its own: no dateline, nobody who spoke to it."""

TRANSLATED_MARKS, TRANSLATED_SHARE, MARK = 5, 0.4, 5.0
"""Names and numbers that a translation has in common with its source: how many, what share of its own, and
the background weight (nats) from which a capitalised word is taken for one (German writes every noun
so)."""

_OWN_DATELINE = re.compile(
    r"^\W{0,3}[A-Z][A-Z .'’/-]{2,40}(?:,[^\n]{0,30})?\s*(?:\([^)\n]{2,40}\)\s*)?[-–—:]\s"
)


def find_copied(told: Told, earlier: Sequence[Told], credits: Sequence[Credit]) -> list[Edge]:
    """The documents whose text this one carries: of those that share nearly most the credited one, else the
    earliest; and further ones that share a passage which those before do not explain. Where no time says
    who was first, all that share text stand: it may be from any of them."""
    text = told.text
    overlaps: list[tuple[Overlap, Told]] = []
    for o in _nearest(told, earlier):
        if not (o.text.grams & text.grams) and min(len(o.text.words), len(text.words)) > SHORT:
            continue  # no sampled gram in common: no passage long enough to be a copy
        overlap = compare(o.text.words, text.words, o.text.quoted, text.quoted)
        if overlap.is_copy:
            overlaps.append((overlap, o))
    explained = bytearray(len(text.words))
    edges: list[Edge] = []
    while overlaps and len(edges) < MOST_COPIED:
        most = max(v.plain for v, _ in overlaps)
        near = [(v, o) for v, o in overlaps if v.plain >= 0.8 * most]
        credited = [(v, o) for v, o in near if any(c.name == o.text.document.outlet for c in credits)]
        overlap, origin = min(credited or near, key=lambda vo: earliest(vo[1]))
        edges.append(_copy_edge(overlap, origin, text))
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


def _copy_edge(overlap: Overlap, origin: Told, text: Text) -> Edge:
    runs = passages(overlap, origin.text.words, text.words)
    evidence = tuple(p for a, b in runs for p in (Passage(text.id, *b), Passage(origin.text.id, *a)))
    share = max(overlap.share_a, overlap.share_b)
    reason = (
        f"{overlap.plain} words outside quotation marks are those of {label(origin.text.document)} "
        f"({overlap.share_b:.0%} of this text)"
    )
    return Edge(origin.text.id, text.id, "copy", min(0.99, 0.75 + share / 4), reason, evidence)


def _nearest(told: Told, earlier: Sequence[Told]) -> list[Told]:
    """The documents before this one that are worth aligning: of very many, the first and those that share
    most grams."""
    text = told.text
    before = [o for o in earlier if precedes(o, told)]
    if len(before) <= MOST_ALIGNED:
        return before
    sharing = [(len(o.text.grams & text.grams), o) for o in before]
    first = sorted((o for n, o in sharing if n), key=earliest)[: MOST_ALIGNED // 3]
    most = sorted(sharing, key=lambda no: (-no[0], earliest(no[1])))[: MOST_ALIGNED - len(first)]
    return list({o.text.id: o for o in (*first, *(o for _, o in most))}.values())


def find_rewritten(told: Told, earlier: Sequence[Told]) -> Edge | None:
    """A page without access of its own that shares rare words with an earlier one is taken for a
    rewrite."""
    text = told.text
    mine = text.telling
    scored: list[tuple[int, float, Told]] = []
    dateline = bool(_OWN_DATELINE.match(text.document.text[:120])) and text.document.kind == "article"
    for o in earlier:
        if not precedes(o, told):
            continue
        if core(o.text.document.outlet or "?") == core(text.document.outlet or "!"):
            continue
        shared = mine & o.text.telling
        share = len(shared) / max(1, min(len(mine), len(o.text.telling)))
        strong = share >= REWRITE_SHARE and len(shared) >= REWRITE_WORDS
        weak = not dateline and share >= DERIVED_SHARE and len(shared) >= DERIVED_WORDS
        if strong or weak:
            scored.append((len(shared), share, o))
    if not scored:
        return None
    most = max(n for n, _, _ in scored)
    n, share, origin = min((s for s in scored if s[0] >= 0.85 * most), key=lambda s: earliest(s[2]))
    rare = sorted(mine & origin.text.telling, key=lambda w: (-weight(w), w))[:6]
    reason = (
        f"no source of its own, and {n} telling words as in {label(origin.text.document)}, among them "
        + ", ".join(rare)
    )
    evidence = (*lead(told), *lead(origin))
    return Edge(origin.text.id, text.id, "rewrite", round(min(0.9, 0.5 + share / 2), 2), reason, evidence)


def find_translated(told: Told, earlier: Sequence[Told]) -> Edge | None:
    """The Document in another language whose names and numbers a text has: nothing else of a text outlives
    translation. Of those that share nearly most the first."""
    mine = _marks(told.text)
    scored: list[tuple[int, Told]] = []
    for o in earlier:
        shared = mine & _marks(o.text) if precedes(o, told) else frozenset()
        if len(shared) >= max(TRANSLATED_MARKS, TRANSLATED_SHARE * len(mine)):
            scored.append((len(shared), o))
    most = max((n for n, _ in scored), default=0)
    near = [(n, o) for n, o in scored if n >= 0.9 * most]
    if not near or any(_tongue(o.text) == _tongue(told.text) for _, o in near):
        return None  # or it is taken from a text in its own language
    n, origin = min(near, key=lambda s: earliest(s[1]))
    listed = ", ".join(sorted(mine & _marks(origin.text), key=lambda w: (-weight(w), w))[:6])
    reason = f"{n} of its {len(mine)} names and numbers are those of {label(origin.text.document)}: {listed}"
    sure = round(min(0.9, 0.5 + n / max(1, len(mine)) / 2), 2)
    return Edge(origin.text.id, told.text.id, "rewrite", sure, reason, (*lead(told), *lead(origin)))


def _tongue(text: Text) -> str:
    return (text.language or "en")[:2]


def _marks(text: Text) -> frozenset[str]:
    """Names and numbers: capitalised words that few texts have, and words with a digit."""
    return frozenset(
        w.norm
        for w in text.words
        if any(c.isdigit() for c in w.norm) or (w.capital and len(w.norm) > 3 and weight(w.norm) >= MARK)
    )
