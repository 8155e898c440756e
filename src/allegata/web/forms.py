"""Requests that write: only from a form of ours, in a browser that we gave it to, and of bounded size.

A page of another site can make a browser send a form here. So the browser's word that the request comes
from our own pages is asked for (``Sec-Fetch-Site``, or ``Origin`` where a browser does not say that), and
each form carries a token that belongs to a cookie which no other site can read.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from allegata.web import visitors

COOKIE = "allegata_form"
MAX_BODY = 64 * 1024
"""Bytes of a form: room for the longest subject and reason, whose characters take up to twelve bytes."""
MAX_FIELDS = 20

CLOSED = "These pages are served for reading only: nothing was kept."
SENT_ANEW = "This form is no longer valid: look at it again and send it anew."
TOO_LONG = f"A form holds {MAX_BODY // 1024} kB at most: shorten what you wrote."


class Tokens:
    """Tokens of forms. They hold as long as the process runs; an old form is shown again to be sent anew."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def give(self, request: Request) -> tuple[str, str]:
        """(value of the cookie, token) for a form that answers ``request``."""
        kept = request.cookies.get(COOKIE, "")
        nonce = kept if 32 <= len(kept) <= 64 and kept.isalnum() and kept.isascii() else secrets.token_hex(16)
        return nonce, self._sign(nonce)

    def hold(self, request: Request, token: str) -> bool:
        """Whether ``token`` was given with the cookie that came with ``request``. A machine needs none."""
        if visitors.is_machine():
            return True
        nonce = request.cookies.get(COOKIE, "")
        return bool(nonce) and hmac.compare_digest(
            self._sign(nonce).encode(), token.encode("utf-8", "replace")
        )

    def _sign(self, nonce: str) -> str:
        return hmac.new(self._secret, nonce.encode(), sha256).hexdigest()


def keep(response: Response, nonce: str) -> None:
    """Have the browser keep the cookie that a form's token belongs to."""
    response.set_cookie(COOKIE, nonce, httponly=True, samesite="lax")


def is_ours(headers: Headers) -> bool:
    """Whether a request comes from a page of ours, by what the browser says of it."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    try:
        origin = urlsplit(headers.get("origin", ""))
    except ValueError:
        return False
    return bool(origin.netloc) and origin.netloc.lower() == headers.get("host", "").lower()


async def read_bounded(request: Request, too_long: str) -> bytes:
    """The body of a request. HTTPException with ``too_long`` for one of more than `MAX_BODY`, whose rest is
    not waited for."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, too_long)
    return bytes(body)


def written(form: Mapping[str, str], field: str = "reason") -> str:
    """What a person wrote in a field of several lines."""
    return form.get(field, "").replace("\r\n", "\n").strip()


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, each once. HTTPException for one that is not ours, too long, or no form."""
    if not visitors.is_machine() and not is_ours(request.headers):
        raise HTTPException(403, "This form was sent by a page of another site: nothing was decided.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "This is no form: send one from a page of Allegata.")
    body = await read_bounded(request, TOO_LONG)
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise HTTPException(400, "This form cannot be read: send it again from its page.") from None
    if len(dict(pairs)) < len(pairs):
        raise HTTPException(400, "This form says one thing twice: send it again from its page.")
    return dict(pairs)
