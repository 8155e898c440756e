"""The list of claims with its facets, claims beside each other, and what is found saved as a watch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.monitoring.events import TRIGGERS
from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON
from allegata.runs.rounds import add_watch
from allegata.store.base import Store
from allegata.store.records import Digest
from allegata.web import paths, persons, rendering, visitors
from allegata.web.forms import Tokens, keep, read_form, written
from allegata.web.query import MAX_TABLE, BadQuery, ClaimSearch, read_search
from allegata.web.views import claim_list, comparing, watching

READ = ["GET", "HEAD"]
CLOSED = "These pages are served for reading only: nothing was kept."

DIGESTS: Mapping[str, Digest] = {"none": "none", "day": "day", "week": "week"}


def add_list(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the pages into ``app``. Unless ``writable``, no watch can be saved on them."""

    def search_of(request: Request, most: int | None = None) -> ClaimSearch:
        given = request.query_params.multi_items()
        return read_search(given) if most is None else read_search(given, most)

    def may() -> dict[str, bool]:
        return {"writable": writable and visitors.may_judge()}

    @app.api_route("/", methods=READ)
    def claim_page(request: Request) -> Response:
        return rendering.page("claims.html", claim_list.page(store, search_of(request)) | may())

    @app.api_route("/claims/found", methods=READ)
    def found(request: Request) -> Response:
        return rendering.page("claims_found.html", claim_list.found(store, search_of(request)) | may())

    @app.api_route("/.json", methods=READ)
    @app.api_route("/claims.json", methods=READ)
    def twin(request: Request) -> Response:
        return rendering.plain(claim_list.twin(store, search_of(request)))

    @app.api_route("/claims.csv", methods=READ)
    def table(request: Request) -> Response:
        return rendering.file_of(claim_list.table(store, search_of(request, MAX_TABLE)), "claims")

    @app.api_route("/claims", methods=READ)
    def moved(request: Request) -> Response:
        return RedirectResponse(paths.claims(request.query_params.multi_items()))

    @app.api_route("/claims/compare", methods=READ)
    def compare(request: Request) -> Response:
        return rendering.page("compare.html", comparing.context(store, search_of(request)))

    @app.api_route("/claims/compare.json", methods=READ)
    def compare_twin(request: Request) -> Response:
        return rendering.plain(comparing.plain(store, search_of(request)))

    _add_watching(app, store, writable)


def _add_watching(app: FastAPI, store: Store, writable: bool) -> None:
    tokens = Tokens()

    def form_page(request: Request, search: ClaimSearch, **given: Any) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        nonce, token = tokens.give(request)
        person = persons.person_of(request)
        fields = {
            "token": token,
            "person": person,
            "fields": {"person": person.name, "triggers": list(TRIGGERS)},
            "complaint": None,
            "longest_name": LONGEST_NAME,
            "longest_reason": LONGEST_REASON,
        }
        status = given.pop("status", 200)
        response = rendering.page("watching.html", watching.context(store, search) | fields | given, status)
        keep(response, nonce)
        return response

    @app.api_route("/claims/watch", methods=READ)
    def new_watch(request: Request) -> Response:
        return form_page(request, read_search(request.query_params.multi_items()))

    def save(request: Request, form: dict[str, str]) -> Response:
        search = watching.read_kept(form.get("search", ""))
        person = persons.person_of(request)
        who = persons.named_in(form, person)[:LONGEST_NAME]
        triggers = [t for t in TRIGGERS if form.get(f"trigger_{t}")]

        def again(complaint: str, status: int) -> Response:
            shown = form | {"person": who, "triggers": triggers}
            return form_page(request, search, complaint=complaint, fields=shown, status=status)

        if not tokens.hold(request, form.get("token", "")):
            return again("This form is no longer valid: look at it again and send it anew.", 403)
        if not triggers:
            return again("Choose at least one thing that sets the watch off.", 400)
        digest = DIGESTS.get(form.get("digest", "none"))
        if digest is None:
            raise BadQuery("“digest” is none, day or week.")
        reason = written(form)[:LONGEST_REASON]
        name = " ".join(form.get("name", "").split())
        try:
            made = add_watch(store, name, watching.query_of(search), triggers, (), digest, who, reason)
        except ValueError as error:
            return again(f"{str(error)[:1].upper()}{str(error)[1:]}.", 400)
        response = RedirectResponse(paths.watch(made.name), 303)
        if person.asked:
            persons.remember(response, made.person)
        return response

    @app.post("/claims/watch")
    async def save_watch(request: Request) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        form = await read_form(request)
        return await run_in_threadpool(lambda: save(request, form))
