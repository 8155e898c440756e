"""What every answer carries, errors too, and which hosts are answered at all."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from allegata.web import problems

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

SECURITY = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Puts `SECURITY` on every answer; pages are kept by nobody but asked for anew."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class KnownHosts:
    """Answers only requests that name a host of ours, so that a page of another site whose name was made
    to point to this machine (DNS rebinding) reads nothing."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(bare_host(h) for h in hosts)
        # listening on all addresses: each of them is ours, and no name that leads elsewhere is one
        self.any_address = any(
            address is not None and address.is_unspecified for address in map(_address, self.hosts)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked = Headers(scope=scope).get("host", "")
            host = bare_host(asked)
            if host not in self.hosts and not (self.any_address and _address(host)):
                await _unknown_host(scope)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _unknown_host(scope: Scope) -> Response:
    told = "This host name is not served here: open the address that 'allegata serve' printed."
    if scope["path"].startswith(problems.HOME):
        return problems.problem(400, told)
    return PlainTextResponse(f"{told}\n", 400)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def bare_host(host: str) -> str:
    """The host without its port and brackets, in lower case: "[::1]:8008" -> "::1"."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and ":" not in name else host
