"""The briefs of claims, dyads and watches, as pages and as files."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import FastAPI, Request
from starlette.responses import Response

from allegata.store.base import Store
from allegata.web import brief, brief_formats, paths, rendering
from allegata.web.api.standing import Standing
from allegata.web.errors import NotFoundError, id_of

READ = ["GET", "HEAD"]
FORMATS = {"md": "text/markdown; charset=utf-8", "pdf": "application/pdf", "json": "application/json"}


def add_briefs(app: FastAPI, store: Store) -> None:
    """Put the briefs into ``app``. Registered before the pages, since an address ends in a format."""
    standing = Standing(store)

    def of_claim(name: str, request: Request) -> brief.Brief:
        stood = standing.of(name, request.query_params.get("as_of") or None)
        return brief.of_claim(store, stood.claim, stood.day, stood.recounted)

    def of_dyad(first: str, second: str) -> brief.Brief:
        found = brief.of_dyad(store, id_of(first), id_of(second))
        if found is None:
            raise NotFoundError(
                "Nothing between these two was told.", "The page of dyads lists those that were."
            )
        return found

    def of_watch(name: str) -> brief.Brief:
        found = next((w for w in store.watches() if w.name == id_of(name)), None)
        if found is None:
            raise NotFoundError("There is no such watch.", "The page of watches lists those there are.")
        return brief.of_watch(store, found)

    @app.api_route("/claims/{name}/brief", methods=READ)
    def claim_brief(name: str, request: Request) -> Response:
        return _page(of_claim(name, request), paths.claim(id_of(name)), request.query_params.get("as_of"))

    @app.api_route("/claims/{name}/brief.{form}", methods=READ)
    def claim_file(name: str, form: str, request: Request) -> Response:
        return _file(of_claim(name, request), form)

    @app.api_route("/dyads/{first}/{second}/brief", methods=READ)
    def dyad_brief(first: str, second: str) -> Response:
        return _page(of_dyad(first, second), paths.dyad(id_of(first), id_of(second)))

    @app.api_route("/dyads/{first}/{second}/brief.{form}", methods=READ)
    def dyad_file(first: str, second: str, form: str) -> Response:
        return _file(of_dyad(first, second), form)

    @app.api_route("/watches/{name}/brief", methods=READ)
    def watch_brief(name: str) -> Response:
        return _page(of_watch(name), paths.watch(id_of(name)))

    @app.api_route("/watches/{name}/brief.{form}", methods=READ)
    def watch_file(name: str, form: str) -> Response:
        return _file(of_watch(name), form)


def _page(shown: brief.Brief, back: str, as_of: str | None = None) -> Response:
    day = f"?as_of={as_of}" if as_of else ""  # it was read as a day
    formats = [("PDF", f"{back}/brief.pdf{day}"), ("Markdown", f"{back}/brief.md{day}")]
    context = {"brief": shown, "back": back + day, "formats": formats, "twin": f"{back}/brief.json{day}"}
    return rendering.page("brief.html", context)


def _file(shown: brief.Brief, form: str) -> Response:
    if form == "json":
        return rendering.plain(asdict(shown))
    if form not in FORMATS:
        raise NotFoundError("There is no such format of a brief.", f"There are {', '.join(FORMATS)}.")
    if form == "md":
        body = brief_formats.markdown(shown).encode("utf-8", "replace")
    else:
        try:
            body = brief_formats.pdf(shown)
        except brief_formats.NoPdfError as error:
            raise NotFoundError("This machine makes no PDF.", str(error)) from None
    headers = {"Content-Disposition": f'inline; filename="brief.{form}"'}
    return Response(body, media_type=FORMATS[form], headers=headers)
