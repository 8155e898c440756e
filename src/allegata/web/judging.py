"""The pages on which persons decide what the machine only suggests, and the requests that do it.

A form on the page of a claim, an edge or a mention asks for ``/judgements/new``, which shows what the
decision would change; from there it is sent by POST, and the answer leads to the claim that took the place
of the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.linking.decisions import BadJudgementError
from allegata.model import Claim, Judgement
from allegata.runs import judging as deciding
from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON
from allegata.store.base import Store
from allegata.web import paths, persons, rendering, visitors, words
from allegata.web.errors import NotFoundError, id_of
from allegata.web.forms import Tokens, keep, read_form, written
from allegata.web.query import BadQuery
from allegata.web.views import judged, judging, putting_right

READ = ["GET", "HEAD"]
CHANGED_SINCE = 409
CLOSED = "These pages are served for reading only: nothing was decided."


def add_judging(app: FastAPI, store: Store, claim_of: Callable[[str], Claim], writable: bool) -> None:
    """Put the pages into ``app``. Unless ``writable``, decisions are shown and none is made."""
    tokens = Tokens()
    _add_reading(app, store, claim_of, writable)

    def draft_page(request: Request, draft: judging.Draft, **given: Any) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        nonce, token = tokens.give(request)
        context = judging.draft_context(store, draft)
        person = persons.person_of(request)
        fields = {
            "token": token,
            "person": person,
            "name": person.name,
            "reason": "",
            "complaint": None,
            "longest_name": LONGEST_NAME,
            "longest_reason": LONGEST_REASON,
        }
        status = given.pop("status", 200)
        response = rendering.page("judging.html", context | fields | given, status)
        keep(response, nonce)
        return response

    def undo_draft(number: str, claim: str | None) -> judging.Draft:
        if not (number.isdecimal() and number.isascii() and len(number) < 10):
            raise NotFoundError(f"There is no judgement “{words.clip(number, 20)}”.", HISTORY)
        found = next((j for j in store.judgements() if j.id == int(number)), None)
        if found is None:
            raise NotFoundError(f"There is no judgement {number}.", HISTORY)
        if not visitors.may_undo(found.person):
            raise HTTPException(
                403, f"{found.person} decided this: a reviewer takes back what others decided."
            )
        return judging.Draft(found.kind, found.subject, found.value, claim, found.id)

    @app.api_route("/judgements/new", methods=READ)
    def new_page(request: Request) -> Response:
        return draft_page(request, judging.read_draft(store, request.query_params))

    @app.api_route("/judgements/new.json", methods=READ)
    def new_twin(request: Request) -> Response:
        return rendering.plain(judging.draft_json(store, judging.read_draft(store, request.query_params)))

    @app.api_route("/judgements/{number}/undo", methods=READ)
    def undo_page(request: Request, number: str, claim: str | None = None) -> Response:
        return draft_page(request, undo_draft(number, claim))

    @app.api_route("/judgements/{number}/undo.json", methods=READ)
    def undo_twin(number: str, claim: str | None = None) -> Response:
        return rendering.plain(judging.draft_json(store, undo_draft(number, claim)))

    def answer(request: Request, draft: judging.Draft, form: Mapping[str, str]) -> Response:
        """A form that was sent: the decision is made, or the form shown again with what is wrong with it."""
        person = persons.person_of(request)
        name = persons.named_in(form, person)
        reason = written(form)

        def again(complaint: str, status: int) -> Response:
            return draft_page(
                request, draft, complaint=complaint, status=status, name=name[:LONGEST_NAME], reason=reason
            )

        if not tokens.hold(request, form.get("token", "")):
            return again("This form is no longer valid: look at it again and send it anew.", 403)
        if not name:
            return again("Say who decides: the name stands beside the decision.", 400)
        if not reason:
            return again("Say why: the reason is kept with the decision.", 400)
        newer = _newer(store, draft, form.get("seen", ""))
        if newer and not (newer.person == name and newer.value == draft.value):
            return again(f"{newer.person} decided on the same meanwhile; look at it again.", CHANGED_SINCE)
        old = store.claim(draft.claim) if draft.claim else None
        try:
            made = newer or _decide(store, draft, name, reason)
        except BadJudgementError as error:
            return again(judging.sentence(error), 400)
        response = RedirectResponse(_afterwards(store, old, made), 303)
        if person.asked:
            persons.remember(response, made.person)
        return response

    @app.post("/judgements")
    async def decide(request: Request) -> Response:
        form = await _form(request, writable)
        return await run_in_threadpool(lambda: answer(request, judging.read_draft(store, form), form))

    @app.post("/judgements/{number}/undo")
    async def undo(request: Request, number: str) -> Response:
        form = await _form(request, writable)
        return await run_in_threadpool(
            lambda: answer(request, undo_draft(number, form.get("claim") or None), form)
        )


HISTORY = "The page of judgements lists those that were made."


async def _form(request: Request, writable: bool) -> dict[str, str]:
    if not writable:
        raise HTTPException(403, CLOSED)
    return await read_form(request)


def _newer(store: Store, draft: judging.Draft, seen: str) -> Judgement | None:
    """What was decided on the same matter since the form was shown: by somebody else, or by this very form
    sent twice."""
    if not (seen.isdecimal() and seen.isascii() and len(seen) < 10):
        raise BadQuery("This form does not say what it has seen: go to it from a page.")
    if draft.undoes is not None:
        return None
    return deciding.newer_on_the_same(store, draft.kind, draft.subject, int(seen))


def _decide(store: Store, draft: judging.Draft, person: str, reason: str) -> Judgement:
    if draft.undoes is not None:
        return deciding.undo(store, person, draft.undoes, reason, most=judging.MOST)
    return deciding.judge(
        store, person, draft.kind, draft.plain_subject(), draft.value, reason, most=judging.MOST
    )


def _afterwards(store: Store, old: Claim | None, made: Judgement) -> str:
    """Where a decision leads: to the claim that took the place of the one it was asked from."""
    if old is not None:
        around = {c.id: c for d in old.documents for c in store.claims_of(d)}
        new = deciding.successor(old, around.values())
        if new is not None:
            return f"{paths.claim(new.id)}?judged={made.id}"
    return f"{paths.judgements()}#judgement-{made.id}"


def _add_reading(app: FastAPI, store: Store, claim_of: Callable[[str], Claim], writable: bool) -> None:
    @app.api_route("/judgements", methods=READ)
    def history_page(request: Request) -> Response:
        asked = judged.read_history(request.query_params.multi_items())
        return rendering.page(
            "judgements.html",
            judged.history_context(store, asked) | {"writable": writable and visitors.may_judge()},
        )

    @app.api_route("/judgements.json", methods=READ)
    def history_twin(request: Request) -> Response:
        asked = judged.read_history(request.query_params.multi_items())
        return rendering.plain(judged.history_json(store, asked))

    def told(value: dict[str, Any] | None, document: str) -> dict[str, Any]:
        if value is None:
            raise NotFoundError(
                f"“{words.clip(document, 80)}” does not tell this claim.",
                "The page of the claim lists the documents that do.",
            )
        return value

    @app.api_route("/claims/{name}/mentions/{document}.json", methods=READ)
    def mention_twin(name: str, document: str) -> Response:
        return rendering.plain(
            told(putting_right.mention_json(claim_of(name), id_of(document)), id_of(document))
        )

    @app.api_route("/claims/{name}/mentions/{document}", methods=READ)
    def mention_page(name: str, document: str) -> Response:
        found = putting_right.mention_context(store, claim_of(name), id_of(document))
        return rendering.page(
            "mention.html", told(found, id_of(document)) | {"writable": writable and visitors.may_judge()}
        )
