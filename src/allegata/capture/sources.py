"""A path, an address or standard input to Items: the one way in."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from allegata.capture import sniffing
from allegata.capture.items import (
    DEFAULT_LIMITS,
    CaptureError,
    Item,
    Limits,
    Refusal,
    Retrieval,
    now,
    tool_name,
)
from allegata.capture.streams import GZIP, Inflated, Peeked, read_all, too_large, unzip


def open_source(
    source: str,
    *,
    allow_private: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    stdin: bytes | BinaryIO | None = None,
) -> Iterator[Item | Refusal]:
    """An Item for each Document of ``source``, a Refusal for each that cannot be read.

    ``source`` is a path, an http(s) address, or "-" for ``stdin`` (bytes or a stream; by default the
    process's own). Raises CaptureError, as the iteration starts, where the source cannot be read as a whole;
    the message begins with the source.
    """
    try:
        if source == "-":
            yield from _from_stdin(stdin, limits)
        elif _is_address(source):
            yield from _from_web(source, allow_private, limits)
        else:
            yield from _from_file(source, limits)
    except CaptureError as error:
        name = "standard input" if source == "-" else _one_line(source)
        raise CaptureError(f"{name}: {error}") from error


def _is_address(source: str) -> bool:
    scheme, mark, _ = source.partition("://")
    return bool(mark) and scheme.isalnum()


def _one_line(source: str) -> str:
    return " ".join(source.split())[:200].encode("utf-8", "replace").decode()


def _from_web(url: str, allow_private: bool, limits: Limits) -> Iterator[Item | Refusal]:
    from allegata.capture.fetching import fetch

    body, retrieval = fetch(url, limits, allow_private)
    if not body:
        raise CaptureError("is empty: there is nothing to read")
    yield from read_stream(io.BytesIO(body), retrieval, limits)


def _from_stdin(stdin: bytes | BinaryIO | None, limits: Limits) -> Iterator[Item | Refusal]:
    stream: BinaryIO = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin or sys.stdin.buffer
    retrieval = Retrieval("standard input", "", tool_name(), now())
    yield from read_stream(stream, retrieval, limits)


def _from_file(source: str, limits: Limits) -> Iterator[Item | Refusal]:
    path = Path(source)
    try:
        if path.is_dir():
            raise CaptureError("is a folder: give the files in it")
        resolved = path.resolve()
        with path.open("rb") as stream:
            address = resolved.as_uri()
            retrieval = Retrieval(
                path.name, str(resolved), tool_name(), now(), url_asked=address, url_reached=address
            )
            yield from read_stream(stream, retrieval, limits, path.stat().st_size)
    except FileNotFoundError as error:
        raise CaptureError("there is no such file: check the path") from error
    except PermissionError as error:
        raise CaptureError("may not be read: check its permissions") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a valid path"
        raise CaptureError(f"cannot be read ({reason}): check the path") from error


def read_stream(
    stream: BinaryIO, retrieval: Retrieval, limits: Limits, size: int = 0
) -> Iterator[Item | Refusal]:
    """What a stream holds, by its kind. ``size`` in bytes where known, to refuse a huge page unread."""
    peeked = Peeked(stream)
    name = retrieval.url_reached or retrieval.label
    whole: io.RawIOBase = peeked
    if peeked.head.startswith(GZIP):
        peeked = Peeked(Inflated(peeked, limits))
        whole, size = peeked, 0
        if peeked.head.startswith(GZIP):
            raise CaptureError("is packed twice with gzip: unpack it once")
    if not peeked.head:
        raise CaptureError("is empty: there is nothing to read")
    if reason := sniffing.refusal(peeked.head):
        raise CaptureError(reason)
    kind = sniffing.kind_of(peeked.head, name, retrieval.media_type)
    buffered: io.BufferedIOBase = io.BufferedReader(whole)
    if kind == "warc":
        from allegata.capture.warc import read_warc

        yield from read_warc(buffered, retrieval, limits, lambda b, r: read_body(b, r, limits))
    elif kind == "lines":
        from allegata.capture.lines import read_lines

        yield from _not_empty(read_lines(buffered, retrieval, limits))
    else:
        if size > limits.page:
            raise CaptureError(too_large(limits.page))
        yield from read_body(read_all(buffered, limits.page), retrieval, limits, kind)


def read_body(
    body: bytes, retrieval: Retrieval, limits: Limits, kind: str | None = None
) -> Iterator[Item | Refusal]:
    """One page, text or feed, held in memory."""
    if body.startswith(GZIP):
        body = unzip(body, limits)
    if reason := sniffing.refusal(body[:64]):
        raise CaptureError(reason)
    if kind is None:
        kind = sniffing.kind_of(body[:8_192], retrieval.url_reached or retrieval.label, retrieval.media_type)
    if kind == "feed":
        from allegata.capture.feeds import read_feed

        yield from read_feed(body, retrieval)
        return
    capture = retrieval.capture(body, "text/html" if kind == "html" else "text/plain")
    if not retrieval.key:
        # Standard input has no name to tell it by: its content does.
        retrieval = replace(retrieval, key=capture.sha256)
    if kind == "html":
        from allegata.capture.pages import read_page

        document = read_page(body, retrieval)
    else:
        from allegata.capture.plain import read_text

        document = read_text(body, retrieval)
    yield Item(capture, body, replace(document, capture=capture.sha256))


def _not_empty(items: Iterator[Item | Refusal]) -> Iterator[Item | Refusal]:
    found = False
    for item in items:
        found = True
        yield item
    if not found:
        raise CaptureError("is empty: there is nothing to read")
