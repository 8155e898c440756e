"""Documents that speak of a Claim after others told it, in their own voice, without saying of whom they have
it or who did it. What is in print may be told without credit: they are presumed to rest on what was out, and
count as no origin. One of them may know it itself, for which the interval has one more at its high end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allegata.linking.identity import Identities
from allegata.linking.proposals import side_of
from allegata.linking.texts import Text, acts_in
from allegata.model import AFFIRMING, Allegation, Claim, Event, Span


def presumed_to_rest(
    mine: Sequence[Text],
    spans: Mapping[str, Sequence[Span]],
    act: str | None,
    sides: frozenset[str],
    identities: Identities,
) -> frozenset[str]:
    """Ids of the Documents of a Claim (``mine``, in order of time) that rest on those before them if nothing
    stands behind them: articles of which no passage tells its ``act``, or puts one to the accused ``sides``.
    A post may be a witness's, and a statement is its body's own word."""

    def tells(told: Allegation | Event) -> bool:
        doer = told.accused if isinstance(told, Allegation) else told.actor
        return (act is not None and told.act == act) or side_of(doer, identities) in sides

    return frozenset(
        t.id
        for t in mine[1:]
        if t.document.kind == "article"
        and not any(tells(x) for span in spans[t.id] for x in acts_in(t.reading, span))
    )


def uncredited(claim: Claim) -> list[str]:
    """The Documents, in order of time, that put the Claim forward and lead back to none of its origins."""
    carrying = [m for m in claim.mentions if m.stance in AFFIRMING]
    leading = {m.document for m in carrying if m.origin_ids}
    return list(dict.fromkeys(m.document for m in carrying if m.document not in leading))
