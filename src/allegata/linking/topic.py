"""Which sentences of a Document speak of a Claim beside those that state it: where its sources are
named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from allegata.linking.texts import Text
from allegata.linking.words import weight, words
from allegata.model import Span, Statement

HEAVIEST = 8
"""Words whose weights together are a whole score: about what one sentence on the matter holds."""

ON_TOPIC = 0.05
"""Least score of a sentence that may speak of the Claim; `cited.sift` says which sources are cited for
it."""

SHARE = 0.15
"""Least share of the Claim's documents whose passages have a word of its topic."""


class Topic:
    """The words of a Claim with their weight: rarity against the background, by the share of documents
    whose passages have them."""

    def __init__(self, texts: Sequence[Text], spans: Mapping[str, Iterable[Span]]) -> None:
        found: Counter[str] = Counter()
        for t in texts:
            found.update({w.norm for a, b in spans[t.id] for w in words(t.document.text[a:b])})
        least = max(1, min(2, len(texts)), SHARE * len(texts))
        self._weights = {w: n / len(texts) * weight(w) for w, n in found.items() if n >= least}
        self._whole = sum(sorted(self._weights.values(), reverse=True)[:HEAVIEST]) or 1.0

    def score(self, passage: str) -> float:
        """How much a passage speaks of the Claim: 0 for not at all, about 1 for a sentence that states
        it."""
        return fsum(self._weights.get(w, 0.0) for w in {w.norm for w in words(passage)}) / self._whole


def widen(
    texts: Sequence[Text], spans: Mapping[str, tuple[Span, ...]], topic: Topic
) -> dict[str, tuple[Span, ...]]:
    """The passages of a Claim with those of its documents' other statements that speak of it."""
    out = {}
    for t in texts:
        mine = spans[t.id]
        body = t.document.text
        more = [
            extent
            for s in t.reading.statements
            if s.speaker
            and not _touches(s, mine)
            and topic.score(body[slice(*(extent := _extent(s)))]) >= ON_TOPIC
        ]
        out[t.id] = tuple(sorted({*mine, *more}))
    return out


def _extent(s: Statement) -> Span:
    parts = (*s.cue, *s.content)
    start, end = min(p[0] for p in parts), max(p[1] for p in parts)
    return start, min(end, start + 1200)


def _touches(s: Statement, spans: Iterable[Span]) -> bool:
    return any(p[0] < b and a < p[1] for p in (*s.cue, *s.content) for a, b in spans)
