"""Claims: put by story in one transaction, found by words and filters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select, update

from allegata.contract import from_plain, to_plain
from allegata.model import Claim, Edge
from allegata.store import schema
from allegata.store.base import ClaimQuery
from allegata.store.cards import Card
from allegata.store.claim_bodies import claim_of
from allegata.store.claim_finding import ClaimFinding
from allegata.store.database import chunks
from allegata.store.doubts import drop_doubts, put_doubts
from allegata.store.moments import sortable
from allegata.store.news import drop_news, put_news
from allegata.store.publication import publication
from allegata.store.tellings import put_tellings, take_tellings
from allegata.store.ties import drop_ties, put_ties

_AT_ONCE = 500
_claims, _of = schema.claims, schema.claim_documents


class Claims(ClaimFinding):
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
            gone = sorted(stale)
            self._unfile(connection, gone)
            taken = take_tellings(connection, gone)
            self._drop(connection, gone)
            filed = [(self._put(connection, c, numbers, run), c) for c in claims]
            self._file(connection, filed)
            put_doubts(connection, filed)
            put_ties(connection, filed)
            moments = publication(connection, claims)
            put_news(connection, filed, numbers, moments)
            put_tellings(connection, filed, numbers, moments, taken)
            for chunk in chunks(sorted({numbers[d] for d in touched})):
                connection.execute(
                    update(schema.documents).where(schema.documents.c.number.in_(chunk)).values(linked=True)
                )

    def _drop(self, connection: Connection, numbers: Sequence[int]) -> None:
        self._full_text.drop_claims(connection, numbers)
        drop_doubts(connection, numbers)
        drop_ties(connection, numbers)
        drop_news(connection, numbers)
        for chunk in chunks(numbers):
            connection.execute(delete(_of).where(_of.c.claim.in_(chunk)))
            connection.execute(delete(_claims).where(_claims.c.number.in_(chunk)))

    def _put(self, connection: Connection, claim: Claim, numbers: dict[str, int], run: int) -> int:
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
        return number

    def claims(self, query: ClaimQuery | None = None) -> list[Claim]:
        with self._reading() as connection:
            return self._whole(connection, self._found(connection, query or ClaimQuery()))

    def _whole(self, connection: Connection, numbers: Sequence[int]) -> list[Claim]:
        held: dict[int, Claim] = {}
        for chunk in chunks(numbers):
            rows = connection.execute(
                select(_claims.c.number, _claims.c.body).where(_claims.c.number.in_(chunk))
            )
            held.update((row.number, claim_of(row.body)) for row in rows)
        return [held[number] for number in numbers]

    def claims_among(self, query: ClaimQuery, ids: Iterable[str]) -> set[str]:
        wanted = set(ids)
        among = tuple(wanted & set(query.ids) if query.ids else wanted)
        if not among:
            return set()
        asked = replace(query, ids=among, limit=None, offset=0, order="documents")
        return {card.id for card in self.cards(asked)}

    def propositions(self) -> list[tuple[str, str]]:
        """(id, proposition) of every claim, in the order of `claims`."""
        query = select(_claims.c.id, _claims.c.body).order_by(
            _claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id
        )
        with self._reading() as connection:
            rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
            return [(row.id, json.loads(row.body)["proposition"]) for row in rows]

    def claim(self, claim_id: str) -> Claim | None:
        with self._reading() as connection:
            body = connection.execute(
                select(_claims.c.body).where(_claims.c.id == claim_id)
            ).scalar_one_or_none()
        return claim_of(body) if body is not None else None

    def claims_of(self, document_id: str) -> list[Claim]:
        with self._reading() as connection:
            bodies = list(connection.execute(_mentioning(document_id)).scalars())
        return [claim_of(body) for body in bodies]

    def cards_mentioning(self, document_id: str) -> list[Card]:
        with self._reading() as connection:
            numbers = connection.execute(_mentioning(document_id, _claims.c.number)).scalars()
            return self._cards(connection, list(numbers))

    def edges_to(self, document_id: str) -> list[tuple[str, int, Edge]]:
        with self._reading() as connection:
            rows = connection.execute(_mentioning(document_id, _claims.c.id, _claims.c.body)).all()
        return [
            (claim_id, number, from_plain(Edge, edge))
            for claim_id, body in rows
            for number, edge in enumerate(json.loads(body)["edges"], 1)
            if edge["downstream"] == document_id
        ]


def _mentioning(document_id: str, *columns: ColumnElement[Any]) -> Select[Any]:
    """These columns (the body) of the claims that mention a document, in the order of `Claims.claims`."""
    return (
        select(*(columns or (_claims.c.body,)))
        .join(_of, _of.c.claim == _claims.c.number)
        .join(schema.documents, schema.documents.c.number == _of.c.document)
        .where(schema.documents.c.id == document_id)
        .order_by(_claims.c.documents.desc(), _claims.c.last_seen.desc(), _claims.c.id)
    )


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
