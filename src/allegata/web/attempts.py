"""How often somebody may try to sign in: after some failures, each makes the next wait twice as long."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass

from allegata.store.user_records import Persons

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
    """Failures by name and by address, which the store counts. A name counts whether or not there is such a
    user."""

    def __init__(self, store: Persons, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock

    def begin(self, name: str, address: str) -> float:
        """Seconds to wait before another try; 0 where this one may go on. It counts as a failure until
        `succeeded`, so that many at once gain nothing."""
        now = self._clock()
        waits = {key: limit.wait for key, limit in _keys(name, address)}
        return self._store.begin_attempt(waits, now, now - FORGOTTEN)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of the name, and this try of the address."""
        (mine, _), (theirs, _) = _keys(name, address)
        self._store.end_attempt(mine, theirs)


def _keys(name: str, address: str) -> tuple[tuple[str, Limit], tuple[str, Limit]]:
    return (f"name {name}", NAME), (f"address {_network(address)}", ADDRESS)


def _network(address: str) -> str:
    """An address of version 6 with its neighbours: one customer has 2**64 of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))
