"""Getting a page from the web, within limits of size that depend on what it is."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import httpcore
import httpx

from allegata.capture.exchange import exchange, unpacked
from allegata.capture.identity import clean_url
from allegata.capture.items import CaptureError, Limits, Retrieval, now, tool_name
from allegata.capture.network import Resolve, resolve
from allegata.capture.sniffing import kind_of
from allegata.capture.streams import too_large

_KEPT_HEADERS = frozenset(
    ("content-type", "content-language", "last-modified", "date", "etag", "server", "via", "location")
)
_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain;q=0.9,*/*;q=0.5"
)
_SNIFFED = 4_096


def fetch(
    url: str,
    limits: Limits,
    allow_private: bool = False,
    *,
    resolver: Resolve = resolve,
    connector: httpcore.NetworkBackend | None = None,
) -> tuple[bytes, Retrieval]:
    """The body at ``url``, unpacked, and how it was got. Raises CaptureError with one line."""
    agent = f"{tool_name()} (reads news pages for provenance)"
    return exchange(
        url,
        limits,
        lambda answer, reached: _take(answer, url, reached, limits),
        headers={"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
        allow_private=allow_private,
        resolver=resolver,
        connector=connector,
        late="try again later",
        lost="fetched",
    )


def _take(answer: httpx.Response, asked: str, reached: str, limits: Limits) -> tuple[bytes, Retrieval]:
    if answer.status_code != 200:
        raise CaptureError(f"answered with status {answer.status_code}: check that the page is there")
    kind = answer.headers.get("content-type", "")
    media_type = kind.split(";")[0].strip().lower() or None
    body = io.BytesIO()
    limit = limits.download
    for chunk in unpacked(answer):
        body.write(chunk)
        if body.tell() >= _SNIFFED and limit == limits.download:
            head = body.getvalue()[:_SNIFFED] if body.tell() < 10 * limits.page else b""
            limit = _limit(head, reached, media_type, limits)
        if body.tell() > limit:
            raise CaptureError(too_large(limit))
    content = body.getvalue()
    if len(content) > _limit(content[:_SNIFFED], reached, media_type, limits):
        raise CaptureError(too_large(limits.page))
    headers = tuple(
        (k.lower(), v[:1_000]) for k, v in answer.headers.multi_items() if k.lower() in _KEPT_HEADERS
    )
    return content, Retrieval(
        label=asked,
        key=asked,
        tool=tool_name(),
        retrieved=now(),
        address=clean_url(reached),
        url_asked=asked,
        url_reached=reached,
        media_type=media_type,
        charset=answer.charset_encoding,
        status=answer.status_code,
        headers=headers,
    )


def _limit(head: bytes, url: str, media_type: str | None, limits: Limits) -> int:
    """Collections may be larger than a page: their items are bounded one by one."""
    collection = kind_of(head, urlsplit(url).path, media_type) in ("warc", "lines", "gzip")
    return limits.download if collection else limits.page
