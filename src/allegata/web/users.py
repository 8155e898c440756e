"""The page of users, on which admins let persons in and shut them out, and make and stop tokens.

What is done there stands in the log of acts. A token is shown once, in the answer to the form that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.contract import to_plain
from allegata.runs import accounts
from allegata.runs.accounts import AccountError
from allegata.runs.judged import LONGEST_NAME
from allegata.store.base import Store
from allegata.store.user_records import ROLES, SCOPES
from allegata.store.users import key_of
from allegata.web import persons, rendering, visitors
from allegata.web.forms import CLOSED, SENT_ANEW, Tokens, keep, read_form
from allegata.web.query import BadQuery
from allegata.web.views.judging import sentence

READ = ["GET", "HEAD"]
ACTS = 200
"""Acts of the log on the page."""

FIELDS = ("name", "role", "label", "days", "scope", "do")
NOBODY_LEFT = "then nobody could look after the users: make another admin first"
FIRST = "the first user looks after the others: make an admin"


def add_users(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the page into ``app``. Unless ``writable``, nothing can be changed on it."""
    tokens = Tokens()

    def page(request: Request, status: int = 200, **given: Any) -> Response:
        nonce, token = tokens.give(request)
        context = {
            "users": store.users(),
            "tokens": store.tokens(),
            "acts": store.acts(ACTS),
            "roles": ROLES,
            "scopes": SCOPES,
            "may": writable,
            "token": token,
            "complaint": None,
            "made": None,
            "did": request.query_params.get("did", ""),
            "fields": dict.fromkeys(FIELDS, ""),
            "longest_name": LONGEST_NAME,
            "shortest": accounts.SHORTEST,
            "longest": accounts.LONGEST,
            "most_days": accounts.MOST_DAYS,
            "twin": "/users.json",
        }
        response = rendering.page("users.html", context | given, status)
        keep(response, nonce)
        response.headers["cache-control"] = "no-store"
        return response

    @app.api_route("/users.json", methods=READ)
    def users_twin() -> Response:
        value = {
            "users": [to_plain(u) for u in store.users()],
            "tokens": [to_plain(t) for t in store.tokens()],
            "acts": [to_plain(a) for a in store.acts(ACTS)],
        }
        return rendering.plain(value)

    @app.api_route("/users", methods=READ)
    def users_page(request: Request) -> Response:
        return page(request)

    def change(request: Request, form: Mapping[str, str]) -> Response:
        fields = {k: form.get(k, "") for k in FIELDS}
        if not tokens.hold(request, form.get("token", "")):
            return page(request, 403, complaint=SENT_ANEW, fields=fields)
        try:
            by = _by(request, form)
            if form.get("do") == "token":
                made = accounts.make_token(
                    store, fields["name"], fields["scope"], fields["label"].strip(), _days(fields["days"]), by
                )
                return page(request, made=made)
            _act(form.get("do", ""))(store, form, by)
        except AccountError as error:
            return page(request, 400, complaint=sentence(error), fields=fields)
        return RedirectResponse(f"/users?did={form['do']}#h-users", 303)

    @app.post("/users")
    async def users_changed(request: Request) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        form = await read_form(request)
        return await run_in_threadpool(change, request, form)


def _by(request: Request, form: Mapping[str, str]) -> str:
    """Who does it: who is signed in; whoever makes the first user is that user."""
    visitor = visitors.current()
    if visitor is not None:
        return visitor.name
    return persons.person_of(request).name or accounts.checked_name(form.get("name", ""))


def _days(given: str) -> int | None:
    if not given.strip():
        return None
    if not (given.isdecimal() and given.isascii() and len(given) < 6):
        raise AccountError(f"a token lasts 1 to {accounts.MOST_DAYS} days")
    return int(given)


def _act(name: str) -> Callable[[Store, Mapping[str, str], str], object]:
    if name not in _ACTS:
        raise BadQuery("This form does not say what to do: go to it from the page of users.")
    return _ACTS[name]


def _add(store: Store, form: Mapping[str, str], by: str) -> object:
    role = form.get("role", "")
    if store.count_users() == 0 and role != "admin":
        raise AccountError(FIRST)
    return accounts.add_user(store, form.get("name", ""), _password(form), role, by)


def _role(store: Store, form: Mapping[str, str], by: str) -> object:
    name, role = form.get("name", ""), form.get("role", "")
    if role != "admin":
        _check_left(store, name)
    return accounts.set_role(store, name, role, by)


def _disable(store: Store, form: Mapping[str, str], by: str) -> object:
    _check_left(store, form.get("name", ""))
    return accounts.set_disabled(store, form.get("name", ""), True, by)


def _enable(store: Store, form: Mapping[str, str], by: str) -> object:
    return accounts.set_disabled(store, form.get("name", ""), False, by)


def _reset(store: Store, form: Mapping[str, str], by: str) -> object:
    return accounts.set_password(store, form.get("name", ""), _password(form), by)


def _revoke(store: Store, form: Mapping[str, str], by: str) -> object:
    number = form.get("number", "")
    if not (number.isdecimal() and number.isascii() and len(number) < 10):
        raise AccountError("a token is stopped by its number")
    return accounts.revoke_token(store, int(number), by)


_ACTS: Mapping[str, Callable[[Store, Mapping[str, str], str], object]] = {
    "add": _add,
    "role": _role,
    "disable": _disable,
    "enable": _enable,
    "password": _reset,
    "revoke": _revoke,
}


def _password(form: Mapping[str, str]) -> str:
    """A password that was typed twice alike."""
    if form.get("password", "") != form.get("again", ""):
        raise AccountError("the two passwords differ: type them again")
    return form.get("password", "")


def _check_left(store: Store, name: str) -> None:
    """AccountError where ``name`` is the last who looks after the users."""
    admins = [u for u in store.users() if u.role == "admin" and u.disabled is None]
    if [key_of(u.name) for u in admins] == [key_of(name)]:
        raise AccountError(NOBODY_LEFT)
