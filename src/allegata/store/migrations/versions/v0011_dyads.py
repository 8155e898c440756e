"""What is told between two parties, and the tension that follows. The store fills it from the claims and the
readings that there are (`refilling.refill`)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parties",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "party_names",
        sa.Column("party", sa.Integer, sa.ForeignKey("parties.number"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("rows", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dyads",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("first", sa.Integer, sa.ForeignKey("parties.number"), nullable=False),
        sa.Column("second", sa.Integer, sa.ForeignKey("parties.number"), nullable=False),
        sa.Column("hostile", sa.BigInteger, nullable=False),
        sa.Column("cooperative", sa.BigInteger, nullable=False),
        sa.Column("tellings", sa.Integer, nullable=False),
        sa.Column("last", sa.Text, nullable=False),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("checked", sa.Text, nullable=False),
    )
    op.create_index("dyads_once", "dyads", ["first", "second"], unique=True)
    op.create_index(
        "dyads_in_order",
        "dyads",
        [sa.text("hostile DESC"), sa.text("cooperative DESC"), "number"],
        sqlite_where=sa.text("last > ''"),
        postgresql_where=sa.text("last > ''"),
    )
    op.create_index(
        "dyads_to_check",
        "dyads",
        ["checked", "number"],
        sqlite_where=sa.text("tellings > 5"),
        postgresql_where=sa.text("tellings > 5"),
    )
    op.create_table(
        "tellings",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("week", sa.Text, primary_key=True),
        sa.Column("dyad", sa.Integer, sa.ForeignKey("dyads.number"), nullable=False),
        sa.Column("turned", sa.Boolean, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("arrived", sa.Text, nullable=False),
        sa.Column("documents", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("tellings_by_dyad", "tellings", ["dyad", "week"])
    op.create_table(
        "deeds",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.number"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("week", sa.Text, nullable=False),
        sa.Column("dyad", sa.Integer, sa.ForeignKey("dyads.number"), nullable=False),
        sa.Column("turned", sa.Boolean, nullable=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("intensity", sa.Float, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("deeds_by_dyad", "deeds", ["dyad", "week"])
    op.create_table(
        "copies",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.number"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("copies_by_document", "copies", ["document"])
    op.create_table(
        "dyad_weeks",
        sa.Column("dyad", sa.Integer, sa.ForeignKey("dyads.number"), primary_key=True),
        sa.Column("week", sa.Text, primary_key=True),
        sa.Column("hostile", sa.BigInteger, nullable=False),
        sa.Column("cooperative", sa.BigInteger, nullable=False),
        sa.Column("tellings", sa.Integer, nullable=False),
        sa.Column("told", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dyad_stale",
        sa.Column("dyad", sa.Integer, sa.ForeignKey("dyads.number"), primary_key=True),
        sa.Column("week", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "told_weeks",
        sa.Column("week", sa.Text, primary_key=True),
        sa.Column("told", sa.Integer, nullable=False),
    )
    op.create_table(
        "dyad_breaks",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("dyad", sa.Integer, sa.ForeignKey("dyads.number"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("breaks_by_dyad", "dyad_breaks", ["dyad"])
    op.create_index("breaks_by_time", "dyad_breaks", ["at"])
