"""How the Claims of one story stand to each other: opposed, a part, of another time, brought up again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from allegata.linking.newness import are_apart
from allegata.linking.opposites import Sided, are_opposed
from allegata.linking.proposals import Proposal
from allegata.linking.texts import Text
from allegata.model import Claim, Related

_OTHER_WAY = {
    "opposed": "opposed",
    "another_time": "another_time",
    "part_of": "has_part",
    "account_of": "has_account",
    "recycled_in": "recycles",
}
"""Each relation that is looked for, and what the other Claim is to the first then."""


WORDS: Mapping[str, str] = {
    "opposed": "puts it to the other side",
    "part_of": "of which this is the part that it was meant",
    "has_part": "says that it was meant",
    "account_of": "of which this says what happened instead, as the side that denies it tells it",
    "has_account": "says what happened instead, as the side that denies this one tells it",
    "another_time": "accuses the same side of a like act at another time",
    "recycles": "an old report that pages of this one bring up again",
    "recycled_in": "brings this old report up again",
}
"""How the other Claim stands to this one, in words."""


@dataclass(frozen=True, slots=True)
class Made:
    """A Claim with what it was made of."""

    claim: Claim
    proposal: Proposal

    @property
    def sided(self) -> Sided:
        return Sided(self.claim, self.proposal.sides)


def relate(made: Sequence[Made], claims: Sequence[Claim], texts: Sequence[Text]) -> list[Claim]:
    """``claims``, which are those of ``made`` in their order, each with its relations to the others."""
    found: dict[str, list[Related]] = {c.id: [] for c in claims}
    for one in made:
        for other in made:
            if one is not other:
                for relation, documents in _relations(one, other, texts):
                    found[one.claim.id].append(Related(other.claim.id, relation, documents))
                    if _OTHER_WAY[relation] != relation:
                        back = Related(one.claim.id, _OTHER_WAY[relation], documents)
                        found[other.claim.id].append(back)
    return [replace(c, related=tuple(found[c.id])) if found[c.id] else c for c in claims]


def _relations(one: Made, other: Made, texts: Sequence[Text]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What ``one`` is to ``other``, with the pages that show it."""
    both = tuple(d for d in one.claim.documents if d in other.claim.documents)
    mine, theirs = one.proposal, other.proposal
    if are_opposed(one.sided, other.sided):
        yield "opposed", both
    if mine.part and not theirs.part and mine.sides == theirs.sides and both:
        yield "part_of", both
    if mine.instead is theirs:
        yield "account_of", one.claim.documents
    recalling = {texts[d].id for d in mine.recall} & set(other.claim.documents)
    if recalling:
        yield "recycled_in", tuple(d for d in other.claim.documents if d in recalling)
    elif _another_time(mine, theirs, texts):
        yield "another_time", both


def _another_time(mine: Proposal, theirs: Proposal, texts: Sequence[Text]) -> bool:
    """Whether two Claims accuse one side of acts that their pages place at two times."""
    return bool(
        mine.sides & theirs.sides
        and not mine.part
        and not theirs.part
        and not theirs.recall
        and (are_apart(mine, theirs, texts) or (len(mine.texts()) < 2 and are_apart(theirs, mine, texts)))
        and not set(mine.spans) <= set(theirs.spans)
    )
