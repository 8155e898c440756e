"""Captures and their bodies. Never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Row, insert, select

from allegata.model import Capture
from allegata.store import schema
from allegata.store.database import Database

_BATCH = 500


class Evidence(Database):
    """The part of the store that holds what was retrieved."""

    def put_capture(self, capture: Capture, body: bytes) -> bool:
        if len(body) != capture.size:
            raise ValueError("the body does not have the size of its capture")
        table = schema.captures
        address = capture.url_reached or capture.url_asked or ""
        held = select(table.c.number).where(table.c.sha256 == capture.sha256, table.c.address == address)
        with self._reading() as connection:
            if connection.execute(held).first() is not None:
                return False
        # The body first: a row must never name bytes that are not there.
        self._archive.put(capture.sha256, body)
        with self._writing() as connection:
            if connection.execute(held).first() is not None:
                return False
            connection.execute(
                insert(table).values(
                    sha256=capture.sha256,
                    address=address,
                    url_asked=capture.url_asked,
                    url_reached=capture.url_reached,
                    retrieved=capture.retrieved,
                    tool=capture.tool,
                    media_type=capture.media_type,
                    size=capture.size,
                    status=capture.status,
                    headers=json.dumps(capture.headers, ensure_ascii=False),
                )
            )
        return True

    def capture(self, sha256: str) -> Capture | None:
        """The first capture of these bytes."""
        table = schema.captures
        with self._reading() as connection:
            row = connection.execute(
                select(table).where(table.c.sha256 == sha256).order_by(table.c.number).limit(1)
            ).first()
        return _capture(row) if row else None

    def captures(self) -> Iterator[Capture]:
        """All, in the order they were put."""
        table = schema.captures
        after = 0
        while True:
            with self._reading() as connection:
                rows = connection.execute(
                    select(table).where(table.c.number > after).order_by(table.c.number).limit(_BATCH)
                ).all()
            if not rows:
                return
            for row in rows:
                yield _capture(row)
            after = rows[-1].number

    def body(self, sha256: str) -> bytes:
        return self._archive.get(sha256)

    def verify(self) -> list[str]:
        """Hash every archived body again. One line for each that is missing, unreadable or changed."""
        problems = []
        for sha256 in dict.fromkeys(capture.sha256 for capture in self.captures()):
            if problem := self._archive.check(sha256):
                problems.append(f"capture {sha256} {problem}")
        return problems


def _capture(row: Row[tuple[object, ...]]) -> Capture:
    return Capture(
        sha256=row.sha256,
        url_asked=row.url_asked,
        url_reached=row.url_reached,
        retrieved=row.retrieved,
        tool=row.tool,
        media_type=row.media_type,
        size=row.size,
        status=row.status,
        headers=tuple((name, value) for name, value in json.loads(row.headers)),
    )
