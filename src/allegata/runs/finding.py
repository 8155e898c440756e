"""The claims that somebody means who asks for them: those that are corroborated, and what answers these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from allegata.model import Claim
from allegata.store.base import ClaimQuery, Store

CORROBORATED = 2
"""Documents that carry a Claim which is listed unasked: claims of one document are most of a store."""

SENTENCE, MOST_DOCUMENTS = 4, 20
"""Words from which a query is a sentence, and documents with all of them whose claims it may mean."""


def find_claims(store: Store, query: ClaimQuery, *, all: bool = False) -> list[Claim]:
    """The Claims of several documents that fit, with those that answer them; every one that fits where there
    are none such or ``all`` is set."""
    if not all:
        several = replace(query, min_documents=CORROBORATED)
        found = store.claims(several) or _by_documents(store, several)
        if found:
            return _with_accounts(store, found)[: query.limit]
    return store.claims(query)


def _with_accounts(store: Store, found: Sequence[Claim]) -> list[Claim]:
    """``found``, with what those who deny say happened instead: mostly it stands in one statement."""
    listed = {c.id for c in found}
    told = [r.claim for c in found for r in c.related if r.relation == "has_account"]
    accounts = (store.claim(c) for c in dict.fromkeys(told) if c not in listed)
    return [*found, *(c for c in accounts if c is not None)]


def _by_documents(store: Store, query: ClaimQuery) -> list[Claim]:
    """The Claims of the documents that have all words of a sentence: how a claim is headed is one of many
    ways to say it."""
    if not query.text or len(query.text.split()) < SENTENCE or query.ids:
        return []
    documents = store.search_documents(query.text, MOST_DOCUMENTS)
    carried = tuple(dict.fromkeys(c.id for d in documents for c in store.claims_of(d)))
    return store.claims(replace(query, text=None, ids=carried)) if carried else []
