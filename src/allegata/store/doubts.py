"""What persons are asked about claims, in the order of asking, kept as claims are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, delete, func, insert, or_, select

from allegata.contract import to_plain
from allegata.model import Claim
from allegata.store import schema
from allegata.store.database import Database, chunks
from allegata.store.doubt_schema import doubts as _doubts

if TYPE_CHECKING:
    from allegata.linking.doubts import Doubt

_claims = schema.claims


class Doubts(Database):
    """The part of the store that says what to ask next."""

    def doubts(
        self,
        kind: str | None = None,
        claim: str | None = None,
        after: tuple[int, str] | None = None,
        limit: int = 20,
    ) -> list[Doubt]:
        found = _asked(select(_doubts.c.body), kind, claim)
        if after is not None:
            rank, last = after
            # the first condition alone finds the place in the index
            found = found.where(_doubts.c.rank <= rank, or_(_doubts.c.rank < rank, _doubts.c.id > last))
        found = found.order_by(_doubts.c.rank.desc(), _doubts.c.id).limit(limit)
        with self._reading() as connection:
            return [_doubt(body) for body in connection.execute(found).scalars()]

    def doubt(self, doubt_id: str) -> Doubt | None:
        found = select(_doubts.c.body).where(_doubts.c.id == doubt_id)
        with self._reading() as connection:
            body = connection.execute(found.order_by(_doubts.c.rank.desc()).limit(1)).scalar()
        return _doubt(body) if body is not None else None

    def count_doubts(self, kind: str | None = None, claim: str | None = None, most: int = 1000) -> int:
        some = _asked(select(_doubts.c.number), kind, claim).limit(most).subquery()
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _asked(found: Select[Any], kind: str | None, claim: str | None) -> Select[Any]:
    if kind is not None:
        found = found.where(_doubts.c.kind == kind)
    if claim is not None:
        number = select(_claims.c.number).where(_claims.c.id == claim).scalar_subquery()
        found = found.where(_doubts.c.claim == number)
    return found


def put_doubts(connection: Connection, filed: Sequence[tuple[int, Claim]]) -> None:
    """What is to be asked about the claims of a story, by their numbers."""
    from allegata.linking.doubts import find_doubts

    numbers = {claim.id: number for number, claim in filed}
    rows = [
        {
            "claim": numbers[d.claim],
            "id": d.id,
            "kind": d.kind,
            "rank": d.rank,
            "body": json.dumps(to_plain(d), ensure_ascii=False, separators=(",", ":")),
        }
        for d in find_doubts([claim for _, claim in filed])
    ]
    if rows:
        connection.execute(insert(_doubts), rows)


def drop_doubts(connection: Connection, numbers: Sequence[int]) -> None:
    for chunk in chunks(numbers):
        connection.execute(delete(_doubts).where(_doubts.c.claim.in_(chunk)))


def _doubt(body: str) -> Doubt:
    from allegata.linking.doubts import Doubt

    held = json.loads(body)
    return Doubt(**{**held, "change": tuple(held["change"])})
