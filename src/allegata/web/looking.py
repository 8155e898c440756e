"""The page of what changed, and that a person has seen it. A look is kept for each person who signs in, and
for whoever sits at this machine where nobody does. It decides nothing, so that it stands in no log."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.monitoring.moments import instant
from allegata.store.base import Store
from allegata.store.users import key_of
from allegata.web import paths, rendering, visitors
from allegata.web.forms import CLOSED, SENT_ANEW, Tokens, keep, read_form
from allegata.web.views import situation

READ = ["GET", "HEAD"]


def add_situation(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the page and its twin into ``app``. Unless ``writable``, nobody can say that they have seen it."""
    tokens = Tokens()

    def page(request: Request, complaint: str | None = None, status: int = 200) -> Response:
        asked = situation.read_asked(request.query_params.multi_items() if complaint is None else [])
        # before anything is looked up: what comes in meanwhile is not seen
        seen = store.told_until(datetime.now(UTC))
        nonce, token = tokens.give(request)
        found = situation.context(store, asked, store.last_look(_looker()))
        found |= {"token": token if writable else None, "seen": seen.isoformat(), "complaint": complaint}
        response = rendering.page("situation.html", found, status)
        if writable:
            keep(response, nonce)
        return response

    @app.api_route("/situation", methods=READ)
    def situation_page(request: Request) -> Response:
        return page(request)

    @app.api_route("/situation.json", methods=READ)
    def situation_twin(request: Request) -> Response:
        asked = situation.read_asked(request.query_params.multi_items())
        return rendering.plain(situation.plain(store, asked, store.last_look(_looker())))

    def mark(request: Request, form: dict[str, str]) -> Response:
        seen = instant(form.get("seen"))
        if seen is None or not tokens.hold(request, form.get("token", "")):
            return page(request, SENT_ANEW, 403)
        store.put_look(_looker(), min(seen, datetime.now(UTC)))
        return RedirectResponse(paths.situation(), 303)

    @app.post("/situation/seen")
    async def mark_as_seen(request: Request) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        form = await read_form(request)
        return await run_in_threadpool(mark, request, form)


def _looker() -> str:
    """Whose look it is: the one who is signed in, else the one person that there is."""
    visitor = visitors.current()
    return key_of(visitor.name) if visitor is not None else ""
