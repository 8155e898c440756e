"""Documents in their versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from allegata.contract import to_plain
from allegata.model import Document, Embed, Link, Span
from allegata.store import schema
from allegata.store.base import Put
from allegata.store.database import Database, chunks, now, these
from allegata.store.foretold import put_foretold
from allegata.store.tellings import put_deeds

_BATCH = 500
_heads, _versions = schema.documents, schema.document_versions
_FIELDS = tuple(f.name for f in fields(Document))
_LINKS, _EMBEDS = _FIELDS.index("links"), _FIELDS.index("embeds")
_VERSION = tuple(_heads.c.id if name == "id" else _versions.c[name] for name in _FIELDS)
"""What makes a Document, in the order of its fields."""
_NEWEST = (
    select(*_VERSION, _heads.c.number, _versions.c.digest)
    .join(_versions, _versions.c.document == _heads.c.number)
    .where(_versions.c.version == _heads.c.newest)
)
_NEWEST_HEADS = (
    select(*(c for c in _VERSION if c.name not in ("text", "links", "embeds")))
    .join(_versions, _versions.c.document == _heads.c.number)
    .where(_versions.c.version == _heads.c.newest)
)


class Documents(Database):
    """The part of the store that holds what Captures contain."""

    def put_document(self, document: Document) -> tuple[Document, Put]:
        digest = digest_of(document)
        with self._writing() as connection:
            head = connection.execute(
                select(_heads.c.number, _heads.c.newest).where(_heads.c.id == document.id)
            ).first()
            if head is None:
                number = int(
                    connection.execute(
                        insert(_heads)
                        .values(id=document.id, newest=1, linked=False, added=now())
                        .returning(_heads.c.number)
                    ).scalar_one()
                )
                stored = replace(document, version=1)
                self._put_version(connection, number, stored, digest, None)
                return stored, "new"
            held = connection.execute(_NEWEST.where(_heads.c.number == head.number)).one()
            if held.digest == digest:
                return _document(held), "same"
            stored = replace(document, version=head.newest + 1)
            connection.execute(
                update(_heads).where(_heads.c.number == head.number).values(newest=stored.version)
            )
            self._put_version(connection, head.number, stored, digest, (held.title or "", held.text))
            for put in (put_deeds, put_foretold):
                put(connection, head.number, None)  # the new version is still to be read
            return stored, "version"

    def _put_version(
        self,
        connection: Connection,
        number: int,
        document: Document,
        digest: str,
        old: tuple[str, str] | None,
    ) -> None:
        connection.execute(
            insert(_versions).values(
                document=number,
                version=document.version,
                digest=digest,
                added=now(),
                url=document.url,
                outlet=document.outlet,
                author=document.author,
                title=document.title,
                published=document.published,
                language=document.language,
                kind=document.kind,
                text=document.text,
                links=_json(document.links),
                embeds=_json(document.embeds),
                capture=document.capture,
            )
        )
        self._full_text.put_document(connection, number, document.title or "", document.text, old)

    def document(self, document_id: str, version: int | None = None) -> Document | None:
        query = _NEWEST.where(_heads.c.id == document_id)
        if version is not None:
            query = (
                select(*_VERSION)
                .join(_versions, _versions.c.document == _heads.c.number)
                .where(_heads.c.id == document_id, _versions.c.version == version)
            )
        with self._reading() as connection:
            row = connection.execute(query).first()
        return _document(row) if row else None

    def versions(self, document_id: str) -> list[Document]:
        """All versions, the oldest first."""
        query = (
            select(*_VERSION)
            .join(_versions, _versions.c.document == _heads.c.number)
            .where(_heads.c.id == document_id)
            .order_by(_versions.c.version)
        )
        with self._reading() as connection:
            return [_document(row) for row in connection.execute(query)]

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        if ids is None:
            yield from self._every_document()
            return
        with self._reading() as connection:
            numbers = sorted(self._numbers(connection, ids).values())
        for start in range(0, len(numbers), _BATCH):
            wanted = _heads.c.number.in_(these(numbers[start : start + _BATCH]))
            with self._reading() as connection:
                rows = connection.execute(_NEWEST.where(wanted).order_by(_heads.c.number)).all()
            yield from map(_document, rows)

    def heads(self, ids: Iterable[str]) -> dict[str, Document]:
        out: dict[str, Document] = {}
        with self._reading() as connection:
            for chunk in chunks(sorted(set(ids))):
                rows = connection.execute(_NEWEST_HEADS.where(_heads.c.id.in_(chunk))).all()
                out.update((row[0], _head(row)) for row in rows)
        return out

    def _every_document(self) -> Iterator[Document]:
        after = 0
        while found := self.documents_after(after, _BATCH):
            yield from (document for _, document in found)
            after = found[-1][0]

    def documents_after(self, after: int, limit: int) -> list[tuple[int, Document]]:
        """Newest versions of those added after the document with number ``after``, with their numbers."""
        with self._reading() as connection:
            rows = connection.execute(
                _NEWEST.where(_heads.c.number > after).order_by(_heads.c.number).limit(limit)
            ).all()
        return [(row.number, _document(row)) for row in rows]

    def count_documents(self) -> int:
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(_heads)).scalar_one())

    def search_documents(self, text: str, limit: int = 50) -> list[str]:
        """Ids of documents whose title or text has all words of ``text``: best first, or, where the words are
        common, newest first."""
        with self._reading() as connection:
            numbers = self._full_text.documents(connection, text, limit)
            ids = self._ids(connection, numbers)
        return [ids[number] for number in numbers if number in ids]


def digest_of(document: Document) -> str:
    """SHA-256 of all that a reader sees of a document; not of its id, capture and version."""
    content = to_plain(replace(document, id="", capture=None, version=0))
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
    ).hexdigest()


def _json(values: tuple[Link, ...] | tuple[Embed, ...]) -> str:
    return json.dumps(to_plain(values), ensure_ascii=False, separators=(",", ":")) if values else "[]"


def _document(row: Sequence[Any]) -> Document:
    values = list(row[: len(_VERSION)])
    for at, make in ((_LINKS, _link), (_EMBEDS, _embed)):
        values[at] = tuple(map(make, json.loads(values[at]))) if values[at] != "[]" else ()
    return Document(*values)


def _head(row: Sequence[Any]) -> Document:
    name, url, outlet, author, title, published, language, kind, capture, version = row
    return Document(
        name, "", url, outlet, author, title, published, language, kind, capture=capture, version=version
    )


def _link(value: dict[str, Any]) -> Link:
    return Link(value["url"], value["text"], _span(value["span"]))


def _embed(value: dict[str, Any]) -> Embed:
    return Embed(**{**value, "span": _span(value["span"])})


def _span(value: list[int] | None) -> Span | None:
    return (value[0], value[1]) if value else None
