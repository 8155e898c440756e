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
    source = _Positioned(stream)
    records = _records(source)
    count = 0
    while True:
        place = f"{retrieval.label}, record {count + 1}"
        try:
            record = _whole(lambda: next(records, None))
            if record is None:
                break
            count += 1
            found = _retrieval(record, retrieval)
            if found is None:
                continue
            if record.content_length > 10 * limits.page:
                yield Refusal(found.label, too_large(limits.page))
                continue
            body = _whole(lambda: record.reader.read(limits.page + 1))  # noqa: B023 (called at once)
        except CaptureError as error:
            yield Refusal(place, str(error))
            return
        if len(body) > limits.page:
            yield Refusal(found.label, too_large(limits.page))
        elif _is_cut_off(record, body):
            yield Refusal(found.label, "the record is cut off: get the WARC again")
        elif body:
            yield from _read(body, found, read_body)
    if not source.ended_whole:
        yield Refusal(retrieval.label, "the WARC is cut off within its last record: get it again")
    elif not count:
        raise CaptureError("is a WARC without records of pages: there is nothing to read")


class _Positioned:
    """What fastwarc needs of a stream: to read, and to know where it is."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self._position = 0
        self._tail = b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._position += len(data)
        self._tail = (self._tail + data[-4:])[-4:]
        return data

    @property
    def ended_whole(self) -> bool:
        """True where the last bytes are the empty lines that end a record; fastwarc drops half a record."""
        return self._tail.endswith((b"\r\n\r\n", b"\n\n"))

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a stream that is read once cannot go back")

    def close(self) -> None:
        """Whoever opened the stream closes it."""


def _records(source: _Positioned) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    records: Iterator[Any] = ArchiveIterator(
        source,
        record_types=WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion,
        parse_http=True,
        auto_decode="all",
        max_header_len=_LONGEST_HEADER,
        fsspec_args=False,
    )
    return records


def _whole(step: Callable[[], Any]) -> Any:
    """The result of a step of fastwarc; CaptureError where it finds the archive broken."""
    try:
        return step()
    except CaptureError:
        raise
    except (ValueError, OSError, RuntimeError, EOFError) as error:
        raise CaptureError("the WARC is broken or cut off here: get it again") from error
    except BaseException as error:
        # A panic of fastwarc's Rust code is no Exception and has no importable class.
        if type(error).__name__ != "PanicException":
            raise
        raise CaptureError("the WARC is broken here: get it again") from error


def _is_cut_off(record: Any, body: bytes) -> bool:
    """True where less came than the record says, as far as it was not packed."""
    headers = record.http_headers
    if headers is None:
        return not body and not record.headers.get("WARC-Target-URI")
    names = {str(name).lower() for name in headers.keys()}  # noqa: SIM118 (no mapping)
    packed = names & {"content-encoding", "transfer-encoding"}
    return not packed and len(body) < record.content_length


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
