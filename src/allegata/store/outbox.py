"""The outbox: what goes to whom, once, and what became of it. The inbox of its watch gets all of it too."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from allegata.monitoring.events import Event
from allegata.store import watch_schema as tables
from allegata.store.database import chunks
from allegata.store.inbox import put_in
from allegata.store.inbox_schema import inbox
from allegata.store.records import Delivery, Watch
from allegata.store.watches import Watches, event_of

_deliveries, _carried, _events = tables.deliveries, tables.delivery_events, tables.events

OPEN = ("waiting", "sending")


class Outbox(Watches):
    """The part of the store that holds what is to be sent."""

    def deliver(self, watch: Watch, events: Sequence[int], seen: int, due: str, at: str, run: int) -> int:
        touched: set[int] = set()
        with self._writing() as connection:
            put_in(connection, watch.number, list(dict.fromkeys(events)), at)
            for target in watch.targets:
                fresh = self._fresh(connection, watch.number, target, events)
                if not fresh:
                    continue
                number = self._waiting(connection, watch, target) if watch.digest != "none" else None
                if number is None:
                    number = connection.execute(
                        insert(_deliveries)
                        .values(
                            id=str(uuid.uuid4()),
                            watch=watch.number,
                            target=target,
                            run=run,
                            made=at,
                            state="waiting",
                            attempts=0,
                            due=due,
                            note="",
                        )
                        .returning(_deliveries.c.number)
                    ).scalar_one()
                connection.execute(
                    insert(_carried),
                    [
                        {"watch": watch.number, "target": target, "event": e, "delivery": number}
                        for e in fresh
                    ],
                )
                touched.add(int(number))
            connection.execute(
                update(tables.watches).where(tables.watches.c.number == watch.number).values(seen=seen)
            )
        return len(touched)

    def _fresh(self, connection: Connection, watch: int, target: str, events: Sequence[int]) -> list[int]:
        """Those of the events that did not go there yet."""
        gone: set[int] = set()
        for chunk in chunks(events):
            gone.update(
                connection.execute(
                    select(_carried.c.event).where(
                        _carried.c.watch == watch, _carried.c.target == target, _carried.c.event.in_(chunk)
                    )
                ).scalars()
            )
        return [e for e in dict.fromkeys(events) if e not in gone]

    def _waiting(self, connection: Connection, watch: Watch, target: str) -> int | None:
        """A digest that nobody has tried to send yet."""
        found = connection.execute(
            select(_deliveries.c.number).where(
                _deliveries.c.watch == watch.number,
                _deliveries.c.target == target,
                _deliveries.c.state == "waiting",
                _deliveries.c.attempts == 0,
            )
        ).first()
        return int(found.number) if found else None

    def next_delivery(self, now: str, until: str) -> Delivery | None:
        ready = and_(_deliveries.c.state.in_(OPEN), _deliveries.c.due <= now)
        with self._writing() as connection:
            query = select(_deliveries).where(ready).order_by(_deliveries.c.due, _deliveries.c.number)
            row = connection.execute(query.limit(1)).first()
            if row is None:
                return None
            taken = {"state": "sending", "attempts": row.attempts + 1, "due": until}
            connection.execute(update(_deliveries).where(_deliveries.c.number == row.number).values(**taken))
            row = connection.execute(_one(row.number)).one()
            return self._delivery(connection, row)

    def settle_delivery(self, number: int, state: str, note: str, due: str) -> None:
        """KeyError where there is no such delivery."""
        values: dict[str, Any] = {"state": state, "note": note, "due": due}
        if state not in OPEN:
            values["settled"] = due
        with self._writing() as connection:
            done = connection.execute(
                update(_deliveries).where(_deliveries.c.number == number).values(**values)
            )
            if done.rowcount == 0:
                raise KeyError(number)

    def deliveries(self, watch: int | None = None) -> list[Delivery]:
        query = select(_deliveries).order_by(_deliveries.c.number)
        if watch is not None:
            query = query.where(_deliveries.c.watch == watch)
        with self._reading() as connection:
            return [self._delivery(connection, row) for row in connection.execute(query).all()]

    def events_in(self, delivery: int) -> list[tuple[int, str, Event]]:
        """(number, when it was found, event) in the order in which they happened to be found."""
        query = (
            select(_events.c.number, _events.c.made, _events.c.body)
            .join(_carried, _carried.c.event == _events.c.number)
            .where(_carried.c.delivery == delivery)
            .order_by(_events.c.number)
        )
        with self._reading() as connection:
            return [(int(r.number), r.made, event_of(r.body)) for r in connection.execute(query)]

    def events_of(self, watch: int, limit: int) -> list[tuple[int, str, Event]]:
        query = (
            select(_events.c.number, _events.c.made, _events.c.body)
            .join(inbox, inbox.c.event == _events.c.number)
            .where(inbox.c.watch == watch)
            .order_by(_events.c.number.desc())
            .limit(limit)
        )
        with self._reading() as connection:
            return [(int(r.number), r.made, event_of(r.body)) for r in connection.execute(query)]

    def _delivery(self, connection: Connection, row: Row[Any]) -> Delivery:
        carried = select(_carried.c.event).where(_carried.c.delivery == row.number).order_by(_carried.c.event)
        return Delivery(
            row.number,
            row.id,
            row.watch,
            row.target,
            row.state,
            row.attempts,
            row.made,
            row.due,
            row.note,
            tuple(connection.execute(carried).scalars()),
        )


def _one(number: int) -> Any:
    return select(_deliveries).where(_deliveries.c.number == number)
