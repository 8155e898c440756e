"""The number of independent origins of a Claim, as an interval."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from allegata.linking.decisions import DECIDED
from allegata.linking.provenance import count
from allegata.linking.tellings import Telling
from allegata.model import Origin, OriginCount

Told = Mapping[str, Sequence[Telling]]


def at_first_hand(told: Told) -> frozenset[str]:
    """Parties that some document heard itself."""
    return frozenset(t.chain[0].id for ts in told.values() for t in ts if t.own and t.chain)


def count_origins(
    origins: Sequence[Origin], joined: int = 0, heard: Container[str] | None = None
) -> OriginCount:
    """The point counts named and unnamed origins that were not taken back. ``low`` takes away those that may
    be another of them: unnamed voices, bodies without a name of their own ("the port authority"), and one of
    several if no document ``heard`` it itself. ``high`` adds what nobody is credited for, and the ``joined``
    that may be more (`origins.Found`)."""
    live = [o for o in origins if o.withdrawn_at is None]
    anonymous = sum(o.kind == "anonymous" for o in live)
    unresolved = sum(o.kind == "unattributed" for o in live)
    named = len(live) - anonymous - unresolved
    nameless = sum(o.kind != "anonymous" and _has_no_name(o) for o in live if o.kind != "unattributed")
    sure = named - nameless
    second = [o for o in live if o.kind not in ("anonymous", "unattributed") and not _has_no_name(o)]
    second = [o for o in second if not o.id.startswith(DECIDED)]  # a person says that it rests on nobody
    nameless += heard is not None and len(second) > 1 and any(o.id not in heard for o in second)
    foldable = anonymous + nameless - (0 if sure else 1)
    found = count(named, anonymous, unresolved, max(0, foldable))
    return OriginCount(found.low, found.high + joined, named, anonymous, unresolved)


def _has_no_name(o: Origin) -> bool:
    return o.kind in ("organisation", "document") and o.source == o.source.lower()
