"""The backends that the conformance suite runs over, and small values to put into them."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from allegata.model import Capture, Claim, Document, Mention, OriginCount, Place, Reading, Sentence
from allegata.store import Store, open_store
from allegata.store.sqlite import APPLICATION_ID
from allegata.store.upgrading import upgrade

Open = Callable[[], Store]


def sqlite_opener(folder: Path) -> Open:
    return lambda: open_store(str(folder / "case.db"), timeout=1.0)


BACKENDS: dict[str, Callable[[Path], Open]] = {"sqlite": sqlite_opener}
"""Name -> how to make an opener of one store in a folder. Another backend joins the suite here."""


@pytest.fixture(params=sorted(BACKENDS))
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens the same store each time."""
    return BACKENDS[request.param](tmp_path)


@pytest.fixture
def store(opener: Open) -> Iterator[Store]:
    made = opener()
    yield made
    made.close()


def capture_of(body: bytes, url: str | None = "https://paper.example/a") -> Capture:
    return Capture(
        sha256=hashlib.sha256(body).hexdigest(),
        url_asked=url,
        url_reached=url,
        retrieved="2025-03-01T10:00:00+00:00",
        tool="test/1",
        media_type="text/html",
        size=len(body),
        status=200,
        headers=(("etag", '"x"'), ("date", "today")),
    )


def document_of(document_id: str, text: str = "The mayor denied it.", **fields: object) -> Document:
    return Document(id=document_id, text=text, **fields)  # type: ignore[arg-type]


def reading_of(document: Document, reader: str = "reader-1") -> Reading:
    return Reading(document, (Sentence(0, len(document.text), "main_event", True),), reader=reader)


def claim_of(
    claim_id: str,
    documents: tuple[str, ...],
    proposition: str = "The harbour company dumped oil in the bay",
    *,
    accuser: str | None = "Fishermen's union",
    accused: str | None = "Harbour company",
    act: str | None = "COERCE",
    country: str | None = "HRV",
    first_seen: str | None = "2025-03-01",
    last_seen: str | None = "2025-03-02T08:00:00+02:00",
    outlets: tuple[str, ...] = ("Paper",),
    speakers: tuple[str, ...] = ("Ana Horvat",),
) -> Claim:
    mentions = tuple(
        Mention(d, None, outlets[n % len(outlets)], first_seen, "allege", speakers)
        for n, d in enumerate(documents)
    )
    place = Place(0, 3, "Kvarner Bay", country=country) if country else None
    return Claim(
        claim_id, proposition, act, accuser, accused, place, first_seen, last_seen, mentions, (),
        OriginCount(1, 1, 1, 0, 0),
    )  # fmt: skip


def fill(store: Store, *ids: str) -> int:
    """Documents with readings; gives the run."""
    run = store.start_run("test", "")
    for document_id in ids:
        document, _ = store.put_document(document_of(document_id, f"Text of {document_id}."))
        store.put_reading(reading_of(document), run)
    return run


def made_by_migrations(path: Path, revision: str) -> None:
    """An empty store as it was at a revision."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        upgrade(connection, revision)
    engine.dispose()


def set_back(path: Path, revision: str) -> None:
    """Take what a later revision brought out of a store; its columns stay."""
    before = path.with_name(f"at-{revision}.db")
    made_by_migrations(before, revision)
    with closing(sqlite3.connect(before)) as older, closing(sqlite3.connect(path)) as connection:
        listed = "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL"
        for kind in ("table", "index"):
            known = {name for (name,) in older.execute(listed, (kind,))}
            for name in {name for (name,) in connection.execute(listed, (kind,))} - known:
                connection.execute(f'DROP {kind} "{name}"')
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()
