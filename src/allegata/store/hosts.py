"""Web addresses: which may be opened, and whose they are."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_address(url: str | None) -> str | None:
    """The address if it is one a browser may be sent to (http or https, with a host), else ``None``."""
    if not url or any(c.isspace() or ord(c) < 32 for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host else None


def host_of(url: str | None) -> str | None:
    """The host of a web address, without "www."."""
    address = web_address(url)
    return (urlsplit(address).hostname or "").removeprefix("www.") or None if address else None
