"""What is followed: forecasts with their record, watches with what they found, feeds with their polls."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from allegata.contract import to_plain
from allegata.library import Library
from allegata.monitoring.ledger import find_open
from allegata.runs import working
from allegata.runs.polling import is_late
from allegata.store.base import Store
from allegata.store.records import Watch
from allegata.web import paths, words
from allegata.web.errors import NotFoundError
from allegata.web.views import inbox

MOST_FOUND = 100
MOST_LISTED = 3
MOST_POLLS = 10


def forecasts(store: Store) -> dict[str, Any]:
    """Registered forecasts, their outcomes and the record of each source."""
    listed = store.registered()
    outcomes = store.outcomes()
    open_ones = {f.number for f in find_open(listed, outcomes, datetime.now(UTC).date())}
    return {
        "rows": [
            {"forecast": f, "outcome": outcomes.get(f.number), "due": f.number in open_ones}
            for f in sorted(listed, key=lambda f: (f.number not in open_ones, f.deadline), reverse=False)
        ],
        "records": Library(store).forecast_records(),
        "twin": paths.forecasts(twin=True),
        "table": paths.table("forecasts"),
    }


def forecasts_json(store: Store) -> dict[str, Any]:
    outcomes = store.outcomes()
    return {
        "forecasts": [
            {**to_plain(f), "outcome": to_plain(outcomes[f.number]) if f.number in outcomes else None}
            for f in store.registered()
        ],
        "records": [to_plain(r) for r in Library(store).forecast_records()],
    }


def watches(store: Store) -> dict[str, Any]:
    """The watches with what each found last and what became of its messages."""
    return {
        "rows": [
            _watch(store, w)
            | {"found": _found(store, w), "unread": store.count_inbox(working.query("unread", w.name))}
            for w in store.watches()
        ],
        "twin": paths.watches(twin=True),
        "table": paths.table("watches"),
    }


def watches_json(store: Store) -> list[dict[str, Any]]:
    return [{**to_plain(w), "query": to_plain(w.query)} for w in store.watches()]


def watch(store: Store, name: str) -> dict[str, Any] | None:
    """One watch, without its inbox; ``None`` where there is none of that name."""
    found = next((w for w in store.watches() if w.name == name), None)
    if found is None:
        return None
    return {**_watch(store, found), "twin": paths.watch(name, twin=True)}


def no_watch(name: str) -> NotFoundError:
    return NotFoundError(
        f"There is no watch “{words.clip(name, 80)}”.",
        "The page of watches lists those there are; 'allegata watch add' makes one.",
    )


def watch_json(store: Store, name: str) -> dict[str, Any] | None:
    found = next((w for w in store.watches() if w.name == name), None)
    if found is None:
        return None
    events = [
        {"number": n, "found": at, **to_plain(e)} for n, at, e in store.events_of(found.number, MOST_FOUND)
    ]
    return {**to_plain(found), "query": to_plain(found.query), "found": events}


def _watch(store: Store, found: Watch) -> dict[str, Any]:
    query = found.query
    names = ("text", "accuser", "accused", "act", "country", "since", "until")
    deliveries = store.deliveries(found.number)
    return {
        "watch": found,
        "href": paths.watch(found.name),
        "asks": [(n, str(v)) for n in names if (v := getattr(query, n))],
        "waiting": sum(d.state in ("waiting", "sending") for d in deliveries),
        "sent": sum(d.state == "sent" for d in deliveries),
        "failed": [d for d in deliveries if d.state == "failed"],
    }


def _found(store: Store, watch: Watch) -> list[dict[str, Any]]:
    """What a watch found last."""
    return [
        {"event": e, "to": inbox.subject(e.kind, e.subject)}
        for _, _, e in store.events_of(watch.number, MOST_LISTED)
    ]


def feeds(store: Store) -> dict[str, Any]:
    """The feeds with their last polls; those that are late first."""
    now = datetime.now(UTC)
    rows = [
        {"feed": f, "late": is_late(f, now), "polls": store.polls(f.number, MOST_POLLS)}
        for f in store.feeds()
    ]
    return {
        "rows": sorted(rows, key=lambda r: not r["late"]),
        "twin": paths.feeds(twin=True),
        "table": paths.table("feeds"),
    }


def feeds_json(store: Store) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    return [
        {
            **to_plain(f),
            "late": is_late(f, now),
            "polls": [to_plain(p) for p in store.polls(f.number, MOST_POLLS)],
        }
        for f in store.feeds()
    ]
