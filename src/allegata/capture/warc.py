"""WARC: each page, text or feed that was archived, with the time and address of its retrieval."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from allegata.capture import identity
from allegata.capture.items import CaptureError, Item, Limits, Refusal, Retrieval
from allegata.capture.streams import too_large

Reader = Callable[[bytes, Retrieval], Iterator[Item | Refusal]]
_TEXTS = ("text/html", "application/xhtml", "text/plain", "application/rss", "application/atom", "text/xml")
_HEADERS = frozenset(("content-type", "content-language", "last-modified", "date", "etag", "server"))
_LONGEST_HEADER = 65_536


def read_warc(
    stream: io.BufferedIOBase, retrieval: Retrieval, limits: Limits, read_body: Reader
) -> Iterator[Item | Refusal]:
    """Items of all records that hold text and were served with success; others (images, errors) are passed
    over.

    ``read_body`` reads one payload by its kind. A record that is broken ends the reading, with a Refusal.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    count = 0
    records = ArchiveIterator(
        stream,
        record_types=wanted,
        parse_http=True,
        auto_decode="all",
        max_header_len=_LONGEST_HEADER,
        fsspec_args=False,
    )
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            count += 1
            found = _retrieval(record, retrieval)
            if found is None:
                continue
            if record.content_length > 10 * limits.page:
                yield Refusal(found.label, too_large(limits.page))
                continue
            body = record.reader.read(limits.page + 1)
        except CaptureError as error:
            yield Refusal(f"{retrieval.label}, record {count + 1}", str(error))
            return
        except (ValueError, OSError, RuntimeError, EOFError):
            yield Refusal(
                f"{retrieval.label}, record {count + 1}", "the WARC is broken or cut off here: get it again"
            )
            return
        if len(body) > limits.page:
            yield Refusal(found.label, too_large(limits.page))
        elif body:
            yield from _read(body, found, read_body)
    if not count:
        raise CaptureError("is a WARC without records of pages: there is nothing to read")


def _read(body: bytes, found: Retrieval, read_body: Reader) -> Iterator[Item | Refusal]:
    try:
        yield from read_body(body, found)
    except CaptureError as error:
        yield Refusal(found.label, str(error))


def _retrieval(record: Any, whole: Retrieval) -> Retrieval | None:
    """How the record's payload was got, or None where it is no text or was an error."""
    headers: dict[str, str] = {}
    status = None
    if record.http_headers is not None:
        status = record.http_headers.status_code
        headers = {str(k).lower(): str(v) for k, v in record.http_headers.items()}
        if status is not None and status != 200:
            return None
    declared = headers.get("content-type") or record.headers.get("Content-Type", "")
    media_type = declared.split(";")[0].strip().lower()
    if media_type and not media_type.startswith(_TEXTS):
        return None
    target = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    address = identity.clean_url(target)
    retrieved = record.headers.get("WARC-Date") or whole.retrieved
    return replace(
        whole,
        label=address or f"{whole.label}, {record.record_id}",
        key=address or f"{whole.key} {record.record_id}",
        retrieved=retrieved,
        address=address,
        url_asked=target or None,
        url_reached=target or None,
        media_type=media_type or None,
        charset=_charset(declared),
        status=status,
        headers=tuple((k, v[:1_000]) for k, v in headers.items() if k in _HEADERS),
    )


def _charset(declared: str) -> str | None:
    name = declared.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    return name or None
