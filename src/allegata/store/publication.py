"""When documents came out, for what is kept beside claims and readings. `runs.clocks` tells the same of a
store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from allegata.model import Claim
from allegata.monitoring.moments import instant
from allegata.store import schema
from allegata.store.database import chunks

_heads, _versions, _captures = schema.documents, schema.document_versions, schema.captures

Moments = Mapping[str, datetime | None]
"""Document id -> when it came out; ``None`` where nobody can say."""


def spoken_of(claims: Iterable[Claim]) -> set[str]:
    """The ids of all documents that claims name."""
    return {
        document
        for claim in claims
        for named in (
            claim.documents,
            (r.document for r in claim.responses),
            (d for pair in claim.circular for d in pair),
            (o.first_document for o in claim.origins),
        )
        for document in named
    }


def publication(connection: Connection, claims: Sequence[Claim]) -> Moments:
    """When the documents of claims came out, as the claims say, else as the store does."""
    said = {m.document: instant(m.published) for claim in claims for m in claim.mentions if m.published}
    known = {document: moment for document, moment in said.items() if moment is not None}
    return {**published(connection, spoken_of(claims) - known.keys()), **known}


def published(connection: Connection, ids: Iterable[str]) -> dict[str, datetime | None]:
    """When the newest versions of documents were published, else first retrieved."""
    out: dict[str, datetime | None] = {}
    captured: dict[str, list[str]] = {}
    for chunk in chunks(sorted(ids)):
        query = (
            select(_heads.c.id, _versions.c.published, _versions.c.capture)
            .join(_versions, _versions.c.document == _heads.c.number)
            .where(_versions.c.version == _heads.c.newest, _heads.c.id.in_(chunk))
        )
        for row in connection.execute(query):
            out[row.id] = instant(row.published)
            if out[row.id] is None and row.capture:
                captured.setdefault(row.capture, []).append(row.id)
    for chunk in chunks(sorted(captured)):
        taken = select(_captures.c.sha256, _captures.c.retrieved).where(_captures.c.sha256.in_(chunk))
        for sha256, retrieved in connection.execute(taken.order_by(_captures.c.number.desc())):
            out.update(dict.fromkeys(captured[sha256], instant(retrieved)))
    return out
