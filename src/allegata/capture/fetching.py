"""Getting a page from the web: http and https only, public addresses only, within limits of size, time and
hops."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from allegata.capture.identity import clean_url
from allegata.capture.items import CaptureError, Limits, Retrieval, now, tool_name
from allegata.capture.network import CheckedTransport, Deadline, Resolve, resolve
from allegata.capture.sniffing import kind_of
from allegata.capture.streams import too_large

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
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
    """The body at ``url``, unpacked, and how it was got. Raises CaptureError with one line.

    ``resolver`` and ``connector`` are how names are looked up and connections made.
    """
    deadline = Deadline(limits.total)
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    agent = f"{tool_name()} (reads news pages for provenance)"
    headers = {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
    transport = CheckedTransport(deadline, allow_private, resolver, connector)
    # `trust_env` off: a proxy or a .netrc of the environment would go round the checks.
    with httpx.Client(
        transport=transport, timeout=timeout, headers=headers, trust_env=False, follow_redirects=False
    ) as client:
        at = url
        for _ in range(limits.redirects + 1):
            _check(at)
            try:
                with client.stream("GET", at) as answer:
                    if answer.status_code in _REDIRECTS and "location" in answer.headers:
                        at = urljoin(at, answer.headers["location"])
                        continue
                    return _take(answer, url, at, limits)
            except (httpx.TimeoutException, httpcore.TimeoutException) as error:
                raise CaptureError("took too long to answer: try again later") from error
            except (
                httpx.HTTPError,
                httpx.InvalidURL,
                httpcore.NetworkError,
                httpcore.ProtocolError,
            ) as error:
                raise CaptureError(f"cannot be fetched ({_reason(error)}): check the address") from error
            except (OSError, ValueError, UnicodeError) as error:
                raise CaptureError(f"cannot be fetched ({_reason(error)}): check the address") from error
            finally:
                client.cookies.clear()
    raise CaptureError(f"redirects more than {limits.redirects} times: give the final address")


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise CaptureError("is no valid address: check it") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise CaptureError(
            f"leads to a {parts.scheme or 'relative'} address: only http and https are fetched"
        )
    if not host:
        raise CaptureError("has no host: check the address")
    if parts.username is not None or parts.password is not None:
        raise CaptureError("carries a user name or password: give the address without them")


def _take(answer: httpx.Response, asked: str, reached: str, limits: Limits) -> tuple[bytes, Retrieval]:
    if answer.status_code != 200:
        raise CaptureError(f"answered with status {answer.status_code}: check that the page is there")
    kind = answer.headers.get("content-type", "")
    media_type = kind.split(";")[0].strip().lower() or None
    body = io.BytesIO()
    limit = limits.download
    for chunk in _unpacked(answer):
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


def _unpacked(answer: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of bounded size, whatever it was packed with."""
    coding = answer.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        yield from answer.iter_raw()
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise CaptureError(f"is packed with {coding[:20]}, which was not asked for")
    inflater = zlib.decompressobj(wbits=47)  # 32 + 15: gzip or zlib, by its beginning
    try:
        for chunk in answer.iter_raw():
            while chunk:
                yield inflater.decompress(chunk, 65_536)
                chunk = inflater.unconsumed_tail
        yield inflater.flush(65_536)
    except zlib.error as error:
        raise CaptureError("is damaged on its way: try again") from error


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text[:120] or type(error).__name__
