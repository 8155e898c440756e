"""The pages of `allegata serve`: a claim list, a claim, the evidence for an edge, a document's X-ray.

Each page has a twin in JSON at its address with ".json", which obeys the same query. Nothing is written but
what persons decide (`judging`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import resources

from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response

from allegata.model import Claim, Document
from allegata.store.base import Store, StoreError
from allegata.web import rendering, visitors, words
from allegata.web.api.routes import add_api
from allegata.web.claiming import add_claim
from allegata.web.correcting import add_correcting
from allegata.web.errors import NotFoundError, answer, id_of, store_fails
from allegata.web.grading import add_grading
from allegata.web.guard import Guard
from allegata.web.headers import LOOPBACK, SECURITY, KnownHosts, SecurityHeaders
from allegata.web.inbox import add_inbox
from allegata.web.judging import add_judging
from allegata.web.listing import add_list
from allegata.web.overview import add_overview
from allegata.web.query import BadQuery, DocumentView, read_view
from allegata.web.reviewing import add_reviewing
from allegata.web.signing import add_signing
from allegata.web.users import add_users
from allegata.web.views import documents

READ = ["GET", "HEAD"]


def create_app(
    store: Store, hosts: Iterable[str] = (), *, writable: bool = True, address: str | None = None
) -> FastAPI:
    """The pages over ``store``. Only requests to loopback names and to ``hosts`` are answered. Unless
    ``writable``, nothing can be decided on them. ``address``: the store's, as commands are given it."""
    app = FastAPI(title="Allegata", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, store=store, site=app, address=address)  # the innermost, where pages are made
    app.add_middleware(KnownHosts, hosts=(*LOOPBACK, *hosts))
    app.add_middleware(SecurityHeaders)
    static = resources.files("allegata.web").joinpath("static")
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    _add_errors(app)
    add_list(app, store, writable)
    add_claim(app, store, partial(_claim, store), writable)
    add_grading(app, store, writable)
    _add_documents(app, store, writable)
    add_overview(app, store, writable)
    add_inbox(app, store, writable)
    add_signing(app, store)
    add_users(app, store, writable)
    add_judging(app, store, partial(_claim, store), writable)
    add_reviewing(app, store, writable)
    add_correcting(app, store, writable)
    add_api(app, store, writable)

    @app.api_route("/healthz", methods=READ)
    def healthz() -> Response:
        counted = {"documents": store.count_documents()} if visitors.may("viewer") else {}
        return rendering.plain({"status": "ok"} | counted)

    return app


def _claim(store: Store, name: str) -> Claim:
    """The claim of a page's address."""
    found = store.claim(id_of(name))
    if found is None:
        raise NotFoundError(
            f"There is no claim “{words.clip(id_of(name), 80)}”.",
            "Claims are formed anew when documents are added and may move: look for its words.",
        )
    return found


def _add_documents(app: FastAPI, store: Store, writable: bool) -> None:
    def document(name: str, view: DocumentView) -> Document:
        found = store.document(id_of(name), view.version)
        if found is None:
            held = store.document(id_of(name))
            if held is not None:
                raise BadQuery(f"“version” goes from 1 to {held.version} for this document.")
            raise NotFoundError(
                f"There is no document “{words.clip(id_of(name), 80)}” in this store.",
                "Documents are reached from the claims that mention them; 'allegata add' puts new ones in.",
            )
        return found

    @app.api_route("/documents/{name:path}.json", methods=READ)
    def document_twin(name: str, request: Request) -> Response:
        view = read_view(request.query_params.multi_items())
        return rendering.plain(documents.plain(store, document(name, view), view))

    @app.api_route("/documents/{name:path}", methods=READ)
    def document_page(name: str, request: Request) -> Response:
        view = read_view(request.query_params.multi_items())
        context = documents.context(store, document(name, view), view)
        return rendering.page("document.html", context | {"writable": writable and visitors.may_judge()})


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(NotFoundError)
    def not_found(request: Request, error: NotFoundError) -> Response:
        return answer(request, 404, "Not found", str(error), error.hint)

    @app.exception_handler(BadQuery)
    def bad_query(request: Request, error: BadQuery) -> Response:
        return answer(request, 400, "Bad query", str(error), "Mend the address, or go back to all claims.")

    @app.exception_handler(StoreError)
    def bad_store(request: Request, error: StoreError) -> Response:
        return store_fails(request, error)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return answer(
                request, 404, "Not found", "There is no such page.",
                "All pages are reached from the names at the head of this one.",
            )  # fmt: skip
        return answer(request, error.status_code, "Not possible", str(error.detail), "Go back to all claims.")

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        # answered outside of the middleware, hence the headers by hand
        response = answer(
            request, 500, "Error", "Allegata could not make this page; the log says why.",
            "The store is not changed by reading. Go back to all claims.",
        )  # fmt: skip
        response.headers.update(SECURITY)
        return response
