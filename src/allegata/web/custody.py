"""Where a document's bytes come from, and whether they are still the ones that were fetched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from allegata.model import Capture, Document
from allegata.store.base import Store

LARGEST = 4_000_000
"""Bytes that are hashed again for a page; ``allegata verify`` hashes all."""


@dataclass(frozen=True, slots=True)
class Custody:
    """``state``: "whole" where the bytes have their hash still, "large" where they were not hashed, else what
    is wrong with them."""

    capture: Capture
    state: str


def custody_of(store: Store, document: Document) -> Custody | None:
    """``None`` where no capture is held."""
    capture = store.capture(document.capture) if document.capture else None
    if capture is None:
        return None
    if capture.size > LARGEST:
        return Custody(capture, "large")
    try:
        body = store.body(capture.sha256)
    except (KeyError, OSError):
        return Custody(capture, "the bytes are missing from the archive")
    whole = hashlib.sha256(body).hexdigest() == capture.sha256
    return Custody(
        capture, "whole" if whole else "the bytes do not have their hash any more: they were changed"
    )
