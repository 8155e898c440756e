"""The count of a Claim told in the words a reporter would use, edge by edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from allegata.linking.remarks import remarks
from allegata.linking.uncredited import uncredited
from allegata.linking.wording import in_words, said_by
from allegata.model import AFFIRMING, Claim, Document, Edge, Origin


def explain(claim: Claim, documents: Mapping[str, Document]) -> list[str]:
    """Lines that say why the Claim has the origins it has: the count, each origin and who leads back to
    it, each merge, what is unresolved, loops, withdrawals, responses. ``documents`` are those it mentions."""
    naming = partial(_name, documents=documents)
    n = claim.independent_origins
    lines = [f"{_count(claim)}: {_interval(n.low, n.high)} independent {_plural(n.high, 'origin')}."]
    for origin in claim.origins:
        if origin.kind == "unattributed":
            lines.append(
                f"Unresolved: {_name(origin.first_document, documents)} says it without saying where from; "
                "it may be a hidden copy or an origin of its own."
            )
            continue
        party = " It is a party to the dispute." if origin.party_to_dispute else ""
        gone = (
            f" It was withdrawn on {origin.withdrawn_at} and is no longer counted."
            if origin.withdrawn_at
            else ""
        )
        lines.append(
            f"Origin: {origin.source}, first in {_name(origin.first_document, documents)}.{party}{gone}"
        )
        lines += _rounds(origin, documents)
        lines += [
            f"    {_name(e.downstream, documents)}: {e.reason} (sure to {e.confidence:.0%})."
            for e in _leading_to(claim, origin)
        ]
    for merge in claim.merges:
        lines.append(
            f"Counted as one: {merge.merged} and {merge.kept}, because {merge.reason} ({merge.score:.0%})."
        )
    bare = uncredited(claim)
    if bare:
        told = ", ".join(_name(d, documents) for d in bare[:MOST_NAMED])
        more = f" and {len(bare) - MOST_NAMED} more" if len(bare) > MOST_NAMED else ""
        lines.append(
            f"Credit nobody, and come after others: {told}{more}. Presumed to rest on what was out, though "
            "one may know it itself."
        )
    varied = {m.document: m.variant for m in claim.mentions if m.variant}
    lines += [f"Variant: {_name(d, documents)} says {what}." for d, what in varied.items()]
    for a, b in claim.circular:
        lines.append(
            f"Circular: {_name(b, documents)} shows as confirmation what leads back to {_name(a, documents)}."
        )
    if n.low < n.high:
        lines.append(f"Why not one number: {_doubt(claim, bare)}.")
    for r in claim.responses:
        lines.append(
            f"Response: {r.source} {_ANSWERS.get(r.stance, r.stance)}, in {_name(r.document, documents)}."
        )
    lines += [f"Decided: {in_words(j, naming)} ({said_by(j)})." for j in claim.judgements]
    lines += remarks(claim.documents, documents, partial(_name, documents=documents))
    lines += [f"Declined to comment: {who}, in {_name(d, documents)}." for who, d in _declined(claim)]
    if not any(r.stance == "deny" for r in claim.responses):
        searched = len(claim.documents)
        what = "denial" if claim.responses else "response"
        lines.append(f"No {what} found in {searched} {_plural(searched, 'document')}; that is not assent.")
    return lines


MOST_NAMED = 12
"""Documents that one line names."""

_ANSWERS = {
    "deny": "denies it",
    "confirm": "confirms it",
    "doubt": "doubts it",
    "demand_investigation": "demands an investigation",
}


def _rounds(origin: Origin, documents: Mapping[str, Document]) -> list[str]:
    """When an origin said it again: once is not told."""
    if len(origin.rounds) < 2:
        return []
    lines = [f"    Said on {len(origin.rounds)} occasions, which are one origin:"]
    for r in origin.rounds:
        day = (r.published or "no date")[:10]
        means = f", {r.channel}" if r.channel else ""
        others = len(r.documents) - 1
        more = f" and {others} more {_plural(others, 'document')}" if others else ""
        lines.append(f"        {day}: {r.speaker}{means}, in {_name(r.document, documents)}{more}.")
    return lines


def _declined(claim: Claim) -> list[tuple[str, str]]:
    """Who said nothing when asked, once each, with the document: such are mentions and no responses."""
    answered = {r.source.split(" (")[0] for r in claim.responses}
    first: dict[str, str] = {}
    for m in claim.mentions:
        if m.stance == "no_comment" and m.speakers and m.speakers[0] not in answered:
            first.setdefault(m.speakers[0], m.document)
    return list(first.items())


def _leading_to(claim: Claim, origin: Origin) -> list[Edge]:
    """The edges by which documents lead back to an origin: from its speakers, and from documents that
    reach it."""
    reaching = {m.document for m in claim.mentions if origin.id in m.origin_ids}
    heads = {origin.source.split(" (")[0], *origin.members}
    return [
        e
        for e in claim.edges
        if e.downstream in reaching and (e.upstream in reaching or e.upstream.split(" (")[0] in heads)
    ]


def _count(claim: Claim) -> str:
    """Documents that put the Claim forward, and their outlets."""
    carrying = [m for m in claim.mentions if m.stance in AFFIRMING]
    documents = {m.document for m in carrying}
    outlets = {m.outlet for m in carrying if m.outlet}
    return (
        f"{len(documents)} {_plural(len(documents), 'mention')} in {len(outlets)} "
        f"{_plural(len(outlets), 'outlet')}"
    )


def _doubt(claim: Claim, bare: Sequence[str]) -> str:
    n, parts = claim.independent_origins, []
    if n.unresolved:
        parts.append(f"{n.unresolved} {_plural(n.unresolved, 'root is', 'roots are')} unresolved")
    if n.low < n.named + n.anonymous:
        parts.append(
            f"{n.anonymous} unnamed {_plural(n.anonymous, 'voice', 'voices')} may be one of the other origins"
        )
    if bare:
        parts.append("one of those that credit nobody may know it itself")
    return " and ".join(parts) or "some roots may be the same"


def _interval(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _plural(n: int, one: str, many: str | None = None) -> str:
    return one if n == 1 else many or f"{one}s"


def _name(document_id: str, documents: Mapping[str, Document]) -> str:
    d = documents.get(document_id)
    if d is None:
        return document_id
    who = d.author if d.kind == "post" and d.author else d.outlet or d.title or d.id
    return f"{who} ({document_id})"
