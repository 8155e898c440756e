"""Where a Claim is said to have happened: actor, act and place come from one passage."""

from __future__ import annotations

from allegata.linking.credits import same_outlet
from allegata.linking.texts import Text
from allegata.model import Place, Span


def place_of(text: Text, span: Span | None) -> Place | None:
    """The place that one passage names: actor, act and place come from one passage. An outlet named like a
    place is none."""
    if span is None:
        return None
    outlets = [s.name for s in text.reading.sources if s.kind in ("outlet", "agency")]
    outlets += [text.document.outlet] if text.document.outlet else []
    for a in text.reading.allegations:
        if a.place and a.span and a.span[0] < span[1] and span[0] < a.span[1]:
            return a.place
    for p in text.reading.places:
        printed = text.document.text[p.start : p.end]
        if (
            p.use == "place"
            and span[0] <= p.start < span[1]
            and not any(same_outlet(printed, o) for o in outlets)
        ):
            return p
    return None


COUNTRY = 6
"""`Place.precision` of a whole country."""


def finer(proposed: Place | None, acted: Place | None) -> Place | None:
    """The place of the proposition's own passage, unless it is a country and the act's passage says more."""
    if proposed is None or (acted is not None and (proposed.precision or 0) >= COUNTRY):
        return acted or proposed
    return proposed
