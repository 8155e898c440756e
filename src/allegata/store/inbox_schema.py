"""The table of inboxes. As `schema`, whose metadata it joins: changing anything here takes a migration."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from allegata.store.schema import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("watch", ForeignKey("watches.number"), nullable=False),
    Column("event", ForeignKey("events.number"), nullable=False),
    Column("found", Text, nullable=False),
    Column("read", Text),
    Column("until", Text),
    Column("assignee", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("watch", "event", name="inbox_once"),
    sqlite_autoincrement=True,
)
"""What each watch was set off by, and what persons did with it. Texts are empty where nothing was done."""
Index(
    "inbox_unread",
    inbox.c.watch,
    inbox.c.until,
    sqlite_where=text("read IS NULL"),
    postgresql_where=text("read IS NULL"),
)
