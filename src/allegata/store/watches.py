"""Watches, how claims stood when they were last looked at, and what happened."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from allegata.contract import from_plain, to_plain
from allegata.model import Claim
from allegata.monitoring.changes import Standing
from allegata.monitoring.events import Event
from allegata.monitoring.observing import Observed
from allegata.store import audit, facet_schema, schema
from allegata.store import watch_schema as tables
from allegata.store.base import ClaimQuery
from allegata.store.claim_bodies import claim_of
from allegata.store.claims import Claims
from allegata.store.database import chunks, now
from allegata.store.records import Watch

_watches, _events = tables.watches, tables.events


class Watches(Claims):
    """The part of the store that says what is watched, and what happened."""

    def put_watch(self, watch: Watch) -> Watch:
        made = replace(watch, at=now())
        with self._writing() as connection:
            taken = select(_watches.c.number).where(
                _watches.c.name == watch.name, _watches.c.removed.is_(None)
            )
            if connection.execute(taken).first() is not None:
                raise ValueError(f'there is a watch "{watch.name}" already: remove it, or take another name')
            number = connection.execute(
                insert(_watches)
                .values(
                    name=made.name,
                    query=json.dumps(asdict(made.query), ensure_ascii=False),
                    triggers=json.dumps(made.triggers),
                    targets=json.dumps(made.targets, ensure_ascii=False),
                    digest=made.digest,
                    person=made.person,
                    at=made.at,
                    reason=made.reason,
                    seen=made.seen,
                )
                .returning(_watches.c.number)
            ).scalar_one()
            audit.append(connection, made.person, "watch added", made.name, {"reason": made.reason})
        return replace(made, number=int(number))

    def watches(self) -> list[Watch]:
        query = select(_watches).where(_watches.c.removed.is_(None)).order_by(_watches.c.number)
        with self._reading() as connection:
            return [
                Watch(
                    r.number,
                    r.name,
                    ClaimQuery(**json.loads(r.query)),
                    tuple(json.loads(r.triggers)),
                    tuple(json.loads(r.targets)),
                    r.digest,
                    r.person,
                    r.at,
                    r.reason,
                    r.seen,
                )
                for r in connection.execute(query)
            ]

    def remove_watch(self, name: str, person: str, reason: str) -> None:
        living = and_(_watches.c.name == name, _watches.c.removed.is_(None))
        with self._writing() as connection:
            number = connection.execute(select(_watches.c.number).where(living)).scalar_one_or_none()
            if number is None:
                raise KeyError(name)
            connection.execute(
                update(_watches)
                .where(_watches.c.number == number)
                .values(removed=now(), removed_by=person, removed_reason=reason)
            )
            waiting = and_(tables.deliveries.c.watch == number, tables.deliveries.c.state == "waiting")
            connection.execute(
                update(tables.deliveries)
                .where(waiting)
                .values(state="failed", note="the watch was removed", settled=now())
            )
            audit.append(connection, person, "watch removed", name, {"reason": reason})

    def observation(self, name: str) -> tuple[int, str] | None:
        table = tables.observations
        with self._reading() as connection:
            row = connection.execute(select(table.c.number, table.c.at).where(table.c.name == name)).first()
        return (int(row.number), str(row.at)) if row else None

    def changed_claims(self, after: int, limit: int = 500) -> list[tuple[int, Claim]]:
        table = schema.claims
        query = (
            select(table.c.number, table.c.body)
            .where(table.c.number > after)
            .order_by(table.c.number)
            .limit(limit)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [(int(row.number), claim_of(row.body)) for row in rows]

    def newest_seen(self) -> str | None:
        with self._reading() as connection:
            newest = connection.execute(select(func.max(facet_schema.cards.c.last_seen))).scalar()
        return str(newest) if newest else None

    def added(self, ids: Iterable[str]) -> dict[str, str]:
        heads, versions = schema.documents, schema.document_versions
        out: dict[str, str] = {}
        with self._reading() as connection:
            for chunk in chunks(sorted(set(ids))):
                rows = connection.execute(
                    select(heads.c.id, versions.c.added)
                    .join(
                        versions,
                        and_(versions.c.document == heads.c.number, versions.c.version == heads.c.newest),
                    )
                    .where(heads.c.id.in_(chunk))
                )
                out.update((row.id, row.added) for row in rows)
        return out

    def observed(self, ids: Iterable[str]) -> dict[str, Observed]:
        table = tables.standings
        out: dict[str, Observed] = {}
        with self._reading() as connection:
            for chunk in chunks(sorted(set(ids))):
                rows = connection.execute(select(table.c.claim, table.c.body).where(table.c.claim.in_(chunk)))
                out.update((row.claim, _unpack(row.body)) for row in rows)
        return out

    def put_observed(
        self, observed: Iterable[Observed], events: Iterable[Event], name: str, number: int, at: str, run: int
    ) -> int:
        with self._writing() as connection:
            for one in observed:
                row = {"claim": one.standing.claim, "run": run, "body": _pack(one)}
                put = upsert(tables.standings).values(row)
                connection.execute(
                    put.on_conflict_do_update(
                        index_elements=["claim"], set_={"run": run, "body": row["body"]}
                    )
                )
            new = 0
            for event in events:
                put = upsert(_events).values(
                    key=event.key,
                    run=run,
                    kind=event.kind,
                    subject=event.subject,
                    made=at,
                    body=json.dumps(to_plain(event), ensure_ascii=False, separators=(",", ":")),
                )
                new += connection.execute(put.on_conflict_do_nothing()).rowcount
            seen = {"number": number, "at": at, "run": run}
            put = upsert(tables.observations).values(name=name, **seen)
            connection.execute(put.on_conflict_do_update(index_elements=["name"], set_=seen))
        return new

    def events(self, after: int = 0, limit: int = 1000) -> list[tuple[int, Event]]:
        query = (
            select(_events.c.number, _events.c.body)
            .where(_events.c.number > after)
            .order_by(_events.c.number)
            .limit(limit)
        )
        with self._reading() as connection:
            return [(int(row.number), event_of(row.body)) for row in connection.execute(query)]

    def newest_event(self) -> int:
        with self._reading() as connection:
            return int(connection.execute(select(func.max(_events.c.number))).scalar() or 0)


def event_of(body: str) -> Event:
    """An Event as it was stored."""
    return from_plain(Event, json.loads(body))


def _pack(observed: Observed) -> str:
    anchor = None if observed.anchor == observed.standing else to_plain(observed.anchor)
    return json.dumps([to_plain(observed.standing), anchor], ensure_ascii=False, separators=(",", ":"))


def _unpack(body: str) -> Observed:
    standing, anchor = json.loads(body)
    stood = from_plain(Standing, standing)
    return Observed(stood, from_plain(Standing, anchor) if anchor else stood)
