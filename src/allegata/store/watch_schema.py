"""The tables of watching: watches, what happened, the outbox, feeds, and the ledger of forecasts.

As `schema`, whose metadata they join: changing anything here takes a migration.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Text, text

from allegata.store.schema import metadata

watches = Table(
    "watches",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("triggers", Text, nullable=False),
    Column("targets", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("removed", Text),
    Column("removed_by", Text),
    Column("removed_reason", Text),
    sqlite_autoincrement=True,
)
"""``query``, ``triggers`` and ``targets`` are JSON; ``seen`` is the last event that the watch was shown."""
Index(
    "watches_by_name",
    watches.c.name,
    unique=True,
    sqlite_where=text("removed IS NULL"),
    postgresql_where=text("removed IS NULL"),
)

observations = Table(
    "observations",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("run", ForeignKey("runs.number"), nullable=False),
)
"""How far the claims were looked at for what is new: the highest ``claims.number`` seen, and when."""

standings = Table(
    "standings",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("body", Text, nullable=False),
)
"""How a claim stood when it was last looked at, as JSON."""

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("watch", ForeignKey("watches.number"), nullable=False),
    Column("target", Text, nullable=False),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("made", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("settled", Text),
    Index("deliveries_by_state", "state", "due"),
    sqlite_autoincrement=True,
)
"""The outbox. ``state`` is waiting, sending, sent or failed; ``due`` when it may be tried (again)."""

delivery_events = Table(
    "delivery_events",
    metadata,
    Column("watch", ForeignKey("watches.number"), primary_key=True),
    Column("target", Text, primary_key=True),
    Column("event", ForeignKey("events.number"), primary_key=True),
    Column("delivery", ForeignKey("deliveries.number"), nullable=False),
    Index("delivery_events_by_delivery", "delivery"),
)
"""What a delivery carries. The key says that an event goes to a target of a watch once."""

feeds = Table(
    "feeds",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("every", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("title", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("failures", Integer, nullable=False),
    Column("due", Text, nullable=False),
    Column("answered", Text),
    Column("note", Text, nullable=False),
    Column("removed", Text),
    Column("removed_by", Text),
    Column("removed_reason", Text),
    sqlite_autoincrement=True,
)
"""``every`` is in seconds; ``answered`` the last time that the feed answered well; ``due`` the next poll."""
Index(
    "feeds_by_url",
    feeds.c.url,
    unique=True,
    sqlite_where=text("removed IS NULL"),
    postgresql_where=text("removed IS NULL"),
)

polls = Table(
    "polls",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("feed", ForeignKey("feeds.number"), nullable=False),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("status", Integer),
    Column("new", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Index("polls_by_feed", "feed", "number"),
    sqlite_autoincrement=True,
)
"""``outcome`` is read, unchanged, failed or refused."""

ledger = Table(
    "ledger",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("event", Text, nullable=False),
    Column("deadline", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("condition", Text),
    Column("probability", Float),
    Column("document", Text),
    Column("start", Integer),
    Column("end", Integer),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Registered forecasts. ``document``, ``start`` and ``end`` are where it was said."""

outcomes = Table(
    "outcomes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("forecast", ForeignKey("ledger.number"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("outcomes_by_forecast", "forecast"),
    sqlite_autoincrement=True,
)
"""Only added to: the last one of a forecast counts."""
