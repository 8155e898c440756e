"""How a Claim's count would change if one thing in it were otherwise, from the Claim alone.

It orders what a person is asked (`doubts`) and is no count: that is made by linking anew (`runs.judging`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from allegata.linking.counting import count_origins
from allegata.linking.credits import fold
from allegata.model import AFFIRMING, Claim, Edge, Origin, OriginCount

Change = tuple[int, int, int]
"""What is added to ``low``, to the point and to ``high``."""

NOTHING: Change = (0, 0, 0)


def head(source: str) -> str:
    """A source without those who speak for it: "Government of Pakistan (Sidra Alvi)"."""
    return source.split(" (")[0]


def size(change: Change) -> int:
    """How far a change moves the count."""
    return sum(map(abs, change))


def between(before: OriginCount, after: OriginCount) -> Change:
    return (after.low - before.low, after.point - before.point, after.high - before.high)


@dataclass(frozen=True)
class Recount:
    """A Claim whose count is tried otherwise."""

    claim: Claim

    @cached_property
    def _origins(self) -> dict[str, Origin]:
        return {o.id: o for o in self.claim.origins}

    @cached_property
    def _reached(self) -> dict[str, frozenset[str]]:
        """The origins that each document which carries the Claim leads back to."""
        out: dict[str, set[str]] = {}
        for m in self.claim.mentions:
            if m.stance in AFFIRMING:
                out.setdefault(m.document, set()).update(m.origin_ids)
        return {d: frozenset(ids) for d, ids in out.items()}

    @cached_property
    def feeding(self) -> dict[str, frozenset[str]]:
        """The documents from which each document has the Claim."""
        out: dict[str, set[str]] = {}
        for e in self.claim.edges:
            if e.upstream in self._reached and e.downstream in self._reached:
                out.setdefault(e.downstream, set()).add(e.upstream)
        return {d: frozenset(ups) for d, ups in out.items()}

    @cached_property
    def followers(self) -> dict[str, int]:
        """How many documents have the Claim from each document at first hand."""
        out: dict[str, int] = {}
        for ups in self.feeding.values():
            for u in ups:
                out[u] = out.get(u, 0) + 1
        return out

    @cached_property
    def _own(self) -> dict[str, frozenset[str]]:
        """The origins that each document has from no other document."""
        return {
            d: ids.difference(*(self._reached[u] for u in self.feeding.get(d, ()))) or self._spoken(d, ids)
            for d, ids in self._reached.items()
        }

    def _spoken(self, document: str, ids: Iterable[str]) -> frozenset[str]:
        """Those of ``ids`` whom the document names itself."""
        named = {fold(head(e.upstream)) for e in self.claim.edges if e.downstream == document}
        return frozenset(
            i for i in ids if i in self._origins and fold(head(self._origins[i].source)) in named
        )

    def without(self, edge: Edge) -> Change:
        """If ``edge.downstream`` did not have it from there."""
        d = edge.downstream
        if d not in self._reached:
            return NOTHING
        if edge.upstream in self._reached:
            return self._tried({d: self.feeding.get(d, frozenset()) - {edge.upstream}}, {})
        name = fold(head(edge.upstream))
        gone = {i for i in self._own[d] if i in self._origins and fold(head(self._origins[i].source)) == name}
        return self._tried({}, {d: self._own[d] - gone}) if gone else NOTHING

    def joined(self, upstream: str, downstream: str) -> Change:
        """If ``downstream``, which leads back to nobody known, had it from ``upstream``."""
        unknown = {i for i in self._own.get(downstream, ()) if self._is_unresolved(i)}
        if upstream not in self._reached or not unknown:
            return NOTHING
        fed = self.feeding.get(downstream, frozenset()) | {upstream}
        return self._tried({downstream: fed}, {downstream: self._own[downstream] - unknown})

    def resolved(self, origin: Origin) -> Change:
        """If an unresolved origin were one of its own."""
        known = replace(origin, kind="outlet_own_reporting")
        return self._of([known if o.id == origin.id else o for o in self.claim.origins])

    def less(self, origin: Origin) -> Change:
        """If an origin were one of the others."""
        return self._of([o for o in self.claim.origins if o.id != origin.id])

    def more(self) -> Change:
        """If there were a further origin, with a name."""
        return self._of([*self.claim.origins, Origin("another", "Another", "named_person", False, "")])

    def with_others(self, origins: Iterable[Origin]) -> Change:
        """If the origins of another claim were origins of this one too."""
        known = {fold(head(o.source)) for o in self.claim.origins}
        new = {fold(head(o.source)): o for o in origins if fold(head(o.source)) not in known}
        return self._of([*self.claim.origins, *new.values()])

    def _is_unresolved(self, origin_id: str) -> bool:
        found = self._origins.get(origin_id)
        return found is not None and found.kind == "unattributed"

    def _tried(self, fed: Mapping[str, frozenset[str]], own: Mapping[str, frozenset[str]]) -> Change:
        """The change if some documents were fed by others, or had other origins from no document."""
        before, bare = self._explained
        touched = fed.keys() | own.keys()
        mine = {**self._own, **own}
        after = {i for ids in mine.values() for i in ids}
        feeding = {d: fed.get(d, self.feeding.get(d, frozenset())) for d in touched}
        lost = before - after
        rootless = {d for d in touched if not mine[d] and not feeding[d]} - bare
        held = [o for i, o in self._origins.items() if i not in lost]
        return self._of([*held, *(Origin(d, d, "unattributed", False, d) for d in sorted(rootless))])

    @cached_property
    def _explained(self) -> tuple[frozenset[str], frozenset[str]]:
        """The origins that some document has from no other, and the documents that nothing stands behind."""
        bare = frozenset(d for d, ids in self._own.items() if not ids and not self.feeding.get(d))
        return frozenset(i for ids in self._own.values() for i in ids), bare

    def _of(self, origins: Iterable[Origin]) -> Change:
        return between(count_origins(self.claim.origins), count_origins(list(origins)))
