"""The pages over the whole store: situation, dyads, forecasts, watches, feeds, sources, method."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from allegata.store.base import Store
from allegata.web import rendering, words
from allegata.web.atlas import add_map
from allegata.web.briefs import add_briefs
from allegata.web.errors import NotFoundError, id_of
from allegata.web.looking import add_situation
from allegata.web.memo import Memo
from allegata.web.tables import add_tables
from allegata.web.views import actors, dyads, following, method, sources, tour

READ = ["GET", "HEAD"]


def add_overview(app: FastAPI, store: Store, writable: bool) -> None:
    """Put the pages and their twins into ``app``."""
    memo = Memo(store)
    add_situation(app, store, writable)
    _add_dyads(app, store)
    add_map(app, store)
    _add_actors(app, store)
    _add_following(app, store)
    _add_sources(app, store, memo)
    add_briefs(app, store)
    add_tables(app, store, memo)

    @app.api_route("/method", methods=READ)
    def method_page() -> Response:
        return rendering.page("method.html", method.context())

    @app.api_route("/tour", methods=READ)
    def tour_page() -> Response:
        return rendering.page("tour.html", tour.context(store))

    @app.api_route("/tour.json", methods=READ)
    def tour_twin() -> Response:
        return rendering.plain(tour.plain(store))

    @app.api_route("/method.json", methods=READ)
    def method_twin() -> Response:
        return rendering.plain(method.plain())


def _add_dyads(app: FastAPI, store: Store) -> None:
    def found(value: Any, first: str, second: str) -> Any:
        if value is None:
            names = f"“{words.clip(first, 60)}” and “{words.clip(second, 60)}”"
            raise NotFoundError(
                f"Nothing between {names} was told.",
                "The page of dyads lists those that were.",
            )
        return value

    @app.api_route("/dyads", methods=READ)
    def dyads_page(request: Request) -> Response:
        page = dyads.read_page(request.query_params.get("page"))
        return rendering.page("dyads.html", dyads.list_context(store, page))

    @app.api_route("/dyads.json", methods=READ)
    def dyads_twin(request: Request) -> Response:
        return rendering.plain(dyads.list_json(store, dyads.read_page(request.query_params.get("page"))))

    @app.api_route("/dyads/{first}/{second}.json", methods=READ)
    def dyad_twin(first: str, second: str) -> Response:
        a, b = id_of(first), id_of(second)
        return rendering.plain(found(dyads.plain(store, a, b), a, b))

    @app.api_route("/dyads/{first}/{second}", methods=READ)
    def dyad_page(first: str, second: str) -> Response:
        a, b = id_of(first), id_of(second)
        return rendering.page("dyad.html", found(dyads.context(store, a, b), a, b))


def _add_actors(app: FastAPI, store: Store) -> None:
    def found(value: Any, name: str) -> Any:
        if value is None:
            raise NotFoundError(
                f"No claim of this store accuses “{words.clip(name, 80)}”, is its own or is answered by it.",
                "Look for its words in the list of claims.",
            )
        return value

    @app.api_route("/actors/{name}.json", methods=READ)
    def actor_twin(name: str) -> Response:
        return rendering.plain(found(actors.plain(store, id_of(name)), id_of(name)))

    @app.api_route("/actors/{name}", methods=READ)
    def actor_page(name: str) -> Response:
        return rendering.page("actor.html", found(actors.context(store, id_of(name)), id_of(name)))


def _add_following(app: FastAPI, store: Store) -> None:
    @app.api_route("/forecasts", methods=READ)
    def forecasts_page() -> Response:
        return rendering.page("forecasts.html", following.forecasts(store))

    @app.api_route("/forecasts.json", methods=READ)
    def forecasts_twin() -> Response:
        return rendering.plain(following.forecasts_json(store))

    @app.api_route("/watches", methods=READ)
    def watches_page() -> Response:
        return rendering.page("watches.html", following.watches(store))

    @app.api_route("/watches.json", methods=READ)
    def watches_twin() -> Response:
        return rendering.plain(following.watches_json(store))

    @app.api_route("/watches/{name}.json", methods=READ)
    def watch_twin(name: str) -> Response:
        found = following.watch_json(store, id_of(name))
        if found is None:
            raise following.no_watch(id_of(name))
        return rendering.plain(found)

    @app.api_route("/feeds", methods=READ)
    def feeds_page() -> Response:
        return rendering.page("feeds.html", following.feeds(store))

    @app.api_route("/feeds.json", methods=READ)
    def feeds_twin() -> Response:
        return rendering.plain(following.feeds_json(store))


def _add_sources(app: FastAPI, store: Store, memo: Memo) -> None:
    def found(value: Any, name: str) -> Any:
        if value is None:
            raise NotFoundError(
                f"No claim of this store goes back to “{words.clip(name, 80)}”.",
                "The page of sources lists those that claims go back to.",
            )
        return value

    @app.api_route("/sources", methods=READ)
    def sources_page() -> Response:
        return rendering.page("sources.html", sources.list_context(store, memo))

    @app.api_route("/sources.json", methods=READ)
    def sources_twin() -> Response:
        return rendering.plain(sources.list_json(store, memo))

    @app.api_route("/sources/{name}.json", methods=READ)
    def source_twin(name: str) -> Response:
        return rendering.plain(found(sources.plain(store, memo, id_of(name)), id_of(name)))

    @app.api_route("/sources/{name}", methods=READ)
    def source_page(name: str) -> Response:
        return rendering.page("source.html", found(sources.context(store, memo, id_of(name)), id_of(name)))
