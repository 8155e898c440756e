"""A claim in the making: its passages in each text of a story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from allegata.linking.identity import Identities
from allegata.linking.naming import country_in
from allegata.linking.spots import Spot
from allegata.model import Span

SAME = 0.45
"""Likeness (0.6 cosine + 0.4 shared telling words) from which two passages state one proposition."""


@dataclass(slots=True)
class Proposal:
    """A claim in the making: the seed; for each text (by index) the spans that state it; the sides
    accused; the ``distant`` texts, whose passages tell another claim rather, and those ``against`` it, whose
    passages tell its opposite; the texts that ``recall`` an old report; whether it is the ``part`` of the
    first claim that the act was meant; the claim ``instead`` of which its denier puts this one forward; the
    passage that names act and accused most fully; and the one that says it best."""

    seed: Spot
    spans: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))
    sides: frozenset[str] = frozenset()
    distant: set[int] = field(default_factory=set)
    against: set[int] = field(default_factory=set)
    recall: set[int] = field(default_factory=set)
    part: bool = False
    instead: Proposal | None = None
    fullest: Spot = field(init=False)
    said: Spot = field(init=False)

    def __post_init__(self) -> None:
        self.fullest = self.said = self.seed

    def texts(self) -> list[int]:
        return sorted(self.spans)


def core_of(proposal: Proposal, spots: Sequence[Spot]) -> list[int]:
    return [
        i
        for i, s in enumerate(spots)
        if s.unit.span is not None and s.unit.span in proposal.spans.get(s.text, ())
    ]


def side_of(name: str | None, identities: Identities) -> str | None:
    """The side that an actor's name means: a state for its forces and offices, else the party so named."""
    if not name:
        return None
    nation = country_in(name)
    if nation:
        return f"state:{nation}"
    return identities.find(name)
