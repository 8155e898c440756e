"""One exchange with a web server, for getting pages and for asking: http and https only, public addresses
only and checked at every hop, within limits of time and hops."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from allegata.capture.items import CaptureError, Limits
from allegata.capture.network import CheckedTransport, Deadline, Resolve

T = TypeVar("T")

_REDIRECTS = frozenset((301, 302, 303, 307, 308))


def exchange(
    url: str,
    limits: Limits,
    take: Callable[[httpx.Response, str], T],
    *,
    headers: Mapping[str, str],
    post: bytes | None = None,
    allow_private: bool,
    resolver: Resolve,
    connector: httpcore.NetworkBackend | None,
    late: str,
    lost: str,
) -> T:
    """What ``take`` makes of the answer to a GET, or to a POST of ``post``, and of the address that gave it.

    Redirects of a GET are followed, those of a POST are the answer. Raises CaptureError in one line, of which
    ``late`` is what to do where no answer comes in time, ``lost`` what could not be done to the address.
    ``resolver`` and ``connector`` are how names are looked up and connections made.
    """
    deadline = Deadline(limits.total)
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    transport = CheckedTransport(deadline, allow_private, resolver, connector)
    method = "GET" if post is None else "POST"
    # `trust_env` off: a proxy or a .netrc of the environment would go round the checks.
    with httpx.Client(
        transport=transport, timeout=timeout, headers=headers, trust_env=False, follow_redirects=False
    ) as client:
        at = url
        for _ in range(limits.redirects + 1):
            check_address(at)
            try:
                with client.stream(method, at, content=post) as answer:
                    if post is None and answer.status_code in _REDIRECTS and "location" in answer.headers:
                        at = urljoin(at, answer.headers["location"])
                        continue
                    return take(answer, at)
            except (httpx.TimeoutException, httpcore.TimeoutException) as error:
                raise CaptureError(f"took too long to answer: {late}") from error
            except (
                httpx.HTTPError,
                httpx.InvalidURL,
                httpcore.NetworkError,
                httpcore.ProtocolError,
                OSError,
                ValueError,
            ) as error:
                raise CaptureError(f"cannot be {lost} ({_reason(error)}): check the address") from error
            finally:
                client.cookies.clear()
    raise CaptureError(f"redirects more than {limits.redirects} times: give the final address")


def check_address(url: str) -> None:
    """Raises CaptureError for what is no address that could be asked."""
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


def unpacked(answer: httpx.Response) -> Iterator[bytes]:
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
