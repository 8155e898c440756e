"""Judgements over the API: those that were made, what one would change, and making or taking back one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from allegata.contract import to_plain
from allegata.linking.decisions import VALUES, BadJudgementError
from allegata.model import Judgement
from allegata.runs import judging as deciding
from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON, checked_subject
from allegata.store.base import Store
from allegata.web import rendering, visitors
from allegata.web.api import addresses, shapes
from allegata.web.api.bodies import Body, body_of, read_body
from allegata.web.api.paging import TEXT, Asked, Bare, decode, encode, page
from allegata.web.errors import NotFoundError
from allegata.web.judging import CHANGED_SINCE, CLOSED
from allegata.web.query import MAX_WORDS, BadQuery
from allegata.web.views import judged, judging

Name = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=LONGEST_NAME,
        description="Who decides, where the store has no users; otherwise it is whose token comes along.",
    ),
]
Reason = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON, description="Why; kept with it.")]
Seen = Annotated[
    int | None,
    Field(
        ge=0,
        lt=2**53,
        description="The number of the last judgement that was looked at: with it, what somebody decided on "
        "the same since is not replaced, and the answer is 409.",
    ),
]


class Proposed(BaseModel):
    """A decision: docs/api.md has what may be said of what."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[
        str, Field(min_length=1, max_length=40, description=f"What is decided: {', '.join(VALUES)}.")
    ]
    subject: Annotated[
        list[Any], Field(min_length=1, max_length=4, description="Documents, passages or names of sources.")
    ]
    value: Annotated[str, Field(max_length=8000, description="How it is decided.")]

    def draft(self) -> judging.Draft:
        return judging.Draft(self.kind, json.dumps(self.subject), self.value)


class NewJudgement(Proposed):
    """A decision that is to be kept."""

    reason: Reason
    person: Name = None
    seen: Seen = None


class TakenBack(BaseModel):
    """Why a judgement is taken back."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason
    person: Name = None


class JudgementsAsked(Asked):
    person: Annotated[
        str | None, Field(min_length=1, max_length=MAX_WORDS, pattern=TEXT, description="By whom.")
    ] = None
    claim: Annotated[
        str | None,
        Field(min_length=1, max_length=MAX_WORDS, pattern=TEXT, description="About the claim of this id."),
    ] = None


def add_judgements(router: APIRouter, store: Store, writable: bool) -> None:
    """Put the routes of judgements into ``router``. Unless ``writable``, none is made."""
    _add_reading(router, store)
    made = shapes.answers(shapes.JudgementRow, 201, "The judgement that was made.")

    @router.post(
        "/judgements",
        status_code=201,
        tags=["judgements"],
        responses=made,
        openapi_extra=body_of(NewJudgement),
    )
    async def judge(request: Request) -> Response:
        """Keep a decision that outranks the machine, and make the claims that it touches anew."""
        given = await _given(request, NewJudgement, writable)
        return await run_in_threadpool(lambda: _made(store, _decide(store, given)))

    @router.post(
        "/effects",
        tags=["judgements"],
        responses=shapes.answers(shapes.EffectObject),
        openapi_extra=body_of(Proposed),
    )
    async def effect(request: Request) -> Response:
        """What a decision would change. Nothing is kept."""
        given = await read_body(request, Proposed)
        return await run_in_threadpool(lambda: rendering.plain(_effect(store, given.draft())))

    @router.post(
        "/judgements/{number}/undo",
        status_code=201,
        tags=["judgements"],
        responses=made,
        openapi_extra=body_of(TakenBack),
    )
    async def undo(request: Request, number: shapes.Number) -> Response:
        """Take a judgement back. Both stay to be read; taking back what took one back lets it hold again."""
        given = await _given(request, TakenBack, writable)
        return await run_in_threadpool(lambda: _made(store, _take_back(store, number, given)))


def _add_reading(router: APIRouter, store: Store) -> None:
    @router.get(
        "/judgements",
        tags=["judgements"],
        responses=shapes.answers(shapes.listed("Judgements", shapes.JudgementRow)),
    )
    def judgements(request: Request, asked: Annotated[JudgementsAsked, Query()]) -> Response:
        """What persons decided, newest first, with what became of it."""
        listed = store.judgements()
        found = [j for j in reversed(listed) if asked.person in (None, j.person)]
        if asked.claim is not None:
            claim = store.claim(asked.claim)
            numbers = judged.concerning(claim, listed) if claim else set()
            found = [j for j in found if j.id in numbers]
        place = decode(asked.cursor, int)
        if place is not None:
            found = [j for j in found if j.id < place[0]]
        shown = found[: asked.limit]
        cursor = encode(shown[-1].id) if len(found) > asked.limit else None
        return rendering.plain(page(request, _rows(store, shown, listed), cursor))

    @router.get("/judgements/{number}", tags=["judgements"], responses=shapes.answers(shapes.JudgementRow))
    def judgement(number: shapes.Number, asked: Annotated[Bare, Query()]) -> Response:
        """A judgement with what became of it."""
        return rendering.plain(_row(store, number))

    @router.get(
        "/judgements/{number}/undo", tags=["judgements"], responses=shapes.answers(shapes.EffectObject)
    )
    def undo_effect(number: shapes.Number, asked: Annotated[Bare, Query()]) -> Response:
        """What taking a judgement back would change. Nothing is kept."""
        found = _existing(store, number)
        return rendering.plain(
            _effect(store, judging.Draft(found.kind, found.subject, found.value, undoes=number))
        )


async def _given(request: Request, kind: type[Body], writable: bool) -> Body:
    if not writable:
        raise HTTPException(403, CLOSED)
    return await read_body(request, kind)


def _decide(store: Store, given: NewJudgement) -> Judgement:
    person = who(given.person)
    try:
        if given.seen is not None:
            subject = checked_subject(store, given.kind, given.subject, given.value)
            newer = deciding.newer_on_the_same(store, given.kind, subject, given.seen)
            if newer is not None:
                told = f"{newer.person} decided on the same meanwhile (judgement {newer.id})."
                raise HTTPException(CHANGED_SINCE, told)
        return deciding.judge(
            store, person, given.kind, given.subject, given.value, given.reason, most=judging.MOST
        )
    except BadJudgementError as error:
        raise BadQuery(judging.sentence(error)) from error


def _take_back(store: Store, number: int, given: TakenBack) -> Judgement:
    person = who(given.person)
    _existing(store, number)
    try:
        return deciding.undo(store, person, number, given.reason, most=judging.MOST)
    except BadJudgementError as error:
        raise BadQuery(judging.sentence(error)) from error


def _existing(store: Store, number: int) -> Judgement:
    found = next((j for j in store.judgements() if j.id == number), None)
    if found is None:
        raise NotFoundError(f"There is no judgement {number}.", "The list of judgements has those made.")
    if not visitors.may_undo(found.person):
        raise HTTPException(403, f"{found.person} decided this: a reviewer takes back what others decided.")
    return found


def who(person: str | None) -> str:
    """Who decides. BadQuery."""
    visitor = visitors.current()
    if visitor is None and person is None:
        raise BadQuery("“person” is missing: the store has no users, so say who decides.")
    if visitor is not None and person not in (None, visitor.name):
        raise BadQuery(f"“person” is not needed: this is decided as {visitor.name}, whose token it is.")
    return visitor.name if visitor is not None else person or ""


def _effect(store: Store, draft: judging.Draft) -> dict[str, Any]:
    told = judging.draft_json(store, draft)
    seen = max((j.id for j in store.judgements()), default=0)
    return {k: told[k] for k in ("kind", "says", "changes")} | {"seen": seen}


def _made(store: Store, judgement: Judgement) -> Response:
    response = rendering.plain(_row(store, judgement.id), 201)
    response.headers["location"] = addresses.judgement(judgement.id)
    return response


def _row(store: Store, number: int) -> dict[str, Any]:
    listed = store.judgements()
    found = [j for j in listed if j.id == number]
    if not found:
        raise NotFoundError(f"There is no judgement {number}.", "The list of judgements has those made.")
    return _rows(store, found, listed)[0]


def _rows(store: Store, shown: Iterable[Judgement], listed: Iterable[Judgement]) -> list[dict[str, Any]]:
    return [
        {
            **to_plain(r.judgement),
            "says": r.says,
            "state": r.state,
            "open": r.open,
            "href": addresses.judgement(r.judgement.id),
        }
        for r in judged.rows_of(store, shown, listed)
    ]
