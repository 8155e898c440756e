"""Who looks at the page that is being made, and what they may do there."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from allegata.web.rights import ANALYST, REVIEWER, reaches


@dataclass(frozen=True, slots=True)
class Visitor:
    """``role`` is empty before signing in. ``machine``: with a token rather than a browser's session."""

    name: str = ""
    role: str = ""
    machine: bool = False


VISITOR: ContextVar[Visitor | None] = ContextVar("visitor", default=None)
"""``None`` where the store has no users: then whoever reaches the port may do everything."""


def current() -> Visitor | None:
    return VISITOR.get()


def signed_in() -> Visitor | None:
    """Whose name the pages show at their head."""
    visitor = VISITOR.get()
    return visitor if visitor is not None and visitor.role else None


def may(role: str) -> bool:
    """Whether whoever looks at the page reaches ``role``."""
    visitor = VISITOR.get()
    return visitor is None or reaches(visitor.role, role)


def may_judge() -> bool:
    return may(ANALYST)


def may_undo(person: str) -> bool:
    """Whether a decision of ``person`` may be taken back: their own by whoever may decide, others' by a
    reviewer."""
    visitor = VISITOR.get()
    return may(REVIEWER) or (visitor is not None and visitor.name == person and may_judge())


def is_machine() -> bool:
    """Whether the request carries a token. No page of another site can make a browser send one."""
    visitor = VISITOR.get()
    return visitor is not None and visitor.machine
