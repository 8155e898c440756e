"""JSON Lines: one line of any value, the export of a store, and its documents back in.

An export begins with a line that says what it is; then come ``document`` records (every version, oldest
first), ``reading`` records and ``claim`` records, each named in its ``record`` field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allegata.contract import claim_json, from_plain, reading_json, to_plain
from allegata.model import Document
from allegata.store.base import ClaimQuery, Store

FORMAT = "allegata-export"
VERSION = 1
HEAD = 4096
"""Bytes of a file's first line that are looked at to tell an export."""

PAGE = 500
"""Claims fetched at a time."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = {ord("\x85"): "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Characters that JSON lets stand and many a reader of lines breaks at."""


class ExchangeError(Exception):
    """A file that cannot be taken in. The message is one line: what is wrong and what to do."""


def line(value: Any) -> str:
    """``value`` as one line of JSON, with its line end. A lone surrogate becomes U+FFFD, one character for
    one, so that the line can be encoded and every span stays true."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _SURROGATE.sub("\ufffd", text).translate(_LINE_ENDS) + "\n"


def export_records(store: Store) -> Iterator[dict[str, Any]]:
    """Everything that was read and linked, one record at a time. Captured bytes stay with the store."""
    yield {"record": FORMAT, "version": VERSION}
    for document in store.documents():
        for version in store.versions(document.id):
            yield {"record": "document", **to_plain(version)}
    for document in store.documents():
        reading = store.reading(document.id)
        if reading is not None:
            plain = reading_json(reading)
            del plain["document"], plain["text"]
            key = {"document": document.id, "version": reading.document.version, "reader": reading.reader}
            yield {"record": "reading", **key, **plain}
    offset = 0
    while claims := store.claims(ClaimQuery(limit=PAGE, offset=offset)):
        for claim in claims:
            yield {"record": "claim", **claim_json(claim)}
        offset += len(claims)


def is_export(path: Path) -> bool:
    """True where the file's first line says that it is an export of ours."""
    try:
        with path.open("rb") as file:
            first = json.loads(file.readline(HEAD))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.get("record") == FORMAT


def exported_documents(path: Path) -> Iterator[Document]:
    """The Documents of an export, in its order. Readings and claims are passed over: they are made anew.

    Raises ExchangeError at the first line that is not what an export holds.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            try:
                record = json.loads(raw)
                if number == 1 and record["version"] > VERSION:
                    raise ExchangeError("was written by a newer Allegata; upgrade to read it")
                if record["record"] == "document":
                    yield _document(record)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise ExchangeError(
                    f"line {number} is no record of an export; export the store anew"
                ) from error


def _document(record: dict[str, Any]) -> Document:
    words = [record.get(name) for name in ("url", "outlet", "author", "title", "published", "language")]
    if not all(isinstance(record[name], str) for name in ("id", "text", "kind")) or not all(
        isinstance(w, str | None) for w in words
    ):
        raise TypeError("a document has an id, a text, and words in its other fields")
    return from_plain(Document, record)
