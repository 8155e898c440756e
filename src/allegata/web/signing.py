"""Signing in and out."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from allegata.runs import accounts
from allegata.runs.judged import LONGEST_NAME
from allegata.store.base import Store
from allegata.store.users import key_of
from allegata.web import rendering
from allegata.web.attempts import Attempts
from allegata.web.forms import Tokens, keep, read_form
from allegata.web.guard import COOKIE

READ = ["GET", "HEAD"]
WRONG = "This name and password do not go together."
STALE = "This form is no longer valid: fill it in again."


def add_signing(app: FastAPI, store: Store) -> None:
    """Put the pages into ``app``."""
    tokens, attempts = Tokens(), Attempts(store)

    def form_page(request: Request, target: str, status: int = 200, **given: str) -> Response:
        nonce, token = tokens.give(request)
        context = {
            "token": token,
            "target": target,
            "name": given.get("name", "")[:LONGEST_NAME],
            "complaint": given.get("complaint"),
            "longest_name": LONGEST_NAME,
            "longest": accounts.LONGEST,
            "empty": store.count_users() == 0,
        }
        response = rendering.page("sign_in.html", context, status)
        keep(response, nonce)
        return response

    @app.api_route("/sign-in", methods=READ)
    def sign_in_page(request: Request) -> Response:
        return form_page(request, inside(request.query_params.get("next")))

    def sign_in(request: Request, form: dict[str, str]) -> Response:
        target, name = inside(form.get("next")), " ".join(form.get("name", "").split())
        if not tokens.hold(request, form.get("token", "")):
            return form_page(request, target, 403, name=name, complaint=STALE)
        address = request.client.host if request.client else ""
        key = key_of(name)[:LONGEST_NAME]
        wait = attempts.begin(key, address)
        if wait > 0:
            seconds = math.ceil(wait)
            complaint = f"Too many tries: wait {seconds} seconds."
            response = form_page(request, target, 429, name=name, complaint=complaint)
            response.headers["retry-after"] = str(seconds)
            return response
        found = accounts.sign_in(store, name, form.get("password", ""), address)
        if found is None:
            return form_page(request, target, 403, name=name, complaint=WRONG)
        attempts.succeeded(key, address)
        response = RedirectResponse(target, 303)
        _remember(response, found[1], secure=is_secure(request))
        return response

    @app.post("/sign-in")
    async def sign_in_sent(request: Request) -> Response:
        form = await read_form(request)
        return await run_in_threadpool(sign_in, request, form)

    @app.api_route("/sign-out", methods=READ)
    def sign_out_page(request: Request) -> Response:
        nonce, token = tokens.give(request)
        response = rendering.page("sign_out.html", {"token": token, "complaint": None})
        keep(response, nonce)
        return response

    def sign_out(request: Request, form: dict[str, str]) -> Response:
        if not tokens.hold(request, form.get("token", "")):
            return RedirectResponse("/sign-out", 303)
        accounts.end_session(store, request.cookies.get(COOKIE, ""))
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=is_secure(request))
        return response

    @app.post("/sign-out")
    async def sign_out_sent(request: Request) -> Response:
        form = await read_form(request)
        return await run_in_threadpool(sign_out, request, form)


def _remember(response: Response, session: str, *, secure: bool) -> None:
    age = int(accounts.ABSOLUTE.total_seconds())
    response.set_cookie(COOKIE, session, max_age=age, httponly=True, samesite="lax", secure=secure)


def is_secure(request: Request) -> bool:
    """Whether the browser speaks https, to us or to a proxy before us: by what it says of the page that the
    form came from, or by the proxy."""
    said = (request.headers.get("origin", ""), request.headers.get("x-forwarded-proto", ""))
    return request.url.scheme == "https" or said[0].lower().startswith("https://") or said[1] == "https"


def inside(target: str | None) -> str:
    """Where to go after signing in: an address of ours, whatever a link from elsewhere says."""
    given = target or "/"
    if not given.startswith("/") or given[1:2] in ("/", "\\") or not given.isprintable() or len(given) > 4000:
        return "/"
    try:
        parts = urlsplit(given)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or "\\" in given or parts.path in ("/sign-in", "/sign-out"):
        return "/"
    return given
