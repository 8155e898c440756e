"""What was ever new about claims, kept as claims are, so that the page of what changed loads none of them."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, false, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from allegata.model import Claim
from allegata.monitoring.changes import KINDS, Change
from allegata.monitoring.news import (
    START,
    Arrivals,
    News,
    When,
    as_added,
    change_of,
    clock_at,
    clock_of,
    micros,
    moment_at,
    news_of,
)
from allegata.store import facet_schema, schema
from allegata.store import news_schema as tables
from allegata.store.claim_bodies import claim_of
from allegata.store.database import Database, chunks
from allegata.store.news_records import CLOCKS, By
from allegata.store.publication import Moments

_AT_ONCE = 200
_FEW = 2000
"""Fewer news than these are found by their stretches and sorted."""
_SETTLING = timedelta(minutes=1)
"""How long a document may be on its way into the store after it was given its moment."""
_WAITING = timedelta(days=1)
"""What came in longer ago and is not linked was left behind, or is linked anew: nobody waits for it."""

_news, _arrivals, _looks = tables.news, tables.arrivals, tables.looks
_claims, _cards = schema.claims, facet_schema.cards
_heads, _versions = schema.documents, schema.document_versions


class ClaimNews(Database):
    """The part of the store that says what is new."""

    def news(
        self,
        since: datetime,
        *,
        by: By = "published",
        kind: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        most_documents: int | None = None,
    ) -> list[Change]:
        asked = micros(since)
        kinds = [KINDS.index(kind)] if kind is not None else list(range(len(KINDS)))
        told = select(_news.c.number).where(
            _news.c.clock == CLOCKS.index(by), _news.c.hi > asked, _news.c.lo <= asked
        )
        with self._reading() as connection:
            # + 0 keeps an index out: few are found by their stretches and sorted, of many the index by time
            # is walked to the end of the page
            query, at = told.where(_news.c.kind.in_(kinds)), _news.c.at + 0
            some = select(func.count()).select_from(query.limit(_FEW).subquery())
            if connection.execute(some).scalar_one() == _FEW:
                query, at = told.where((_news.c.kind + 0).in_(kinds)), _news.c.at
            query = query.order_by(at.desc(), _news.c.number.desc())
            if limit is not None:
                query = query.limit(limit).offset(offset)
            numbers = list(connection.execute(query).scalars())
            return self._changes(connection, numbers, asked, most_documents)

    def count_news(self, since: datetime, *, by: By = "published") -> dict[str, int]:
        asked = micros(since)
        out = {}
        with self._reading() as connection:
            for number, kind in enumerate(KINDS):
                query = select(func.count()).where(
                    _news.c.clock == CLOCKS.index(by),
                    _news.c.kind == number,
                    _news.c.hi > asked,
                    _news.c.lo <= asked,
                )
                out[kind] = int(connection.execute(query).scalar_one())
        return {kind: found for kind, found in out.items() if found}

    def last_news(self, until: datetime, *, by: By = "published") -> datetime | None:
        query = select(func.max(_news.c.at)).where(
            _news.c.clock == CLOCKS.index(by), _news.c.at <= micros(until)
        )
        with self._reading() as connection:
            return moment_at(connection.execute(query).scalar() or START)

    def claims_between(self, since: datetime, until: datetime) -> Iterator[Sequence[Claim]]:
        after = 0
        query = (
            select(_claims.c.number, _claims.c.body)
            .join(_arrivals, and_(_arrivals.c.claim == _claims.c.number, _arrivals.c.clock == 0))
            .where(_arrivals.c.first <= micros(until), _arrivals.c.last > micros(since))
            .order_by(_claims.c.number)
            .limit(_AT_ONCE)
        )
        while True:
            with self._reading() as connection:
                rows = connection.execute(query.where(_arrivals.c.claim > after)).all()
            if not rows:
                return
            yield [claim_of(row.body) for row in rows]
            after = rows[-1].number

    def told_until(self, now: datetime) -> datetime:
        moment = micros(now - _SETTLING)
        with self._reading() as connection:
            for kind in range(len(KINDS)):
                newest = select(func.max(_news.c.hi)).where(
                    _news.c.clock == CLOCKS.index("added"), _news.c.kind == kind
                )
                moment = max(moment, connection.execute(newest).scalar() or START)
            waiting = (
                select(func.min(_versions.c.added))
                .select_from(_heads)
                .join(
                    _versions,
                    and_(_versions.c.document == _heads.c.number, _versions.c.version == _heads.c.newest),
                )
                .where(
                    _heads.c.linked == false(),
                    _versions.c.added > (now - _WAITING).isoformat(timespec="milliseconds"),
                )
            )
            first = connection.execute(waiting).scalar()
        if first:
            moment = min(moment, micros(datetime.fromisoformat(first)) - 1)
        return moment_at(moment) or now

    def last_look(self, person: str) -> datetime | None:
        with self._reading() as connection:
            at = connection.execute(select(_looks.c.at).where(_looks.c.person == person)).scalar()
        return None if at is None else moment_at(at)

    def put_look(self, person: str, at: datetime) -> datetime:
        new = upsert(_looks).values(person=person, at=micros(at))
        with self._writing() as connection:
            held = connection.execute(select(_looks.c.at).where(_looks.c.person == person)).scalar()
            if held is not None and held >= micros(at):
                return moment_at(held) or at
            connection.execute(
                new.on_conflict_do_update(index_elements=["person"], set_={"at": new.excluded.at})
            )
        return at

    def _changes(
        self, connection: Connection, numbers: Sequence[int], asked: int, most: int | None
    ) -> list[Change]:
        rows: dict[int, Any] = {}
        for chunk in chunks(numbers):
            found = (
                select(_news, _cards.c.id, _cards.c.card, _arrivals.c.documents, _arrivals.c.origins)
                .join(_cards, _cards.c.claim == _news.c.claim)
                .join(_arrivals, and_(_arrivals.c.claim == _news.c.claim, _arrivals.c.clock == _news.c.clock))
                .where(_news.c.number.in_(chunk))
            )
            rows.update((row.number, row) for row in connection.execute(found))
        told = [(rows[n], _told(rows[n])) for n in numbers if n in rows]
        names = self._ids(connection, _named(told, asked, most))
        return [_change(row, news, asked, names, most) for row, news in told]


def _told(row: Any) -> News:
    sources, documents = json.loads(row.body)
    return News(KINDS[row.kind], row.lo, row.hi, row.at, tuple(sources), tuple(documents))


def _named(told: Iterable[tuple[Any, News]], asked: int, most: int | None) -> set[int]:
    """The documents of amplifications, which are kept by their numbers."""
    out: set[int] = set()
    for row, news in told:
        if news.kind == "amplification":
            after = [number for moment, number in _pairs(row.documents) if moment > asked]
            out.update(after if most is None else after[-most:])
    return out


def _change(row: Any, news: News, asked: int, names: Mapping[int, str], most: int | None) -> Change:
    documents = tuple((moment, names.get(number, "")) for moment, number in _pairs(row.documents))
    arrivals = Arrivals(documents, tuple(_pairs(row.origins)), START)
    change = change_of(row.id, json.loads(row.card)["proposition"], arrivals, news, asked)
    if most is None:
        return change
    return replace(change, documents=change.documents[-most:])


def put_news(
    connection: Connection, filed: Sequence[tuple[int, Claim]], numbers: Mapping[str, int], moments: Moments
) -> None:
    """What is new about claims, by their numbers, and when the documents of each came. ``numbers`` are those
    of their documents, ``moments`` when they came out."""
    news: list[dict[str, object]] = []
    came: list[dict[str, object]] = []
    published, added = clock_at(moments), _added(connection, moments)
    for number, claim in filed:
        for clock, by in enumerate(CLOCKS):
            if by == "published":
                found = news_of(claim, published)
            else:
                found = news_of(as_added(claim, published, added), added)
            if found is not None:
                arrivals, told = found
                came.append({"claim": number, "clock": clock} | _row_of(arrivals, numbers))
                news += [{"claim": number, "clock": clock} | _row(one) for one in told]
    if came:
        connection.execute(insert(_arrivals), came)
    if news:
        connection.execute(insert(_news), news)


def drop_news(connection: Connection, numbers: Sequence[int]) -> None:
    for chunk in chunks(numbers):
        connection.execute(delete(_news).where(_news.c.claim.in_(chunk)))
        connection.execute(delete(_arrivals).where(_arrivals.c.claim.in_(chunk)))


def _added(connection: Connection, ids: Iterable[str]) -> When:
    """When the newest versions of documents came in."""
    added: dict[str, str | None] = {}
    for chunk in chunks(sorted(ids)):
        rows = connection.execute(
            select(_heads.c.id, _versions.c.added)
            .join(
                _versions,
                and_(_versions.c.document == _heads.c.number, _versions.c.version == _heads.c.newest),
            )
            .where(_heads.c.id.in_(chunk))
        )
        added.update((row.id, row.added) for row in rows)
    return clock_of(added)


def _pairs(packed: bytes) -> list[tuple[int, int]]:
    flat = struct.unpack(f"<{len(packed) // 8}q", packed)
    return list(zip(flat[::2], flat[1::2], strict=True))


def _packed(pairs: Iterable[tuple[int, int]]) -> bytes:
    flat = [value for pair in pairs for value in pair]
    return struct.pack(f"<{len(flat)}q", *flat)


def _row_of(arrivals: Arrivals, numbers: Mapping[str, int]) -> dict[str, object]:
    return {
        "first": arrivals.documents[0][0],
        "last": arrivals.last,
        "documents": _packed((moment, numbers[document]) for moment, document in arrivals.documents),
        "origins": _packed(arrivals.origins),
    }


def _row(one: News) -> dict[str, object]:
    return {
        "kind": KINDS.index(one.kind),
        "lo": one.lo,
        "hi": one.hi,
        "at": one.at,
        "body": json.dumps([one.sources, one.documents], ensure_ascii=False, separators=(",", ":")),
    }
