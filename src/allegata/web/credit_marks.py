"""Where a passage says whom it had it from: the words that a page marks as the credit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from allegata.linking.assessments import head
from allegata.linking.credits import fold
from allegata.model import Claim, Document, Edge, Passage, Reading, Span
from allegata.web import words
from allegata.web.passages import clipped

SHORTEST = 3
"""Characters of a name that is looked for."""
MOST_NAMES = 24


def names_of(claim: Claim, edge: Edge, upstream: Document | None) -> list[str]:
    """How an upstream may be called where it is credited, longest first."""
    found: list[str | None] = []
    if upstream is not None:
        found += [upstream.outlet, upstream.author, words.host_of(upstream.url)]
    else:
        inner = edge.upstream.partition(" (")[2].rstrip(")")
        found += [edge.upstream, head(edge.upstream), *re.split(r"[;,]", inner)]
        folded = {fold(n) for n in found if n}
        for origin in claim.origins:
            named = (origin.source, head(origin.source), *origin.members)
            if folded & set(map(fold, named)):
                found += named
    for mention in claim.mentions:
        if mention.document == edge.downstream:
            found += [c.source for c in mention.cites if c.via in (None, edge.upstream)]
    names = {n.strip() for n in found if n and len(n.strip()) >= SHORTEST}
    return sorted(names, key=lambda n: (-len(n), n))[:MOST_NAMES]


def credit_spans(
    names: Sequence[str],
    passage: Passage,
    document: Document,
    upstream: Document | None,
    reading: Reading | None,
) -> list[Span]:
    """The spans of ``document`` inside of ``passage`` that credit one of ``names``: the names themselves, who
    speaks with the cue where the reading has it, and the anchors of links to the upstream."""
    start, end = clipped(passage, document)
    found: list[Span] = []
    if names:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
        found += [m.span() for m in pattern.finditer(document.text, start, end)]
    if upstream is not None and upstream.url:
        found += [k.span for k in document.links if k.span and k.url == upstream.url]
    if reading is not None:
        found += _attributions(names, reading, (start, end), found)
    return [(max(a, start), min(b, end)) for a, b in found if a < end and start < b]


def _attributions(
    names: Iterable[str], reading: Reading, within: Span, named: Sequence[Span]
) -> Iterable[Span]:
    """Source and cue of the statements of a passage that go to one of ``names``."""
    wanted = {fold(n) for n in names}
    for s in reading.statements:
        spans = (*s.source, *s.cue)
        if not any(a < within[1] and within[0] < b for a, b in spans):
            continue
        meets = any(a < d and c < b for a, b in s.source for c, d in named)
        if meets or (s.speaker and fold(s.speaker) in wanted):
            yield from spans
