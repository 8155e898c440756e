"""Over the API what is followed: sources, dyads, forecasts, watches."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from allegata.contract import to_plain
from allegata.library import Library
from allegata.store.base import Store
from allegata.store.records import Watch
from allegata.web import paths, rendering, words
from allegata.web.api import addresses, shapes
from allegata.web.api.paging import Asked, Bare, decode, encode, page, slice_of
from allegata.web.errors import NotFoundError, id_of
from allegata.web.memo import Memo
from allegata.web.views import dyads, following, sources


def add_following(router: APIRouter, store: Store, memo: Memo) -> None:
    """Put these routes into ``router``."""
    _add_sources(router, store, memo)
    _add_dyads(router, store)
    _add_forecasts(router, store)
    _add_watches(router, store)


def _add_sources(router: APIRouter, store: Store, memo: Memo) -> None:
    @router.get(
        "/sources", tags=["sources"], responses=shapes.answers(shapes.listed("Sources", shapes.SourceRow))
    )
    def source_list(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """The sources that most claims go back to, among the claims of most documents."""
        shown, cursor = slice_of(asked, sources.list_json(store, memo))
        rows = [row | {"href": addresses.source(row["source"])} for row in shown]
        return rendering.plain(page(request, rows, cursor))

    @router.get("/sources/{name}", tags=["sources"], responses=shapes.answers(shapes.SourceObject))
    def source(name: str, asked: Annotated[Bare, Query()]) -> Response:
        """What goes back to a source, what it denies, who passes it on."""
        wanted = id_of(name)
        found = sources.plain(store, memo, wanted)
        if found is None:
            raise NotFoundError(
                f"No claim of this store goes back to “{words.clip(wanted, 80)}”.",
                "The list of sources has those that claims go back to.",
            )
        return rendering.plain(found | {"page": paths.source(wanted), "href": addresses.source(wanted)})


def _add_dyads(router: APIRouter, store: Store) -> None:
    @router.get("/dyads", tags=["dyads"], responses=shapes.answers(shapes.listed("Dyads", shapes.DyadRow)))
    def dyad_list(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """Pairs of parties, the tensest first."""
        (begin,) = decode(asked.cursor, int) or (0,)
        shown = dyads.summaries(store, asked.limit + 1, begin)
        cursor = encode(begin + asked.limit) if len(shown) > asked.limit else None
        rows = [
            {**{k: v for k, v in row.items() if k != "href"}, "names": list(row["names"])}
            | {"page": row["href"], "href": addresses.dyad(*row["names"])}
            for row in shown[: asked.limit]
        ]
        return rendering.plain(page(request, rows, cursor))

    @router.get("/dyads/{first}/{second}", tags=["dyads"], responses=shapes.answers(shapes.DyadObject))
    def dyad(first: str, second: str, asked: Annotated[Bare, Query()]) -> Response:
        """The tension between two parties, week by week, and where it broke."""
        a, b = id_of(first), id_of(second)
        found = dyads.plain(store, a, b)
        if found is None:
            raise NotFoundError(
                f"Nothing between “{words.clip(a, 60)}” and “{words.clip(b, 60)}” was told.",
                "The list of dyads has those that were.",
            )
        return rendering.plain(found | {"page": paths.dyad(a, b), "href": addresses.dyad(a, b)})


def _add_forecasts(router: APIRouter, store: Store) -> None:
    @router.get(
        "/forecasts",
        tags=["forecasts"],
        responses=shapes.answers(shapes.listed("Forecasts", shapes.ForecastRow)),
    )
    def forecasts(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """Registered forecasts with their outcomes."""
        shown, cursor = slice_of(asked, following.forecasts_json(store)["forecasts"])
        return rendering.plain(page(request, shown, cursor))

    @router.get(
        "/forecasts/records",
        tags=["forecasts"],
        responses=shapes.answers(shapes.listed("Records", shapes.RecordRow)),
    )
    def records(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """For each source how many forecasts came out how, and the Brier score with its n."""
        shown, cursor = slice_of(asked, Library(store).forecast_records())
        return rendering.plain(page(request, to_plain(shown), cursor))


def _add_watches(router: APIRouter, store: Store) -> None:
    @router.get(
        "/watches", tags=["watches"], responses=shapes.answers(shapes.listed("Watches", shapes.WatchRow))
    )
    def watches(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """What is watched."""
        shown, cursor = slice_of(asked, store.watches())
        return rendering.plain(page(request, [_watch(w) for w in shown], cursor))

    @router.get("/watches/{name}", tags=["watches"], responses=shapes.answers(shapes.WatchObject))
    def watch(name: str, asked: Annotated[Bare, Query()]) -> Response:
        """A watch with what it found, newest first."""
        wanted = id_of(name)
        found = next((w for w in store.watches() if w.name == wanted), None)
        if found is None:
            raise NotFoundError(
                f"There is no watch “{words.clip(wanted, 80)}”.", "'allegata watch add' makes one."
            )
        events = [
            {"number": n, "found": at, **to_plain(e)}
            for n, at, e in store.events_of(found.number, following.MOST_FOUND)
        ]
        return rendering.plain(_watch(found) | {"found": events})


def _watch(watch: Watch) -> dict[str, Any]:
    return {
        **to_plain(watch),
        "page": paths.watch(watch.name),
        "href": addresses.watch(watch.name),
    }
