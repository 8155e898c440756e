"""The routes of the map."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.responses import Response

from allegata.store.base import Store
from allegata.web import rendering
from allegata.web.views import mapping

READ = ["GET", "HEAD"]


def add_map(app: FastAPI, store: Store) -> None:
    """Put the map and its twins into ``app``."""

    @app.api_route("/map", methods=READ)
    def map_page(request: Request) -> Response:
        asked = mapping.read_asked(request.query_params.multi_items())
        return rendering.page("map.html", mapping.context(store, asked))

    @app.api_route("/map.json", methods=READ)
    def map_twin(request: Request) -> Response:
        return rendering.plain(mapping.plain(store, mapping.read_asked(request.query_params.multi_items())))

    @app.api_route("/map.csv", methods=READ)
    def map_table(request: Request) -> Response:
        asked = mapping.read_asked(request.query_params.multi_items())
        return Response(
            mapping.table(store, asked).encode("utf-8", "replace"), media_type="text/csv; charset=utf-8"
        )
