"""What changed since somebody last looked: claims, forecasts that came due, dyads that moved, late feeds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from allegata.contract import to_plain
from allegata.library import Library
from allegata.model import Claim
from allegata.monitoring.changes import KINDS, Change
from allegata.monitoring.events import WORDS
from allegata.monitoring.ledger import find_open
from allegata.monitoring.moments import instant
from allegata.runs.polling import is_late
from allegata.store.base import Store
from allegata.web import paths, words
from allegata.web.memo import Memo
from allegata.web.query import BadQuery, Pairs

DAYS = 7
"""Days before the newest claim from which on the page shows what came, where nobody says since when."""

MOST = 200
"""Changes on one page; the twin has all."""


@dataclass(frozen=True, slots=True)
class Since:
    """The state of the page: from which day on, and which kinds of change."""

    day: date | None = None
    kind: str | None = None

    def params(self, kind: str | None) -> list[tuple[str, str]]:
        found = [("since", self.day.isoformat())] if self.day else []
        return found + ([("kind", kind)] if kind else [])


def read_since(pairs: Pairs) -> Since:
    """``since=2025-03-06`` and ``kind=new_origin``. BadQuery."""
    day, kind = None, None
    for name, value in pairs:
        if name == "since" and value.strip():
            try:
                day = date.fromisoformat(value.strip())
            except ValueError:
                raise BadQuery("“since” is a date, such as 2025-03-06.") from None
        elif name == "kind" and value:
            if value not in KINDS:
                raise BadQuery(f"“kind” is one of {', '.join(KINDS)}.")
            kind = value
    return Since(day, kind)


def start_of(store: Store, asked: Since) -> datetime:
    """From when on: the day that is asked for, else a week before the newest claim."""
    if asked.day is not None:
        return datetime(asked.day.year, asked.day.month, asked.day.day, tzinfo=UTC)
    newest = instant(store.newest_seen()) or datetime.now(UTC)
    return (newest - timedelta(days=DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)


def context(store: Store, memo: Memo, asked: Since) -> dict[str, Any]:
    """All that the page shows."""
    library = Library(store)
    start = start_of(store, asked)
    found = memo.get(("changes", start), lambda: library.changes(start))
    wanted = [c for c in found if asked.kind in (None, c.kind)]
    wanted.sort(key=lambda c: (c.at or "", c.claim), reverse=True)
    now = datetime.now(UTC)
    breaks = memo.get("breaks", lambda: library.breaks("week"))
    return {
        "asked": asked,
        "start": start.date().isoformat(),
        "kinds": [(k, WORDS[k], n) for k, n in _counted(found)],
        "total": len(found),
        "changes": [_row(store, c) for c in wanted[:MOST]],
        "unshown": max(0, len(wanted) - MOST),
        "due": find_open(store.registered(), store.outcomes(), now.date()),
        "breaks": [b for b in breaks if b.at >= start.date().isoformat()],
        "late": [f for f in store.feeds() if is_late(f, now)],
        "held": store.count_documents(),
        "twin": paths.situation(asked.params(asked.kind), twin=True),
    }


def plain(store: Store, memo: Memo, asked: Since) -> dict[str, Any]:
    """The same as JSON, with every change."""
    library = Library(store)
    start = start_of(store, asked)
    found = memo.get(("changes", start), lambda: library.changes(start))
    shown = context(store, memo, asked)
    return {
        "since": start.date().isoformat(),
        "changes": [to_plain(c) for c in found if asked.kind in (None, c.kind)],
        "forecasts_due": [to_plain(f) for f in shown["due"]],
        "breaks": [to_plain(b) for b in shown["breaks"]],
        "late_feeds": [f.url for f in shown["late"]],
    }


def _counted(found: list[Change]) -> list[tuple[str, int]]:
    counts = Counter(c.kind for c in found)
    return [(k, counts[k]) for k in KINDS if counts[k]]


def _row(store: Store, change: Change) -> dict[str, Any]:
    claim: Claim | None = store.claim(change.claim)
    return {
        "change": change,
        "words": WORDS[change.kind],
        "strip": words.strip_of(claim) if claim else None,
        "to": paths.claim(change.claim),
    }
