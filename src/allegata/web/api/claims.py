"""Claims over the API: the list, one, its mentions, edges and responses, why its count is so, a brief."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field, WithJsonSchema, create_model
from starlette.responses import Response

from allegata.contract import to_plain
from allegata.linking.why import explain
from allegata.model import PLOVER_ROOTS, STANCES, Document, Passage
from allegata.store.base import Store
from allegata.store.cards import Card
from allegata.store.facets import STATUSES
from allegata.store.pages import place_of
from allegata.web import brief, paths, rendering, words
from allegata.web.api import addresses, shapes
from allegata.web.api.paging import TEXT, decode, encode, page, slice_of
from allegata.web.api.standing import AsOf, ListAsOf, Standing, Stood, read_day
from allegata.web.errors import NotFoundError
from allegata.web.passages import LONGEST, evidence_of
from allegata.web.query import MAX_CHOSEN, MAX_WORDS, ClaimSearch, read_search
from allegata.web.views import claims as views

MOST_AS_OF = 10
"""Claims on a page of a list as of a day: each is counted anew."""

_TIME = "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$"
_KNOWN: dict[str, tuple[str, dict[str, Any]]] = {
    "q": ("Words that the claim, or what carries it, holds.", {}),
    "accuser": ("In the name of who accuses.", {}),
    "accused": ("In the name of who is accused.", {}),
    "act": ("PLOVER root of the alleged act.", {"enum": list(PLOVER_ROOTS)}),
    "country": ("Country of the act, three letters.", {"pattern": "^[A-Z]{3}$"}),
    "since": ("Seen on or after it: a year, a month or a day.", {"pattern": _TIME}),
    "until": ("Seen on or before it: a year, a month or a day.", {"pattern": _TIME}),
    "origins": (
        "The interval of its origins, such as 1-2; 6 stands for more too.",
        {"pattern": "^[0-9]-[0-9]$"},
    ),
    "status": ("What holds of it as a whole.", {"enum": [*STATUSES, "new"]}),
    "stance": ("A stance that somebody takes to it.", {"enum": [*STANCES, "demand_investigation"]}),
    "place": ("Where the act is said to have been, as a claim has it.", {}),
    "language": ("Language of a document that carries it, two letters.", {}),
    "outlet": ("An outlet that carries it, as a claim has it.", {}),
    "id": ("Claims to look among, by their ids.", {}),
    "min_documents": ("Documents at least.", {"type": "integer", "minimum": 1, "maximum": 1_000_000}),
}
"""Filters with what is said of them. Those of the page that are not here yet are offered without."""

_NOT_FILTERS = ("page", "size", "sort", "more")

FILTERS = tuple(f.name for f in fields(ClaimSearch) if f.name not in _NOT_FILTERS)


def _filter(name: str) -> Any:
    """A filter as the document tells it; what it may be is for `read_search` to say, as on the page."""
    told, more = _KNOWN.get(name, (f"As on the page of claims: {name.replace('_', ' ')}.", {}))
    text = {"type": "string", "minLength": 1, "maxLength": MAX_WORDS, "pattern": TEXT}
    schema = more if "type" in more else text | more
    hint = typing.get_type_hints(ClaimSearch)[name]
    if typing.get_origin(hint) is tuple:
        one = Annotated[str, Field(min_length=1, max_length=MAX_WORDS, pattern=TEXT)]
        chosen: Any = Field(default_factory=list, max_length=MAX_CHOSEN, description=told)
        return (shapes.many(one), chosen)
    return (
        Annotated[str | None, Field(min_length=1, pattern=TEXT, description=told), WithJsonSchema(schema)],
        None,
    )


ClaimsAsked: Any = create_model("ClaimsAsked", __base__=ListAsOf, **{name: _filter(name) for name in FILTERS})


def add_claims(router: APIRouter, store: Store) -> None:
    """Put the routes of claims into ``router``."""
    standing = Standing(store)
    _add_list(router, store, standing)
    _add_claim(router, store, standing)
    _add_parts(router, store, standing)
    _add_edges(router, store, standing)


def _add_claim(router: APIRouter, store: Store, standing: Standing) -> None:
    @router.get("/claims/{name}", tags=["claims"], responses=shapes.answers(shapes.ClaimObject))
    def claim(name: str, asked: Annotated[AsOf, Query()]) -> Response:
        """A claim whole."""
        stood = standing.of(name, asked.as_of)
        href = {"href": addresses.claim(stood.claim.id, stood.day)}
        return rendering.plain(views.claim_plain(stood.claim) | href | _when(stood))

    @router.get("/claims/{name}/why", tags=["claims"], responses=shapes.answers(shapes.Why))
    def why(name: str, asked: Annotated[AsOf, Query()]) -> Response:
        """Why the count of a claim's origins is what it is, edge by edge."""
        stood = standing.of(name, asked.as_of)
        told = {
            "claim": stood.claim.id,
            "proposition": stood.claim.proposition,
            "counts": str(words.strip_of(stood.claim)),
            "independent_origins": to_plain(stood.claim.independent_origins),
            "why": explain(stood.claim, views.held_documents(store, stood.claim)),
        }
        return rendering.plain(told | _when(stood))

    @router.get("/claims/{name}/brief", tags=["claims"], responses=shapes.answers(shapes.BriefObject))
    def claim_brief(name: str, asked: Annotated[AsOf, Query()]) -> Response:
        """A claim on one page: who says it, since when, how many know, who disagrees, what is unknown."""
        stood = standing.of(name, asked.as_of)
        told = brief.of_claim(store, stood.claim, stood.day, stood.recounted)
        return rendering.plain(asdict(told) | _when(stood))


def _when(stood: Stood) -> dict[str, Any]:
    return {"as_of": stood.day.isoformat() if stood.day else None, "recounted": stood.recounted}


def _add_list(router: APIRouter, store: Store, standing: Standing) -> None:
    @router.get(
        "/claims", tags=["claims"], responses=shapes.answers(shapes.listed("Claims", shapes.ClaimRow))
    )
    def claims(request: Request, asked: Annotated[ClaimsAsked, Query()]) -> Response:
        """Claims, those of most documents first, then those seen last. As of a day, at most ten on a page."""
        search = read_search((k, v) for k, v in request.query_params.multi_items() if k in FILTERS)
        day = read_day(asked.as_of)
        size = asked.limit
        if day is not None:
            search, size = _until(search, day), min(size, MOST_AS_OF)
        after = decode(asked.cursor, int, str, str)
        query = replace(search.store_query(None, 0), typing=False)  # every word is whole
        found = store.cards_after(query, after, size + 1)
        shown = found[:size]
        cursor = encode(*place_of(shown[-1])) if len(found) > size else None
        rows = shown if day is None else standing.cards(shown, day)
        return rendering.plain(page(request, [_row(c, day) for c in rows], cursor))


def _add_parts(router: APIRouter, store: Store, standing: Standing) -> None:
    @router.get(
        "/claims/{name}/mentions",
        tags=["claims"],
        responses=shapes.answers(shapes.listed("Mentions", shapes.MentionRow)),
    )
    def mentions(request: Request, name: str, asked: Annotated[ListAsOf, Query()]) -> Response:
        """The appearances of a claim in documents, with the words of their passages."""
        shown, cursor = slice_of(asked, standing.of(name, asked.as_of).claim.mentions)
        held = _held(store, (p for m in shown for p in m.passages))
        rows = [
            {
                **to_plain(m),
                "passages": [{**to_plain(p), "text": _words(p, held)} for p in m.passages],
                "document_href": addresses.document(m.document),
            }
            for m in shown
        ]
        return rendering.plain(page(request, rows, cursor))

    @router.get(
        "/claims/{name}/responses",
        tags=["claims"],
        responses=shapes.answers(shapes.ResponseList),
    )
    def responses(name: str, asked: Annotated[AsOf, Query()]) -> Response:
        """Who answers a claim, and how. No denial found is just that, never assent."""
        stood = standing.of(name, asked.as_of)
        held = _held(store, (p for r in stood.claim.responses for p in r.passages))
        rows = [
            {
                **to_plain(r),
                "passages": [{**to_plain(p), "text": _words(p, held)} for p in r.passages],
                "document_href": addresses.document(r.document),
            }
            for r in stood.claim.responses
        ]
        denied = None if words.deniers(stood.claim) else words.no_denial(stood.claim)
        return rendering.plain({"items": rows, "next": None, "no_denial": denied} | _when(stood))


def _add_edges(router: APIRouter, store: Store, standing: Standing) -> None:
    @router.get(
        "/claims/{name}/edges",
        tags=["claims"],
        responses=shapes.answers(shapes.listed("Edges", shapes.EdgeRow)),
    )
    def edges(request: Request, name: str, asked: Annotated[ListAsOf, Query()]) -> Response:
        """Who had a claim from whom, each edge with its evidence."""
        stood = standing.of(name, asked.as_of)
        shown, cursor = slice_of(asked, list(enumerate(stood.claim.edges, 1)))
        rows = [
            {
                **to_plain(e),
                "number": n,
                "inferred": e.inferred,
                "href": addresses.edge(stood.claim.id, n, stood.day),
            }
            for n, e in shown
        ]
        return rendering.plain(page(request, rows, cursor))

    @router.get("/claims/{name}/edges/{number}", tags=["claims"], responses=shapes.answers(shapes.EdgeObject))
    def edge(name: str, number: shapes.Number, asked: Annotated[AsOf, Query()]) -> Response:
        """One edge with the passages that show it, side by side."""
        stood = standing.of(name, asked.as_of)
        edges = stood.claim.edges
        if number > len(edges):
            raise NotFoundError(
                f"There is no edge {number} in this claim.",
                f"Its edges are numbered from 1 to {len(edges)}." if edges else "It has no citation.",
            )
        one = edges[number - 1]
        ids = {one.upstream, one.downstream, *(p.document for p in one.evidence)}
        held = {d.id: d for d in store.documents(sorted(ids))}
        told = views.edge_json(stood.claim, evidence_of(number, one, held))
        return rendering.plain(told | {"href": addresses.edge(stood.claim.id, number, stood.day)})


def _until(search: ClaimSearch, day: date) -> ClaimSearch:
    """Only what was seen by then; a narrower bound stays."""
    bound = search.store_query(None, 0).until
    return search if bound and bound <= day.isoformat() else replace(search, until=day.isoformat())


def _row(card: Card, day: date | None) -> dict[str, Any]:
    return {
        **to_plain(card),
        "counts": str(words.strip_of(card)),
        "page": paths.claim(card.id),
        "href": addresses.claim(card.id, day),
    }


def _held(store: Store, passages: Iterable[Passage]) -> dict[str, Document]:
    return {d.id: d for d in store.documents(sorted({p.document for p in passages}))}


def _words(passage: Passage, held: dict[str, Document]) -> str | None:
    document = held.get(passage.document)
    return document.text[passage.start : passage.end][:LONGEST] if document else None
