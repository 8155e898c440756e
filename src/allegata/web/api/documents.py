"""Documents over the API: the list, and one with its text, Reading and X-ray."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from allegata.model import Document
from allegata.store.base import Store
from allegata.web import paths, rendering, words
from allegata.web.api import addresses, shapes
from allegata.web.api.paging import TEXT, Asked, Bare, decode, encode, page
from allegata.web.errors import NotFoundError, id_of
from allegata.web.query import MAX_WORDS, DocumentView
from allegata.web.views import documents as views

MOST_FOUND = 1000
"""Documents that a search goes through; narrower words find what lies beyond."""


class DocumentsAsked(Asked):
    q: Annotated[
        str | None,
        Field(min_length=1, max_length=MAX_WORDS, pattern=TEXT, description="Words in the title or text."),
    ] = None


class Version(Bare):
    version: Annotated[
        int | None, Field(ge=1, le=1_000_000, description="An older version; the newest if left out.")
    ] = None


def add_documents(router: APIRouter, store: Store) -> None:
    """Put the routes of documents into ``router``."""

    @router.get(
        "/documents",
        tags=["documents"],
        responses=shapes.answers(shapes.listed("Documents", shapes.DocumentRow)),
    )
    def documents(request: Request, asked: Annotated[DocumentsAsked, Query()]) -> Response:
        """Documents in the order of adding; with words, those that hold them, best first (of common words
        newest first)."""
        shown, cursor = _searched(store, asked) if asked.q is not None else _all(store, asked)
        return rendering.plain(page(request, [_row(d) for d in shown], cursor))

    @router.get("/documents/{name:path}", tags=["documents"], responses=shapes.answers(shapes.DocumentObject))
    def document(name: str, asked: Annotated[Version, Query()]) -> Response:
        """A document with its text, what was read in it, its X-ray and the claims that it carries."""
        found = _document(store, name, asked.version)
        told = views.plain(store, found, DocumentView(show=(), version=asked.version))
        told |= {
            "capture": _capture(told["custody"]),
            "claims": [c | {"href": addresses.claim(c["id"])} for c in told["claims"]],
            "page": paths.document(found.id, version=asked.version),
            "href": addresses.document(found.id, asked.version),
        }
        return rendering.plain({k: told[k] for k in shapes.DocumentObject.model_fields})


def _capture(custody: dict[str, Any] | None) -> dict[str, Any] | None:
    """The retrieval without its headers, which may hold what was meant for us alone."""
    if custody is None:
        return None
    told = {k: v for k, v in custody["capture"].items() if k != "headers"}
    return told | {"state": custody["state"]}


def _all(store: Store, asked: DocumentsAsked) -> tuple[list[Document], str | None]:
    (after,) = decode(asked.cursor, int) or (0,)
    found = store.documents_after(after, asked.limit + 1)
    shown = found[: asked.limit]
    return [d for _, d in shown], encode(shown[-1][0]) if len(found) > asked.limit else None


def _searched(store: Store, asked: DocumentsAsked) -> tuple[list[Document], str | None]:
    q = " ".join((asked.q or "").split())
    (begin,) = decode(asked.cursor, int) or (0,)
    end = min(begin + asked.limit, MOST_FOUND)
    ids = store.search_documents(q, end + 1)
    held = {d.id: d for d in store.documents(ids[begin:end])}
    more = len(ids) > end and end < MOST_FOUND
    return [held[i] for i in ids[begin:end] if i in held], encode(end) if more else None


def _document(store: Store, name: str, version: int | None) -> Document:
    document_id = id_of(name)
    newest = store.document(document_id)
    if newest is None:
        raise NotFoundError(
            f"There is no document “{words.clip(document_id, 80)}” in this store.",
            "The list of documents has those that there are.",
        )
    found = newest if version is None else store.document(document_id, version)
    if found is None:
        raise NotFoundError(
            f"There is no version {version} of this document.", f"They go from 1 to {newest.version}."
        )
    return found


def _row(document: Document) -> dict[str, Any]:
    told = {
        k: getattr(document, k)
        for k in (
            "id", "url", "outlet", "author", "title", "published", "language", "kind", "capture", "version",
        )
    }  # fmt: skip
    return told | {
        "characters": len(document.text),
        "page": paths.document(document.id),
        "href": addresses.document(document.id),
    }
