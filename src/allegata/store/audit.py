"""The log of what persons did: only added to, each row chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from allegata.store.database import Database, now
from allegata.store.user_records import Act, Chain
from allegata.store.user_schema import audit

START = "0" * 64
"""What the first row is chained to."""

_BATCH = 1000


def append(connection: Connection, by: str, act: str, subject: object, detail: object = "") -> None:
    """Log an act inside the caller's transaction, which must hold the right to write: two rows that follow on
    the same one would break the chain. What is no text is kept as JSON."""
    newest = select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)
    last = connection.execute(newest).first()
    number, previous = (last.number + 1, last.digest) if last else (1, START)
    row = {"at": now(), "person": by, "act": act, "subject": _text(subject), "detail": _text(detail)}
    digest = _digest(number, previous, *row.values())
    connection.execute(insert(audit).values(number=number, previous=previous, digest=digest, **row))


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _digest(number: int, previous: str, *content: str) -> str:
    """SHA-256 over the row as a JSON list, in which no two rows look alike."""
    return hashlib.sha256(json.dumps([number, previous, *content]).encode()).hexdigest()


class Audit(Database):
    """The part of the store that says what persons did."""

    def put_act(self, by: str, act: str, subject: str, detail: str) -> None:
        with self._writing() as connection:
            append(connection, by, act, subject, detail)

    def acts(self, limit: int = 100, before: int | None = None) -> list[Act]:
        query = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.number < before)
        with self._reading() as connection:
            return [
                Act(r.number, r.at, r.person, r.act, r.subject, r.detail, r.digest)
                for r in connection.execute(query)
            ]

    def check_acts(self) -> Chain:
        count, head = 0, START
        while True:
            query = select(audit).where(audit.c.number > count).order_by(audit.c.number).limit(_BATCH)
            with self._reading() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                if not _follows(row, count + 1, head):
                    return Chain(count, head, int(row.number))
                count, head = int(row.number), str(row.digest)
            if len(rows) < _BATCH:
                return Chain(count, head, self._lost(count))

    def _lost(self, count: int) -> int | None:
        """The first row that is gone from the end, where the database remembers its highest number."""
        with self._reading() as connection:
            held = connection.execute(select(func.count()).select_from(audit)).scalar_one()
            given = self._highest(connection, audit.name)
        return count + 1 if held != count or given > count else None


def _follows(row: Row[Any], number: int, previous: str) -> bool:
    content = (row.at, row.person, row.act, row.subject, row.detail)
    return bool(
        row.number == number
        and row.previous == previous
        and row.digest == _digest(number, previous, *content)
    )
