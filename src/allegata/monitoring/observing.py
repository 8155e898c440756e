"""Claims looked at again and again: what is new since the last look, and what would have been on past
days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from allegata.model import Claim
from allegata.monitoring.changes import AMPLIFIED, Change, Standing, amplified, compare, standing
from allegata.monitoring.moments import Clock


@dataclass(frozen=True, slots=True)
class Observed:
    """How a Claim stood when it was last looked at, and at its ``anchor``: when it last got an origin, or was
    last called amplified. Documents come one by one; from there they are counted."""

    standing: Standing
    anchor: Standing


def observe(
    claim: Claim, known: Observed | None, since: datetime | None, when: Clock, added: Clock
) -> tuple[list[Change], Observed | None]:
    """What is new about a Claim since the last look at ``since``, and how it stands now.

    What stood then is what was ``known``, and what can be told from documents that were in the store by then:
    a claim that was cut anew out of old pages is no news. With ``since`` ``None`` it is the first look of
    all, which finds nothing new.
    """
    after = standing(claim, None, when)
    if after is None:
        return [], known
    if since is None:
        return [], Observed(after, after)
    before = _both(known.standing if known else None, standing(claim, since, added))
    return _step(claim, before, known.anchor if known else before, after, when)


def replay(claim: Claim, since: datetime, until: datetime, when: Clock) -> list[Change]:
    """What `observe` would have found, had it looked at the Claim whenever one of its documents came out."""
    documents = {m.document for m in claim.mentions} | {r.document for r in claim.responses}
    documents |= {d for pair in claim.circular for d in pair}
    moments = sorted({m for d in documents if (m := when(d)) is not None and since < m <= until})
    before = standing(claim, since, when)
    anchor = before
    found: list[Change] = []
    for moment in moments:
        after = standing(claim, moment, when)
        if after is None:
            continue
        changes, seen = _step(claim, before, anchor, after, when)
        found += changes
        if seen is not None:
            before, anchor = seen.standing, seen.anchor
    return found


def _step(
    claim: Claim, before: Standing | None, anchor: Standing | None, after: Standing, when: Clock
) -> tuple[list[Change], Observed]:
    found = [c for c in compare(claim, before, after, when) if c.kind != "amplification"]
    if before is None or anchor is None or len(after.origins) > len(anchor.origins):
        return found, Observed(after, after)
    if len(set(after.documents) - set(anchor.documents)) >= AMPLIFIED:
        found += amplified(claim, anchor, after, when)
        return found, Observed(after, after)
    return found, Observed(after, replace(anchor, claim=claim.id))


def _both(one: Standing | None, other: Standing | None) -> Standing | None:
    """All that stood in either."""
    if one is None or other is None:
        return one or other

    def joined(a: tuple[tuple[str, str], ...], b: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        named = {name for name, _ in a}
        return a + tuple(pair for pair in b if pair[0] not in named)

    return Standing(
        other.claim,
        tuple(dict.fromkeys((*one.documents, *other.documents))),
        joined(one.origins, other.origins),
        joined(one.denials, other.denials),
        joined(one.confirmations, other.confirmations),
        joined(one.retractions, other.retractions),
        tuple(dict.fromkeys((*one.circular, *other.circular))),
    )
