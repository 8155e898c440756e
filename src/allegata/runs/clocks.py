"""When Documents came out, asked of a store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allegata.model import Claim
from allegata.monitoring.moments import Clock, instant
from allegata.store.base import Store
from allegata.store.publication import spoken_of


def publication(store: Store, claims: Iterable[Claim]) -> Clock:
    """When a Document came out: its publication, else its retrieval. What ``claims`` say of it is not looked
    up."""
    published = {m.document: m.published for claim in claims for m in claim.mentions if m.published}
    known: dict[str, datetime | None] = {}

    def when(document_id: str) -> datetime | None:
        if document_id not in known:
            moment = instant(published.get(document_id))
            document = store.document(document_id) if moment is None else None
            if document is not None:
                taken = store.capture(document.capture) if document.capture else None
                moment = instant(document.published) or instant(taken.retrieved if taken else None)
            known[document_id] = moment
        return known[document_id]

    return when


def arrival(store: Store, claims: Iterable[Claim]) -> Clock:
    """When the newest version of a Document of ``claims`` came into the store."""
    added = store.added(spoken_of(claims))
    return lambda document_id: instant(added.get(document_id))
