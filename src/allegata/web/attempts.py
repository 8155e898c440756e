"""How often somebody may try to sign in: after some failures, each makes the next wait twice as long."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST = 20_000
"""Names and addresses that are remembered; the oldest are forgotten first."""

FORGOTTEN = 3600.0
"""Seconds after which failures count no more."""


@dataclass(frozen=True, slots=True)
class Limit:
    """``free`` failures cost nothing; then the wait doubles from a second up to ``longest`` seconds."""

    free: int
    longest: float

    def wait(self, failures: int) -> float:
        over = failures - self.free
        return 0.0 if over < 0 else min(2.0 ** min(over, 30), self.longest)


NAME = Limit(5, 60.0)
"""Short, since whoever knows a name could keep its owner out."""
ADDRESS = Limit(20, 900.0)
"""Many may share an address, behind a proxy say."""


class Attempts:
    """Failures by name and by address, in memory. A name counts whether or not there is such a user."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, name: str, address: str) -> float:
        """Seconds to wait before another try; 0 where this one may go on. It counts as a failure until
        `succeeded`, so that many at once gain nothing."""
        now = self._clock()
        with self._lock:
            wait = max(self._wait(key, limit, now) for key, limit in _keys(name, address))
            if wait <= 0:
                for key, _ in _keys(name, address):
                    failures, _ = self._held(key, now)
                    self._failures[key] = (failures + 1, now)
                    self._failures.move_to_end(key)
                while len(self._failures) > MOST:
                    self._failures.popitem(last=False)
            return max(0.0, wait)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of the name, and this try of the address."""
        with self._lock:
            (mine, _), (theirs, _) = _keys(name, address)
            self._failures.pop(mine, None)
            failures, at = self._failures.get(theirs, (1, 0.0))
            self._failures[theirs] = (max(0, failures - 1), at)

    def _held(self, key: tuple[str, str], now: float) -> tuple[int, float]:
        failures, at = self._failures.get(key, (0, now))
        return (0, now) if now - at > FORGOTTEN else (failures, at)

    def _wait(self, key: tuple[str, str], limit: Limit, now: float) -> float:
        failures, at = self._held(key, now)
        return at + limit.wait(failures) - now


def _keys(name: str, address: str) -> tuple[tuple[tuple[str, str], Limit], tuple[tuple[str, str], Limit]]:
    return (("name", name), NAME), (("address", _network(address)), ADDRESS)


def _network(address: str) -> str:
    """An address of version 6 with its neighbours: one customer has 2**64 of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))
