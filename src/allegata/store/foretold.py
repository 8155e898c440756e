"""What documents foretell by a day, kept as readings come, so that asking what is due reads none of them."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, insert, select

from allegata.contract import from_plain, to_plain
from allegata.model import Forecast, Reading
from allegata.monitoring.due import Due, dues_of
from allegata.store import schema
from allegata.store.database import Database
from allegata.store.foretold_schema import foretold

_heads = schema.documents


class Foretold(Database):
    """The part of the store that says which forecasts come due."""

    def foretold(self, before: str, since: str = "") -> list[Due]:
        query = (
            select(_heads.c.id, foretold)
            .join(_heads, _heads.c.number == foretold.c.document)
            .where(foretold.c.deadline < before, foretold.c.deadline >= since)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        found = [
            (row.place, Due(row.id, row.published, row.deadline, row.text, _forecast(row.body)))
            for row in rows
        ]
        found.sort(key=lambda one: (one[1].deadline, one[1].document, one[1].forecast.start, one[0]))
        return [due for _, due in found]


def put_foretold(connection: Connection, document: int, reading: Reading | None) -> None:
    """What the last reading of a document's newest version foretells, in place of what was there."""
    connection.execute(delete(foretold).where(foretold.c.document == document))
    rows = [
        {
            "document": document,
            "place": place,
            "deadline": due.deadline,
            "published": due.published,
            "text": due.text,
            "body": json.dumps(to_plain(due.forecast), ensure_ascii=False, separators=(",", ":")),
        }
        for place, due in enumerate(dues_of(reading) if reading is not None else ())
    ]
    if rows:
        connection.execute(insert(foretold), rows)


def _forecast(body: str) -> Forecast:
    return from_plain(Forecast, json.loads(body))
