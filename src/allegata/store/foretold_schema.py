"""The table of what readings foretell by a day. As `schema`, whose metadata it joins: changing it takes a
migration."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from allegata.store.schema import metadata

foretold = Table(
    "foretold",
    metadata,
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("deadline", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("foretold_by_deadline", "deadline"),
    sqlite_with_rowid=False,
)
"""`monitoring.due.Due` of the last reading of each document's newest version, in the order in which it
foretells; ``body`` is the Forecast as JSON."""
