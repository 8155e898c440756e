"""Where everything rests: SQLite in a file by default, behind the Protocol of `base`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from allegata.store.base import ClaimQuery, Put, Store, StoreError

__all__ = ["ClaimQuery", "Put", "Store", "StoreError", "open_store"]

TIMEOUT = 10.0
"""Seconds to wait for another process that writes before giving up."""


def open_store(url_or_path: str, *, timeout: float = TIMEOUT) -> Store:
    """The store at a path or a ``sqlite:///`` URL, made where there is none and upgraded where it is older.

    Raises StoreError, in one line and with the file untouched, where something else is there, where the store
    comes from a newer version, and where another process keeps it longer than ``timeout`` seconds.
    """
    from allegata.store.sqlite import open_sqlite

    return open_sqlite(_path(url_or_path), timeout)


def _path(url_or_path: str) -> Path:
    if "://" not in url_or_path:
        if not url_or_path.strip():
            raise StoreError("the store has no path: give one")
        return Path(url_or_path)
    parts = urlsplit(url_or_path)
    if parts.scheme != "sqlite":
        raise StoreError(f"{parts.scheme} stores are not supported: give a path or sqlite:///PATH")
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc or not path:
        raise StoreError("the URL of an SQLite store has three slashes and a path: sqlite:///case.db")
    return Path(path)
