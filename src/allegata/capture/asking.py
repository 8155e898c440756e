"""One request with headers of its own, for feeds, robots.txt and webhooks: the answer as it is, status and
all.

`fetching.fetch` gets a page or raises; whoever asks again and again has to know a 304 from a 500.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpcore
import httpx

from allegata.capture.fetching import _REDIRECTS, _check, _reason, _unpacked
from allegata.capture.items import CaptureError, Limits, tool_name
from allegata.capture.network import CheckedTransport, Deadline, Resolve, resolve
from allegata.capture.streams import too_large


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. Names of headers are in lower case; ``body`` is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def ask(
    url: str,
    limits: Limits,
    *,
    headers: Mapping[str, str] | None = None,
    post: bytes | None = None,
    allow_private: bool = False,
    resolver: Resolve = resolve,
    connector: httpcore.NetworkBackend | None = None,
) -> Answer:
    """GET ``url``, or POST to it where ``post`` is set. Raises CaptureError, in one line, where no answer
    comes within the limits. Redirects of a GET are followed, those of a POST are the answer.
    """
    deadline = Deadline(limits.total)
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    own = {"User-Agent": tool_name(), "Accept-Encoding": "gzip, deflate"}
    transport = CheckedTransport(deadline, allow_private, resolver, connector)
    # `trust_env` off: a proxy or a .netrc of the environment would go round the checks.
    with httpx.Client(
        transport=transport, timeout=timeout, headers=own, trust_env=False, follow_redirects=False
    ) as client:
        at = url
        for _ in range(limits.redirects + 1):
            _check(at)
            try:
                method = "GET" if post is None else "POST"
                with client.stream(method, at, headers=dict(headers or {}), content=post) as answer:
                    if post is None and answer.status_code in _REDIRECTS and "location" in answer.headers:
                        at = urljoin(at, answer.headers["location"])
                        continue
                    named = {k.lower(): v[:1_000] for k, v in answer.headers.multi_items()}
                    return Answer(answer.status_code, named, _body(answer, limits), at)
            except (httpx.TimeoutException, httpcore.TimeoutException) as error:
                raise CaptureError("took too long to answer: it is tried again later") from error
            except (
                httpx.HTTPError,
                httpx.InvalidURL,
                httpcore.NetworkError,
                httpcore.ProtocolError,
                OSError,
                ValueError,
            ) as error:
                raise CaptureError(f"cannot be reached ({_reason(error)}): check the address") from error
            finally:
                client.cookies.clear()
    raise CaptureError(f"redirects more than {limits.redirects} times: give the final address")


def _body(answer: httpx.Response, limits: Limits) -> bytes:
    body = io.BytesIO()
    for chunk in _unpacked(answer):
        body.write(chunk)
        if body.tell() > limits.page:
            raise CaptureError(too_large(limits.page))
    return body.getvalue()


def check_address(url: str) -> None:
    """Raises CaptureError for what is no address that could be asked."""
    _check(url)
