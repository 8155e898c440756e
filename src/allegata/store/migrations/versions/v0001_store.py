"""The store: evidence, documents, readings, what linking keeps, claims with their full text, judgements."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _evidence()
    _readings()
    _links()
    _claims()
    _judgements()


def _document() -> sa.Column[int]:
    return sa.Column("document", sa.Integer, sa.ForeignKey("documents.number"), primary_key=True)


def _run() -> sa.Column[int]:
    return sa.Column("run", sa.Integer, sa.ForeignKey("runs.number"), nullable=False)


def _needed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _evidence() -> None:
    op.create_table(
        "captures",
        sa.Column("number", sa.Integer, primary_key=True),
        _needed("sha256", sa.String(64)),
        _needed("address", sa.Text()),
        sa.Column("url_asked", sa.Text),
        sa.Column("url_reached", sa.Text),
        _needed("retrieved", sa.Text()),
        _needed("tool", sa.Text()),
        sa.Column("media_type", sa.Text),
        _needed("size", sa.Integer()),
        sa.Column("status", sa.Integer),
        _needed("headers", sa.Text()),
        sa.UniqueConstraint("sha256", "address", name="captures_once"),
    )
    op.execute(
        "CREATE TRIGGER captures_stay BEFORE UPDATE ON captures "
        "BEGIN SELECT RAISE(ABORT, 'captures are never changed'); END"
    )
    op.create_table(
        "documents",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _needed("newest", sa.Integer()),
        _needed("linked", sa.Boolean()),
        _needed("added", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "document_versions",
        _document(),
        sa.Column("version", sa.Integer, primary_key=True),
        _needed("digest", sa.String(64)),
        _needed("added", sa.Text()),
        sa.Column("url", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("language", sa.Text),
        _needed("kind", sa.Text()),
        _needed("text", sa.Text()),
        _needed("links", sa.Text()),
        _needed("embeds", sa.Text()),
        sa.Column("capture", sa.String(64)),
    )


def _readings() -> None:
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer, primary_key=True),
        _needed("component", sa.Text()),
        _needed("arguments", sa.Text()),
        _needed("started", sa.Text()),
        sa.Column("finished", sa.Text),
        sa.Column("status", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "readings",
        sa.Column("number", sa.Integer, primary_key=True),
        _needed("document", sa.Integer()),
        _needed("version", sa.Integer()),
        _needed("reader", sa.Text()),
        _run(),
        _needed("body", sa.LargeBinary()),
        sa.UniqueConstraint("document", "version", "reader", name="readings_once"),
        sa.ForeignKeyConstraint(
            ["document", "version"], ["document_versions.document", "document_versions.version"]
        ),
        sqlite_autoincrement=True,
    )


def _links() -> None:
    op.create_table("features", _document(), _needed("payload", sa.LargeBinary()), _run())
    op.create_table(
        "vectors",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.number"), nullable=False, unique=True),
        _needed("content", sa.LargeBinary()),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "key_spaces",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "keys",
        sa.Column("space", sa.Integer, sa.ForeignKey("key_spaces.number"), primary_key=True),
        sa.Column("key", sa.BigInteger, primary_key=True),
        _document(),
        sqlite_with_rowid=False,
    )
    op.create_index("keys_by_document", "keys", ["document"])
    op.create_table(
        "pairs",
        sa.Column("low", sa.Integer, sa.ForeignKey("documents.number"), primary_key=True),
        sa.Column("high", sa.Integer, sa.ForeignKey("documents.number"), primary_key=True),
        _needed("score", sa.Float()),
        sqlite_with_rowid=False,
    )
    op.create_index("pairs_by_high", "pairs", ["high"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _run(),
        _needed("act", sa.Text()),
        _needed("country", sa.Text()),
        _needed("first_seen", sa.Text()),
        _needed("last_seen", sa.Text()),
        _needed("documents", sa.Integer()),
        _needed("body", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_index("claims_in_order", "claims", [sa.text("documents DESC"), sa.text("last_seen DESC"), "id"])
    op.create_table(
        "claim_documents",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        _document(),
        sqlite_with_rowid=False,
    )
    op.create_index("claims_by_document", "claim_documents", ["document"])
    op.execute(
        "CREATE VIRTUAL TABLE claim_search USING "
        "fts5(proposition, accuser, accused, place, outlets, speakers, "
        "tokenize='porter unicode61 remove_diacritics 2')"
    )


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer, primary_key=True),
        _needed("person", sa.Text()),
        _needed("at", sa.Text()),
        _needed("kind", sa.Text()),
        _needed("subject", sa.Text()),
        _needed("value", sa.Text()),
        _needed("reason", sa.Text()),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("judgements.number")),
        sqlite_autoincrement=True,
    )
    op.create_index("judgements_by_subject", "judgements", ["subject"])
    for name, event in (("judgements_stay", "UPDATE"), ("judgements_are_kept", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON judgements "
            "BEGIN SELECT RAISE(ABORT, 'judgements are only added'); END"
        )
