"""What a program is told where a request fails: problem details as RFC 9457 has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
HOME = "/api/v1"
"""The page that says what each problem is; a problem's type leads to its place there."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its anchor on the page, its title, and what to do about it."""

    name: str
    title: str
    means: str


KINDS: Mapping[int, Kind] = {
    400: Kind("bad-request", "Bad request", "A parameter or the body says what cannot be: mend it."),
    401: Kind("not-signed-in", "Not signed in", "No token came, or it stopped: send one that works."),
    403: Kind("not-allowed", "Not allowed", "The token's role goes less far than this takes."),
    404: Kind("not-found", "Not found", "There is no such address, or nothing of that name in the store."),
    405: Kind("method", "Method not allowed", "The address is not used this way; Allow says how it is."),
    409: Kind("changed-since", "Changed since", "Somebody decided the same meanwhile: look at it again."),
    413: Kind("too-long", "Too long", "The body holds more than is taken: shorten it."),
    415: Kind("not-json", "Not JSON", "The body is taken as application/json only."),
    500: Kind("fault", "Fault", "A fault of Allegata's; the server's log says more."),
    503: Kind("store", "Store not usable", "The store cannot be used now: try again."),
}
OTHER = Kind("other", "Not possible", "The request could not be answered.")

FIELDS = ("type", "title", "status", "detail", "hint", "errors")


def problem(status: int, detail: str, hint: str = "", errors: Sequence[Mapping[str, str]] = ()) -> Response:
    """``hint`` says what to do; ``errors`` name the parts of the request that are wrong."""
    kind = KINDS.get(status, OTHER)
    told: dict[str, Any] = {
        "type": f"{HOME}#{kind.name}",
        "title": kind.title,
        "status": status,
        "detail": detail,
    }
    if hint:
        told["hint"] = hint
    if errors:
        told["errors"] = list(errors)
    return Response(json.dumps(told, separators=(",", ":")), status, media_type=MEDIA_TYPE)
