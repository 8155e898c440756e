"""One claim, and the evidence for one of its edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allegata.contract import claim_json, to_plain
from allegata.linking.uncredited import uncredited
from allegata.model import Claim, Document, Mention, Passage, Span
from allegata.monitoring.moments import instant
from allegata.store.base import Store
from allegata.web import paths, words
from allegata.web.credit_marks import credit_spans, names_of
from allegata.web.lanes import MAX_DRAWN, draw
from allegata.web.passages import Evidence, evidence_of, name_of, quote

ROWS = 50
"""Documents on one page of the table of mentions; the twins have all."""

NEAR = 3
"""Mentions of a Claim, and passages of one, of which one is quoted."""

EDGES = 25
"""Edges on one page of the evidence, each with its passages; a page of each edge alone has more of them."""

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a long table: its ``page`` from 1, the numbers of its first and last row, and how many
    there are in all."""

    page: int
    size: int
    total: int

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        return min(self.page * self.size, self.total)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def part_with(edge: int) -> int:
    """The page of the evidence that has this edge, both from 1."""
    return (edge - 1) // EDGES + 1


def claim_plain(claim: Claim) -> dict[str, Any]:
    """The object of the contract, with the strip and the address of the page."""
    return {**claim_json(claim), "counts": str(words.strip_of(claim)), "page": paths.claim(claim.id)}


def held_documents(store: Store, claim: Claim) -> dict[str, Document]:
    """The documents that a Claim's mentions, responses, origins and edges name, as the store holds them."""
    return {d.id: d for d in store.documents(_named(claim))}


def held_heads(store: Store, claim: Claim) -> dict[str, Document]:
    """The same without their texts (`Store.heads`)."""
    return store.heads(_named(claim))


def _named(claim: Claim) -> list[str]:
    ids = [*words.documents_of(claim), *(o.first_document for o in claim.origins)]
    for edge in claim.edges:
        ids += [edge.upstream, edge.downstream]
        ids += [p.document for p in edge.evidence]
    return list(dict.fromkeys(ids))


def quoted_documents(store: Store, claim: Claim, edges: int) -> dict[str, Document]:
    """Those that the page of a Claim with this page of its evidence quotes."""
    part = Part(edges, EDGES, len(claim.edges))
    said = [m.passages for m in claim.mentions[:NEAR]]
    said += [o.passages for o in claim.origins] + [r.passages for r in claim.responses]
    passages = [p for some in said for p in some[:NEAR]]
    passages += [p for e in claim.edges[part.first - 1 : part.last] for p in e.evidence]
    return {d.id: d for d in store.documents({p.document for p in passages})}


def claim_context(
    claim: Claim,
    documents: Mapping[str, Document],
    stretch: tuple[datetime | None, datetime | None] = (None, None),
    rows: int = 1,
    edges: int = 1,
) -> dict[str, Any]:
    """``documents`` as `held_heads` gives them, with the texts of `quoted_documents`. Only the ``stretch`` of
    time is drawn, and only one page of the table of mentions (``rows``) and of the evidence (``edges``) is
    made."""
    chart = draw(claim, documents, stretch)
    told = Part(rows, ROWS, len(claim.documents))
    cited = Part(edges, EDGES, len(claim.edges))
    return {
        "claim": claim,
        "strip": words.strip_of(claim),
        "searched": words.documents_of(claim),
        "chart": chart,
        "most_drawn": MAX_DRAWN,
        "groups": _groups(claim, documents, told),
        "told": told,
        "origins": _origins(claim, documents),
        "origin_names": {o.id: o.source for o in claim.origins},
        "uncredited": len(uncredited(claim)),
        "responses": [
            (
                r,
                name_of(r.document, documents),
                documents.get(r.document),
                _first_quote(r.passages, documents),
            )
            for r in claim.responses
        ],
        "circular": [_circle(claim, pair, documents) for pair in claim.circular],
        "evidence": [
            evidence_of(n, e, documents)
            for n, e in enumerate(claim.edges[cited.first - 1 : cited.last], cited.first)
        ],
        "cited": cited,
        "names": {d: name_of(d, documents) for d in documents},
    }


def _first_quote(passages: Any, documents: Mapping[str, Document]) -> Any:
    return next((q for p in passages if (q := quote(p, documents))), None)


def _groups(claim: Claim, documents: Mapping[str, Document], part: Part) -> list[dict[str, Any]]:
    """Mentions by document in order of time, with the edges by which each had it: one page of them."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in claim.mentions:
        mentions[mention.document].append(mention)

    def published(document: str) -> str | None:
        held = documents.get(document)
        return (held.published if held else None) or mentions[document][0].published

    def by_time(document: str) -> tuple[datetime, str]:
        return instant(published(document)) or _LAST, document

    shown = sorted(mentions, key=by_time)[part.first - 1 : part.last]
    edges: dict[str, list[tuple[int, str]]] = {d: [] for d in shown}
    for number, edge in enumerate(claim.edges, 1):
        if edge.downstream in edges:
            edges[edge.downstream].append((number, name_of(edge.upstream, documents)))
    numbers = {o.id: i for i, o in enumerate(claim.origins, 1)}
    groups = []
    for document in shown:
        held, said = documents.get(document), mentions[document]
        groups.append(
            {
                "document": document,
                "held": held is not None,
                "outlet": (held and held.outlet) or said[0].outlet or name_of(document, documents),
                "title": held.title if held else None,
                "published": published(document),
                "mentions": said,
                "edges": edges[document],
                "origins": sorted({numbers[o] for m in said for o in m.origin_ids if o in numbers}),
            }
        )
    return groups


def _origins(claim: Claim, documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "origin": origin,
            "held": origin.first_document in documents,
            "first": name_of(origin.first_document, documents),
            "published": documents[origin.first_document].published
            if origin.first_document in documents
            else None,
            "quote": _first_quote(origin.passages, documents),
            "rounds": [(r, name_of(r.document, documents), r.document in documents) for r in origin.rounds]
            if len(origin.rounds) > 1
            else [],
        }
        for number, origin in enumerate(claim.origins, 1)
    ]


def _circle(claim: Claim, pair: tuple[str, str], documents: Mapping[str, Document]) -> dict[str, Any]:
    """A pair [a, b] and the chain of edges from a to b, as numbers with the names they lead to."""
    first, last = pair
    incoming: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, edge in enumerate(claim.edges, 1):
        incoming[edge.downstream].append((number, edge.upstream))
    came: dict[str, tuple[int, str]] = {}
    queue, seen = [last], {last}
    for node in queue:
        for number, upstream in incoming[node]:
            if upstream not in seen:
                seen.add(upstream)
                came[upstream] = (number, node)
                queue.append(upstream)
    steps: list[dict[str, Any]] = []
    node = first
    while node in came and node != last:
        number, node = came[node]
        steps.append({"edge": number, "document": node, "name": name_of(node, documents)})
    return {"first": first, "last": last, "name": name_of(first, documents), "steps": steps,
            "last_name": name_of(last, documents)}  # fmt: skip


def edge_of(store: Store, claim: Claim, number: int) -> Evidence | None:
    """The evidence for the edge with this number, from 1, with the credit in it marked; ``None`` where there
    is no such edge."""
    if not 1 <= number <= len(claim.edges):
        return None
    edge = claim.edges[number - 1]
    ids = {edge.upstream, edge.downstream, *(p.document for p in edge.evidence)}
    documents = {d.id: d for d in store.documents(sorted(ids))}
    upstream, downstream = documents.get(edge.upstream), documents.get(edge.downstream)
    names = names_of(claim, edge, upstream)
    reading = store.reading(edge.downstream) if downstream is not None and edge.evidence else None

    def credit(passage: Passage) -> list[Span]:
        if downstream is None or passage.document != downstream.id:
            return []
        return credit_spans(names, passage, downstream, upstream, reading)

    return evidence_of(number, edge, documents, credit)


def edge_json(claim: Claim, shown: Evidence) -> dict[str, Any]:
    def passages(quotes: Any) -> list[dict[str, Any]]:
        return [{"document": q.document, "text": "".join(t for t, _ in q.pieces)} for q in quotes]

    return {
        "claim": claim.id,
        "number": shown.number,
        **to_plain(shown.edge),
        "inferred": shown.edge.inferred,
        "passages": {"upstream": passages(shown.left), "downstream": passages(shown.right)},
    }
