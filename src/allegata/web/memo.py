"""What is dear to compute over a whole store, held while the store stays the same."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from allegata.store.base import Store

T = TypeVar("T")


class Memo:
    """Results by name for one store. A result is made anew when documents, claims or judgements were added;
    of two requests that ask at once, one computes and the other waits."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[Hashable, tuple[Hashable, Any]] = {}
        self._locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, name: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            state = self._state()
            held = self._held.get(name)
            if held is None or held[0] != state:
                held = (state, make())
                self._held[name] = held
            value: T = held[1]
            return value

    def _state(self) -> Hashable:
        store = self._store
        return (store.count_documents(), store.count_claims(), store.newest_seen(), store.newest_event())
