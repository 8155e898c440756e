"""What persons are asked about claims, and how often somebody failed to sign in.

The store fills the first from the claims that there are (`refilling.refill`)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doubts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), nullable=False),
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    for name, columns in (
        ("doubts_in_order", ("rank DESC", "id")),
        ("doubts_by_kind", ("kind", "rank DESC", "id")),
        ("doubts_by_claim", ("claim",)),
        ("doubts_by_id", ("id",)),
    ):
        op.create_index(name, "doubts", [sa.text(c) for c in columns])
    op.create_table(
        "attempts",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_index("attempts_by_time", "attempts", ["at"])
