"""Bodies of requests: JSON alone, of bounded size, and not from a page of another site."""

from __future__ import annotations

from typing import Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from allegata.web import visitors
from allegata.web.forms import MAX_BODY, is_ours, read_bounded

Body = TypeVar("Body", bound=BaseModel)

TOO_LONG = f"A body holds {MAX_BODY // 1024} kB at most."


async def read_body(request: Request, kind: type[Body]) -> Body:
    """HTTPException and RequestValidationError, both answered as problems.

    A browser never sends JSON to another site unasked, and nobody here says yes; what it says of where a
    request comes from is looked at all the same. Who is signed in with a browser must come from our pages.
    """
    if not visitors.is_machine() and not _is_admitted(request):
        raise HTTPException(403, "This was sent by a page of another site: nothing was done.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "This takes application/json.")
    body = await read_bounded(request, TOO_LONG)
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**e, "loc": ("body", *e["loc"])} for e in told]) from None


def _is_admitted(request: Request) -> bool:
    headers = request.headers
    says = "sec-fetch-site" in headers or "origin" in headers
    return is_ours(headers) if says or visitors.current() is not None else True


def body_of(kind: type[BaseModel]) -> dict[str, Any]:
    """The body as the document tells it; `description.document` has its shape."""
    schema = {"$ref": f"#/components/schemas/{kind.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
