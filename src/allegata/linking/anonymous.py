"""Which sources without a proper name are one: unnamed voices that share a distinctive phrase, and documents
seen by several outlets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from allegata.linking.parties import Party
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


_IDENTIFIER = re.compile(r"\b\w*\d[\w/.-]*\b")


def join_documents(parties: Sequence[Party]) -> tuple[dict[str, Party], list[Merge]]:
    """Party id -> the document it is counted as. A document is one origin however many outlets saw it: two
    descriptions are one unless both carry a number and the numbers differ."""
    papers = sorted(
        (p for p in parties if p.kind == "document"), key=lambda p: (not _numbers(p), -len(p.name), p.name)
    )
    out: dict[str, Party] = {}
    merges: list[Merge] = []
    kept: list[Party] = []
    for p in papers:
        mine = _numbers(p)
        same = next((k for k in kept if not mine or not _numbers(k) or mine & _numbers(k)), None)
        if same is None:
            kept.append(p)
            continue
        out[p.id] = same
        reason = "both carry one number" if mine else "a document is one origin, however many saw it"
        merges.append(Merge(same.name, p.name, reason, 0.9 if mine else 0.6))
    return out, merges


def _numbers(p: Party) -> set[str]:
    return {n for m in (p.name, *p.members) for n in _IDENTIFIER.findall(m)}
