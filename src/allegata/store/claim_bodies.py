"""Claims out of the bodies under which they are stored, one or all of a store."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, select

from allegata.contract import from_plain
from allegata.model import Claim
from allegata.store import schema

_AT_ONCE = 200
_claims = schema.claims


def claim_of(body: str) -> Claim:
    """A Claim as it was stored."""
    return from_plain(Claim, json.loads(body))


def every_claim(connection: Connection, *wanted: ColumnElement[bool]) -> Iterator[list[tuple[int, Claim]]]:
    """The claims with their numbers, in that order, some at a time."""
    after = 0
    while True:
        found = select(_claims.c.number, _claims.c.body).where(_claims.c.number > after, *wanted)
        rows = connection.execute(found.order_by(_claims.c.number).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield [(row.number, claim_of(row.body)) for row in rows]
        after = rows[-1].number
