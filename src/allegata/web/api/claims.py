"""Claims over the API: the list, one, its mentions, its edges, why its count is what it is, its brief."""

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
from allegata.library import Library
from allegata.linking.why import explain
from allegata.model import PLOVER_ROOTS, STANCES, Claim, Document, Passage
from allegata.store.base import Store
from allegata.store.cards import Card, card_of
from allegata.store.facets import STATUSES, statuses_of
from allegata.store.pages import place_of
from allegata.web import brief, paths, rendering, words
from allegata.web.api import addresses, shapes
from allegata.web.api.paging import TEXT, Asked, Bare, decode, encode, page, slice_of
from allegata.web.errors import NotFoundError, id_of
from allegata.web.passages import LONGEST, evidence_of
from allegata.web.query import FIRST_YEAR, MAX_WORDS, BadQuery, ClaimSearch, read_search
from allegata.web.views import claims as views

MOST_COUNTED = 300
"""Documents of a claim that is counted anew as of a day while a program waits."""

MOST_AS_OF = 10
"""Claims on a page of a list as of a day: each is counted anew."""

Day = Annotated[
    str | None,
    Field(description="As it stood at the end of this day, counted from what was out by then."),
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"}),
]


class AsOf(Bare):
    as_of: Day = None


class ListAsOf(Asked):
    as_of: Day = None


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
        return (Annotated[list[str], Field(description=told)], Field(default_factory=list))
    return (
        Annotated[str | None, Field(min_length=1, pattern=TEXT, description=told), WithJsonSchema(schema)],
        None,
    )


ClaimsAsked: Any = create_model("ClaimsAsked", __base__=ListAsOf, **{name: _filter(name) for name in FILTERS})


def add_claims(router: APIRouter, store: Store) -> None:
    """Put the routes of claims into ``router``."""
    _add_list(router, store)
    _add_parts(router, store)
    _add_edges(router, store)

    @router.get("/claims/{name}", tags=["claims"], responses=shapes.answers(shapes.ClaimObject))
    def claim(name: str, asked: Annotated[AsOf, Query()]) -> Response:
        """A claim whole."""
        day = read_day(asked.as_of)
        found = claim_of(store, name, day)
        told = views.claim_plain(found)
        return rendering.plain(told | {"href": addresses.claim(found.id, day), "as_of": _text(day)})

    @router.get("/claims/{name}/why", tags=["claims"], responses=shapes.answers(shapes.Why))
    def why(name: str, asked: Annotated[AsOf, Query()]) -> Response:
        """Why the count of a claim's origins is what it is, edge by edge."""
        day = read_day(asked.as_of)
        found = claim_of(store, name, day)
        return rendering.plain(
            {
                "claim": found.id,
                "proposition": found.proposition,
                "counts": str(words.strip_of(found)),
                "independent_origins": to_plain(found.independent_origins),
                "as_of": _text(day),
                "why": explain(found, views.held_documents(store, found)),
            }
        )

    @router.get("/claims/{name}/brief", tags=["claims"], responses=shapes.answers(shapes.BriefObject))
    def claim_brief(name: str, asked: Annotated[AsOf, Query()]) -> Response:
        """A claim on one page: who says it, since when, how many know, who disagrees, what is unknown."""
        return rendering.plain(asdict(brief.of_claim(store, claim_of(store, name, read_day(asked.as_of)))))


def _add_list(router: APIRouter, store: Store) -> None:
    @router.get(
        "/claims", tags=["claims"], responses=shapes.answers(shapes.listed("Claims", shapes.ClaimRow))
    )
    def claims(request: Request, asked: Annotated[ClaimsAsked, Query()]) -> Response:
        """Claims, those of most documents first, then those seen last."""
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
        rows = shown if day is None else _standing(store, shown, day)
        return rendering.plain(page(request, [_row(c, day) for c in rows], cursor))


def _add_parts(router: APIRouter, store: Store) -> None:
    @router.get(
        "/claims/{name}/mentions",
        tags=["claims"],
        responses=shapes.answers(shapes.listed("Mentions", shapes.MentionRow)),
    )
    def mentions(request: Request, name: str, asked: Annotated[ListAsOf, Query()]) -> Response:
        """The appearances of a claim in documents, with the words of their passages."""
        found = claim_of(store, name, read_day(asked.as_of))
        shown, cursor = slice_of(asked, found.mentions)
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


def _add_edges(router: APIRouter, store: Store) -> None:
    @router.get(
        "/claims/{name}/edges",
        tags=["claims"],
        responses=shapes.answers(shapes.listed("Edges", shapes.EdgeRow)),
    )
    def edges(request: Request, name: str, asked: Annotated[ListAsOf, Query()]) -> Response:
        """Who had a claim from whom, each edge with its evidence."""
        day = read_day(asked.as_of)
        found = claim_of(store, name, day)
        shown, cursor = slice_of(asked, list(enumerate(found.edges, 1)))
        rows = [
            {**to_plain(e), "number": n, "inferred": e.inferred, "href": addresses.edge(found.id, n, day)}
            for n, e in shown
        ]
        return rendering.plain(page(request, rows, cursor))

    @router.get("/claims/{name}/edges/{number}", tags=["claims"], responses=shapes.answers(shapes.EdgeObject))
    def edge(name: str, number: shapes.Number, asked: Annotated[AsOf, Query()]) -> Response:
        """One edge with the passages that show it, side by side."""
        day = read_day(asked.as_of)
        found = claim_of(store, name, day)
        if number > len(found.edges):
            raise NotFoundError(
                f"There is no edge {number} in this claim.",
                f"Its edges are numbered from 1 to {len(found.edges)}."
                if found.edges
                else "No citation was found for it.",
            )
        held = views.held_documents(store, found)
        told = views.edge_json(found, evidence_of(number, found.edges[number - 1], held))
        return rendering.plain(told | {"href": addresses.edge(found.id, number, day)})


def claim_of(store: Store, name: str, day: date | None) -> Claim:
    """The claim of an address, as it is or stood. NotFoundError; BadQuery where it is too large to be counted
    anew."""
    claim_id = id_of(name)
    claim = store.claim(claim_id)
    if claim is None:
        raise NotFoundError(
            f"There is no claim “{words.clip(claim_id, 80)}”.",
            "Claims are formed anew when documents are added and may move: look for its words.",
        )
    if day is None:
        return claim
    if len(claim.documents) > MOST_COUNTED:
        raise BadQuery(
            f"This claim has {len(claim.documents):,} documents, too many to count it anew here: "
            "'allegata show --as-of' does."
        )
    then = Library(store).claim(claim_id, as_of=day)
    if then is None:
        raise NotFoundError(
            f"Nothing of this claim was out by {day}.", f"It was first seen {words.day(claim.first_seen)}."
        )
    return replace(then, id=claim_id)


def read_day(text: str | None) -> date | None:
    """BadQuery."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or day.year < FIRST_YEAR:
        raise BadQuery("“as_of” is a day, such as 2025-03-06.")
    return day


def _until(search: ClaimSearch, day: date) -> ClaimSearch:
    """Only what was seen by then; a narrower bound stays."""
    bound = search.store_query(None, 0).until
    return search if bound and bound <= day.isoformat() else replace(search, until=day.isoformat())


def _standing(store: Store, cards: Iterable[Card], day: date) -> list[Card]:
    """Each as it stood, under the id it has now; what was not out yet, or is too large, is left out."""
    library, out = Library(store), []
    for card in cards:
        if card.documents <= MOST_COUNTED:
            then = library.claim(card.id, as_of=day)
            if then is not None:
                out.append(replace(card_of(then, statuses_of(then)), id=card.id))
    return out


def _row(card: Card, day: date | None) -> dict[str, Any]:
    count = card.independent_origins
    strip = words.Strip(
        card.mentions,
        card.outlets,
        words.interval(count),
        plural=not (count.low == count.high == 1),
        unresolved=count.unresolved,
    )
    return {
        **to_plain(card),
        "counts": str(strip),
        "page": paths.claim(card.id),
        "href": addresses.claim(card.id, day),
    }


def _held(store: Store, passages: Iterable[Passage]) -> dict[str, Document]:
    return {d.id: d for d in store.documents(sorted({p.document for p in passages}))}


def _words(passage: Passage, held: dict[str, Document]) -> str | None:
    document = held.get(passage.document)
    return document.text[passage.start : passage.end][:LONGEST] if document else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
