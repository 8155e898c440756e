"""Feeds, and every time that one was asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, insert, select, update

from allegata.store import audit
from allegata.store import watch_schema as tables
from allegata.store.database import Database, now
from allegata.store.records import Feed, Poll

_feeds, _polls = tables.feeds, tables.polls


class Feeds(Database):
    """The part of the store that says which feeds are asked, and what they answered."""

    def put_feed(self, url: str, every: int, person: str, reason: str) -> Feed:
        at = now()
        living = and_(_feeds.c.url == url, _feeds.c.removed.is_(None))
        with self._writing() as connection:
            if connection.execute(select(_feeds.c.number).where(living)).first() is not None:
                raise ValueError(f"{url}: is polled already: remove it first to change how")
            row = connection.execute(
                insert(_feeds)
                .values(
                    url=url, every=every, person=person, at=at, reason=reason, failures=0, due=at, note=""
                )
                .returning(_feeds)
            ).one()
            audit.append(connection, person, "feed added", url, {"every": every, "reason": reason})
            return _feed(row)

    def feeds(self) -> list[Feed]:
        """Those that were not removed, in the order of adding."""
        query = select(_feeds).where(_feeds.c.removed.is_(None)).order_by(_feeds.c.number)
        with self._reading() as connection:
            return [_feed(row) for row in connection.execute(query)]

    def remove_feed(self, url: str, person: str, reason: str) -> None:
        living = and_(_feeds.c.url == url, _feeds.c.removed.is_(None))
        with self._writing() as connection:
            gone = update(_feeds).where(living)
            done = connection.execute(gone.values(removed=now(), removed_by=person, removed_reason=reason))
            if done.rowcount == 0:
                raise KeyError(url)
            audit.append(connection, person, "feed removed", url, {"reason": reason})

    def put_poll(self, feed: Feed, poll: Poll, run: int) -> None:
        with self._writing() as connection:
            connection.execute(
                insert(_polls).values(
                    feed=feed.number,
                    run=run,
                    at=poll.at,
                    outcome=poll.outcome,
                    status=poll.status,
                    new=poll.new,
                    note=poll.note,
                )
            )
            connection.execute(
                update(_feeds)
                .where(_feeds.c.number == feed.number)
                .values(
                    title=feed.title,
                    etag=feed.etag,
                    modified=feed.modified,
                    failures=feed.failures,
                    due=feed.due,
                    answered=feed.answered,
                    note=feed.note,
                )
            )

    def polls(self, feed: int, limit: int = 20) -> list[Poll]:
        query = select(_polls).where(_polls.c.feed == feed).order_by(_polls.c.number.desc()).limit(limit)
        with self._reading() as connection:
            return [
                Poll(r.feed, r.at, r.outcome, r.status, r.new, r.note, r.run)
                for r in connection.execute(query)
            ]


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        row.number,
        row.url,
        row.every,
        row.person,
        row.at,
        row.reason,
        row.title,
        row.etag,
        row.modified,
        row.failures,
        row.due,
        row.answered,
        row.note,
    )
