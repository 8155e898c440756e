"""The number of independent origins of a Claim, as an interval."""

from __future__ import annotations

from collections.abc import Sequence

from allegata.linking.provenance import count
from allegata.model import Origin, OriginCount


def count_origins(origins: Sequence[Origin], joined: int = 0) -> OriginCount:
    """The point counts named and unnamed origins that were not taken back. ``low`` takes away those that may
    be another of them: unnamed voices and bodies without a name of their own ("the port authority"). ``high``
    adds what nobody is credited for, and the ``joined`` unnamed voices that were counted with another."""
    live = [o for o in origins if o.withdrawn_at is None]
    anonymous = sum(o.kind == "anonymous" for o in live)
    unresolved = sum(o.kind == "unattributed" for o in live)
    named = len(live) - anonymous - unresolved
    nameless = sum(o.kind != "anonymous" and _has_no_name(o) for o in live if o.kind != "unattributed")
    sure = named - nameless
    foldable = anonymous + nameless - (0 if sure else 1)
    found = count(named, anonymous, unresolved, max(0, foldable))
    return OriginCount(found.low, found.high + joined, named, anonymous, unresolved)


def _has_no_name(o: Origin) -> bool:
    return o.kind in ("organisation", "document") and o.source == o.source.lower()
