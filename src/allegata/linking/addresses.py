"""Addresses of pages and posts as linking compares them."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from allegata.capture.embeds import post_address

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|ref|ref_src|s|cmpid|ocid)$")
_NO_HANDLES = frozenset(["@i", "@web", "@status", "@statuses", "@posts"])
"""What platforms put into addresses in place of an account."""


@lru_cache(maxsize=100_000)
def canonical(url: str | None) -> str | None:
    """A URL as one address: no scheme, ``www``, fragment, tracking or trailing slash."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    except ValueError:
        return None
    if not host:
        return None
    if host == "twitter.com":
        host = "x.com"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)])
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def handle_in(url: str | None) -> str | None:
    """The account ("@name") whose post an address is of, where it says so."""
    found = post_address(url)
    handle = found[1] if found else None
    return None if handle is None or handle.lower() in _NO_HANDLES else handle
