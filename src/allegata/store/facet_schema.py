"""The tables by which claims are listed, ordered and counted without loading them.

As `schema`, whose metadata they join: changing anything here takes a migration. All of it follows from the
claims, and is made anew from them by `claim_index`.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from allegata.store.schema import metadata

cards = Table(
    "claim_cards",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("id", Text, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("point", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("facets", LargeBinary, nullable=False),
    Column("card", Text, nullable=False),
)
"""What claims are ordered by, the numbers of their facets (`claim_index.pack_facets`), and what a list shows
of them as JSON. The ``first_seen`` of a claim that was never seen is "~", after every time."""
Index("cards_by_last_seen", cards.c.last_seen.desc(), cards.c.id)
Index("cards_by_first_seen", cards.c.first_seen, cards.c.id)
Index("cards_by_origins", cards.c.point.desc(), cards.c.high.desc(), cards.c.id)
Index("cards_by_few_origins", cards.c.high, cards.c.point, cards.c.documents.desc(), cards.c.id)

facets = Table(
    "facets",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    UniqueConstraint("value", "kind", name="facets_once"),
    sqlite_autoincrement=True,
)
"""``kind`` is a place in `facets.KINDS`, ``claims`` how many claims carry the value."""
Index("facets_by_claims", facets.c.kind, facets.c.claims.desc(), facets.c.value)

facet_blocks = Table(
    "facet_blocks",
    metadata,
    Column("facet", ForeignKey("facets.number"), primary_key=True),
    Column("block", Integer, primary_key=True),
    Column("bits", LargeBinary, nullable=False),
)
"""The numbers of the claims that carry a facet, in blocks (`bits`)."""
