"""Looking for what is new, and putting it into the outbox of those who watch for it.

Only claims that were made anew since the last look are loaded. What a look finds and how far it looked are
one transaction, and so are what a watch is shown and its place in the outbox: killed anywhere, the next run
goes on from there, and nothing is found or put in twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from allegata.monitoring.events import Event, event_of_break, event_of_change, events_of_due
from allegata.monitoring.ledger import find_open
from allegata.monitoring.moments import instant
from allegata.monitoring.names import same_name, same_party
from allegata.monitoring.observing import Observed, observe, replay
from allegata.monitoring.periods import first_day
from allegata.runs.clocks import arrival, publication
from allegata.store.base import ClaimQuery, Store
from allegata.store.records import Digest

CLAIMS, TENSION = "claims", "tension"
"""Names of what is looked at, as the store keeps how far it was."""

MORNING = time(6, tzinfo=UTC)
"""When digests go out."""

SHOWN_AT_A_TIME = 500

DOCUMENTS_ASKED = 5
"""Documents of an event that are asked for the claim that took the place of its own."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a watch would have found in a stretch of the collection."""

    since: str
    until: str
    events: tuple[Event, ...]


def look(store: Store, now: datetime, run: int, with_tension: bool = False) -> int:
    """Find what is new, and keep it. Gives how many events. The first look of a store finds nothing: what was
    there before anybody watched is no news. Tension is looked at where a watch asks for it."""
    before = store.observation(CLAIMS)
    new = _look_at_claims(store, before, now, run)
    if before is not None:
        due = find_open(store.registered(), store.outcomes(), now.date())
        number, at = store.observation(CLAIMS) or before
        new += store.put_observed((), events_of_due(due), CLAIMS, number, at, run)
    if with_tension or any("tension_break" in watch.triggers for watch in store.watches()):
        new += _look_at_tension(store, now, run)
    return new


def _look_at_claims(store: Store, before: tuple[int, str] | None, now: datetime, run: int) -> int:
    since = instant(before[1]) if before else None
    number = before[0] if before else 0
    # A document of this very millisecond may come after the look: it counts as after.
    at, new = (now - timedelta(milliseconds=1)).isoformat(timespec="milliseconds"), 0
    if before is None and not store.changed_claims(0, 1):
        return store.put_observed((), (), CLAIMS, 0, at, run)
    while batch := store.changed_claims(number, SHOWN_AT_A_TIME):
        claims = [claim for _, claim in batch]
        when = publication(store, claims)
        added = arrival(store, claims) if before else when
        known = store.observed(c.id for c in claims) if before else {}
        observed: list[Observed] = []
        events: list[Event] = []
        for claim in claims:
            changes, stands = observe(claim, known.get(claim.id), since, when, added)
            events += map(event_of_change, changes)
            if stands is not None:
                observed.append(stands)
        number = batch[-1][0]
        # Until the last claim is seen the moment of the look stays that of the look before.
        last = len(batch) < SHOWN_AT_A_TIME
        new += store.put_observed(
            observed, events, CLAIMS, number, at if last or before is None else before[1], run
        )
    return new


def _look_at_tension(store: Store, now: datetime, run: int) -> int:
    """Breaks of tension of this week and the one before it: in the dyads that changed since the last look, in
    a new week in all. Only done where a claim changed, or a week has gone by."""
    from allegata.runs.tensing import alarms

    before, claims_at = store.observation(TENSION), store.observation(CLAIMS)
    number, week = claims_at[0] if claims_at else 0, first_day(now, "week")
    same_week = before is not None and first_day(instant(before[1]) or now, "week") == week
    if before is not None and before[0] == number and same_week:
        return 0
    store.refresh_dyads()
    since = first_day(now - timedelta(weeks=1), "week")
    recent = alarms(store, week, since, before[1] if before is not None and same_week else "")
    events = map(event_of_break, recent) if before is not None else ()
    return store.put_observed((), events, TENSION, number, now.isoformat(timespec="milliseconds"), run)


def enqueue(store: Store, now: datetime, run: int) -> int:
    """Show every watch the events it has not seen, and put those that it is for into the outbox. Gives how
    many events were put."""
    put = 0
    for watch in store.watches():
        seen = watch.seen
        while batch := store.events(seen, SHOWN_AT_A_TIME):
            seen = batch[-1][0]
            wanted = [(n, e) for n, e in batch if e.kind in watch.triggers]
            found = matching(store, watch.query, [e for _, e in wanted])
            mine = [n for n, e in wanted if e.key in found]
            store.deliver(watch, mine, seen, digest_due(watch.digest, now), now.isoformat(), run)
            put += len(mine)
    return put


def digest_due(digest: Digest, now: datetime) -> str:
    """When what is found now goes out: at once, tomorrow morning, or on Monday morning."""
    if digest == "none":
        return now.isoformat()
    days = 1 if digest == "day" else 7 - now.weekday()
    return datetime.combine((now + timedelta(days=days)).date(), MORNING).isoformat()


def matching(store: Store, query: ClaimQuery, events: Iterable[Event]) -> set[str]:
    """Keys of the events that a saved query is about: claims by the query, all else by words and parties."""
    held = list(events)
    about_claims = [e for e in held if e.kind not in ("forecast_due", "tension_break")]
    found = store.claims_among(query, {e.subject for e in about_claims})
    keys = {e.key for e in about_claims if e.subject in found}
    there = store.claims_among(ClaimQuery(), {e.subject for e in about_claims})
    keys |= {e.key for e in about_claims if e.subject not in there and _lives_on(store, e, query)}
    return keys | {e.key for e in held if e not in about_claims and _is_about(e, query)}


def _lives_on(store: Store, event: Event, query: ClaimQuery) -> bool:
    """Whether the query finds a claim of the documents of an event whose own claim was cut anew since."""
    ids = {c.id for d in event.documents[:DOCUMENTS_ASKED] for c in store.claims_of(d)}
    return bool(store.claims_among(query, ids))


def _is_about(event: Event, query: ClaimQuery) -> bool:
    names, parties = [n.casefold() for n in event.names], {same_party(n) for n in event.names}
    for wanted in (query.accuser, query.accused):
        known = wanted and (same_party(wanted) in parties or any(same_name(wanted) in n for n in names))
        if wanted and not known:
            return False
    words = " ".join((event.title, *event.names)).casefold()
    return all(word in words for word in (query.text or "").casefold().split())


def preview(store: Store, query: ClaimQuery, triggers: Iterable[str], days: int, now: datetime) -> Preview:
    """How a watch would have fired in the last days of the collection, up to its newest claim."""
    from dataclasses import replace

    wanted = set(triggers)
    newest = min(instant(store.newest_seen()) or now, now)
    since = newest - timedelta(days=days)
    claims = store.claims(replace(query, since=since.date().isoformat(), limit=None, offset=0))
    when = publication(store, claims)
    events = [event_of_change(c) for claim in claims for c in replay(claim, since, newest, when)]
    first, last = since.date().isoformat(), newest.date().isoformat()
    if "forecast_due" in wanted:
        due = [f for f in store.registered() if first <= f.deadline < last]
        events += [e for e in events_of_due(due) if _is_about(e, query)]
    if "tension_break" in wanted:
        events += [e for e in _past_breaks(store, first, newest) if _is_about(e, query)]
    unique = {e.key: e for e in events if e.kind in wanted}
    ordered = sorted(unique.values(), key=lambda e: (e.at or "", e.key))
    return Preview(first, last, tuple(ordered))


def _past_breaks(store: Store, first: str, newest: datetime) -> list[Event]:
    from allegata.runs.tensing import alarms

    return [event_of_break(b) for b in alarms(store, first_day(newest, "week"), first)]
