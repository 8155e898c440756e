"""Passages as quotations: the words, a little of what stands around them, what is shared marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from allegata.model import Document, Edge, Passage, Span
from allegata.web import paths, words
from allegata.web.compare import Piece, compare

AROUND = 90
LONGEST = 1400
"""Characters of a passage that are quoted; the rest is a click away."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with its context. ``pieces`` are (text, class) that make up the passage."""

    document: str
    outlet: str
    published: str | None
    href: str
    before: str
    pieces: tuple[tuple[str, str], ...]
    after: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """An edge as a page shows it. ``left`` are passages of the upstream, ``right`` of the downstream."""

    number: int
    edge: Edge
    upstream: str
    downstream: str
    upstream_href: str | None
    downstream_href: str | None
    left: tuple[Quote, ...]
    right: tuple[Quote, ...]

    @property
    def kind(self) -> str:
        return words.EDGE_WORDS.get(self.edge.kind, self.edge.kind)


def name_of(node: str, documents: Mapping[str, Document]) -> str:
    """How an end of an edge is called: a document by its outlet, else a source by its name."""
    held = documents.get(node)
    if held is None:
        return node
    return held.outlet or words.host_of(held.url) or held.title or held.id


def evidence_of(
    number: int,
    edge: Edge,
    documents: Mapping[str, Document],
    credit: Callable[[Passage], Iterable[Span]] | None = None,
) -> Evidence:
    """The passages behind an edge, those of upstream and downstream laid against each other. ``credit`` gives
    the spans of a passage of the downstream that name the upstream."""
    left = [p for p in edge.evidence if p.document == edge.upstream and edge.upstream in documents]
    right = [p for p in edge.evidence if p not in left]
    ours = " ".join(_words(p, documents) for p in left) or edge.upstream
    theirs = " ".join(_words(p, documents) for p in right)
    return Evidence(
        number=number,
        edge=edge,
        upstream=name_of(edge.upstream, documents),
        downstream=name_of(edge.downstream, documents),
        upstream_href=paths.document(edge.upstream) if edge.upstream in documents else None,
        downstream_href=paths.document(edge.downstream) if edge.downstream in documents else None,
        left=tuple(q for p in left if (q := quote(p, documents, theirs))),
        right=tuple(q for p in right if (q := quote(p, documents, ours, credit(p) if credit else ()))),
    )


def quote(
    passage: Passage, documents: Mapping[str, Document], against: str = "", credit: Iterable[Span] = ()
) -> Quote | None:
    """A passage as a quotation, the words it shares with ``against`` marked, and the spans of the document
    that ``credit`` somebody. ``None`` where it is empty."""
    document = documents.get(passage.document)
    if document is None:
        return None
    start, end = clipped(passage, document)
    if start >= end:
        return None
    whole = document.text[start:end]
    text = whole[:LONGEST]
    pieces: list[Piece] = compare(text, against[: 2 * LONGEST]) if against else [(0, len(text), "")]
    return Quote(
        document=document.id,
        outlet=name_of(document.id, documents),
        published=document.published,
        href=paths.document(document.id, at=(start, end)),
        before=_before(document.text, start),
        pieces=tuple(_marked(text, pieces, [(a - start, b - start) for a, b in credit])),
        after="" if len(whole) > LONGEST else _after(document.text, end),
        cut=len(whole) > LONGEST,
    )


def _marked(text: str, pieces: Iterable[Piece], credit: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """The pieces of a text with their classes, cut where a credit begins or ends."""
    edges = sorted({x for span in credit for x in span})
    for a, b, shared in pieces:
        cuts = [a, *(x for x in edges if a < x < b), b]
        for c, d in pairwise(cuts):
            credited = any(s <= c and d <= e for s, e in credit)
            yield text[c:d], " ".join(filter(None, (shared, "credit" if credited else "")))


def clipped(passage: Passage, document: Document) -> tuple[int, int]:
    """The span of a passage inside its document's text: an edited page may have become shorter."""
    length = len(document.text)
    return max(0, min(passage.start, length)), max(0, min(passage.end, length))


def _words(passage: Passage, documents: Mapping[str, Document]) -> str:
    document = documents.get(passage.document)
    if document is None:
        return ""
    start, end = clipped(passage, document)
    return document.text[start : min(end, start + LONGEST)]


def _before(text: str, start: int) -> str:
    """What stands before a passage in its paragraph, from a word's beginning."""
    window = text[max(0, start - AROUND) : start]
    paragraph = window.rpartition("\n")[2]
    if len(paragraph) == AROUND:
        return "… " + paragraph.partition(" ")[2]
    return paragraph


def _after(text: str, end: int) -> str:
    window = text[end : end + AROUND]
    paragraph = window.partition("\n")[0]
    if len(paragraph) == AROUND:
        return paragraph.rpartition(" ")[0] + " …"
    return paragraph
