"""Whether a question about a Claim was decided already, however it was put then: what persons decided is not
asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from allegata.linking.credits import fold
from allegata.linking.decisions import Decisions
from allegata.linking.quoting import touches
from allegata.linking.recounting import head
from allegata.model import Judgement, Passage


class Settled:
    """The Judgements that a Claim obeys, to be asked."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._all = Decisions.of(judgements)

    def edge(self, upstream: str, downstream: str) -> bool:
        name = fold(head(upstream))
        return any(
            e.downstream == downstream and (e.upstream == upstream or fold(head(e.upstream)) == name)
            for e in self._all.edges
        )

    def origin(self, passage: Passage) -> bool:
        return any(_meets(a.passage, passage) for a in self._all.origins)

    def stance(self, passage: Passage) -> bool:
        return any(_meets(a.passage, passage) for a in self._all.stances)

    def source(self, first: str, second: str) -> bool:
        wanted = {fold(head(first)), fold(head(second))}
        return any({fold(head(n.first.name)), fold(head(n.second.name))} == wanted for n in self._all.sources)

    def claim(self, first: Sequence[Passage], second: Sequence[Passage]) -> bool:
        return any(
            (_among(c.first, a) and _among(c.second, b))
            for c in self._all.claims
            for a, b in ((first, second), (second, first))
        )


def _meets(one: Passage, other: Passage) -> bool:
    return touches(one, other.document, [(other.start, other.end)])


def _among(passage: Passage, held: Sequence[Passage]) -> bool:
    return any(_meets(passage, p) for p in held)
