"""Ids of Documents: readable, and the same each time for the same source, so that an edit is a new
version."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src|ref_url|ocid|cmpid|s_cid|xtor)\Z")
"""Query fields that say how a reader came, not what is shown."""
_MOST_URL = 2_000
"""Longest address that is kept: longer ones are data, not addresses (de facto bound of browsers)."""
_SLUG = 48


def clean_url(url: object, base: str | None = None) -> str | None:
    """An absolute http(s) address without fragment, or None where ``url`` is none."""
    if not isinstance(url, str):
        return None
    url = url.strip()
    if not url or len(url) > _MOST_URL or any(c.isspace() or ord(c) < 32 for c in url):
        return None
    try:
        whole = urljoin(base, url) if base else url
        parts = urlsplit(whole)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        return parts._replace(fragment="").geturl()
    except ValueError:
        return None


def address_key(url: str) -> str:
    """What is the same for two spellings of one address: scheme, ``www.``, tracking and last slash left
    out."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, True) if not _TRACKING.match(k)])
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def id_of_url(url: str) -> str:
    """The id of the Document at ``url``: site, last words of the path, and a hash of the address."""
    key = address_key(url)
    host, _, path = key.partition("/")
    site = host.split(":")[0].rsplit(".", 1)[0]
    last = re.sub(r"\.\w{2,5}\Z", "", path.split("?")[0].rstrip("/").rpartition("/")[2])
    return _join(f"{site} {last}", key)


def id_of_key(name: str, key: str) -> str:
    """The id of a Document without an address: its file's name and a hash of ``key``."""
    return _join(name, key)


def stem(name: str) -> str:
    """A file's name without folders and endings: ``stories/d07.html.gz`` is ``d07``."""
    path = PurePosixPath(name)
    return PurePosixPath(path.stem).stem if path.suffix.lower() == ".gz" else path.stem


def same_site(one: str, other: str) -> bool:
    """True for addresses whose hosts end alike, as far as a site's own name reaches."""
    return _site(one) == _site(other)


def _site(url: str) -> list[str]:
    labels = (urlsplit(url).hostname or "").split(".")
    # co.uk, com.pk, org.au: a short name under a country's
    inner = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return labels[-3:] if inner else labels[-2:]


def _join(words: str, key: str) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:10]
    plain = unicodedata.normalize("NFKD", words[:400]).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_SLUG].rstrip("-")
    return f"{slug}-{digest}" if slug else digest
