"""What readings foretell by a day, which the store fills from the readings that there are
(`refilling.refill`), and weeks of dyads by time."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "foretold",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.number"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("deadline", sa.Text, nullable=False),
        sa.Column("published", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("foretold_by_deadline", "foretold", ["deadline"])
    op.create_index("dyad_weeks_by_week", "dyad_weeks", ["week"])
