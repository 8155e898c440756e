"""The tables of who is tied to whom by claims (`ties`).

As `schema`, whose metadata they join: changing anything here takes a migration. All of it follows from the
claims.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from allegata.store.schema import metadata

names = Table(
    "names",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)
"""``key`` is equal for all spellings of one name, ``name`` the first of them that was met."""

ties = Table(
    "ties",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("role", Integer, primary_key=True),
    Column("name", Integer, primary_key=True),
    Column("other", Integer, primary_key=True),
    Column("documents", Integer, nullable=False),
    Index("ties_by_name", "role", "name", "other", "claim", "documents"),
    Index("ties_by_other", "role", "other", "name", "claim", "documents"),
    sqlite_with_rowid=False,
)
"""In so many documents of a claim a name is tied to another in a role (a place in `ties.ROLES`)."""
