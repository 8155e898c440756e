"""What the parts of a store share: transactions, names of documents, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from sqlalchemy import BindParameter, Connection, Engine, bindparam, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from allegata.capture.archive import Archive
from allegata.store import schema
from allegata.store.base import StoreError
from allegata.store.bits import Bits

T = TypeVar("T")

CHUNK = 500
"""Values in one IN list: well under SQLite's bound on variables (999 before 3.32)."""


class FullText(Protocol):
    """The full-text index of a backend. Every method works inside the caller's transaction."""

    def put_document(
        self, connection: Connection, number: int, title: str, text: str, old: tuple[str, str] | None
    ) -> None:
        """Index a document's newest version in place of ``old`` (title, text)."""

    def put_claim(self, connection: Connection, number: int, fields: dict[str, str]) -> None:
        """Index the words of a claim, by field."""

    def drop_claims(self, connection: Connection, numbers: Sequence[int]) -> None: ...

    def claims(self, connection: Connection, words: str, typing: bool, near: Bits | None) -> Bits | None:
        """The claims that have all the words, or, where none of ``near`` has, those of ``near`` that have the
        most. While ``typing``, the last word may be the beginning of one; None where that says nothing
        yet."""

    def claims_naming(self, connection: Connection, field: str, value: str) -> Bits:
        """The claims that have the words of ``value`` as a phrase in a field."""

    def documents(self, connection: Connection, text: str, limit: int) -> list[int]:
        """Numbers of documents that match, best first; newest first where the words are common."""


class Database:
    """A connection pool with its full-text index and archive. The parts of the store build on it."""

    def __init__(self, engine: Engine, name: str, full_text: FullText, archive: Archive) -> None:
        self._engine = engine
        self._writer = engine.execution_options(immediate=True)
        self._name = name
        self._full_text = full_text
        self._archive = archive

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._plain_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction, which holds the right to write from its beginning."""
        with self._plain_errors(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(f"{self._name}: {reason(error)}") from error
        except UnicodeEncodeError as error:
            raise StoreError(
                f"{self._name}: a text holds half a character (a lone surrogate): replace it first"
            ) from error

    def close(self) -> None:
        self._engine.dispose()

    def _highest(self, connection: Connection, table: str) -> int:
        """The highest number that was ever given to a row of ``table``; 0 where the backend does not know."""
        return 0

    def _numbers(self, connection: Connection, ids: Iterable[str]) -> dict[str, int]:
        return numbers_of(connection, ids)

    def _all_numbers(self, connection: Connection, ids: Iterable[str]) -> dict[str, int]:
        """As `_numbers`; KeyError with the first id that is unknown."""
        wanted = list(ids)
        found = self._numbers(connection, wanted)
        for document_id in wanted:
            if document_id not in found:
                raise KeyError(document_id)
        return found

    def _ids(self, connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
        """number -> id."""
        table = schema.documents
        out: dict[int, str] = {}
        for chunk in chunks(sorted(set(numbers))):
            rows = connection.execute(select(table.c.number, table.c.id).where(table.c.number.in_(chunk)))
            out.update(map(tuple, rows))
        return out


def numbers_of(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """id -> number, for the documents that there are."""
    table = schema.documents
    out: dict[str, int] = {}
    for chunk in chunks(sorted(set(ids))):
        rows = connection.execute(select(table.c.id, table.c.number).where(table.c.id.in_(chunk)))
        out.update(map(tuple, rows))
    return out


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """``values`` in pieces that fit an IN list. The last is filled up with its own last value, to full pieces
    of a few lengths, so that the database sees few different statements."""
    for piece in _pieces(values):
        size = len(piece)
        full = CHUNK if size > 64 else 64 if size > 8 else 8 if size > 1 else 1
        yield [*piece, *[piece[-1]] * (full - size)]


def _pieces(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def these(numbers: Sequence[int]) -> BindParameter[Sequence[int]]:
    """Numbers as they are written into a statement: there may be more than it has room for parameters."""
    return bindparam("these", numbers, expanding=True, literal_execute=True)


def now() -> str:
    """The time of a row: ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def reason(error: SQLAlchemyError) -> str:
    """What went wrong and what to do, in one line."""
    text = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
    low = text.lower()
    if "locked" in low or "busy" in low:
        return "the store is in use by another process: try again when that is done"
    if "readonly" in low or "read-only" in low:
        return "the store may only be read: make the file and its folder writable"
    if "disk is full" in low or "disk i/o" in low:
        return "the disk is full or failing: make room and try again"
    if "malformed" in low or "corrupt" in low or "not a database" in low:
        return "the store is damaged: restore it from a copy"
    if "unable to open" in low:
        return "the store cannot be opened: check the path and its permissions"
    return f"the store failed ({text[:200]})"
