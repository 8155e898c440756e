"""The tables of persons: who may come in, who is in, what machines carry, and what was done.

As `schema`, whose metadata they join: changing anything here takes a migration. Of whatever opens a door
(passwords, sessions, tokens) only a hash is kept.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from allegata.store.schema import metadata

users = Table(
    "users",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("password", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("disabled", Text),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""``key`` is the name without case, so that "Ana" and "ana" are one; ``password`` an argon2 hash;
``disabled`` since when."""

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user", ForeignKey("users.number"), nullable=False),
    Column("made", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("ends", Text, nullable=False),
    Index("sessions_by_user", "user"),
)
"""``digest`` is the SHA-256 of the id that the browser keeps; ``ends`` the last moment, however busy."""

tokens = Table(
    "tokens",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("user", ForeignKey("users.number"), nullable=False),
    Column("label", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("ends", Text),
    Column("revoked", Text),
    Index("tokens_by_user", "user"),
    sqlite_autoincrement=True,
)

attempts = Table(
    "attempts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Index("attempts_by_time", "at"),
)
"""Failures to sign in, by name and by address: ``key`` says which. ``at`` is the last, in seconds since 1970.
Here rather than in memory, so that all processes that serve the store count together."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    sqlite_autoincrement=True,
)
"""What persons did, only added to. ``digest`` is over ``previous``, the digest of the row before, and the
row's own content."""
