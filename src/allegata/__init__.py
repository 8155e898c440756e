"""Who said it, who they had it from, and how many people independently know.

>>> import allegata
>>> reading = allegata.read("page.html")
>>> with allegata.open("case.db") as library:
...     library.add("page.html", "documents.jsonl")
...     for claim in library.claims("camp"):
...         print(claim.proposition, claim.independent_origins)

Everything heavy is loaded when it is first used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any

from allegata.reading import DEFAULT

if TYPE_CHECKING:
    from allegata.capture import CaptureError
    from allegata.library import Library
    from allegata.model import Claim, Document, Reading
    from allegata.reading import Reader
    from allegata.runs.local import Failure, Source
    from allegata.store.base import StoreError

__all__ = [
    "CaptureError",
    "Claim",
    "Document",
    "Library",
    "Reading",
    "StoreError",
    "__version__",
    "open",
    "read",
    "read_all",
]

_HOMES = {
    "CaptureError": "allegata.capture",
    "Claim": "allegata.model",
    "Document": "allegata.model",
    "Library": "allegata.library",
    "Reading": "allegata.model",
    "StoreError": "allegata.store.base",
}


def read(source: Source, *, reader: Reader = DEFAULT, allow_private: bool = False) -> Reading:
    """Read one Document: a path, an ``http(s)`` address, ``-`` or a Document. Nothing is stored.

    Raises CaptureError where it cannot be read, ValueError where the source holds several documents.
    """
    readings = list(_first(read_all([source], reader=reader, allow_private=allow_private), 2))
    if len(readings) != 1:
        held = "several documents: use allegata.read_all" if readings else "no document"
        raise ValueError(f"{source} holds {held}")
    return readings[0]


def read_all(
    sources: Iterable[Source],
    *,
    reader: Reader = DEFAULT,
    jobs: int | None = 1,
    allow_private: bool = False,
    failed: Callable[[Failure], None] | None = None,
) -> Iterator[Reading]:
    """Read every Document in ``sources``, in their order. Nothing is stored.

    What cannot be read is given to ``failed``, or raised as CaptureError where that is not set. ``jobs``
    above 1 (``None``: all cores) reads in processes that import the calling script anew, which must then
    guard its main part with ``if __name__ == "__main__"``.
    """
    from allegata.runs import local

    return local.read(sources, reader=reader, jobs=jobs, allow_private=allow_private, failed=failed or _raise)


def open(store: str | PathLike[str]) -> Library:
    """Open a store, made where there is none: a path, or the URL of a database. Raises StoreError."""
    from os import fspath

    from allegata.library import Library
    from allegata.store import open_store

    return Library(open_store(fspath(store)))


def _raise(failure: Failure) -> None:
    from allegata.capture import CaptureError

    raise CaptureError(str(failure))


def _first(readings: Iterator[Reading], number: int) -> Iterator[Reading]:
    from itertools import islice

    return islice(readings, number)


def __getattr__(name: str) -> Any:
    from importlib import import_module, metadata

    if name == "__version__":
        return metadata.version("allegata")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
