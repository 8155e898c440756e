"""Sketches and vectors of stored documents, held while many documents are compared with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

import numpy as np

from allegata.linking.features import unpack_vectors
from allegata.linking.sketches import Sketch, sketch, unpack
from allegata.linking.stories import may_pair
from allegata.linking.texts import Text, Vectors

MOST_HELD = 4_000
"""Documents that are held: 60 MB. Documents of one month meet mostly each other."""

Screened = tuple[Sketch, Vectors]


class FeatureStore(Protocol):
    """What screening needs of a store."""

    def features(self, ids: Iterable[str]) -> dict[str, bytes]: ...

    def vectors_of(self, ids: Iterable[str]) -> dict[str, bytes]: ...


class Screen:
    """Rules out, without their texts, documents that tell of something else."""

    def __init__(self, store: FeatureStore) -> None:
        self._store = store
        self._held: dict[str, tuple[Sketch, bytes] | None] = {}

    def likely(self, text: Text, candidates: Collection[str]) -> set[str]:
        """Those of the candidates with which `stories.pair` may hold; also those of which no sketch is
        there."""
        found = self._load(candidates)
        known = [d for d, held in found.items() if held is not None]
        others = [(made, unpack_vectors(rows)) for d in known if (held := found[d]) for made, rows in (held,)]
        possible = may_pair(sketch(text), text.vectors, others) if others else []
        return (found.keys() - set(known)) | {d for d, may in zip(known, possible, strict=True) if may}

    def in_order(self, ids: Collection[str]) -> list[str]:
        """Documents by time, those without one last: what follows each other is compared with the same."""
        times: dict[str, float] = {}
        for document_id, payload in self._store.features(ids).items():
            made = unpack(payload)
            if made is not None and not np.isnan(made.when):
                times[document_id] = made.when
        return sorted(ids, key=lambda d: (times.get(d, float("inf")), d))

    def _load(self, ids: Collection[str]) -> dict[str, tuple[Sketch, bytes] | None]:
        """What is held of documents, the rest from the store; the last asked for are held on to."""
        missing = sorted(set(ids) - self._held.keys())
        out = {d: self._held.pop(d) for d in sorted(set(ids) & self._held.keys())}
        if missing:
            payloads, rows = self._store.features(missing), self._store.vectors_of(missing)
            for d in missing:
                made = unpack(payloads.get(d, b""))
                out[d] = (made, rows.get(d, b"")) if made is not None else None
        self._held.update(out)
        while len(self._held) > MOST_HELD:
            self._held.pop(next(iter(self._held)))
        return out
