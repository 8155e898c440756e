"""What was ever new about claims, and when each person last looked. The store fills the first from the claims
that there are (`refilling.refill`)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_news",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), nullable=False),
        sa.Column("clock", sa.Integer, nullable=False),
        sa.Column("kind", sa.Integer, nullable=False),
        sa.Column("lo", sa.BigInteger, nullable=False),
        sa.Column("hi", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("news_by_claim", "claim_news", ["claim"])
    op.create_index("news_by_stretch", "claim_news", ["clock", "kind", "hi", "lo", "at"])
    op.create_index("news_by_time", "claim_news", ["clock", "at", "kind", "hi", "lo"])
    op.create_table(
        "claim_arrivals",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("clock", sa.Integer, primary_key=True),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("documents", sa.LargeBinary, nullable=False),
        sa.Column("origins", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "looks",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("documents_unlinked", "documents", ["number"], sqlite_where=sa.text("linked = 0"))
