"""How many items of the inbox are unread, for the head of every page. It is counted when a page asks."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from allegata.store.base import Store, StoreError
from allegata.web import visitors

MOST = 99
"""Nobody reads a number beyond it: "99+"."""

COUNT: ContextVar[Callable[[], int] | None] = ContextVar("unread", default=None)
"""Set by `guard`, which holds the store."""


def counting(store: Store) -> Callable[[], int]:
    """What counts in a store."""

    def count() -> int:
        from allegata.runs.working import query

        return store.count_inbox(query(), MOST + 1)

    return count


def unread() -> str:
    """ "3", "99+", or "" where there is none, or nobody who may know."""
    count = COUNT.get()
    if count is None or not visitors.may("viewer"):
        return ""
    try:
        found = count()
    except StoreError:  # the page itself says so
        return ""
    return f"{MOST}+" if found > MOST else str(found or "")
