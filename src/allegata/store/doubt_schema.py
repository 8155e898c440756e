"""The table of what persons are asked about claims (`linking.doubts`).

As `schema`, whose metadata it joins: changing anything here takes a migration.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from allegata.store.schema import metadata

doubts = Table(
    "doubts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("claim", ForeignKey("claims.number"), nullable=False),
    Column("id", String(12), nullable=False),
    Column("kind", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("body", Text, nullable=False),
)
"""``rank`` is how far the answer is expected to move a count, ``body`` the Doubt as JSON. They come and go
with their claim, in its transaction, so that nothing is asked about a claim that is no more."""
Index("doubts_in_order", doubts.c.rank.desc(), doubts.c.id)
Index("doubts_by_kind", doubts.c.kind, doubts.c.rank.desc(), doubts.c.id)
Index("doubts_by_claim", doubts.c.claim)
Index("doubts_by_id", doubts.c.id)
