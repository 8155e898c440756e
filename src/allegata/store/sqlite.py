"""The default store: one SQLite file, its bodies in a folder beside it."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from allegata.capture.archive import Archive
from allegata.store import fts, schema
from allegata.store.attempts import Attempts
from allegata.store.base import StoreError
from allegata.store.database import reason
from allegata.store.doubts import Doubts
from allegata.store.dyads import Dyads
from allegata.store.evidence import Evidence
from allegata.store.feeds import Feeds
from allegata.store.forecasts import Forecasts
from allegata.store.foretold import Foretold
from allegata.store.inbox import Inbox
from allegata.store.links import Links
from allegata.store.news import ClaimNews
from allegata.store.outbox import Outbox
from allegata.store.pages import Pages
from allegata.store.people import People
from allegata.store.readings import Readings
from allegata.store.ties import Ties
from allegata.store.users import Users

_log = logging.getLogger(__name__)

APPLICATION_ID = 0x416C6C67
""" "Allg", in the header of every store, so that it is known from other databases."""
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
"""Bytes of the header of an SQLite file; the application's id stands at 68 (SQLite file format, 1.3)."""

TRIGGERS = (
    "CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements "
    "BEGIN SELECT RAISE(ABORT, 'judgements are only added'); END",
    "CREATE TRIGGER judgements_are_kept BEFORE DELETE ON judgements "
    "BEGIN SELECT RAISE(ABORT, 'judgements are only added'); END",
    "CREATE TRIGGER outcomes_stay BEFORE UPDATE ON outcomes "
    "BEGIN SELECT RAISE(ABORT, 'outcomes are only added'); END",
    "CREATE TRIGGER outcomes_are_kept BEFORE DELETE ON outcomes "
    "BEGIN SELECT RAISE(ABORT, 'outcomes are only added'); END",
    "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END",
    "CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END",
    "CREATE TRIGGER captures_stay BEFORE UPDATE ON captures "
    "BEGIN SELECT RAISE(ABORT, 'captures are never changed'); END",
)


class SqliteStore(
    Evidence,
    Readings,
    Links,
    Outbox,
    Inbox,
    Pages,
    Feeds,
    Forecasts,
    Foretold,
    People,
    Users,
    Attempts,
    Doubts,
    Ties,
    ClaimNews,
    Dyads,
):
    """`base.Store` in an SQLite file."""

    def _highest(self, connection: Connection, table: str) -> int:
        given = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return int(connection.execute(given, {"name": table}).scalar() or 0)


def open_sqlite(path: Path, timeout: float) -> SqliteStore:
    """The store at ``path``, made where there is none, upgraded where it is older.

    ``timeout`` is how long, in seconds, to wait for another process that writes.
    """
    name = str(path)
    is_new = _check_file(path, name)
    engine = _engine(path, timeout)
    archive = Archive(path.with_name(f"{path.name}.captures"))
    store = SqliteStore(engine, name, fts.SqliteFullText(), archive)
    try:
        if is_new:
            _create(engine)
        _settle_version(engine, name, store)
        _write_ahead(path, timeout)
    except SQLAlchemyError as error:
        engine.dispose()
        raise StoreError(f"{name}: {reason(error)}") from error
    except BaseException:
        engine.dispose()
        raise
    return store


def _check_file(path: Path, name: str) -> bool:
    """True where a store is to be made. StoreError, the file untouched, where something else is there."""
    if "\0" in name:
        raise StoreError("the path of the store holds a null character: check it")
    try:
        if path.is_dir():
            raise StoreError(f"{name}: is a folder: give a file for the store")
        if not path.parent.is_dir():
            raise StoreError(f"{name}: its folder does not exist: make it first")
        if not path.exists():
            return True
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise StoreError(f"{name}: cannot be read ({error.strerror}): check its permissions") from error
    if not header:
        return True
    if not header.startswith(_MAGIC):
        raise StoreError(f"{name}: is not a store: give another path, or a new one to make a store")
    if len(header) < _HEADER or int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise StoreError(f"{name}: is a database of another program, not a store: give another path")
    return False


def _engine(path: Path, timeout: float) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, timeout),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=56,
        pool_timeout=timeout,
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _: Any) -> None:
        # In WAL, NORMAL loses nothing to a killed process; a power cut may take the last transactions.
        for pragma in (
            "foreign_keys = ON",
            "synchronous = NORMAL",
            "temp_store = MEMORY",
            "cache_size = -16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer asks for the lock at once: a reader that turns writer may be refused without waiting.
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _connect(path: Path, timeout: float) -> sqlite3.Connection:
    # No isolation level: transactions begin where `_begin` says so, not where Python's driver thinks best.
    return sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)


def _write_ahead(path: Path, timeout: float) -> None:
    """Readers and a writer at once. The mode stays with the file; while another process creates the store it
    cannot be set, and that process sets it."""
    connection = _connect(path, timeout)
    try:
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _create(engine: Engine) -> None:
    """The whole schema in one transaction, before the change to WAL: killed half-way, the file stays
    empty."""
    with engine.execution_options(immediate=True).begin() as connection:
        if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
            return  # another process was faster
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        schema.metadata.create_all(connection, checkfirst=False)
        for statement in (fts.CLAIMS, *TRIGGERS, fts.NEWEST, fts.DOCUMENTS):
            connection.exec_driver_sql(statement)
        connection.execute(schema.revision.insert().values(version_num=schema.REVISION))


def _settle_version(engine: Engine, name: str, store: SqliteStore) -> None:
    """Upgrade an older schema; StoreError for one that this program does not know."""
    with engine.begin() as connection:
        found = _version(connection, name)
    if found == schema.REVISION:
        return
    from allegata.store.refilling import refill
    from allegata.store.upgrading import upgrade

    _log.warning("%s: made by an older version, is brought up to date; a large store takes minutes", name)
    with engine.execution_options(immediate=True).begin() as connection:
        if _version(connection, name) != schema.REVISION:
            upgrade(connection)
            refill(connection, store, name, found)


def _version(connection: Connection, name: str) -> str:
    exists = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
    found = None
    if exists.scalar():
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None:
        raise StoreError(f"{name}: the store is incomplete: restore it from a copy, or delete it")
    if found not in schema.REVISIONS:
        raise StoreError(
            f"{name}: was made by a newer Allegata (schema {found}): upgrade Allegata to open it"
        )
    return str(found)
