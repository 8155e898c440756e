"""Claims a page at a time, each page found where the one before ended: a page deep in a store costs what the
first one does, and none is shown twice because others were added meanwhile. And those beside a claim."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from allegata.model import Claim
from allegata.store import schema
from allegata.store.base import ClaimQuery, Place
from allegata.store.cards import Card
from allegata.store.claims import Claims
from allegata.store.database import these
from allegata.store.moments import sortable

_claims, _of = schema.claims, schema.claim_documents


def place_of(claim: Claim | Card) -> Place:
    """Where a claim stands in the order of `Claims.claims`."""
    documents = claim.documents if isinstance(claim, Card) else len(claim.documents)
    return documents, sortable(claim.last_seen), claim.id


class Pages(Claims):
    """The part of the store that is read page by page."""

    def claims_after(self, query: ClaimQuery, after: Place | None, limit: int) -> list[Claim]:
        with self._reading() as connection:
            return self._whole(connection, self._numbers_after(connection, query, after, limit))

    def cards_after(self, query: ClaimQuery, after: Place | None, limit: int) -> list[Card]:
        with self._reading() as connection:
            return self._cards(connection, self._numbers_after(connection, query, after, limit))

    def _numbers_after(
        self, connection: Connection, query: ClaimQuery, after: Place | None, limit: int
    ) -> list[int]:
        order = (_claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id)
        numbers: list[int] = []
        found = self._matching(connection, query)
        for stretch in _stretches(after):
            left = limit - len(numbers)
            if left > 0:
                ordered = select(_claims.c.number.label("number")).where(stretch).order_by(*order)
                numbers += self._first(connection, ordered, found, left)
        return numbers

    def claims_beside(self, claim_id: str, most: int) -> list[tuple[str, int]]:
        mine, shared = _of.alias(), func.count()
        counting = (
            select(_of.c.claim, shared)
            .join(mine, mine.c.document == _of.c.document)
            .join(_claims, _claims.c.number == mine.c.claim)
            .where(_claims.c.id == claim_id, _of.c.claim != mine.c.claim)
            .group_by(_of.c.claim)
            .order_by(shared.desc())
        )
        with self._reading() as connection:
            counted = connection.execute(counting).all()
            least = counted[most - 1][1] if len(counted) > most else 1
            found = {claim: n for claim, n in counted if n >= least}
            named = select(_claims.c.number, _claims.c.id).where(_claims.c.number.in_(these(list(found))))
            ids = [(name, found[claim]) for claim, name in connection.execute(named)]
        return sorted(ids, key=lambda f: (-f[1], f[0]))[:most]


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
