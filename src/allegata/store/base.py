"""What every store can do. SQLite is the default; one conformance suite (tests/store) runs over each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from allegata.model import Capture, Claim, Document, Edge, Judgement, Reading
from allegata.store.cards import Card
from allegata.store.dyad_records import Tense
from allegata.store.inbox_records import Inboxes
from allegata.store.news_records import Newsworthy
from allegata.store.records import Feeding, Ledger, Watching
from allegata.store.user_records import Persons

if TYPE_CHECKING:
    from allegata.linking.doubts import Doubt
    from allegata.monitoring.due import Due

Put = Literal["new", "version", "same"]

Place = tuple[int, str, str]
"""Where a claim stands in the order of claims: its documents, when it was last seen, its id."""


class StoreError(Exception):
    """A store that cannot be used. The message is one line: what is wrong and what to do."""


Order = Literal["documents", "newest", "oldest", "origins", "few-origins"]
"""Most documents first, then newest; last seen; first seen; most origins; fewest, then most documents."""


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """A search over claims. Empty fields do not filter. ``accuser`` and ``accused`` are words in a name, or a
    whole name in double quotes; the fields from ``place`` on are values as `Store.facets` gives them, and
    ``status`` may be "new" too. ``ids`` are the claims to look among. With ``typing`` the last word of
    ``text`` may be the beginning of one."""

    text: str | None = None
    accuser: str | None = None
    accused: str | None = None
    act: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    min_documents: int = 1
    limit: int | None = None
    offset: int = 0
    place: str | None = None
    origins: str | None = None
    status: str | None = None
    stance: str | None = None
    language: str | None = None
    outlet: str | None = None
    ids: tuple[str, ...] = ()
    typing: bool = False
    order: Order = "documents"

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(self.ids))  # a list, where it was stored as JSON


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that claims have, and how many of those that a search finds have it."""

    value: str
    claims: int


@dataclass(frozen=True, slots=True)
class Tied:
    """A name that another is tied to, in how many claims and in how many documents of these."""

    name: str
    claims: int
    documents: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What a search finds: how many claims, the cards of those within its limit, facets and periods."""

    total: int
    cards: tuple[Card, ...]
    facets: dict[str, list[Facet]]
    periods: tuple[Facet, ...]


class Store(Watching, Inboxes, Feeding, Ledger, Persons, Newsworthy, Tense, Protocol):
    """Every ``put`` is one transaction: when it returns, its rows survive a kill. All are idempotent."""

    # evidence ------------------------------------------------------------------------------------------
    def put_capture(self, capture: Capture, body: bytes) -> bool:
        """Archive a retrieval. False where these bytes from this address were held already."""

    def capture(self, sha256: str) -> Capture | None: ...

    def captures(self) -> Iterator[Capture]: ...

    def body(self, sha256: str) -> bytes:
        """The archived bytes. KeyError where there are none."""

    def verify(self) -> list[str]:
        """Hash every archived body again: one line for each that is missing, unreadable or changed."""

    # documents and readings ----------------------------------------------------------------------------
    def put_document(self, document: Document) -> tuple[Document, Put]:
        """Store a Document; the same content again is "same", other content under one id a new version."""

    def document(self, document_id: str, version: int | None = None) -> Document | None:
        """The newest version, or the one asked for."""

    def versions(self, document_id: str) -> list[Document]: ...

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """Newest versions, in the order they were first added."""

    def heads(self, ids: Iterable[str]) -> dict[str, Document]:
        """As `documents`, by id, with neither texts nor links: what a long list needs of each."""

    def documents_after(self, after: int, limit: int) -> list[tuple[int, Document]]:
        """Newest versions of those added after the document with number ``after``, with their numbers."""

    def count_documents(self) -> int: ...

    def search_documents(self, text: str, limit: int = 50) -> list[str]:
        """Documents whose newest title or text has all the words: best first, or, where the words are common,
        newest first."""

    def put_reading(self, reading: Reading, run: int) -> None:
        """Store a Reading under (document id, version, reading.reader). Marks the document as not linked."""

    def reading(self, document_id: str) -> Reading | None:
        """The last Reading of the newest version."""

    def readings(self, ids: Sequence[str]) -> list[Reading]:
        """The last Readings of these documents, in this order, without those that are not read."""

    def unread(self, reader: str) -> list[str]:
        """Documents whose newest version has no Reading by ``reader``, in the order of adding."""

    def foretold(self, before: str, since: str = "") -> list[Due]:
        """What the last Readings of newest versions foretell by a day before ``before``, and not before
        ``since``: oldest deadline first, then by document and place."""

    # linking -------------------------------------------------------------------------------------------
    def put_features(
        self,
        document_id: str,
        payload: bytes,
        keys: Mapping[str, Sequence[int]],
        vectors: bytes | None,
        run: int,
    ) -> None:
        """What linking keeps of a Document: a payload of its own, keys to find it by (64-bit, by space),
        and vectors (raw little-endian float32 or float16 rows). Replaces what was there."""

    def features(self, ids: Iterable[str]) -> dict[str, bytes]: ...

    def vectors(self, after: int = 0) -> Iterator[tuple[int, str, bytes]]:
        """(sequence number, document id, rows) of all documents put after ``after``, in that order."""

    def vectors_of(self, ids: Iterable[str]) -> dict[str, bytes]:
        """document -> its rows, for those of ``ids`` that have any."""

    def sharing(self, space: str, keys: Sequence[int], least: int, most: int) -> dict[str, int]:
        """document -> how many of ``keys`` it carries in ``space``, for those with at least ``least``, in
        order of their ids. Of the documents that carry one key only the first ``most`` are looked at, so that
        the cost does not grow with the store."""

    def unlinked(self) -> list[str]:
        """Documents read but not yet linked, sorted by id."""

    def put_pairs(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """Undirected links between documents (a story is a connected part of them), with a score."""

    def neighbours(self, ids: Iterable[str]) -> dict[str, dict[str, float]]:
        """document -> documents linked to it by a pair, with the pair's score."""

    def remove_pairs(self, ids: Iterable[str]) -> None:
        """Forget the pairs of these documents (an edited page is linked anew)."""

    def replace_claims(self, documents: Iterable[str], claims: Sequence[Claim], run: int) -> None:
        """In one transaction: drop the machine's claims that mention any of ``documents``, put ``claims``,
        and mark ``documents`` as linked."""

    # claims --------------------------------------------------------------------------------------------
    def claims(self, query: ClaimQuery | None = None) -> list[Claim]: ...

    def claims_after(self, query: ClaimQuery, after: Place | None, limit: int) -> list[Claim]:
        """As `claims`, but those that come after a place in that order (`pages.place_of`), whatever the
        query's limit and offset."""

    def cards_after(self, query: ClaimQuery, after: Place | None, limit: int) -> list[Card]:
        """The same, as cards."""

    def count_claims(self, query: ClaimQuery | None = None) -> int: ...

    def cards(self, query: ClaimQuery | None = None) -> list[Card]:
        """What a list shows of the claims that `claims` would give, in the same order."""

    def cards_of(self, ids: Iterable[str]) -> dict[str, Card]:
        """id -> card, for those of ``ids`` that are claims."""

    def facets(self, query: ClaimQuery, kinds: Iterable[str], most: int) -> dict[str, list[Facet]]:
        """For each of ``kinds`` (`facets.SHOWN`) the values that most of the claims have that the query
        finds without its own filter of that kind: ``most`` of them at most, greatest first."""

    def survey(self, query: ClaimQuery, kinds: Iterable[str], most: int) -> Survey:
        """`count_claims`, `cards`, `facets` and `periods` of one query, as of one moment."""

    def periods(self, query: ClaimQuery) -> list[Facet]:
        """Years, or months where all lies in one year, with how many of the claims that the query finds
        without its times were seen in them. Oldest first."""

    def propositions(self) -> list[tuple[str, str]]:
        """(id, proposition) of every claim, in the order of `claims`."""

    def claim(self, claim_id: str) -> Claim | None: ...

    def claims_of(self, document_id: str) -> list[Claim]: ...

    def cards_mentioning(self, document_id: str) -> list[Card]:
        """The same as cards."""

    def edges_to(self, document_id: str) -> list[tuple[str, int, Edge]]:
        """How a document had the claims that mention it: claim, number of the edge from 1, edge."""

    def claims_beside(self, claim_id: str, most: int) -> list[tuple[str, int]]:
        """Ids of the other claims that mention most of the documents that one mentions, and how many."""

    # who is tied to whom (`ties.ROLES`) ----------------------------------------------------------------
    def tied(self, role: str, name: str, most: int, *, turned: bool = False) -> list[Tied]:
        """Those that a name is tied to in a role, in most claims first; ``turned``, those tied to it."""

    def claims_tied(
        self, role: str, name: str, most: int, *, other: str | None = None, turned: bool = False
    ) -> list[str]:
        """Ids of the claims by which a name is tied (to ``other`` alone, where it is given), in the order of
        `claims`."""

    def count_tied(self, role: str, name: str, *, other: str | None = None, turned: bool = False) -> int:
        """How many claims those are."""

    def greatest(self, role: str, most: int) -> list[Tied]:
        """The names that are tied in a role by most claims."""

    def spelling(self, name: str, *, party: bool = False) -> str | None:
        """How the name of a source, or of a ``party``, is spelled; ``None`` where no claim has it."""

    # what persons are asked ----------------------------------------------------------------------------
    def doubts(
        self,
        kind: str | None = None,
        claim: str | None = None,
        after: tuple[int, str] | None = None,
        limit: int = 20,
    ) -> list[Doubt]:
        """Those first of which the answer is expected to move a count furthest; ``after`` the (rank, id) of
        one of them."""

    def doubt(self, doubt_id: str) -> Doubt | None: ...

    def count_doubts(self, kind: str | None = None, claim: str | None = None, most: int = 1000) -> int:
        """How many there are, counted no further than ``most``."""

    # runs and people -----------------------------------------------------------------------------------
    def start_run(self, component: str, arguments: str) -> int: ...

    def finish_run(self, run: int, status: str) -> None: ...

    def put_judgement(
        self,
        person: str,
        kind: str,
        subject: str,
        value: str,
        reason: str,
        undoes: int | None = None,
        touching: Iterable[str] = (),
    ) -> Judgement:
        """Keep what a person decided and, in the same transaction, mark the documents ``touching`` as not
        linked: their claims are then made anew, by this run or the next. KeyError for what is unknown."""

    def judgements(self, subject: str | None = None) -> list[Judgement]: ...

    def close(self) -> None: ...
