"""The inbox of all watches and that of each: what they found, and the forms to work through it."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.runs import working
from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON
from allegata.store.base import Store
from allegata.store.inbox_records import ItemChange
from allegata.web import paths, persons, rendering, visitors
from allegata.web.errors import NotFoundError, id_of
from allegata.web.forms import CLOSED, SENT_ANEW, Tokens, keep, read_form, written
from allegata.web.signing import inside
from allegata.web.tables import COLUMNS, cell
from allegata.web.views import following, inbox
from allegata.web.views.judging import sentence

READ = ["GET", "HEAD"]

NOBODY = "Say who you are: the name stands beside what you do."
LARGEST = 2**53
"""Numbers in addresses stay under what every database takes."""


def add_inbox(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the pages into ``app``. Unless ``writable``, nothing can be done to items on them."""
    tokens = Tokens()

    def page(
        request: Request,
        template: str,
        view: inbox.View,
        more: dict[str, Any],
        status: int = 200,
        **given: Any,
    ) -> Response:
        nonce, token = tokens.give(request)
        may = writable and visitors.may_judge()
        person = persons.person_of(request)
        fixed: dict[str, Any] = {
            "token": token if may else None,
            "person": person,
            "fields": {},
            "complaint": None,
            "longest_name": LONGEST_NAME,
            "longest_note": LONGEST_REASON,
        }
        context = more | inbox.context(store, view, person.name)
        response = rendering.page(template, context | fixed | given, status)
        if may:
            keep(response, nonce)
        return response

    def inbox_page(request: Request, view: inbox.View, status: int = 200, **given: Any) -> Response:
        params = view.address().partition("?")[2]
        twins = {name: f"/inbox.{form}" + (f"?{params}" if params else "") for name, form in _TWINS}
        return page(request, "inbox.html", view, twins, status, **given)

    @app.api_route("/inbox", methods=READ)
    def all_items(request: Request) -> Response:
        return inbox_page(request, inbox.read_view(request.query_params.multi_items()))

    @app.api_route("/inbox.json", methods=READ)
    def twin(request: Request) -> Response:
        view = inbox.read_view(request.query_params.multi_items())
        return rendering.plain(inbox.plain(store, view, persons.person_of(request).name))

    @app.api_route("/inbox.csv", methods=READ)
    def table(request: Request) -> Response:
        view = inbox.read_view(request.query_params.multi_items())
        head = COLUMNS["inbox"]
        found = inbox.rows(store, view, persons.person_of(request).name)
        return rendering.table([head, *([cell(row.get(c)) for c in head] for row in found)], "inbox")

    @app.api_route("/watches/{name}", methods=READ)
    def watch_page(name: str, request: Request) -> Response:
        watched = following.watch(store, id_of(name))
        if watched is None:
            raise following.no_watch(id_of(name))
        view = inbox.read_view(request.query_params.multi_items(), id_of(name))
        return page(request, "watch.html", view, watched)

    def read_all(request: Request, form: dict[str, str]) -> Response:
        view = inbox.view_behind(form.get("back", ""))
        view = view if form.get("watch") in (None, "", view.watch) else inbox.View(watch=form["watch"])
        person = persons.person_of(request)
        who = _who(form, person)
        through = form.get("through", "")
        if not tokens.hold(request, form.get("token", "")):
            return inbox_page(request, view, 403, complaint=SENT_ANEW)
        if not who or len(who) > LONGEST_NAME or not who.isprintable():
            return inbox_page(request, view, 400, complaint=NOBODY)
        if form.get("do") == "name":  # so that every button need not ask for it
            return _answer(form, person, who)
        if not (through.isascii() and through.isdigit()):
            return inbox_page(request, view, 400, complaint=SENT_ANEW)
        store.read_items(working.query("unread", view.watch), min(int(through[:20]), LARGEST), who)
        return _answer(form, person, who)

    def change(request: Request, number: int, form: dict[str, str]) -> Response:
        person = persons.person_of(request)
        who = _who(form, person)
        deed = form.get("do", "")

        def again(complaint: str, status: int) -> Response:
            view = inbox.view_behind(form.get("back", ""))
            told = {"complaint": complaint, "fields": form | {"person": who}, "wrong": number}
            return inbox_page(request, view, status, **told)

        if not tokens.hold(request, form.get("token", "")):
            return again(SENT_ANEW, 403)
        if not who:
            return again(NOBODY, 400)
        changes = {
            "read": ItemChange(read=True),
            "unread": ItemChange(read=False),
            "keep": ItemChange(None, form.get("until"), form.get("assignee"), written(form, "note")),
        }
        if deed not in changes:
            return again("This form does not say what to do: send it from its page.", 400)
        try:
            working.change_item(store, number, changes[deed], who)
        except working.BadChangeError as error:
            return again(sentence(error), 400)
        except KeyError:
            raise NotFoundError(
                f"There is no item {number}.", "The inbox has those of the watches there are."
            ) from None
        return _answer(form, person, who, f"#item-{number}")

    @app.post("/inbox")
    async def read_all_items(request: Request) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        form = await read_form(request)
        return await run_in_threadpool(lambda: read_all(request, form))

    @app.post("/inbox/{number}")
    async def change_item(number: str, request: Request) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        form = await read_form(request)
        known = number.isascii() and number.isdigit() and len(number) <= 15
        return await run_in_threadpool(lambda: change(request, int(number) if known else 0, form))


_TWINS = (("twin", "json"), ("table", "csv"))


def _who(form: dict[str, str], person: persons.Person) -> str:
    """Who sends a form: one button has no room for a name, so it may be the one that is known."""
    return persons.named_in(form, person) or person.name


def _answer(form: dict[str, str], person: persons.Person, who: str, anchor: str = "") -> Response:
    """Back to where the form was."""
    back = inside(form.get("back"))
    ours = back.startswith((paths.inbox(), paths.watches() + "/"))
    response = RedirectResponse((back if ours else paths.inbox()).partition("#")[0] + anchor, 303)
    if person.asked:
        persons.remember(response, who)
    return response
