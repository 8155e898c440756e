"""The page of a claim and of one of its edges, as they are or as they were, and what persons hold of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.exchange.mentions import mention_rows
from allegata.linking.decisions import BadJudgementError
from allegata.model import Claim
from allegata.runs import assessing
from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON
from allegata.store.base import Store
from allegata.web import paths, persons, rendering, visitors, words
from allegata.web.errors import NotFoundError
from allegata.web.forms import CLOSED, SENT_ANEW, Tokens, keep, read_form, written
from allegata.web.passages import Evidence
from allegata.web.past import ClaimView, Past, States, read_claim_view
from allegata.web.views import claim_page, claims, putting_right
from allegata.web.views.judging import sentence

READ = ["GET", "HEAD"]

Find = Callable[[str], Claim]


def add_claim(app: FastAPI, store: Store, claim_of: Find, writable: bool) -> None:
    """Put the pages into ``app``. Unless ``writable``, nobody can assess anything on them."""
    states, tokens = States(store), Tokens()
    _add_edges(app, store, states, claim_of, writable)

    def page(request: Request, now: Claim, view: ClaimView, **given: Any) -> Response:
        news = request.query_params.get("judged")
        context = claim_page.context(store, states, now, view, news, writable and visitors.may_judge())
        nonce, token = tokens.give(request)
        if context["writable"]:
            person = persons.person_of(request)
            given = {"token": token, "person": person, "longest_reason": LONGEST_REASON,
                     "longest_name": LONGEST_NAME} | given  # fmt: skip
        status = given.pop("status", 200)
        response = rendering.page("claim.html", context | given, status)
        if context["writable"]:
            keep(response, nonce)
        return response

    @app.api_route("/claims/{name}.json", methods=READ)
    def claim_twin(name: str, request: Request) -> Response:
        now, found, past, _ = _standing(store, states, claim_of, name, request)
        return rendering.plain(claim_page.plain(store, found, now, past))

    @app.api_route("/claims/{name}.csv", methods=READ)
    def claim_table(name: str, request: Request) -> Response:
        now, found, _, view = _standing(store, states, claim_of, name, request)
        body = "".join(mention_rows(found) if found else ())
        day = f"-{view.as_of}" if view.as_of else ""
        kept = "".join(c for c in now.id if c.isalnum() and c.isascii())[:40]
        headers = {"Content-Disposition": f'attachment; filename="claim-{kept}{day}.csv"'}
        return Response(body.encode("utf-8", "replace"), media_type="text/csv", headers=headers)

    @app.api_route("/claims/{name}", methods=READ)
    def claim_html(name: str, request: Request) -> Response:
        return page(request, claim_of(name), read_claim_view(request.query_params.multi_items()))

    def assess(request: Request, name: str, form: dict[str, str]) -> Response:
        now = claim_of(name)
        person = persons.person_of(request)
        who = persons.named_in(form, person)

        def again(complaint: str, status: int) -> Response:
            shown = form | {"person": who[:LONGEST_NAME]}
            return page(request, now, ClaimView(), complaint=complaint, fields=shown, status=status)

        if not tokens.hold(request, form.get("token", "")):
            return again(SENT_ANEW, 403)
        if not who:
            return again("Say who assesses: the name stands beside it.", 400)
        note = written(form, "note")
        if not note:
            return again("Say why: the reason is kept with the assessment.", 400)
        try:
            made = assessing.assess(
                store,
                who,
                now,
                credibility=_figure(form.get("credibility", "")),
                likelihood=form.get("likelihood") or None,
                confidence=form.get("confidence") or None,
                alternatives=form.get("alternatives", "").splitlines(),
                note=note,
            )
        except BadJudgementError as error:
            return again(sentence(error), 400)
        response = RedirectResponse(f"{paths.claim(now.id)}?judged={made.number}#assessment", 303)
        if person.asked:
            persons.remember(response, made.person)
        return response

    @app.post("/claims/{name}/assessments")
    async def assess_claim(name: str, request: Request) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        form = await read_form(request)
        return await run_in_threadpool(lambda: assess(request, name, form))


def _figure(value: str) -> int | None:
    if not value:
        return None
    if not (value.isdecimal() and value.isascii() and len(value) < 4):
        raise BadJudgementError(f"“{words.clip(value, 20)}” is no credibility: choose 1 to 6")
    return int(value)


def _standing(
    store: Store, states: States, claim_of: Find, name: str, request: Request
) -> tuple[Claim, Claim | None, Past, ClaimView]:
    """The Claim as it is, and as it stood on the day that the address names."""
    now, view = claim_of(name), read_claim_view(request.query_params.multi_items())
    found, past = states.of(now, claims.held_heads(store, now), view.as_of)
    return now, found, past, view


def _add_edges(app: FastAPI, store: Store, states: States, claim_of: Find, writable: bool) -> None:
    def edge(name: str, number: str, request: Request) -> tuple[Claim, Evidence, ClaimView]:
        now, found, past, view = _standing(store, states, claim_of, name, request)
        if found is None:
            raise NotFoundError(
                f"Nothing of this claim was out by {past.asked}.", f"It was first seen {now.first_seen}."
            )
        shown = (
            claims.edge_of(store, found, int(number))
            if number.isdecimal() and number.isascii() and len(number) < 10
            else None
        )
        if shown is None:
            edges = len(found.edges)
            raise NotFoundError(
                f"There is no edge “{words.clip(number, 20)}” in this claim.",
                f"Its edges are numbered from 1 to {edges}." if edges else "No citation was found for it.",
            )
        return found, shown, view if past.asked else ClaimView()

    @app.api_route("/claims/{name}/edges/{number}.json", methods=READ)
    def edge_twin(name: str, number: str, request: Request) -> Response:
        found, shown, _ = edge(name, number, request)
        return rendering.plain(claims.edge_json(found, shown))

    @app.api_route("/claims/{name}/edges/{number}", methods=READ)
    def edge_page(name: str, number: str, request: Request) -> Response:
        found, shown, view = edge(name, number, request)
        context = putting_right.edge_context(store, found, shown, view.standing)
        may = writable and view.as_of is None and visitors.may_judge()
        return rendering.page("edge.html", context | {"writable": may})
