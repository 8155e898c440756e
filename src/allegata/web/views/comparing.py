"""Claims beside each other: who accuses whom, the counts, whom they go back to and what they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from allegata.model import Claim
from allegata.store.base import Store
from allegata.store.facets import statuses_of
from allegata.web import paths, words
from allegata.web.query import BadQuery, ClaimSearch
from allegata.web.views.claim_list import STATUS_WORDS
from allegata.web.views.claims import claim_plain

MOST = 6
"""Claims that have room beside each other."""

MOST_NAMES = 40


def _chosen(store: Store, search: ClaimSearch) -> list[Claim]:
    if len(search.id) > MOST:
        raise BadQuery(f"At most {MOST} claims can be compared: choose fewer.")
    return [claim for i in search.id if (claim := store.claim(i)) is not None]


def context(store: Store, search: ClaimSearch) -> dict[str, Any]:
    claims = _chosen(store, search)
    shared = _shared([{o.source for o in c.origins} for c in claims])
    return {
        "claims": [
            {
                "claim": claim,
                "strip": words.strip_of(claim),
                "statuses": [STATUS_WORDS[s] for s in statuses_of(claim)],
                "origins": [(o, o.source in shared) for o in claim.origins[:MOST_NAMES]],
                "unlisted": max(0, len(claim.origins) - MOST_NAMES),
                "to": paths.claim(claim.id),
            }
            for claim in claims
        ],
        "gone": len(search.id) - len(claims),
        "documents": len(_shared([set(c.documents) for c in claims])),
        "most": MOST,
        "twin": paths.comparing(search.params(page=1), twin=True),
    }


def plain(store: Store, search: ClaimSearch) -> dict[str, Any]:
    claims = _chosen(store, search)
    return {
        "claims": [claim_plain(c) for c in claims],
        "shared_origins": sorted(_shared([{o.source for o in c.origins} for c in claims])),
        "shared_documents": sorted(_shared([set(c.documents) for c in claims])),
    }


def _shared(sets: Sequence[set[str]]) -> set[str]:
    """What stands in more than one."""
    counts = Counter(one for each in sets for one in each)
    return {one for one, n in counts.items() if n > 1}
