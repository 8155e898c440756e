"""The API in the web app: its routes, the document that tells of them, and the page made from it."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from allegata.store.base import Store
from allegata.web import problems, rendering, words
from allegata.web.api import addresses, description
from allegata.web.api.claims import add_claims
from allegata.web.api.documents import add_documents
from allegata.web.api.following import add_following
from allegata.web.api.inbox import add_inbox
from allegata.web.api.judgements import add_judgements
from allegata.web.api.people import add_people
from allegata.web.errors import is_api
from allegata.web.memo import Memo

MOST_ERRORS = 10


def add_api(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the API into ``app``. Unless ``writable``, nothing can be decided through it."""
    router = APIRouter(prefix=addresses.HOME)
    add_claims(router, store)
    add_documents(router, store)
    add_following(router, store, Memo(store))
    add_inbox(router, store, writable)
    add_judgements(router, store, writable)
    add_people(router, store)
    listed = list(router.routes)

    @cache
    def told() -> dict[str, Any]:
        return description.document(listed)

    @router.get("", include_in_schema=False)
    def listing() -> Response:
        return rendering.page("api.html", description.context(told()))

    @router.get("/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return rendering.plain(told())

    for route in router.routes:
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()):
            route.methods = {"GET", "HEAD"}
    # not app.include_router: that hides the routes from the guard and from the table of rights
    app.router.routes.extend(router.routes)

    _add_errors(app)


def _add_errors(app: FastAPI) -> None:
    """Answer every error of the API as a problem; those of pages stay with the pages."""
    of_pages = app.exception_handlers[HTTPException]

    @app.exception_handler(RequestValidationError)
    def unfit(request: Request, error: RequestValidationError) -> Response:
        found = error.errors()[:MOST_ERRORS]
        parts = [
            {"where": ".".join(map(str, e["loc"]))[:100], "message": words.clip(str(e["msg"]), 200)}
            for e in found
        ]
        told = "; ".join(f"{p['where']}: {p['message']}" for p in parts) or "It cannot be read."
        return problems.problem(400, words.clip(told, 500), f"{addresses.HOME} lists what it takes.", parts)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        if not is_api(request):
            return cast(Response, of_pages(request, error))
        told = "There is no such address." if error.status_code == 404 else str(error.detail)
        response = problems.problem(error.status_code, told, f"{addresses.HOME} lists what there is.")
        response.headers.update(error.headers or {})
        if error.status_code == 405:  # Starlette tells of one route; others may have the same address
            found = (r for r in app.routes if r.matches(request.scope)[0] is not Match.NONE)
            allowed = {m for r in found for m in getattr(r, "methods", None) or ()}
            response.headers["allow"] = ", ".join(sorted(allowed))
        return response
