"""What capture gives and takes: an `Item` a Document, a `Refusal` for one that cannot be read, and limits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from allegata.model import Capture, Document


class CaptureError(Exception):
    """A source that cannot be read as a whole. The message is one line: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read. Sizes in bytes, times in seconds."""

    page: int = 20_000_000
    """One page, one text, one line of JSON Lines, one record of a WARC, one feed, after decompression."""
    download: int = 500_000_000
    """A collection (JSON Lines, WARC) fetched from the web."""
    expansion: int = 200
    """Decompressed bytes for each compressed one. News text gains 3 to 10, a bomb up to 1,032 (DEFLATE)."""
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    redirects: int = 5


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How the bytes were come by, before it is known what they hold.

    ``label`` names the source in messages; ``address`` is the URL of a page from the web; ``key`` tells one
    source that has no address from another (a resolved path), so that its Document keeps its id when edited.
    """

    label: str
    key: str
    tool: str
    retrieved: str
    address: str | None = None
    url_asked: str | None = None
    url_reached: str | None = None
    media_type: str | None = None
    charset: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def capture(self, body: bytes, media_type: str | None = None) -> Capture:
        """The Capture that ``body`` is."""
        return Capture(
            sha256=hashlib.sha256(body).hexdigest(),
            url_asked=self.url_asked,
            url_reached=self.url_reached,
            retrieved=self.retrieved,
            tool=self.tool,
            media_type=self.media_type or media_type,
            size=len(body),
            status=self.status,
            headers=self.headers,
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One Document with the Capture it was read from and that Capture's bytes."""

    capture: Capture
    body: bytes
    document: Document


@dataclass(frozen=True, slots=True)
class Refusal:
    """One item of a collection that was not read. ``reason`` is one line: what is wrong and what to do."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


def now() -> str:
    """The time of a retrieval: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@cache
def tool_name() -> str:
    """Name and version of this program, as Captures record it."""
    try:
        return f"allegata/{version('allegata')}"
    except PackageNotFoundError:
        return "allegata"


def megabytes(size: int) -> str:
    """A size for a person: ``20 MB``."""
    return f"{size / 1_000_000:.0f} MB" if size >= 1_000_000 else f"{size} bytes"
