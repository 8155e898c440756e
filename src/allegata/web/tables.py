"""The twins in CSV of the lists: what their JSON says, a row each, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from allegata.store.base import Store
from allegata.web import rendering
from allegata.web.memo import Memo
from allegata.web.views import dyads, following, judged, sources

READ = ["GET", "HEAD"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sources": ("source", "kind", "origin_of", "denies", "answers"),
    "dyads": ("names", "hostile", "cooperative", "tellings", "last"),
    "forecasts": ("number", "event", "deadline", "rule", "source", "condition", "probability", "document",
                  "person", "at", "reason", "outcome", "evidence", "decided_by", "decided_at"),
    "watches": ("name", "query", "triggers", "targets", "digest", "person", "at", "reason"),
    "inbox": ("number", "watch", "state", "kind", "title", "detail", "subject", "happened", "found", "read",
              "until", "assignee", "note", "person", "at"),
    "feeds": ("url", "title", "every", "late", "failures", "answered", "due", "note", "person", "reason"),
    "judgements": ("id", "at", "person", "kind", "says", "value", "reason", "state", "undoes"),
}  # fmt: skip
"""List -> the head of its table."""


def add_tables(app: FastAPI, store: Store, memo: Memo) -> None:
    """Put the tables into ``app``."""

    def add(name: str, rows: Callable[[Request], Iterable[Mapping[str, Any]]]) -> None:
        @app.api_route(f"/{name}.csv", methods=READ, name=f"{name}_table")
        def table(request: Request) -> Response:
            head = COLUMNS[name]
            return rendering.table([head, *([cell(row.get(c)) for c in head] for row in rows(request))], name)

    def history(request: Request) -> Iterable[Mapping[str, Any]]:
        listed: list[dict[str, Any]] = judged.history_json(
            store, judged.read_history(request.query_params.multi_items())
        )["judgements"]
        return listed

    add("sources", lambda _: sources.list_json(store, memo))
    add("dyads", lambda r: dyads.list_json(store, dyads.read_page(r.query_params.get("page"))))
    add("forecasts", lambda _: _forecasts(store))
    add("watches", lambda _: following.watches_json(store))
    add("feeds", lambda _: following.feeds_json(store))
    add("judgements", history)


def cell(value: Any) -> object:
    """What stands in one cell for a value of JSON."""
    if isinstance(value, Mapping):
        return "; ".join(f"{k}: {cell(v)}" for k, v in value.items() if v not in (None, "", [], 0, False))
    if isinstance(value, list | tuple):
        return "; ".join(
            str(v["id"]) if isinstance(v, Mapping) and "id" in v else str(cell(v)) for v in value
        )
    return value


def _forecasts(store: Store) -> Iterator[dict[str, Any]]:
    """The ledger, each with what became of it."""
    for forecast in following.forecasts_json(store)["forecasts"]:
        outcome = forecast["outcome"] or {}
        yield forecast | {
            "outcome": outcome.get("outcome"),
            "evidence": outcome.get("evidence"),
            "decided_by": outcome.get("person"),
            "decided_at": outcome.get("at"),
        }
