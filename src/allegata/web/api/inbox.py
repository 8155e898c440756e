"""The inbox over the API: what watches found, and what is done with it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from allegata.runs import working
from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON
from allegata.store.base import Store
from allegata.store.inbox_records import Item, ItemChange, Show
from allegata.web import paths, rendering, visitors
from allegata.web.api import addresses, shapes
from allegata.web.api.bodies import body_of, read_body
from allegata.web.api.judgements import Name, who
from allegata.web.api.paging import TEXT, Asked, Bare, decode, encode, page
from allegata.web.errors import NotFoundError
from allegata.web.forms import CLOSED
from allegata.web.query import MAX_WORDS, BadQuery
from allegata.web.views.inbox import item_plain, subject
from allegata.web.views.judging import sentence


class InboxAsked(Asked):
    show: Annotated[
        Show, Field(description="What of it: “mine” is what is assigned to a person and does not sleep.")
    ] = "unread"
    watch: Annotated[
        str | None, Field(min_length=1, max_length=MAX_WORDS, pattern=TEXT, description="Of this watch.")
    ] = None
    person: Annotated[
        str | None,
        Field(min_length=1, max_length=MAX_WORDS, pattern=TEXT, description="Whose, where “show” is “mine”."),
    ] = None


class ItemChanged(BaseModel):
    """What is done to an item. What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    read: Annotated[bool | None, Field(description="Read, or unread again; what is read sleeps no more.")] = (
        None
    )
    until: Annotated[
        str | None,
        Field(
            pattern=r"^(\d{4}-\d{2}-\d{2})?$",
            description="The day until which it sleeps, to come back unread; empty: it wakes.",
        ),
    ] = None
    assignee: Annotated[
        str | None,
        Field(
            max_length=LONGEST_NAME,
            description="Who is to look after it, a user where the store has any; empty: nobody.",
        ),
    ] = None
    note: Annotated[
        str | None, Field(max_length=LONGEST_REASON, description="A note; it replaces the one before.")
    ] = None
    person: Name = None


class ItemsRead(BaseModel):
    """Which items are marked as read."""

    model_config = ConfigDict(extra="forbid")

    through: Annotated[
        int,
        Field(ge=1, le=1_000_000_000, description="The newest that was seen; later ones stay unread."),
    ]
    show: Annotated[Show, Field(description="Of these alone.")] = "unread"
    watch: Annotated[
        str | None, Field(min_length=1, max_length=MAX_WORDS, pattern=TEXT, description="Of this watch.")
    ] = None
    person: Name = None


def add_inbox(router: APIRouter, store: Store, writable: bool) -> None:
    """Put the routes of the inbox into ``router``. Unless ``writable``, nothing is done to items."""

    @router.get(
        "/inbox", tags=["watches"], responses=shapes.answers(shapes.listed("Items", shapes.ItemObject))
    )
    def items(request: Request, asked: Annotated[InboxAsked, Query()]) -> Response:
        """What watches found, what came or came back last first."""
        visitor = visitors.current()
        me = asked.person or (visitor.name if visitor else "")
        query = working.query(asked.show, asked.watch, me)
        (begin,) = decode(asked.cursor, int) or (0,)
        found = store.inbox(query, asked.limit + 1, begin)
        cursor = encode(begin + asked.limit) if len(found) > asked.limit else None
        return rendering.plain(page(request, [_told(i) for i in found[: asked.limit]], cursor))

    @router.get("/inbox/{number}", tags=["watches"], responses=shapes.answers(shapes.ItemObject))
    def item(number: shapes.Number, asked: Annotated[Bare, Query()]) -> Response:
        """One thing that a watch found."""
        found = store.item(number)
        if found is None:
            raise _missing(number)
        return rendering.plain(_told(found))

    @router.post(
        "/inbox/read",
        tags=["watches"],
        responses=shapes.answers(shapes.ReadObject),
        openapi_extra=body_of(ItemsRead),
    )
    async def read(request: Request) -> Response:
        """Mark all items as read that were seen. It is logged once, with the name of who did it."""
        if not writable:
            raise HTTPException(403, CLOSED)
        given = await read_body(request, ItemsRead)

        def marked() -> Response:
            person = who(given.person)
            asked = working.query(given.show, given.watch, person)
            return rendering.plain({"read": store.read_items(asked, given.through, person)})

        return await run_in_threadpool(marked)

    @router.post(
        "/inbox/{number}",
        tags=["watches"],
        responses=shapes.answers(shapes.ItemObject),
        openapi_extra=body_of(ItemChanged),
    )
    async def change(request: Request, number: shapes.Number) -> Response:
        """Mark an item as read or unread, snooze it, give it to somebody, note something."""
        if not writable:
            raise HTTPException(403, CLOSED)
        given = await read_body(request, ItemChanged)
        return await run_in_threadpool(lambda: rendering.plain(_told(_changed(store, number, given))))


def _changed(store: Store, number: int, given: ItemChanged) -> Item:
    wanted = ItemChange(given.read, given.until, given.assignee, given.note)
    try:
        return working.change_item(store, number, wanted, who(given.person))
    except working.BadChangeError as error:
        raise BadQuery(sentence(error)) from error
    except KeyError:
        raise _missing(number) from None


def _missing(number: int) -> NotFoundError:
    return NotFoundError(f"There is no item {number}.", "The inbox has those of the watches there are.")


def _told(item: Item) -> dict[str, Any]:
    return item_plain(item, working.now().isoformat()) | {
        "page": subject(item.event.kind, item.event.subject) or paths.watch(item.name),
        "href": addresses.item(item.number),
    }
