"""What changed about Claims between two moments.

A Claim carries the whole of what is known; its state at an earlier moment is that part of it whose documents
were out by then. A document that nobody can date counts as known from the start, so that it is never news.
"""

from __future__ import annotations

from bisect import bisect_right
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

_START, _END = (m.replace(tzinfo=UTC) for m in (datetime.min, datetime.max))


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


class Course:
    """A Claim through time, for one who asks of more than one moment."""

    def __init__(self, claim: Claim, when: Clock) -> None:
        self._claim = claim
        carrying = {m.document for m in claim.mentions if m.stance in AFFIRMING}
        told = {d: when(d) or _START for d in carrying}
        self._documents = sorted(carrying, key=lambda d: (told[d], d))
        self._told = [told[d] for d in self._documents]
        self._moments = told | {
            d: when(d) or _START
            for d in (*(r.document for r in claim.responses), *(d for pair in claim.circular for d in pair))
        }
        firsts = _first_documents(claim, when)
        self._origins = [
            (o.source, (first := firsts.get(o.id, o.first_document)), when(first) or _START, o.withdrawn_at)
            for o in claim.origins
            if o.kind != "unattributed"
        ]

    def at(self, until: datetime | None) -> Standing | None:
        """The Claim as it stood at ``until`` (``None``: now); ``None`` where no document carried it yet."""
        claim, end = self._claim, until or _END
        documents = self._documents[: bisect_right(self._told, end)]
        if not documents:
            return None

        def out(document: str) -> bool:
            return self._moments[document] <= end

        origins: list[tuple[str, str]] = []
        withdrawn: list[tuple[str, str]] = []
        for source, first, moment, withdrawn_at in self._origins:
            if moment <= end:
                gone = instant(withdrawn_at)
                (withdrawn if gone is not None and gone <= end else origins).append((source, first))
        responses = [(r.stance, r.source, r.document) for r in claim.responses if out(r.document)]

        def by(stance: str) -> tuple[tuple[str, str], ...]:
            return tuple((s, d) for kind, s, d in responses if kind == stance)

        retracting = {s for s, _ in by("retract")}
        retractions = by("retract") + tuple(w for w in withdrawn if w[0] not in retracting)
        circular = tuple((a, b) for a, b in claim.circular if out(a) and out(b))
        return Standing(
            claim.id, tuple(documents), tuple(origins), by("deny"), by("confirm"), retractions, circular
        )


def standing(claim: Claim, until: datetime | None, when: Clock) -> Standing | None:
    """`Course.at`, of one moment."""
    return Course(claim, when).at(until)


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
    return in_order(found)


def in_order(changes: Iterable[Change]) -> list[Change]:
    """By time, then by claim and kind."""
    return sorted(changes, key=lambda c: (c.at or "", c.claim, KINDS.index(c.kind)))


def _first_documents(claim: Claim, when: Clock) -> dict[str, str]:
    """Origin -> the first document by time that carries it; none where none of them is dated."""
    found: dict[str, tuple[datetime, str]] = {}
    for m in claim.mentions:
        moment = when(m.document) if m.stance in AFFIRMING and m.origin_ids else None
        if moment is not None:
            for origin in m.origin_ids:
                found[origin] = min(found.get(origin, (moment, m.document)), (moment, m.document))
    return {origin: document for origin, (_, document) in found.items()}
