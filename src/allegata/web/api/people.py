"""Over the API what admins see: the users, and the log of what persons did."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from allegata.contract import to_plain
from allegata.store.base import Store
from allegata.web import rendering
from allegata.web.api import shapes
from allegata.web.api.paging import Asked, decode, encode, page, slice_of


def add_people(router: APIRouter, store: Store) -> None:
    """Put these routes into ``router``."""

    @router.get("/users", tags=["admin"], responses=shapes.answers(shapes.listed("Users", shapes.UserRow)))
    def users(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """Users with their tokens; never a secret."""
        shown, cursor = slice_of(asked, store.users())
        tokens = store.tokens()
        rows = [{**to_plain(u), "tokens": to_plain([t for t in tokens if t.user == u.name])} for u in shown]
        return rendering.plain(page(request, rows, cursor))

    @router.get("/acts", tags=["admin"], responses=shapes.answers(shapes.listed("Acts", shapes.ActRow)))
    def acts(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """What persons did, newest first; each row carries a SHA-256 of it and of the row before."""
        (before,) = decode(asked.cursor, int) or (None,)
        found = store.acts(asked.limit + 1, before)
        shown = found[: asked.limit]
        cursor = encode(shown[-1].number) if len(found) > asked.limit else None
        return rendering.plain(page(request, to_plain(shown), cursor))
