"""The review: one question a screen, answered by a key or a button, and taken back by another.

Which questions, and from where on, stands in the address; what was just decided too (``did``), so that it can
be taken back. Two who answer at once are told of each other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.linking.decisions import BadJudgementError
from allegata.linking.doubts import Doubt
from allegata.model import Judgement
from allegata.runs import judging as deciding
from allegata.runs import reviewing
from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON, checked_subject
from allegata.store.base import Store
from allegata.web import paths, persons, rendering, visitors
from allegata.web.errors import NotFoundError
from allegata.web.forms import CLOSED, SENT_ANEW, Tokens, keep, read_form, written
from allegata.web.query import BadQuery
from allegata.web.views import review
from allegata.web.views.judging import MOST, sentence

READ = ["GET", "HEAD"]
CHANGED_SINCE = 409


def add_reviewing(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the page into ``app``. Unless ``writable``, questions are shown and none is answered."""
    tokens = Tokens()

    def page(request: Request, queue: review.Queue, status: int = 200, **given: Any) -> Response:
        may = writable and visitors.may_judge()
        nonce, token = tokens.give(request)
        person = persons.person_of(request)
        fields = {
            "may": may,
            "token": token,
            "person": person,
            "name": person.name,
            "reason": "",
            "did": None,
            "over": None,
            "undid": None,
            "complaint": None,
            "meanwhile": None,
            "longest_name": LONGEST_NAME,
            "longest_reason": LONGEST_REASON,
        }
        exact = request.method == "GET" and request.query_params.get("exact") == "1" and may
        context = review.context(store, queue, exact=exact) | fields | given
        response = rendering.page("review.html", context, status)
        if may:
            keep(response, nonce)
        return response

    @app.api_route("/review.json", methods=READ)
    def review_twin(request: Request) -> Response:
        return rendering.plain(review.plain(store, review.read_queue(request.query_params.multi_items())))

    @app.api_route("/review/effect.json", methods=READ)
    def effect_twin(request: Request) -> Response:
        queue = review.read_queue(request.query_params.multi_items())
        doubt = store.doubt(queue.at) if queue.at else None
        claim = store.claim(doubt.claim) if doubt else None
        if doubt is None or claim is None:
            raise NotFoundError("This question is not open any more.", "The review lists those that are.")
        return rendering.plain(review.effects_json(store, doubt, claim))

    @app.api_route("/review", methods=READ)
    def review_page(request: Request) -> Response:
        given = request.query_params
        queue = review.read_queue(given.multi_items())
        did, over, undid = (review.told(store, _number(given.get(n))) for n in ("did", "over", "undid"))
        if did is not None and not visitors.may_undo(did[0].person):
            did = None
        return page(request, queue, did=did, over=over, undid=undid)

    def answer(request: Request, form: Mapping[str, str]) -> Response:
        queue = review.read_queue(form.items())
        who, reason = persons.named_in(form, persons.person_of(request)), written(form)

        def again(complaint: str, status: int, **given: Any) -> Response:
            return page(
                request, queue, status, complaint=complaint, name=who[:LONGEST_NAME], reason=reason, **given
            )

        if not tokens.hold(request, form.get("token", "")):
            return again(SENT_ANEW, 403)
        if not who:
            return again("Say who decides: the name stands beside the decision.", 400)
        seen, value = _number(form.get("seen")), form.get("answer", "")
        if queue.at is None or seen is None:
            raise BadQuery("This form does not say what it answers: go to it from the review.")
        if not value:
            return again("Choose one of the answers.", 400)
        doubt = store.doubt(queue.at)
        before = _decided_since(store, doubt, queue.at, seen)
        if before is not None and not (before.person == who and before.value == value):
            return again("", CHANGED_SINCE, meanwhile=(review.told(store, before.id), value))
        if doubt is None and before is None:
            return again("This question is not open any more: its claim was made anew.", CHANGED_SINCE)
        try:
            made = before or _judge(store, doubt, who, value, reason)
        except BadJudgementError as error:
            return again(sentence(error), 400)
        over = reviewing.replaced_by(store.judgements(), made, seen)
        told = [("did", str(made.id)), *([("over", str(over.id))] if over else [])]
        return _to(request, queue.params(at=None), told, who)

    def undo(request: Request, form: Mapping[str, str]) -> Response:
        queue = review.read_queue(form.items())
        who, number = persons.named_in(form, persons.person_of(request)), _number(form.get("number"))
        old = next((j for j in store.judgements() if j.id == number), None)
        if old is None:
            raise NotFoundError("There is no such judgement.", "The page of judgements lists them.")
        if not visitors.may_undo(old.person):
            raise HTTPException(403, f"{old.person} decided this: a reviewer takes back what others decided.")
        if not tokens.hold(request, form.get("token", "")):
            return page(request, queue, 403, complaint=SENT_ANEW)
        if not who:
            return page(request, queue, 400, complaint="Say who takes it back.")
        try:
            deciding.undo(store, who, old.id, form.get("reason", ""), most=MOST)
        except BadJudgementError as error:
            return page(request, queue, 400, complaint=sentence(error))
        at = reviewing.question_of(old)
        held = store.doubt(at) is not None
        params = queue.params(at=at) if held else queue.params(at=None)
        return _to(request, params, [("undid", str(old.id))], who)

    @app.post("/review")
    async def answered(request: Request) -> Response:
        form = await _form(request, writable)
        return await run_in_threadpool(answer, request, form)

    @app.post("/review/undo")
    async def taken_back(request: Request) -> Response:
        form = await _form(request, writable)
        return await run_in_threadpool(undo, request, form)


async def _form(request: Request, writable: bool) -> dict[str, str]:
    if not writable:
        raise HTTPException(403, CLOSED)
    return await read_form(request)


def _judge(store: Store, doubt: Doubt | None, who: str, value: str, reason: str) -> Judgement:
    assert doubt is not None
    subject = json.loads(doubt.subject)
    return deciding.judge(store, who, doubt.kind, subject, value, reason, most=MOST)


def _decided_since(store: Store, doubt: Doubt | None, at: str, seen: int) -> Judgement | None:
    """What was decided on a question since it was shown."""
    if doubt is None:
        held = reviewing.answered(store.judgements(), at)
        return held if held is not None and held.id > seen else None
    subject = checked_subject(store, doubt.kind, json.loads(doubt.subject), doubt.other)
    return deciding.newer_on_the_same(store, doubt.kind, subject, seen)


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isdecimal() and given.isascii() and len(given) < 10 else None


def _to(request: Request, params: list[tuple[str, str]], more: list[tuple[str, str]], who: str) -> Response:
    response = RedirectResponse(f"{paths.review()}?{urlencode([*params, *more])}", 303)
    if persons.person_of(request).asked:
        persons.remember(response, who)
    return response
