"""The inboxes of watches. What was sent before comes into them as read."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("watch", sa.Integer, sa.ForeignKey("watches.number"), nullable=False),
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number"), nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("read", sa.Text),
        sa.Column("until", sa.Text),
        sa.Column("assignee", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.UniqueConstraint("watch", "event", name="inbox_once"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "inbox_unread",
        "inbox",
        ["watch", "until"],
        sqlite_where=sa.text("read IS NULL"),
        postgresql_where=sa.text("read IS NULL"),
    )
    op.execute(
        "INSERT INTO inbox (watch, event, found, read, assignee, note, person, at) "
        "SELECT DISTINCT c.watch, c.event, e.made, e.made, '', '', '', '' "
        "FROM delivery_events c JOIN events e ON e.number = c.event ORDER BY c.event, c.watch"
    )
