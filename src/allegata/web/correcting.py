"""The page on which a person puts a statement right, or adds one that was missed. The decision is made where
all are (`judging`)."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from allegata.store.base import Store
from allegata.web import paths, rendering, words
from allegata.web.errors import NotFoundError, id_of
from allegata.web.forms import CLOSED
from allegata.web.query import read_view
from allegata.web.views import correcting

READ = ["GET", "HEAD"]


def add_correcting(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the page into ``app``."""

    @app.api_route("/readings/{name}/{number}", methods=READ)
    def statement_page(name: str, number: str, request: Request) -> Response:
        if not writable:
            raise HTTPException(403, CLOSED)
        document = store.document(id_of(name))
        found = None
        said = request.query_params.get("words", "")
        if document is not None and number == "0" and said.strip():
            span = correcting.find_words(document.text, said, request.query_params.get("near", ""))
            return RedirectResponse(paths.missed(document.id, span), 303)
        if document is not None and number.isdecimal() and number.isascii() and len(number) < 7:
            at = read_view(request.query_params.multi_items()).at
            found = correcting.context(store, document, int(number), at)
        if found is None:
            raise NotFoundError(
                f"There is no statement “{words.clip(number, 20)}” in “{words.clip(id_of(name), 80)}”.",
                "The page of the document lists its statements.",
            )
        return rendering.page("correcting.html", found)
