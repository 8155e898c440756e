"""Whether what is kept is what it was: archived Captures and the log of what persons did, hashed anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from allegata.store.base import Store


@dataclass(frozen=True, slots=True)
class Verified:
    """How many Captures were hashed, and the SHA-256 of those whose bytes are gone or are others.

    Of the log of what persons did: how many acts hold, the hash of the last of them (kept elsewhere, it shows
    later that none before was changed), and the number of the first that is altered or gone.
    """

    checked: int
    missing: tuple[str, ...]
    altered: tuple[str, ...]
    acts: int = 0
    head: str = ""
    broken_act: int | None = None

    @property
    def whole(self) -> bool:
        return not self.missing and not self.altered and self.broken_act is None


def verify(store: Store, progress: Callable[[int], None] | None = None) -> Verified:
    """Hash every Capture's bytes, and the log. One that cannot be read counts as missing. Changes nothing."""
    missing, altered, checked = [], [], 0
    for sha256 in dict.fromkeys(c.sha256 for c in store.captures()):
        checked += 1
        try:
            if hashlib.sha256(store.body(sha256)).hexdigest() != sha256:
                altered.append(sha256)
        except (KeyError, OSError):
            missing.append(sha256)
        if progress is not None:
            progress(checked)
    chain = store.check_acts()
    return Verified(checked, tuple(missing), tuple(altered), chain.acts, chain.head, chain.broken)
