"""What the pages need of a Store, in memory, so that their tests say in full what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from allegata.model import Capture, Claim, Document, Edge, Judgement, Reading
from allegata.monitoring.ledger import Registered
from allegata.store.base import ClaimQuery, Facet, Survey
from allegata.store.cards import Card, card_of
from allegata.store.facets import facets_of, statuses_of
from allegata.store.inbox_records import InboxQuery


class FakeStore:
    """Documents in their versions (the newest last), readings and claims, as they were put in."""

    def __init__(
        self,
        documents: Iterable[Document] = (),
        readings: Iterable[Reading] = (),
        claims: Iterable[Claim] = (),
        captures: Iterable[Capture] = (),
    ) -> None:
        self._documents: dict[str, list[Document]] = {}
        for document in documents:
            self._documents.setdefault(document.id, []).append(document)
        self._readings = {r.document.id: r for r in readings}
        self._claims = {c.id: c for c in claims}
        self._captures = {c.sha256: c for c in captures}

    def count_users(self) -> int:
        return 0

    def count_inbox(self, asked: InboxQuery, most: int | None = None) -> int:
        return 0

    def judgements(self) -> list[Judgement]:
        return []

    def registered(self) -> list[Registered]:
        return []

    def capture(self, sha256: str) -> Capture | None:
        return self._captures.get(sha256)

    def body(self, sha256: str) -> bytes:
        raise KeyError(sha256)

    def document(self, document_id: str, version: int | None = None) -> Document | None:
        held = self.versions(document_id)
        if version is None:
            return held[-1] if held else None
        return next((d for d in held if d.version == version), None)

    def versions(self, document_id: str) -> list[Document]:
        return self._documents.get(document_id, [])

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        wanted = None if ids is None else set(ids)
        return iter([v[-1] for k, v in self._documents.items() if wanted is None or k in wanted])

    def count_documents(self) -> int:
        return len(self._documents)

    def reading(self, document_id: str) -> Reading | None:
        return self._readings.get(document_id)

    def readings(self, ids: Iterable[str]) -> list[Reading]:
        return [self._readings[i] for i in ids if i in self._readings]

    def claims(self, query: ClaimQuery | None = None) -> list[Claim]:
        query = query or ClaimQuery()
        found = [c for c in self._claims.values() if _matches(c, query)]
        found.sort(key=lambda c: (len(c.documents), c.last_seen or ""), reverse=True)
        end = None if query.limit is None else query.offset + query.limit
        return found[query.offset : end]

    def cards(self, query: ClaimQuery | None = None) -> list[Card]:
        return [card_of(c, statuses_of(c)) for c in self.claims(query)]

    def facets(self, query: ClaimQuery, kinds: Iterable[str], most: int) -> dict[str, list[Facet]]:
        counted = Counter(pair for c in self.claims(query) for pair in facets_of(c, ()))
        return {k: [Facet(v, n) for (kind, v), n in counted.items() if kind == k][:most] for k in kinds}

    def survey(self, query: ClaimQuery, kinds: Iterable[str], most: int) -> Survey:
        cards = tuple(self.cards(query))
        return Survey(self.count_claims(query), cards, self.facets(query, kinds, most), ())

    def periods(self, query: ClaimQuery) -> list[Facet]:
        return []

    def count_claims(self, query: ClaimQuery | None = None) -> int:
        return len([c for c in self._claims.values() if _matches(c, query or ClaimQuery())])

    def claim(self, claim_id: str) -> Claim | None:
        return self._claims.get(claim_id)

    def heads(self, ids: Iterable[str]) -> dict[str, Document]:
        return {d.id: replace(d, text="", links=(), embeds=()) for d in self.documents(ids)}

    def cards_mentioning(self, document_id: str) -> list[Card]:
        return [card_of(c) for c in self.claims_of(document_id)]

    def edges_to(self, document_id: str) -> list[tuple[str, int, Edge]]:
        return [
            (c.id, number, edge)
            for c in self.claims_of(document_id)
            for number, edge in enumerate(c.edges, 1)
            if edge.downstream == document_id
        ]

    def claims_beside(self, claim_id: str, most: int) -> list[tuple[str, int]]:
        wanted = set(self._claims[claim_id].documents)
        found = [(i, len(wanted & set(c.documents))) for i, c in self._claims.items() if i != claim_id]
        return [f for f in found if f[1]][:most]

    def cards_of(self, ids: Iterable[str]) -> dict[str, Card]:
        return {i: card_of(self._claims[i]) for i in ids if i in self._claims}

    def claims_of(self, document_id: str) -> list[Claim]:
        return [c for c in self._claims.values() if document_id in c.documents]


def _matches(claim: Claim, query: ClaimQuery) -> bool:
    def holds(part: str | None, whole: str | None) -> bool:
        return part is None or part.casefold() in (whole or "").casefold()

    country = claim.place.country if claim.place else None
    return (
        all(holds(word, claim.proposition) for word in (query.text or "").split())
        and holds(query.accuser, claim.accuser)
        and holds(query.accused, claim.accused)
        and query.act in (None, claim.act)
        and query.country in (None, country)
        and (query.since is None or (claim.last_seen or "") >= query.since)
        and (query.until is None or (claim.first_seen or "")[:10] <= query.until)
        and len(claim.documents) >= query.min_documents
    )
