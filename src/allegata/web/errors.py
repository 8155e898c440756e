"""What a page answers where it cannot be made, and ids out of addresses."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from allegata.store.base import StoreError
from allegata.web import paths, problems, rendering


class NotFoundError(Exception):
    """No such page. The message says what is missing, ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def id_of(segment: str) -> str:
    """The id in an address. One that no UTF-8 text can hold (half a character) is no id of any store."""
    decoded = paths.decode(segment)
    try:
        decoded.encode("utf-8")
    except UnicodeEncodeError:
        raise NotFoundError("This address holds no id.", "Go to it from a page, not by hand.") from None
    return decoded


def is_api(request: Request) -> bool:
    """Whether the API is asked, every error of which is a problem detail (`problems`)."""
    return request.url.path.startswith(f"{problems.HOME}/")  # without it, the page that tells of it


def wants_json(request: Request) -> bool:
    """Whether a program asks rather than a browser."""
    path = request.url.path
    return path.endswith(".json") or is_api(request) or "authorization" in request.headers


def answer(request: Request, status: int, title: str, message: str, hint: str) -> Response:
    """What is wrong and what to do, as a page or for a program as JSON."""
    if is_api(request):
        said = hint if status in (401, 403, 404) else problems.KINDS.get(status, problems.OTHER).means
        return problems.problem(status, message, said)
    if wants_json(request):
        return rendering.plain({"error": message, "hint": hint}, status)
    context = {"title": title, "message": message, "hint": hint, "status": status}
    return rendering.page("error.html", context, status)


def store_fails(request: Request, error: StoreError) -> Response:
    return answer(request, 503, "Store not usable", str(error), "Then load this page again.")
