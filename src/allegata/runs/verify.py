"""Whether the evidence is what it was: every archived Capture hashed anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from allegata.store.base import Store


@dataclass(frozen=True, slots=True)
class Verified:
    """How many Captures were hashed, and the SHA-256 of those whose bytes are gone or are others."""

    checked: int
    missing: tuple[str, ...]
    altered: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.missing and not self.altered


def verify(store: Store, progress: Callable[[int], None] | None = None) -> Verified:
    """Hash every Capture's bytes. One that cannot be read counts as missing. Changes nothing."""
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
    return Verified(checked, tuple(missing), tuple(altered))
