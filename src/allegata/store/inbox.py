"""Inboxes: what watches found, read, snoozed, given to somebody, noted. Every change is logged with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.sql.elements import ColumnElement

from allegata.store import audit
from allegata.store import watch_schema as tables
from allegata.store.database import Database, now
from allegata.store.inbox_records import InboxQuery, Item, ItemChange
from allegata.store.inbox_schema import inbox as _inbox
from allegata.store.watches import event_of

_watches, _events = tables.watches, tables.events


class Inbox(Database):
    """The part of the store that holds what watches found."""

    def inbox(self, asked: InboxQuery, limit: int, offset: int = 0) -> list[Item]:
        came = func.coalesce(_inbox.c.until, _inbox.c.found)
        query = _items().where(_asked(asked)).order_by(came.desc(), _inbox.c.number.desc())
        with self._reading() as connection:
            rows = connection.execute(query.limit(limit).offset(offset)).all()
        return [_item(row) for row in rows]

    def count_inbox(self, asked: InboxQuery, most: int | None = None) -> int:
        found = select(_inbox.c.number).where(_asked(asked)).limit(most).subquery()
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(found)).scalar_one())

    def item(self, number: int) -> Item | None:
        with self._reading() as connection:
            row = _one(connection, number)
        return _item(row) if row is not None else None

    def newest_item(self) -> int:
        with self._reading() as connection:
            return int(connection.execute(select(func.max(_inbox.c.number))).scalar() or 0)

    def change_item(self, number: int, change: ItemChange, person: str) -> Item:
        with self._writing() as connection:
            row = _one(connection, number)
            if row is None:
                raise KeyError(number)
            at = now()
            values = _values(row, change, at)
            if values:
                changed = update(_inbox).where(_inbox.c.number == number)
                connection.execute(changed.values(values | {"person": person, "at": at}))
                audit.append(connection, person, "inbox", row.name, {"item": number} | values)
                row = _one(connection, number)
                assert row is not None
            return _item(row)

    def read_items(self, asked: InboxQuery, through: int, person: str) -> int:
        with self._writing() as connection:
            found = select(_inbox.c.number).where(
                _asked(asked), _inbox.c.number <= through, _inbox.c.read.is_(None)
            )
            at = now()
            read = update(_inbox).where(_inbox.c.number.in_(found))
            count = connection.execute(read.values(read=at, until=None, person=person, at=at)).rowcount
            if count:
                told = {"items": count, "through": through, "read": at, "shown": asked.show}
                audit.append(connection, person, "inbox", asked.watch or "all watches", told)
        return int(count)


def put_in(connection: Connection, watch: int, events: list[int], at: str) -> None:
    """Put what set off a watch into its inbox, each event once."""
    blank = {"watch": watch, "found": at, "assignee": "", "note": "", "person": "", "at": ""}
    if events:
        put = upsert(_inbox).on_conflict_do_nothing(index_elements=["watch", "event"])
        connection.execute(put, [blank | {"event": event} for event in events])


def _asked(asked: InboxQuery) -> ColumnElement[bool]:
    """Which items are looked for."""
    living: ColumnElement[bool] = _watches.c.removed.is_(None)
    if asked.watch is not None:
        living = and_(living, _watches.c.name == asked.watch)
    wanted: list[ColumnElement[bool]] = [_inbox.c.watch.in_(select(_watches.c.number).where(living))]
    awake = or_(_inbox.c.until.is_(None), _inbox.c.until <= asked.today)
    if asked.show == "unread":
        wanted += [_inbox.c.read.is_(None), awake]
    elif asked.show == "mine":
        wanted += [_inbox.c.assignee == asked.assignee, _inbox.c.assignee != "", awake]
    elif asked.show == "snoozed":
        wanted.append(_inbox.c.until > asked.today)
    return and_(*wanted)


def _values(row: Row[Any], change: ItemChange, at: str) -> dict[str, str | None]:
    """The columns that are different after a change."""
    new: dict[str, str | None] = {}
    if change.until is not None:
        new["until"] = change.until or None
        if change.until and change.until != row.until:
            new["read"] = None
    if change.read is not None:
        new["read"] = (row.read or at) if change.read else None
        if change.read or change.until is None:
            new["until"] = None
    if change.assignee is not None:
        new["assignee"] = change.assignee
    if change.note is not None:
        new["note"] = change.note
    return {name: value for name, value in new.items() if getattr(row, name) != value}


def _items() -> Select[Any]:
    return (
        select(_inbox, _watches.c.name, _events.c.body)
        .join(_watches, _watches.c.number == _inbox.c.watch)
        .join(_events, _events.c.number == _inbox.c.event)
    )


def _one(connection: Connection, number: int) -> Row[Any] | None:
    wanted = and_(_inbox.c.number == number, _watches.c.removed.is_(None))
    return connection.execute(_items().where(wanted)).first()


def _item(row: Row[Any]) -> Item:
    return Item(
        row.number,
        row.name,
        event_of(row.body),
        row.found,
        row.read,
        row.until,
        row.assignee,
        row.note,
        row.person,
        row.at,
    )
