"""What changed about Claims between two moments.

A Claim carries the whole of what is known; its state at an earlier moment is that part of it whose documents
were out by then. A document that nobody can date counts as known from the start, so that it is never news.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from allegata.model import AFFIRMING, Claim
from allegata.monitoring.moments import Clock, instant
from allegata.monitoring.names import same_name

AMPLIFIED = 3
"""Documents more, without one more origin, from which a Claim counts as amplified."""

KINDS = (
    "new_claim",
    "new_origin",
    "first_denial",
    "first_confirmation",
    "retraction",
    "circular",
    "amplification",
)

_START = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a Claim stood at a moment. Origins are (source, first document), responses (source, document), and
    circular reporting is two documents that had it from each other."""

    claim: str
    documents: tuple[str, ...]
    origins: tuple[tuple[str, str], ...]
    denials: tuple[tuple[str, str], ...]
    confirmations: tuple[tuple[str, str], ...]
    retractions: tuple[tuple[str, str], ...]
    circular: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new about a Claim, with the documents that show it. ``at`` is UTC, ISO 8601."""

    kind: str
    claim: str
    proposition: str
    at: str | None
    sources: tuple[str, ...]
    documents: tuple[str, ...]
    mentions_before: int
    mentions_after: int
    origins_before: int
    origins_after: int


def standing(claim: Claim, until: datetime | None, when: Clock) -> Standing | None:
    """The Claim as it stood at ``until`` (``None``: now), or ``None`` where no document carried it yet."""

    def out(document: str) -> bool:
        return until is None or (when(document) or _START) <= until

    carrying = [m for m in claim.mentions if m.stance in AFFIRMING and out(m.document)]
    if not carrying:
        return None
    documents = sorted({m.document for m in carrying}, key=lambda d: (when(d) or _START, d))
    origins, withdrawn = [], []
    for origin in claim.origins:
        first = _first_document(claim, origin.id, origin.first_document, when)
        if origin.kind == "unattributed" or not out(first):
            continue
        gone = instant(origin.withdrawn_at)
        if gone is not None and (until is None or gone <= until):
            withdrawn.append((origin.source, first))
        else:
            origins.append((origin.source, first))
    responses = [(r.stance, r.source, r.document) for r in claim.responses if out(r.document)]

    def by(stance: str) -> tuple[tuple[str, str], ...]:
        return tuple((s, d) for kind, s, d in responses if kind == stance)

    retracting = {s for s, _ in by("retract")}
    retractions = by("retract") + tuple(w for w in withdrawn if w[0] not in retracting)
    circular = tuple((a, b) for a, b in claim.circular if out(a) and out(b))
    return Standing(
        claim.id, tuple(documents), tuple(origins), by("deny"), by("confirm"), retractions, circular
    )


def compare(claim: Claim, before: Standing | None, after: Standing | None, when: Clock) -> list[Change]:
    """The Changes of one Claim from one Standing to a later one; nothing where it was not yet out after."""
    if after is None:
        return []
    was = before or Standing(claim.id, (), (), (), (), ())

    def change(kind: str, pairs: Iterable[tuple[str, str]]) -> Change:
        return _change(kind, claim, pairs, was, after, when)

    def fresh(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        known = {same_name(s) for s, _ in old}
        return [(s, d) for s, d in new if same_name(s) not in known]

    out = []
    origins = fresh(was.origins, after.origins)
    if before is None:
        out.append(change("new_claim", [*after.origins, ("", after.documents[0])]))
    elif origins:
        out += [change("new_origin", [pair]) for pair in origins]
    if after.denials and not was.denials:
        out.append(change("first_denial", after.denials[:1]))
    if after.confirmations and not was.confirmations:
        out.append(change("first_confirmation", after.confirmations[:1]))
    out += [change("retraction", [pair]) for pair in fresh(was.retractions, after.retractions)]
    loops = {frozenset(pair) for pair in was.circular}
    out += [
        change("circular", [("", a), ("", b)]) for a, b in after.circular if frozenset((a, b)) not in loops
    ]
    return out + amplified(claim, before, after, when)


def amplified(claim: Claim, before: Standing | None, after: Standing, when: Clock) -> list[Change]:
    """The Change of a Claim that more documents carry, and nobody more knows of."""
    known = set(before.documents) if before else set()
    added = [d for d in after.documents if d not in known] if before else []
    if before is None or len(added) < AMPLIFIED or len(after.origins) > len(before.origins):
        return []
    return [_change("amplification", claim, [("", d) for d in added], before, after, when)]


def _change(
    kind: str, claim: Claim, pairs: Iterable[tuple[str, str]], was: Standing, after: Standing, when: Clock
) -> Change:
    """A Change that the (source, document) ``pairs`` show. It happened when the first of them came out;
    circular reporting and amplification when the last did."""
    listed = tuple(pairs)
    documents = tuple(dict.fromkeys(d for _, d in listed))
    moments = sorted(m for d in documents if (m := when(d)) is not None)
    at = moments[-1 if kind in ("circular", "amplification") else 0] if moments else None
    return Change(
        kind,
        claim.id,
        claim.proposition,
        at.isoformat() if at else None,
        tuple(dict.fromkeys(s for s, _ in listed if s)),
        documents,
        len(was.documents),
        len(after.documents),
        len(was.origins),
        len(after.origins),
    )


def find_changes(
    claims: Iterable[Claim], since: datetime, until: datetime | None, when: Clock
) -> list[Change]:
    """What came out about ``claims`` after ``since`` and up to ``until``, in order of time."""
    found: list[Change] = []
    for claim in claims:
        found += compare(claim, standing(claim, since, when), standing(claim, until, when), when)
    return sorted(found, key=lambda c: (c.at or "", c.claim, KINDS.index(c.kind)))


def _first_document(claim: Claim, origin: str, first: str, when: Clock) -> str:
    """The first document by time that carries this Origin; the Claim's own word where none is dated."""
    dated = [
        (moment, m.document)
        for m in claim.mentions
        if origin in m.origin_ids and m.stance in AFFIRMING and (moment := when(m.document)) is not None
    ]
    return min(dated)[1] if dated else first
