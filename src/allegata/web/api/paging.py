"""Lists in pages: a cursor says where the page before ended, and every page gives the address of the next."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from allegata.web.query import BadQuery

SIZE, MOST = 25, 100
LARGEST = 2**53
"""Numbers of a cursor stay under what every JSON reader and database takes."""

TEXT = r"^[^\x00-\x1f]*$"
"""What is asked for in words holds no control character."""

LONGEST = 2000
NOT_OURS = "“cursor” is none that was given here: follow “next” of the page before."


class Bare(BaseModel):
    """No parameters. What is not documented is refused, so that a misspelt name changes no answer unseen."""

    model_config = ConfigDict(extra="forbid")


class Asked(Bare):
    """How much of a list is asked for."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="Items on a page.")] = SIZE
    cursor: Annotated[
        str | None,
        Field(max_length=LONGEST, pattern="^[A-Za-z0-9_-]+$", description="Where to go on: part of “next”."),
    ] = None


def encode(*place: int | str) -> str:
    told = json.dumps(place, separators=(",", ":")).encode()
    return urlsafe_b64encode(told).rstrip(b"=").decode()


def decode(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The place in a cursor, of the ``kinds`` expected; ``None`` where none is given. BadQuery."""
    if cursor is None:
        return None
    try:
        place = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        raise BadQuery(NOT_OURS) from None
    fits = isinstance(place, list) and len(place) == len(kinds)
    if not fits or not all(_fits(part, kind) for part, kind in zip(place, kinds, strict=True)):
        raise BadQuery(NOT_OURS)
    return tuple(place)


def _fits(part: object, kind: type) -> bool:
    if type(part) is not kind:
        return False
    if isinstance(part, int):
        return 0 <= part < LARGEST
    return isinstance(part, str) and not any(0xD800 <= ord(c) < 0xE000 for c in part)


def page(request: Request, items: list[Any], cursor: str | None) -> dict[str, Any]:
    """One page of a list, with the address of the next (null on the last)."""
    if cursor is None:
        return {"items": items, "next": None}
    given = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    return {"items": items, "next": f"{request.url.path}?{urlencode([*given, ('cursor', cursor)])}"}


def slice_of(asked: Asked, rows: Sequence[Any]) -> tuple[list[Any], str | None]:
    """A page of rows that are all at hand, and the cursor of the next."""
    (begin,) = decode(asked.cursor, int) or (0,)
    end = begin + asked.limit
    return list(rows[begin:end]), encode(end) if end < len(rows) else None
