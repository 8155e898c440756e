"""The tables of what is told between two parties, and of the tension that follows from it.

As `schema`, whose metadata they join: changing anything here takes a migration. All of it follows from the
claims and the readings.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from allegata.store.schema import metadata

parties = Table(
    "parties",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
)
"""``key`` is `monitoring.names.same_party`."""

party_names = Table(
    "party_names",
    metadata,
    Column("party", ForeignKey("parties.number"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("rows", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""The names that a party has in so many rows of tellings and deeds; with none the row stays, at 0."""

dyads = Table(
    "dyads",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("first", ForeignKey("parties.number"), nullable=False),
    Column("second", ForeignKey("parties.number"), nullable=False),
    Column("hostile", BigInteger, nullable=False),
    Column("cooperative", BigInteger, nullable=False),
    Column("tellings", Integer, nullable=False),
    Column("last", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("checked", Text, nullable=False),
    Index("dyads_once", "first", "second", unique=True),
)
"""Two parties, the one with the lower number first. ``hostile`` and ``cooperative`` are sums over all weeks
in millionths, ``tellings`` what they rest on, ``last`` the newest week with any (else empty). ``changed`` is
when one of its weeks was counted last; ``checked`` up to which week breaks were looked for, empty where that
was before it changed."""
Index(
    "dyads_in_order",
    dyads.c.hostile.desc(),
    dyads.c.cooperative.desc(),
    dyads.c.number,
    sqlite_where=text("last > ''"),
    postgresql_where=text("last > ''"),
)
Index(
    "dyads_to_check",
    dyads.c.checked,
    dyads.c.number,
    sqlite_where=text("tellings > 5"),
    postgresql_where=text("tellings > 5"),
)

tellings = Table(
    "tellings",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("week", Text, primary_key=True),
    Column("dyad", ForeignKey("dyads.number"), nullable=False),
    Column("turned", Boolean, nullable=False),
    Column("act", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("arrived", Text, nullable=False),
    Column("documents", LargeBinary, nullable=False),
    Index("tellings_by_dyad", "dyad", "week"),
    sqlite_with_rowid=False,
)
"""`monitoring.tellings.Telling`, a row for each week. ``turned`` where the second party acts; ``arrived`` is
[day, point, low, high] as JSON, ``documents`` eight bytes each: the document's number and its day of the
week."""

deeds = Table(
    "deeds",
    metadata,
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("week", Text, nullable=False),
    Column("dyad", ForeignKey("dyads.number"), nullable=False),
    Column("turned", Boolean, nullable=False),
    Column("root", Text, nullable=False),
    Column("intensity", Float, nullable=False),
    Column("words", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Index("deeds_by_dyad", "dyad", "week"),
    sqlite_with_rowid=False,
)
"""`monitoring.tellings.Deed` of the last reading of each document's newest version."""

copies = Table(
    "copies",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Index("copies_by_document", "document"),
    sqlite_with_rowid=False,
)
"""The documents that only copy, as claims show it."""

dyad_weeks = Table(
    "dyad_weeks",
    metadata,
    Column("dyad", ForeignKey("dyads.number"), primary_key=True),
    Column("week", Text, primary_key=True),
    Column("hostile", BigInteger, nullable=False),
    Column("cooperative", BigInteger, nullable=False),
    Column("tellings", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("dyad_weeks_by_week", "week"),
    sqlite_with_rowid=False,
)
"""The tension of a dyad in a week, counted: its sums, ``told`` as `breaks.counted` has it, and the values."""

dyad_stale = Table(
    "dyad_stale",
    metadata,
    Column("dyad", ForeignKey("dyads.number"), primary_key=True),
    Column("week", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Weeks that were told otherwise since they were counted."""

told_weeks = Table(
    "told_weeks",
    metadata,
    Column("week", Text, primary_key=True),
    Column("told", Integer, nullable=False),
)
"""``told`` of all dyads together: how much was collected."""

dyad_breaks = Table(
    "dyad_breaks",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("dyad", ForeignKey("dyads.number"), nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("breaks_by_dyad", "dyad"),
    Index("breaks_by_time", "at"),
)
"""`monitoring.breaks.Break` as it was found last, with keys of parties for names."""
