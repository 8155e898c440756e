"""Documents that speak of a Claim after others told it, in their own voice, without saying of whom they have
it or who did it. What is in print may be told without credit: they are presumed to rest on what was out, and
count as no origin. One of them may know it itself, for which the interval has one more at its high end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from allegata.linking.identity import Identities
from allegata.linking.proposals import side_of
from allegata.linking.texts import Text
from allegata.model import AFFIRMING, Claim, Span


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

    def tells(what: str | None, who: str | None) -> bool:
        return (act is not None and what == act) or side_of(who, identities) in sides

    return frozenset(
        t.id
        for t in mine[1:]
        if t.document.kind == "article" and not any(tells(*x) for x in _acts(t, spans[t.id]))
    )


def _acts(text: Text, spans: Sequence[Span]) -> Iterator[tuple[str | None, str | None]]:
    """The acts told in the passages, with who is said to have done each."""
    for a, b in spans:
        for x in text.reading.allegations:
            if x.span and x.span[0] < b and a < x.span[1]:
                yield x.act, x.accused
        for e in text.reading.events:
            if e.start < b and a < e.end:
                yield e.act, e.actor


def uncredited(claim: Claim) -> list[str]:
    """The Documents, in order of time, that put the Claim forward and lead back to none of its origins."""
    carrying = [m for m in claim.mentions if m.stance in AFFIRMING]
    leading = {m.document for m in carrying if m.origin_ids}
    return list(dict.fromkeys(m.document for m in carrying if m.document not in leading))
