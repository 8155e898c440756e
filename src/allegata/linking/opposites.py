"""Claims that put one event to two sides, each by the other: who saw that it was the one denies the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from allegata.linking.texts import Text
from allegata.model import Claim, Origin, Response

_WITNESSES = frozenset({"eyewitness", "named_person", "organisation", "anonymous"})
"""Kinds of Origin that may have been there; what a side or a paper says for the one is no answer to the
other, what a body publishes as its own statement is."""


@dataclass(frozen=True, slots=True)
class Sided:
    """A Claim with the party ids that it accuses."""

    claim: Claim
    sides: frozenset[str]

    @property
    def voices(self) -> frozenset[str]:
        return frozenset(o.id for o in self.claim.origins if o.kind != "unattributed")


def answer_each_other(found: Sequence[Sided], texts: Sequence[Text]) -> list[Claim]:
    """The Claims in their order, each with the denials that the account of a witness of its opposite is. Who
    spoke before the opposite was put forward at all answers nothing."""
    order = {t.id: i for i, t in enumerate(texts)}
    published = frozenset(t.id for t in texts if t.document.kind == "statement")
    return [_answered(one, [o for o in found if are_opposed(one, o)], order, published) for one in found]


def are_opposed(one: Sided, other: Sided) -> bool:
    """Whether the accused of the one puts the same kind of act to another side, in pages that tell both."""
    if one is other or not one.claim.act or one.claim.act != other.claim.act or one.sides & other.sides:
        return False
    if not set(one.claim.documents) & set(other.claim.documents):
        return False
    return bool(one.sides & other.voices) or bool(other.sides & one.voices)


def _answered(
    one: Sided, others: Sequence[Sided], order: Mapping[str, int], published: frozenset[str]
) -> Claim:
    claim = one.claim
    first = min(order[d] for d in claim.documents)
    known = {r.source for r in claim.responses if r.stance == "deny"}
    denials = [
        Response(o.source, "deny", o.first_document, o.passages)
        for other in others
        for o in other.claim.origins
        if (o.kind in _WITNESSES or o.first_document in published)
        and _is_witness(o, one, other)
        and o.source not in known
        and order[o.first_document] > first
    ]
    return replace(claim, responses=(*claim.responses, *denials)) if denials else claim


def _is_witness(origin: Origin, one: Sided, other: Sided) -> bool:
    return (
        origin.kind != "unattributed"
        and not origin.party_to_dispute
        and not re.fullmatch(r"[a-z]+", origin.source)  # "the army": whose is not known
        and origin.withdrawn_at is None
        and origin.id not in one.voices | one.sides | other.sides
    )
