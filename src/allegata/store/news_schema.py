"""The tables of what was ever new about claims (`news`), and of when each person last looked.

As `schema`, whose metadata they join: changing anything here takes a migration. All but the looks follows
from the claims.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from allegata.store.schema import documents, metadata

news = Table(
    "claim_news",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("claim", ForeignKey("claims.number"), nullable=False),
    Column("clock", Integer, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("lo", BigInteger, nullable=False),
    Column("hi", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index("news_by_claim", "claim"),
    Index("news_by_stretch", "clock", "kind", "hi", "lo", "at"),
    Index("news_by_time", "clock", "at", "kind", "hi", "lo"),
)
"""`monitoring.news.News` by ``clock`` (a place in `news_records.CLOCKS`) and ``kind`` (a place in
`changes.KINDS`), in microseconds. ``body`` is [sources, documents] as JSON."""

arrivals = Table(
    "claim_arrivals",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("clock", Integer, primary_key=True),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("documents", LargeBinary, nullable=False),
    Column("origins", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""`monitoring.news.Arrivals`: (moment, number of the document) and (moment, moment), eight bytes each."""

looks = Table(
    "looks",
    metadata,
    Column("person", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Up to what moment a person has seen what came in. ``person`` is as `users.key`, empty where nobody signs
in."""

Index(
    "documents_unlinked",
    documents.c.number,
    sqlite_where=text("linked = 0"),
    postgresql_where=text("linked = false"),
)
