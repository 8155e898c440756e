"""Streams that end: reads up to a bound, gzip that cannot grow without measure, a look at the first bytes."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from allegata.capture.items import CaptureError, Limits, megabytes

GZIP = b"\x1f\x8b"
_CHUNK = 65_536
_FREE_EXPANSION = 100_000_000
"""Below this many bytes the ratio is not looked at: a short page of one repeated word is no bomb."""


class Peeked(io.RawIOBase):
    """A stream whose first bytes have been looked at and are given again."""

    def __init__(self, stream: BinaryIO | io.RawIOBase, head_size: int = 8_192) -> None:
        self._stream = stream
        parts: list[bytes] = []
        missing = head_size
        while missing > 0:
            part = stream.read(missing)
            if not part:
                break
            parts.append(part)
            missing -= len(part)
        self.head = b"".join(parts)
        self._pending = memoryview(self.head)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._pending:
            count = min(len(buffer), len(self._pending))
            buffer[:count] = self._pending[:count]
            self._pending = self._pending[count:]
            return count
        data = self._stream.read(len(buffer)) or b""
        buffer[: len(data)] = data
        return len(data)


class Inflated(io.RawIOBase):
    """gzip (one member or many) as its content. Raises CaptureError where it is broken, cut off or a bomb."""

    def __init__(self, stream: BinaryIO | io.RawIOBase, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._inflater = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._taken = 0
        self._given = 0
        self._open = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), _CHUNK)
        while True:
            if not self._waiting:
                self._waiting = self._stream.read(_CHUNK) or b""
                self._taken += len(self._waiting)
                if not self._waiting:
                    if self._open:
                        raise CaptureError("the gzip data ends early: the file is cut off, get it again")
                    return 0
            data = self._inflate(wanted)
            if data:
                self._count(len(data))
                buffer[: len(data)] = data
                return len(data)

    def _inflate(self, wanted: int) -> bytes:
        self._open = True
        try:
            data = self._inflater.decompress(self._waiting, wanted)
        except zlib.error as error:
            raise CaptureError("the gzip data is damaged: get the file again") from error
        self._waiting = self._inflater.unconsumed_tail
        if self._inflater.eof:
            # Members follow each other (WARC has one a record); zeros may pad the end of the file.
            self._waiting = self._inflater.unused_data.lstrip(b"\0")
            self._inflater = zlib.decompressobj(wbits=31)
            self._open = bool(self._waiting)
        return data

    def _count(self, size: int) -> None:
        self._given += size
        if self._given > _FREE_EXPANSION and self._given > self._taken * self._limits.expansion:
            raise CaptureError(
                f"the gzip data grows more than {self._limits.expansion} times when unpacked: "
                "unpack it yourself if you trust it"
            )


def read_all(stream: io.RawIOBase | io.BufferedIOBase | BinaryIO, limit: int) -> bytes:
    """The whole stream. Raises CaptureError, having read no further, when it is longer than ``limit``."""
    parts: list[bytes] = []
    size = 0
    while True:
        part = stream.read(min(_CHUNK, limit + 1 - size))
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > limit:
            raise CaptureError(too_large(limit))


def too_large(limit: int) -> str:
    """The line for a page over the limit."""
    return f"is larger than {megabytes(limit)}: split it, or give the part that holds the text"


def unzip(data: bytes, limits: Limits) -> bytes:
    """Decompressed ``data``, at most a page of it."""
    return read_all(Inflated(io.BytesIO(data), limits), limits.page)
