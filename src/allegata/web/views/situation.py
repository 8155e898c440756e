"""What changed since somebody last looked: claims, forecasts that came due, dyads that moved, late feeds.

"Since I last looked" goes by when documents were added to the store: what was published long ago and came in
today is news to whoever looked yesterday. A day that is asked for goes by when they were published.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import MINYEAR, UTC, datetime, timedelta
from typing import Any

from allegata.contract import to_plain
from allegata.monitoring.changes import KINDS, Change
from allegata.monitoring.events import WORDS
from allegata.monitoring.moments import moment_of
from allegata.runs.polling import is_late
from allegata.store.base import Store
from allegata.store.cards import Card
from allegata.store.news_records import CLOCKS, By
from allegata.web import paths, words
from allegata.web.query import BadQuery, Pairs

WEEK = timedelta(days=7)
"""What is shown where nobody says since when: the days before the last change."""

SIZE = 50
"""Changes on one page."""
MAX_PAGE = 100_000
MOST_DOCUMENTS = 5
MOST_BREAKS = 50
"""The newest; the JSON has all."""
MOST_UNCHECKED = 10_000
"""Dyads that wait for a look at their breaks, beyond which they are not numbered."""
MOST_LISTED = 20
"""Forecasts and feeds; their own pages have all."""

AGES = (("1d", "a day"), ("7d", "a week"))
LONGEST_SINCE = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """The state of the page: from when on (a date, a moment, or ``7d``), by which clock, which kinds of
    change."""

    since: str | None = None
    by: By | None = None
    kind: str | None = None
    page: int = 1

    def params(self, **changes: Any) -> list[tuple[str, str]]:
        asked = replace(self, **{"page": 1, **changes})
        given = {"since": asked.since, "by": asked.by, "kind": asked.kind}
        found = [(name, str(value)) for name, value in given.items() if value]
        return [*found, ("page", str(asked.page))] if asked.page > 1 else found


@dataclass(frozen=True, slots=True)
class Start:
    """From when on, by which clock, and whether that is where the person last looked."""

    at: datetime
    by: By
    looked: bool = False

    @property
    def before(self) -> datetime:
        """The last moment that is not shown: a day that is asked for is shown with what bears its date
        alone, while what a person has seen up to a moment they have seen."""
        return self.at if self.looked or self.at.year == MINYEAR else self.at - timedelta(microseconds=1)


def read_asked(pairs: Pairs) -> Asked:
    """``since=2025-03-06`` or ``since=7d``, ``by=added``, ``kind=new_origin``, ``page=2``. BadQuery."""
    given = {name: value.strip() for name, value in pairs if value.strip()}
    since, by, kind = given.get("since"), given.get("by"), given.get("kind")
    if since and (len(since) > LONGEST_SINCE or moment_of(since, datetime.now(UTC)) is None):
        raise BadQuery("“since” is a date, such as 2025-03-06, or days back, such as 7d.")
    if by and by not in CLOCKS:
        raise BadQuery(f"“by” is one of {', '.join(CLOCKS)}.")
    if kind and kind not in KINDS:
        raise BadQuery(f"“kind” is one of {', '.join(KINDS)}.")
    number = given.get("page", "1")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 0
    if not 0 < page <= MAX_PAGE:
        raise BadQuery(f"“page” goes from 1 to {MAX_PAGE}.")
    return Asked(since, next((c for c in CLOCKS if c == by), None), kind, page)


def start_of(store: Store, asked: Asked, look: datetime | None) -> Start:
    """From when on: what is asked for, else where the person last looked, else the week before the last
    change."""
    if look is not None and asked.since is None and asked.by in (None, "added"):
        return Start(look, "added", looked=True)
    by: By = asked.by or "published"
    now = datetime.now(UTC)
    newest = (store.last_news(now) or now) if by == "published" else now
    at = moment_of(asked.since, newest) if asked.since else None
    if at is None:
        at = (newest - WEEK).replace(hour=0, minute=0, second=0, microsecond=0)
    return Start(at, by)


def context(store: Store, asked: Asked, look: datetime | None) -> dict[str, Any]:
    """All that the page shows. ``look`` is up to when the person has seen what was added."""
    now = datetime.now(UTC)
    start = start_of(store, asked, look)
    day = start.at.date().isoformat()
    counted = store.count_news(start.before, by=start.by)
    found = sum(counted.values()) if asked.kind is None else counted.get(asked.kind, 0)
    changes = _changes(store, asked, start)
    cards = store.cards_of({c.claim for c in changes})
    due = store.overdue(now.date(), MOST_LISTED + 1)
    late = [f for f in store.feeds() if is_late(f, now)]
    return {
        "asked": asked,
        "start": start,
        "since": start.at.isoformat(timespec="minutes"),
        "day": day,
        "at_midnight": start.at.time() == datetime.min.time(),
        "look": look,
        "ages": AGES,
        "kinds": [(k, WORDS[k], n) for k, n in counted.items()],
        "total": sum(counted.values()),
        "found": found,
        "pages": max(1, -(-found // SIZE)),
        "changes": [_row(c, cards.get(c.claim)) for c in changes],
        "due": due[:MOST_LISTED],
        "more_due": len(due) > MOST_LISTED,
        "breaks": store.breaks_since(day, MOST_BREAKS),
        "more_breaks": max(0, store.count_breaks(day) - MOST_BREAKS),
        "unchecked": store.dyads_unchecked(MOST_UNCHECKED),
        "most_unchecked": MOST_UNCHECKED,
        "late": late[:MOST_LISTED],
        "more_late": max(0, len(late) - MOST_LISTED),
        "held": store.count_documents(),
        "twin": paths.situation(asked.params(page=asked.page), twin=True),
    }


def plain(store: Store, asked: Asked, look: datetime | None) -> dict[str, Any]:
    """The same as JSON."""
    shown = context(store, asked, look)
    start: Start = shown["start"]
    return {
        "since": start.at.isoformat(),
        "by": start.by,
        "last_look": look.isoformat() if look else None,
        "counts": {kind: number for kind, _, number in shown["kinds"]},
        "page": asked.page,
        "pages": shown["pages"],
        "changes": [to_plain(row["change"]) for row in shown["changes"]],
        "forecasts_due": [to_plain(f) for f in shown["due"]],
        "breaks": [to_plain(b) for b in store.breaks_since(shown["day"])],
        "dyads_unchecked": shown["unchecked"],
        "late_feeds": [f.url for f in shown["late"]],
    }


def _changes(store: Store, asked: Asked, start: Start) -> list[Change]:
    return store.news(
        start.before,
        by=start.by,
        kind=asked.kind,
        limit=SIZE,
        offset=(asked.page - 1) * SIZE,
        most_documents=MOST_DOCUMENTS,
    )


def _row(change: Change, card: Card | None) -> dict[str, Any]:
    return {
        "change": change,
        "words": WORDS[change.kind],
        "strip": words.strip_of(card) if card else None,
        "times": words.time_range(card.first_seen, card.last_seen) if card else None,
        "to": paths.claim(change.claim),
    }
