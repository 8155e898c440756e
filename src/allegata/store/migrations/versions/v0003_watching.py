"""Watching: watches, what happened, the outbox, feeds with their polls, and the ledger of forecasts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _watches()
    _events()
    _outbox()
    _feeds()
    _ledger()


def _watches() -> None:
    op.create_table(
        "watches",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("triggers", sa.Text, nullable=False),
        sa.Column("targets", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("removed", sa.Text),
        sa.Column("removed_by", sa.Text),
        sa.Column("removed_reason", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "watches_by_name",
        "watches",
        ["name"],
        unique=True,
        sqlite_where=sa.text("removed IS NULL"),
        postgresql_where=sa.text("removed IS NULL"),
    )


def _events() -> None:
    op.create_table(
        "observations",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.number"), nullable=False),
    )
    op.create_table(
        "standings",
        sa.Column("claim", sa.Text, primary_key=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.number"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.number"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )


def _outbox() -> None:
    op.create_table(
        "deliveries",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("watch", sa.Integer, sa.ForeignKey("watches.number"), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.number"), nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("settled", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("deliveries_by_state", "deliveries", ["state", "due"])
    op.create_table(
        "delivery_events",
        sa.Column("watch", sa.Integer, sa.ForeignKey("watches.number"), primary_key=True),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number"), primary_key=True),
        sa.Column("delivery", sa.Integer, sa.ForeignKey("deliveries.number"), nullable=False),
    )
    op.create_index("delivery_events_by_delivery", "delivery_events", ["delivery"])


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("every", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("answered", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("removed", sa.Text),
        sa.Column("removed_by", sa.Text),
        sa.Column("removed_reason", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "polls",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("feed", sa.Integer, sa.ForeignKey("feeds.number"), nullable=False),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.number"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("polls_by_feed", "polls", ["feed", "number"])
    op.create_index(
        "feeds_by_url",
        "feeds",
        ["url"],
        unique=True,
        sqlite_where=sa.text("removed IS NULL"),
        postgresql_where=sa.text("removed IS NULL"),
    )


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("deadline", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("condition", sa.Text),
        sa.Column("probability", sa.Float),
        sa.Column("document", sa.Text),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outcomes",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("forecast", sa.Integer, sa.ForeignKey("ledger.number"), nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("outcomes_by_forecast", "outcomes", ["forecast"])
    for name, event in (("outcomes_stay", "UPDATE"), ("outcomes_are_kept", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON outcomes "
            "BEGIN SELECT RAISE(ABORT, 'outcomes are only added'); END"
        )
