"""Lets in who may come in: the session or token of each request, and the role that its route takes.

Where the store has no users, everything is open: `server` sees to it that only this machine reaches the port.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlencode

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from allegata.runs import accounts
from allegata.store.base import Store, StoreError
from allegata.web import errors
from allegata.web.commands import SERVED
from allegata.web.rights import least_role, reaches, role_of
from allegata.web.unread import COUNT, counting
from allegata.web.visitors import VISITOR, Visitor

COOKIE = "allegata_session"


class Guard:
    """Middleware in front of all routes of ``site``."""

    def __init__(self, app: ASGIApp, store: Store, site: FastAPI, address: str | None = None) -> None:
        self.app = app
        self.store = store
        self.site = site
        self.address = address
        self._has_users = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        try:
            visitor = await run_in_threadpool(self._visitor, request)
        except StoreError as error:
            await errors.store_fails(request, error)(scope, receive, send)
            return
        token = VISITOR.set(visitor)
        COUNT.set(counting(self.store))
        SERVED.set(self.address)
        try:
            app = _refusal(request, visitor, self.site.routes) if visitor is not None else None
            await (app or self.app)(scope, receive, _private(send) if visitor and visitor.role else send)
        finally:
            VISITOR.reset(token)
        if visitor and visitor.role and not visitor.machine:
            await run_in_threadpool(self._touch, request)

    def _visitor(self, request: Request) -> Visitor | None:
        # users are never deleted: once there is one, there always is
        self._has_users = self._has_users or self.store.count_users() > 0
        if not self._has_users:
            return None
        given = request.headers.get("authorization")
        if given is not None:
            kind, _, secret = given.partition(" ")
            held = accounts.token_user(self.store, secret.strip()) if kind.lower() == "bearer" else None
            return Visitor(held[0].name, role_of(*held), machine=True) if held else Visitor(machine=True)
        session = request.cookies.get(COOKIE)
        user = accounts.session_user(self.store, session) if session else None
        return Visitor(user.name, user.role) if user else Visitor()

    def _touch(self, request: Request) -> None:
        with suppress(StoreError):  # another process writes: the next page tries again
            accounts.touch_session(self.store, request.cookies.get(COOKIE, ""))


def _private(send: Send) -> Send:
    """Nothing that took a role is kept by a browser, where the next one at the desk might find it."""

    async def send_private(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("cache-control", "no-store")
        await send(message)

    return send_private


def _refusal(request: Request, visitor: Visitor, routes: Iterable[BaseRoute]) -> Response | None:
    """What is answered instead of the page; ``None`` where its route takes no more than the visitor has."""
    least = least_role(routes, request.scope)
    if least is None or reaches(visitor.role, least):
        return None
    if visitor.role:
        return errors.answer(
            request, 403, "Not allowed", f"Your role is {visitor.role}: this takes {_article(least)}.",
            "Nothing was changed. Whoever looks after the users can give you another role.",
        )  # fmt: skip
    if visitor.machine or errors.wants_json(request):
        response = errors.answer(
            request, 401, "Not signed in", "This takes a token that works.",
            "Send it as “Authorization: Bearer TOKEN”; 'allegata user token NAME' makes one.",
        )  # fmt: skip
        response.headers["www-authenticate"] = "Bearer"
        return response
    if request.method not in ("GET", "HEAD"):
        return errors.answer(
            request, 401, "Not signed in", "You are signed out: nothing was changed.",
            "Sign in at /sign-in and send it again.",
        )  # fmt: skip
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?{urlencode({'next': asked})}" if asked != "/" else "/sign-in", 303)


def _article(role: str) -> str:
    return f"an {role}" if role[:1] in "aeiou" else f"a {role}"
