"""Claims: put by story in one transaction, found by words and filters."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, or_, select, update

from allegata.contract import from_plain, to_plain
from allegata.model import Claim
from allegata.store import schema
from allegata.store.base import ClaimQuery
from allegata.store.database import Database, chunks
from allegata.store.moments import END_OF_DAY, START_OF_DAY, sortable

_AT_ONCE = 500
_claims, _of = schema.claims, schema.claim_documents


class Claims(Database):
    """The part of the store that holds what linking found."""

    def replace_claims(self, documents: Iterable[str], claims: Sequence[Claim], run: int) -> None:
        """KeyError where a document is unknown; then nothing is changed."""
        touched = list(documents)
        with self._writing() as connection:
            mentioned = [d for claim in claims for d in claim.documents]
            numbers = self._all_numbers(connection, [*touched, *mentioned])
            stale: set[int] = set()
            for chunk in chunks(sorted({numbers[d] for d in touched})):
                stale.update(
                    connection.execute(select(_of.c.claim).where(_of.c.document.in_(chunk))).scalars()
                )
            for ids in chunks(sorted({claim.id for claim in claims})):
                stale.update(
                    connection.execute(select(_claims.c.number).where(_claims.c.id.in_(ids))).scalars()
                )
            self._drop(connection, sorted(stale))
            for claim in claims:
                self._put(connection, claim, numbers, run)
            for chunk in chunks(sorted({numbers[d] for d in touched})):
                connection.execute(
                    update(schema.documents).where(schema.documents.c.number.in_(chunk)).values(linked=True)
                )

    def _drop(self, connection: Connection, numbers: Sequence[int]) -> None:
        self._full_text.drop_claims(connection, numbers)
        for chunk in chunks(numbers):
            connection.execute(delete(_of).where(_of.c.claim.in_(chunk)))
            connection.execute(delete(_claims).where(_claims.c.number.in_(chunk)))

    def _put(self, connection: Connection, claim: Claim, numbers: dict[str, int], run: int) -> None:
        documents = claim.documents
        number = int(
            connection.execute(
                insert(_claims)
                .values(
                    id=claim.id,
                    run=run,
                    act=claim.act or "",
                    country=(claim.place.country if claim.place else None) or "",
                    first_seen=sortable(claim.first_seen),
                    last_seen=sortable(claim.last_seen),
                    documents=len(documents),
                    body=json.dumps(to_plain(claim), ensure_ascii=False, separators=(",", ":")),
                )
                .returning(_claims.c.number)
            ).scalar_one()
        )
        if documents:
            connection.execute(insert(_of), [{"claim": number, "document": numbers[d]} for d in documents])
        self._full_text.put_claim(connection, number, words_of(claim))

    def claims(self, query: ClaimQuery | None = None) -> list[Claim]:
        query = query or ClaimQuery()
        with self._reading() as connection:
            found = self._where(connection, select(_claims.c.body), query).order_by(
                _claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id
            )
            if query.limit is not None:
                found = found.limit(query.limit)
            if query.offset:
                found = found.offset(query.offset)
            bodies = list(connection.execute(found).scalars())
        return [claim_of(body) for body in bodies]

    def count_claims(self, query: ClaimQuery | None = None) -> int:
        """How many claims match, whatever the query's limit and offset."""
        with self._reading() as connection:
            found = self._where(connection, select(func.count()).select_from(_claims), query or ClaimQuery())
            return int(connection.execute(found).scalar_one())

    def propositions(self) -> list[tuple[str, str]]:
        """(id, proposition) of every claim, in the order of `claims`."""
        query = select(_claims.c.id, _claims.c.body).order_by(
            _claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id
        )
        with self._reading() as connection:
            rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
            return [(row.id, json.loads(row.body)["proposition"]) for row in rows]

    def claims_since(self, moment: datetime) -> list[Claim]:
        """The claims of which anything may have come out after ``moment``: those seen after it, and those of
        which a document does not say when it was published. A day is added: withdrawals are dated by it."""
        if moment.year < 1000:
            return self.claims()  # before any time that is compared (`moments.sortable`)
        heads, versions = schema.documents, schema.document_versions
        undated = (
            select(_of.c.claim)
            .join(heads, heads.c.number == _of.c.document)
            .join(versions, and_(versions.c.document == heads.c.number, versions.c.version == heads.c.newest))
            .where(or_(versions.c.published.is_(None), versions.c.published.not_like("____-__-__%")))
        )
        query = (
            select(_claims.c.body)
            .where(
                or_(
                    _claims.c.last_seen >= sortable((moment - timedelta(days=1)).isoformat()),
                    _claims.c.number.in_(undated),
                )
            )
            .order_by(_claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id)
        )
        with self._reading() as connection:
            bodies = list(connection.execute(query).scalars())
        return [claim_of(body) for body in bodies]

    def _where(self, connection: Connection, found: Select[Any], query: ClaimQuery) -> Select[Any]:
        fields = {"accuser": query.accuser, "accused": query.accused}
        named = {k: v for k, v in fields.items() if v}
        matching = self._full_text.claims(connection, query.text, named, query.min_documents)
        if matching is not None:
            found = found.where(_claims.c.number.in_(matching))
        if query.act:
            found = found.where(_claims.c.act == query.act.upper())
        if query.country:
            found = found.where(_claims.c.country == query.country.upper())
        if query.since:
            found = found.where(_claims.c.last_seen >= _bound(query.since, "since"))
        if query.until:
            until = _bound(query.until, "until", END_OF_DAY)
            found = found.where(_claims.c.first_seen <= until, _claims.c.first_seen != "")
        if query.min_documents > 1:
            found = found.where(_claims.c.documents >= query.min_documents)
        return found

    def claim(self, claim_id: str) -> Claim | None:
        with self._reading() as connection:
            body = connection.execute(
                select(_claims.c.body).where(_claims.c.id == claim_id)
            ).scalar_one_or_none()
        return claim_of(body) if body is not None else None

    def claims_of(self, document_id: str) -> list[Claim]:
        query = (
            select(_claims.c.body)
            .join(_of, _of.c.claim == _claims.c.number)
            .join(schema.documents, schema.documents.c.number == _of.c.document)
            .where(schema.documents.c.id == document_id)
            .order_by(_claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id)
        )
        with self._reading() as connection:
            bodies = list(connection.execute(query).scalars())
        return [claim_of(body) for body in bodies]


def _bound(value: str, name: str, day: str = START_OF_DAY) -> str:
    """A bound of time, from a year, a month, a day or a moment."""
    text = value.strip()
    if re.fullmatch(r"\d{4}(?:-\d\d)?", text):
        year, _, month = text.partition("-")
        last = day == END_OF_DAY
        number = int(month) if month else (12 if last else 1)
        if 1 <= number <= 12 and int(year):
            text = f"{year}-{number:02}-{monthrange(int(year), number)[1] if last else 1:02}"
    moment = sortable(text, day)
    if not moment:
        raise ValueError(f'{name} is no date: "{value[:40]}"; give it as 2025, 2025-03 or 2025-03-31')
    return moment


def claim_of(body: str) -> Claim:
    """A Claim as it was stored."""
    return from_plain(Claim, json.loads(body))


def words_of(claim: Claim) -> dict[str, str]:
    """The words a claim is found by, by field."""
    speakers = [s for m in claim.mentions for s in (*m.speakers, *(c.source for c in m.cites))]
    return {
        "proposition": claim.proposition,
        "accuser": claim.accuser or "",
        "accused": claim.accused or "",
        "place": claim.place.name if claim.place else "",
        "outlets": _listed(m.outlet for m in claim.mentions),
        "speakers": _listed([*speakers, *(o.source for o in claim.origins)]),
    }


def _listed(names: Iterable[str | None]) -> str:
    return "\n".join(dict.fromkeys(n for n in names if n))
