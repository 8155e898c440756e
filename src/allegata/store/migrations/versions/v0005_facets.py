"""Cards and facets of claims. The store fills them from the claims that there are (`refilling.refill`)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_cards",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("first_seen", sa.Text, nullable=False),
        sa.Column("last_seen", sa.Text, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
        sa.Column("point", sa.Integer, nullable=False),
        sa.Column("high", sa.Integer, nullable=False),
        sa.Column("facets", sa.LargeBinary, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
    )
    for name, columns in (
        ("cards_by_last_seen", ("last_seen DESC", "id")),
        ("cards_by_first_seen", ("first_seen", "id")),
        ("cards_by_origins", ("point DESC", "high DESC", "id")),
        ("cards_by_few_origins", ("high", "point", "documents DESC", "id")),
    ):
        op.create_index(name, "claim_cards", [sa.text(c) for c in columns])
    op.create_table(
        "facets",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Integer, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.UniqueConstraint("value", "kind", name="facets_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("facets_by_claims", "facets", [sa.text(c) for c in ("kind", "claims DESC", "value")])
    op.create_table(
        "facet_blocks",
        sa.Column("facet", sa.Integer, sa.ForeignKey("facets.number"), primary_key=True),
        sa.Column("block", sa.Integer, primary_key=True),
        sa.Column("bits", sa.LargeBinary, nullable=False),
    )
