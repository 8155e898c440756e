"""One voice of a story, under however many names it speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """One voice of a story. ``name`` is short ("Government of Pakistan"), ``kind`` one of
    `model.ORIGIN_KINDS`, ``members`` the names under which it speaks."""

    id: str
    name: str
    kind: str
    members: tuple[str, ...] = ()
    country: str | None = None
    generic: bool = False

    @property
    def anonymous(self) -> bool:
        return self.kind in ("anonymous", "eyewitness") and self.id.startswith("anonymous:")


Apart = Callable[[Party, Party], object]
"""Whether a person said that two parties are two (`decisions.Decisions.apart`)."""


def never_apart(one: Party, other: Party) -> bool:
    """Where nobody said so."""
    return False
