"""Who is tied to whom by claims. The store fills it from the claims that there are (`refilling.refill`)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "names",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "ties",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("role", sa.Integer, primary_key=True),
        sa.Column("name", sa.Integer, primary_key=True),
        sa.Column("other", sa.Integer, primary_key=True),
        sa.Column("documents", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ties_by_name", "ties", ["role", "name", "other", "claim", "documents"])
    op.create_index("ties_by_other", "ties", ["role", "other", "name", "claim", "documents"])
