"""Unnamed sources: each description is a voice of its own, unless two share a distinctive phrase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from allegata.linking.identity import Party
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.linking.words import weight, words
from allegata.model import Merge

PHRASE = 5
"""Words in a row that two people do not choose alike by chance, where they hold something telling."""

TELLING_SUM = 11.0
"""Least sum of background weights (nats) of a phrase that counts as distinctive."""


def join_unnamed(
    mine: Sequence[Text], told: Mapping[str, list[Telling]], parties: Sequence[Party]
) -> tuple[dict[str, Party], list[Merge]]:
    """Party id -> the party it is counted as, for unnamed parties whose words share a distinctive phrase."""
    unnamed = sorted((p for p in parties if p.anonymous), key=lambda p: p.id)
    texts = {t.id: t for t in mine}
    said: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for ts in told.values():
        for t in ts:
            for p in t.chain[:1]:
                if p.anonymous:
                    body = " ".join(
                        texts[x.document].document.text[x.start : x.end]
                        for x in t.passages
                        if x.document in texts
                    )
                    norms = [w.norm for w in words(body)]
                    said[p.id] |= {tuple(norms[i : i + PHRASE]) for i in range(len(norms) - PHRASE + 1)}
    out: dict[str, Party] = {}
    merges = []
    for i, p in enumerate(unnamed):
        for q in unnamed[:i]:
            shared = [g for g in said[p.id] & said[q.id] if sum(weight(w) for w in g) >= TELLING_SUM]
            if shared:
                kept = out.get(q.id, q)
                out[p.id] = kept
                phrase = " ".join(min(shared))
                merges.append(Merge(kept.name, p.name, f"both say “{phrase}”", 0.8))
                break
    return out, merges
