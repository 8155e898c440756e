"""The inbox: what all watches found, or one of them, as a page, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

from allegata.contract import to_plain
from allegata.runs import working
from allegata.runs.judged import LONGEST_NAME
from allegata.store.base import Store
from allegata.store.inbox_records import SHOWN, InboxQuery, Item, Show
from allegata.web import paths, words
from allegata.web.errors import NotFoundError
from allegata.web.query import MAX_PAGE, MAX_TABLE, BadQuery

SIZE = 50

NAMES: dict[Show, str] = {"unread": "Unread", "mine": "Assigned to me", "snoozed": "Snoozed", "all": "All"}


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks for. ``person`` is whose "mine" is shown: whoever looks, if left out. ``fixed``
    where the page is that of the watch."""

    show: Show = "unread"
    watch: str | None = None
    person: str = ""
    page: int = 1
    fixed: bool = False

    def address(self, **changes: Any) -> str:
        view = replace(self, **({"page": 1} | changes))
        params: list[tuple[str, str]] = []
        params += [("show", view.show)] if view.show != ("all" if view.fixed else "unread") else []
        params += [("watch", view.watch)] if view.watch and not view.fixed else []
        params += [("person", view.person)] if view.person and view.show == "mine" else []
        params += [("page", str(view.page))] if view.page > 1 else []
        return paths.watch(view.watch or "", params=params) if view.fixed else paths.inbox(params)

    def query(self, me: str) -> InboxQuery:
        return working.query(self.show, self.watch, self.person or me)


def read_view(pairs: Iterable[tuple[str, str]], watch: str | None = None) -> View:
    """The view in an address; with ``watch``, that of its own page. BadQuery."""
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in ("show", "watch", "person", "page") and value.strip():
            if name in given:
                raise BadQuery(f"“{name}” is given twice: give it once.")
            given[name] = value.strip()
    show = next((s for s in SHOWN if s == given.get("show", "all" if watch else "unread")), None)
    if show is None:
        raise BadQuery(f"“show” is one of {', '.join(SHOWN)}.")
    person = " ".join(given.get("person", "").split())
    if len(person) > LONGEST_NAME or not person.isprintable():
        raise BadQuery(f"“person” is a name of up to {LONGEST_NAME} characters.")
    page = given.get("page", "1")
    if not (page.isascii() and page.isdigit() and 1 <= int(page[:9]) <= MAX_PAGE):
        raise BadQuery(f"“page” goes from 1 to {MAX_PAGE}.")
    return View(show, watch or given.get("watch"), person, int(page), fixed=watch is not None)


def view_behind(address: str) -> View:
    """The view of an address that a form brought along; the inbox where it is none."""
    path, _, query = address.partition("?")
    if path != paths.inbox():
        return View()
    try:
        return read_view(parse_qsl(query, max_num_fields=10))
    except ValueError:
        return View()


def context(store: Store, view: View, me: str) -> dict[str, Any]:
    """All that is shown of it. NotFoundError where there is no such watch."""
    _check(store, view)
    asked = view.query(me)
    total = store.count_inbox(asked)
    pages = max(1, -(-total // SIZE))
    return {
        "view": view,
        "whose": view.person or me,
        "items": [
            {"item": i, "state": i.state(asked.today), "to": subject(i.event.kind, i.event.subject)}
            for i in store.inbox(asked, SIZE, (view.page - 1) * SIZE)
        ],
        "tabs": [
            {"name": NAMES[show], "to": view.address(show=show), "chosen": show == view.show}
            | {"count": store.count_inbox(replace(asked, show=show))}
            for show in SHOWN
        ],
        "total": total,
        "pages": pages,
        "before": view.address(page=min(view.page - 1, pages)) if view.page > 1 else None,
        "after": view.address(page=view.page + 1) if view.page < pages else None,
        "back": view.address(page=view.page),
        "through": store.newest_item(),
        "users": working.assignees(store),
        "tomorrow": (working.now() + timedelta(days=1)).isoformat(),
        "names": [w.name for w in store.watches()],
    }


def plain(store: Store, view: View, me: str) -> dict[str, Any]:
    _check(store, view)
    asked = view.query(me)
    return {
        "show": view.show,
        "watch": view.watch,
        "person": asked.assignee if view.show == "mine" else None,
        "total": store.count_inbox(asked),
        "page": view.page,
        "size": SIZE,
        "inbox": [item_plain(i, asked.today) for i in store.inbox(asked, SIZE, (view.page - 1) * SIZE)],
    }


def item_plain(item: Item, today: str) -> dict[str, Any]:
    return {
        "number": item.number,
        "watch": item.name,
        "state": item.state(today),
        "event": to_plain(item.event),
        "found": item.found,
        "read": item.read,
        "until": item.until,
        "assignee": item.assignee or None,
        "note": item.note or None,
        "person": item.person or None,
        "at": item.at or None,
    }


def rows(store: Store, view: View, me: str) -> Iterator[dict[str, Any]]:
    """The table: an item a row, with what happened."""
    _check(store, view)
    asked = view.query(me)
    for item in store.inbox(asked, MAX_TABLE):
        event = item.event
        told = {"kind": event.kind, "title": event.title, "detail": event.detail, "happened": event.at}
        yield item_plain(item, asked.today) | told | {"subject": event.subject}


def subject(kind: str, about: str) -> str | None:
    """The page of what an event is about."""
    if kind == "forecast_due":
        return paths.forecasts()
    if kind == "tension_break":
        first, arrow, second = about.partition(" → ")
        return paths.dyad(first, second) if arrow else None
    return paths.claim(about)


def _check(store: Store, view: View) -> None:
    if view.watch is not None and all(w.name != view.watch for w in store.watches()):
        raise NotFoundError(
            f"There is no watch “{words.clip(view.watch, 80)}”.",
            "The page of watches lists those there are.",
        )
