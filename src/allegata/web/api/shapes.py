"""What the API answers, as the OpenAPI document tells it. Where the contract has a value, its shape is taken
from the model, so that neither says other things than the other."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.json_schema import models_json_schema

from allegata import model
from allegata.monitoring.breaks import Break
from allegata.monitoring.events import Event
from allegata.monitoring.ledger import Outcome, Record, Registered
from allegata.monitoring.tension import Tension
from allegata.reading.xray import Xray
from allegata.store.base import ClaimQuery
from allegata.store.cards import Card
from allegata.store.records import Watch
from allegata.store.user_records import Act, Token, User
from allegata.web.problems import MEDIA_TYPE

Href = typing.Annotated[str, Field(description="The address of the thing in this API.")]
Page = typing.Annotated[str, Field(description="The address of its page for people.")]
Counts = typing.Annotated[
    str, Field(description="Mentions, outlets and the interval of independent origins, in words.")
]
Recounted = typing.Annotated[
    bool, Field(description="Counted anew for that day, rather than cut out of what is known now.")
]
AsOf = typing.Annotated[str | None, Field(description="The day at whose end it stood so; null: now.")]


def shape(name: str, told: str, base: type | None = None, /, *, leave: str = "", **more: Any) -> Any:
    """A shape with the fields of the dataclass ``base``, but those named in ``leave``, and with ``more``."""
    fields: dict[str, Any] = {}
    if base is not None:
        hints = typing.get_type_hints(base, localns=globals(), include_extras=True)
        fields = {
            f.name: (hints[f.name], ...) for f in dataclasses.fields(base) if f.name not in leave.split()
        }
    fields |= {k: (v, ...) for k, v in more.items()}
    made = create_model(name, __doc__=told, __config__=ConfigDict(defer_build=True), **fields)
    SHAPES[name] = made
    return made


def many(kind: Any) -> Any:
    """A list of values of a shape."""
    return list[kind]


def listed(name: str, item: Any, **more: Any) -> Any:
    """The shape of a page of a list."""
    following = typing.Annotated[str | None, Field(description="The address of the next page; null: none.")]
    return shape(name, "One page of a list.", items=many(item), next=following, **more)


Number = typing.Annotated[int, Path(ge=1, le=1_000_000_000)]
"""A number in an address."""


REF = "#/components/schemas/{model}"
SHAPES: dict[str, type[BaseModel]] = {}
"""Every shape by its name. They are built when the document is asked for: to build them takes a second."""


def answers(kind: Any, status: int = 200, told: str = "What was asked for.") -> dict[int | str, Any]:
    """The answers of a route as the document tells them."""
    right = {"schema": {"$ref": REF.format(model=kind.__name__)}}
    wrong = {"schema": {"$ref": REF.format(model=Problem.__name__)}}
    return {
        status: {"description": told, "content": {"application/json": right}},
        "4XX": {"description": "A problem with the request.", "content": {MEDIA_TYPE: wrong}},
        "5XX": {"description": "A problem of the server.", "content": {MEDIA_TYPE: wrong}},
    }


class ProblemPart(BaseModel):
    where: str
    message: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(description="The kind of problem; the address leads to what it means.")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What is wrong, in one line.")
    hint: str | None = Field(None, description="What to do.")
    errors: list[ProblemPart] | None = Field(None, description="The parts of the request that are wrong.")


ClaimRow = shape(
    "ClaimRow",
    "A claim in a list. `deniers` are the first of `denials`; `searched` counts the documents looked at.",
    Card,
    counts=Counts,
    page=Page,
    href=Href,
)
ClaimObject = shape(
    "ClaimObject",
    "A claim whole: the object of `allegata claims --json`.",
    model.Claim,
    leave="edges",
    edges=list[tuple[str, str, str]],
    evidence=list[model.Edge],
    counts=Counts,
    page=Page,
    href=Href,
    as_of=AsOf,
    recounted=Recounted,
)
Quoted = shape("Quoted", "A passage with its words.", model.Passage, text=str | None)
MentionRow = shape(
    "MentionRow",
    "One appearance of a claim in a document.",
    model.Mention,
    leave="passages",
    passages=many(Quoted),
    document_href=Href,
)
ResponseRow = shape(
    "ResponseRow",
    "A source's stance towards a claim of another.",
    model.Response,
    leave="passages",
    passages=many(Quoted),
    document_href=Href,
)
ResponseList = listed(
    "Responses",
    ResponseRow,
    no_denial=typing.Annotated[
        str | None, Field(description="Said where nobody was found to deny it; never assent.")
    ],
    as_of=AsOf,
    recounted=Recounted,
)
EdgeRow = shape(
    "EdgeRow",
    "A citation: `downstream` had it from `upstream`.",
    model.Edge,
    number=int,
    inferred=bool,
    href=Href,
)
EdgeText = shape("EdgeText", "Words of the evidence.", document=str, text=str)
EdgeSides = shape("EdgeSides", "Both sides of an edge.", upstream=many(EdgeText), downstream=many(EdgeText))
EdgeObject = shape(
    "EdgeObject",
    "A citation with the passages that show it.",
    model.Edge,
    claim=str,
    number=int,
    inferred=bool,
    passages=EdgeSides,
    href=Href,
)
Why = shape(
    "Why",
    "Why the count is what it is.",
    claim=str,
    proposition=str,
    counts=Counts,
    independent_origins=model.OriginCount,
    as_of=AsOf,
    recounted=Recounted,
    why=list[str],
)
BriefBlock = shape("BriefBlock", "A part of a section.", kind=str, lines=list[str], rows=list[list[str]])
BriefSection = shape("BriefSection", "A section.", heading=str, blocks=many(BriefBlock))
BriefObject = shape(
    "BriefObject",
    "A brief of one page.",
    kind=str,
    title=str,
    standing=str,
    sections=many(BriefSection),
    foot=str,
    as_of=AsOf,
    recounted=Recounted,
)

_HEAD = "text links embeds"
DocumentRow = shape(
    "DocumentRow",
    "A document without its text.",
    model.Document,
    leave=_HEAD,
    characters=int,
    page=Page,
    href=Href,
)
DocumentHead = shape(
    "DocumentHead", "A document's particulars.", model.Document, leave=f"{_HEAD} capture version"
)
CaptureHead = shape(
    "CaptureHead",
    "The retrieval that it came from. `state`: whether its bytes have their hash still.",
    model.Capture,
    leave="headers",
    state=str,
)
CarriedClaim = shape(
    "CarriedClaim", "A claim that it carries.", id=str, proposition=str, counts=Counts, page=Page, href=Href
)
DocumentObject = shape(
    "DocumentObject",
    "A document with its text, Reading and X-ray: the object of `allegata read --json`. Spans are "
    "[start, end) in characters of the text. Only the newest version is read.",
    model.Reading,
    leave="document reader",
    document=DocumentHead,
    text=str,
    version=int,
    versions=list[int],
    capture=CaptureHead | None,
    reader=str | None,
    xray=Xray | None,
    claims=many(CarriedClaim),
    page=Page,
    href=Href,
)

SourceRow = shape(
    "SourceRow",
    "A source that claims go back to, or that denies some.",
    source=str,
    kind=str | None,
    origin_of=int,
    denies=int,
    page=Page,
    href=Href,
)
SourceFlow = shape("SourceFlow", "Documents that had it from a source.", source=str, documents=int)
OutletFlow = shape("OutletFlow", "Documents of an outlet that pass it on.", outlet=str, documents=int)
SourceObject = shape(
    "SourceObject",
    "What goes back to a source, what it denies, who passes it on, and whose word it passes on itself.",
    source=str,
    kind=str | None,
    members=list[str],
    origin_of=list[str],
    denies=list[str],
    passed_on_by=many(OutletFlow),
    own=int,
    borrowed=many(SourceFlow),
    forecasts=Record | None,
    page=Page,
    href=Href,
)
DyadRow = shape(
    "DyadRow",
    "Two parties, with what is told of both directions together.",
    names=tuple[str, str],
    hostile=float,
    cooperative=float,
    tellings=int,
    last=str,
    page=Page,
    href=Href,
)
DyadObject = shape(
    "DyadObject",
    "The tension between two parties by week, both directions, and where it broke.",
    tension=list[Tension],
    breaks=list[Break],
    checked=str,
    waiting=int,
    page=Page,
    href=Href,
)
ForecastRow = shape("ForecastRow", "A registered forecast.", Registered, outcome=Outcome | None)
RecordRow = shape("RecordRow", "How often a source was right.", Record)
WatchQuery = shape("WatchQuery", "What a watch looks for.", ClaimQuery)
WatchRow = shape("WatchRow", "A watch.", Watch, leave="query", query=WatchQuery, page=Page, href=Href)
Found = shape(
    "Found",
    "What a watch found.",
    number=int,
    found=str,
    key=str,
    kind=str,
    subject=str,
    title=str,
    detail=str,
    at=str | None,
    documents=list[str],
    names=list[str],
)
WatchObject = shape(
    "WatchObject", "A watch with what it found, newest first.", Watch, leave="query",
    query=WatchQuery, page=Page, href=Href, found=many(Found),
)  # fmt: skip

Happened = shape("Happened", "What a watch was set off by.", Event)
ReadObject = shape(
    "Read",
    "What became of marking items as read.",
    read=typing.Annotated[int, Field(description="How many were marked.")],
)
ItemObject = shape(
    "Item",
    "What a watch found, and what persons did with it: `read` since when, `until` when it sleeps, or slept.",
    number=int,
    watch=str,
    state=typing.Literal["unread", "read", "snoozed"],
    event=Happened,
    found=str,
    read=str | None,
    until=str | None,
    assignee=str | None,
    note=str | None,
    person=typing.Annotated[str | None, Field(description="Whoever changed it last.")],
    at=str | None,
    page=Page,
    href=Href,
)

JudgementRow = shape(
    "JudgementRow",
    "What a person decided, in words, and what became of it. `open`: it can be taken back.",
    model.Judgement,
    says=str,
    state=str,
    open=bool,
    href=Href,
)
Counted = shape(
    "Counted",
    "A claim before or after a decision.",
    id=str,
    documents=list[str],
    independent_origins=model.OriginCount,
    counts=Counts,
)
Changed = shape(
    "Changed", "A claim that would be another.", proposition=str, before=Counted | None, after=Counted | None
)
EffectObject = shape(
    "EffectObject",
    "What a decision would change. Nothing is kept.",
    kind=str,
    says=str,
    changes=many(Changed),
    seen=int,
)
UserRow = shape("UserRow", "A user with the tokens of their programs; no secret.", User, tokens=list[Token])
ActRow = shape("ActRow", "One row of the log of what persons did.", Act)


def schemas(*more: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schemas of all shapes, of ``more``, and of what is in them, by name."""
    wanted = [*SHAPES.values(), Problem, *more]
    _, told = models_json_schema([(kind, "serialization") for kind in wanted], ref_template=REF)  # type: ignore[misc]
    found: dict[str, Any] = told["$defs"]
    return found
