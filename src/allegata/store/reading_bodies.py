"""The last readings of a whole store, for what is kept beside them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from allegata.contract import from_plain
from allegata.model import Document, Reading
from allegata.store import schema

_AT_ONCE = 200
_KEPT = ("events", "forecasts")
_heads, _versions, _readings = schema.documents, schema.document_versions, schema.readings


def every_reading(connection: Connection) -> Iterator[tuple[int, Reading]]:
    """The last reading of each document's newest version, with the document's number: of those that tell an
    act or foretell, and with no more of them than their sentences, acts and forecasts."""
    last = (
        select(func.max(_readings.c.number))
        .where(_readings.c.document == _heads.c.number, _readings.c.version == _heads.c.newest)
        .correlate(_heads)
        .scalar_subquery()
    )
    query = (
        select(_heads.c.number, _heads.c.id, _versions.c.text, _versions.c.published, _versions.c.capture,
               _readings.c.body)
        .join(_versions, _versions.c.document == _heads.c.number)
        .join(_readings, _readings.c.number == last)
        .where(_versions.c.version == _heads.c.newest)
        .order_by(_heads.c.number)
        .limit(_AT_ONCE)
    )  # fmt: skip
    after = 0
    while rows := connection.execute(query.where(_heads.c.number > after)).all():
        for row in rows:
            plain = json.loads(zlib.decompress(row.body))
            if any(plain.get(name) for name in _KEPT):
                document = Document(row.id, row.text, published=row.published, capture=row.capture)
                some = {name: plain.get(name, ()) for name in ("sentences", *_KEPT)}
                parts = from_plain(Reading, {"document": None, **some})
                yield (
                    row.number,
                    Reading(document, parts.sentences, events=parts.events, forecasts=parts.forecasts),
                )
        after = rows[-1].number
