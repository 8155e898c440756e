"""The tables, for every backend. What is particular to one (full text, pragmas, triggers) stands in its
module.

Changing anything here takes a migration (``migrations/versions``) and a new `REVISION`: a test compares a
store made new with one that was upgraded.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0009", "0010", "0011", "0012")
"""Versions of the schema, oldest first. The last is this code's."""
REVISION = REVISIONS[-1]

metadata = MetaData()

revision = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic makes it."""

captures = Table(
    "captures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("address", Text, nullable=False),
    Column("url_asked", Text),
    Column("url_reached", Text),
    Column("retrieved", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("media_type", Text),
    Column("size", Integer, nullable=False),
    Column("status", Integer),
    Column("headers", Text, nullable=False),
    UniqueConstraint("sha256", "address", name="captures_once"),
)
"""``address`` is the URL reached, else the one asked for, else empty."""

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("newest", Integer, nullable=False),
    Column("linked", Boolean, nullable=False),
    Column("added", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""``number`` is the order of adding; ``newest`` the highest version."""

document_versions = Table(
    "document_versions",
    metadata,
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("added", Text, nullable=False),
    Column("url", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("title", Text),
    Column("published", Text),
    Column("language", Text),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("links", Text, nullable=False),
    Column("embeds", Text, nullable=False),
    Column("capture", String(64)),
)
"""``digest`` is over all that a reader sees: the same content again has the same one."""

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("component", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("status", Text),
    sqlite_autoincrement=True,
)

readings = Table(
    "readings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("reader", Text, nullable=False),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("document", "version", "reader", name="readings_once"),
    ForeignKeyConstraint(
        ["document", "version"], ["document_versions.document", "document_versions.version"]
    ),
    sqlite_autoincrement=True,
)
"""``body`` is the Reading without its Document, as JSON, deflated (zlib): a sixth of the size."""

features = Table(
    "features",
    metadata,
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
    Column("run", ForeignKey("runs.number"), nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", ForeignKey("documents.number"), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
"""``number`` grows with every put, so that a reader of vectors can go on where it stopped."""

key_spaces = Table(
    "key_spaces",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

keys = Table(
    "keys",
    metadata,
    Column("space", ForeignKey("key_spaces.number"), primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Index("keys_by_document", "document"),
    sqlite_with_rowid=False,
)
"""``key`` is 64 bits, signed."""

pairs = Table(
    "pairs",
    metadata,
    Column("low", ForeignKey("documents.number"), primary_key=True),
    Column("high", ForeignKey("documents.number"), primary_key=True),
    Column("score", Float, nullable=False),
    Index("pairs_by_high", "high"),
    sqlite_with_rowid=False,
)
"""Each pair once, the document that was added first as ``low``."""

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("act", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What is filtered and ordered by, empty where unknown, and the Claim as JSON. Times are in UTC, of one
length."""
Index("claims_in_order", claims.c.documents.desc(), claims.c.last_seen.desc(), claims.c.id)

claim_documents = Table(
    "claim_documents",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Index("claims_by_document", "document"),
    sqlite_with_rowid=False,
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("undoes", ForeignKey("judgements.number")),
    Index("judgements_by_subject", "subject"),
    sqlite_autoincrement=True,
)
