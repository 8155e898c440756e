"""Claims a page at a time, each page found where the one before ended: a page deep in a store costs what the
first one does, and none is shown twice because others were added meanwhile."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, true

from allegata.model import Claim
from allegata.store import schema
from allegata.store.base import ClaimQuery, Place
from allegata.store.claims import Claims, claim_of
from allegata.store.moments import sortable

_claims = schema.claims


def place_of(claim: Claim) -> Place:
    """Where a claim stands in the order of `Claims.claims`."""
    return len(claim.documents), sortable(claim.last_seen), claim.id


class Pages(Claims):
    """The part of the store that is read page by page."""

    def claims_after(self, query: ClaimQuery, after: Place | None, limit: int) -> list[Claim]:
        order = (_claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id)
        bodies: list[str] = []
        with self._reading() as connection:
            found = self._where(connection, select(_claims.c.body), query).order_by(*order)
            for stretch in _stretches(after):
                left = limit - len(bodies)
                if left > 0:
                    bodies += connection.execute(found.where(stretch).limit(left)).scalars()
        return [claim_of(body) for body in bodies]


def _stretches(after: Place | None) -> list[ColumnElement[bool]]:
    """What comes after a place, in stretches that an index can begin at: one condition for all of them would
    be tried on every claim with as many documents."""
    if after is None:
        return [true()]
    documents, seen, claim_id = after
    here, then = _claims.c.documents == documents, _claims.c.last_seen == seen
    return [
        and_(here, then, _claims.c.id > claim_id),
        and_(here, _claims.c.last_seen < seen),
        _claims.c.documents < documents,
    ]
