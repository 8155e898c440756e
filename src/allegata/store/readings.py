"""Readings of documents, by reader, and which documents wait for one."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, delete, exists, insert, select, update

from allegata.contract import from_plain, to_plain
from allegata.model import Document, Reading
from allegata.store import schema
from allegata.store.database import chunks
from allegata.store.documents import Documents
from allegata.store.foretold import put_foretold
from allegata.store.tellings import put_deeds

_heads, _readings = schema.documents, schema.readings
_LEVEL = 6
_NO_DOCUMENT = {"id": "", "text": ""}


class Readings(Documents):
    """The part of the store that holds what was read."""

    def put_reading(self, reading: Reading, run: int) -> None:
        """KeyError where the store has no such version of the document."""
        document = reading.document
        body = pack(reading)
        with self._writing() as connection:
            number = self._all_numbers(connection, [document.id])[document.id]
            held = select(schema.document_versions.c.version).where(
                schema.document_versions.c.document == number,
                schema.document_versions.c.version == document.version,
            )
            if connection.execute(held).first() is None:
                raise KeyError(f"{document.id}, version {document.version}")
            # Put anew, so that the last put has the highest number.
            connection.execute(
                delete(_readings).where(
                    _readings.c.document == number,
                    _readings.c.version == document.version,
                    _readings.c.reader == reading.reader,
                )
            )
            connection.execute(
                insert(_readings).values(
                    document=number, version=document.version, reader=reading.reader, run=run, body=body
                )
            )
            connection.execute(update(_heads).where(_heads.c.number == number).values(linked=False))
            newest = select(_heads.c.newest).where(_heads.c.number == number)
            if connection.execute(newest).scalar() == document.version:
                put_deeds(connection, number, reading)
                put_foretold(connection, number, reading)

    def reading(self, document_id: str) -> Reading | None:
        query = (
            select(_readings.c.body)
            .join(
                _heads, and_(_heads.c.number == _readings.c.document, _heads.c.newest == _readings.c.version)
            )
            .where(_heads.c.id == document_id)
            .order_by(_readings.c.number.desc())
            .limit(1)
        )
        document = self.document(document_id)
        if document is None:
            return None
        with self._reading() as connection:
            body = connection.execute(query).scalar_one_or_none()
        return unpack(body, document) if body is not None else None

    def readings(self, ids: Sequence[str]) -> list[Reading]:
        documents = {d.id: d for d in self.documents(ids)}
        bodies: dict[str, bytes] = {}
        with self._reading() as connection:
            for chunk in chunks(sorted(documents)):
                query = (
                    select(_heads.c.id, _readings.c.body)
                    .join(
                        _heads,
                        and_(_heads.c.number == _readings.c.document, _heads.c.newest == _readings.c.version),
                    )
                    .where(_heads.c.id.in_(chunk))
                    .order_by(_readings.c.number)
                )
                bodies.update(map(tuple, connection.execute(query)))  # the last put stays
        return [unpack(bodies[i], documents[i]) for i in dict.fromkeys(ids) if i in bodies]

    def unread(self, reader: str) -> list[str]:
        done = exists().where(
            _readings.c.document == _heads.c.number,
            _readings.c.version == _heads.c.newest,
            _readings.c.reader == reader,
        )
        with self._reading() as connection:
            query = select(_heads.c.id).where(~done).order_by(_heads.c.number)
            return list(connection.execute(query).scalars())

    def unlinked(self) -> list[str]:
        read = exists().where(_readings.c.document == _heads.c.number, _readings.c.version == _heads.c.newest)
        with self._reading() as connection:
            query = select(_heads.c.id).where(_heads.c.linked.is_(False), read).order_by(_heads.c.id)
            return list(connection.execute(query).scalars())


def pack(reading: Reading) -> bytes:
    """A Reading without its Document, to be stored."""
    plain = to_plain(replace(reading, document=Document("", "")))
    plain["document"] = _NO_DOCUMENT
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8"), _LEVEL)


def unpack(body: bytes, document: Document) -> Reading:
    """The inverse of `pack`."""
    return replace(from_plain(Reading, json.loads(zlib.decompress(body))), document=document)
