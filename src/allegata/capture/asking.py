"""One request with headers of its own, for feeds, robots.txt and webhooks: the answer as it is, status and
all.

`fetching.fetch` gets a page or raises; whoever asks again and again has to know a 304 from a 500.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore
import httpx

from allegata.capture.exchange import exchange, unpacked
from allegata.capture.items import CaptureError, Limits, tool_name
from allegata.capture.network import Resolve, resolve
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
    sent = httpx.Headers({"User-Agent": tool_name(), "Accept-Encoding": "gzip, deflate"})
    sent.update(headers)
    return exchange(
        url,
        limits,
        lambda answer, reached: _take(answer, reached, limits),
        headers=sent,
        post=post,
        allow_private=allow_private,
        resolver=resolver,
        connector=connector,
        late="it is tried again later",
        lost="reached",
    )


def _take(answer: httpx.Response, reached: str, limits: Limits) -> Answer:
    named = {k.lower(): v[:1_000] for k, v in answer.headers.multi_items()}
    return Answer(answer.status_code, named, _body(answer, limits), reached)


def _body(answer: httpx.Response, limits: Limits) -> bytes:
    body = io.BytesIO()
    for chunk in unpacked(answer):
        body.write(chunk)
        if body.tell() > limits.page:
            raise CaptureError(too_large(limits.page))
    return body.getvalue()
