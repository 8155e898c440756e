"""The rows of watching as values, and what a store does with them. `base.Store` takes these in.

Rows that a person makes say who, when and why; rows of the machine carry their run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol

from allegata.model import Claim
from allegata.monitoring.events import Event
from allegata.monitoring.ledger import Outcome, Registered
from allegata.monitoring.observing import Observed

if TYPE_CHECKING:
    from allegata.store.base import ClaimQuery

Digest = Literal["none", "day", "week"]

PollOutcome = Literal["read", "unchanged", "failed", "refused"]


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved query with what sets it off and where that goes. ``seen`` is the last event it was shown."""

    number: int
    name: str
    query: ClaimQuery
    triggers: tuple[str, ...]
    targets: tuple[str, ...]
    digest: Digest
    person: str
    at: str
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way. ``id`` stays the same over every attempt, so that a receiver knows it again."""

    number: int
    id: str
    watch: int
    target: str
    state: Literal["waiting", "sending", "sent", "failed"]
    attempts: int
    made: str
    due: str
    note: str
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is polled ``every`` so many seconds. ``failures`` are those since it last answered well."""

    number: int
    url: str
    every: int
    person: str
    at: str
    reason: str
    title: str | None
    etag: str | None
    modified: str | None
    failures: int
    due: str
    answered: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Poll:
    """One time that a feed was asked."""

    feed: int
    at: str
    outcome: PollOutcome
    status: int | None
    new: int
    note: str
    run: int = 0


class Watching(Protocol):
    """What a store does for watches and their outbox."""

    def put_watch(self, watch: Watch) -> Watch:
        """A new one; its ``number`` and ``at`` are given here. ValueError where its name is taken."""

    def watches(self) -> list[Watch]:
        """Those that were not removed, oldest first."""

    def remove_watch(self, name: str, person: str, reason: str) -> None:
        """KeyError where there is none. What it was shown and sent stays; what waits is not sent."""

    def observation(self, name: str) -> tuple[int, str] | None:
        """How far ``name`` was looked at: a number, and the moment."""

    def changed_claims(self, after: int, limit: int = 500) -> list[tuple[int, Claim]]:
        """Claims made since the claim with number ``after``, with their numbers, in that order."""

    def claims_among(self, query: ClaimQuery, ids: Iterable[str]) -> set[str]:
        """Those of the claims ``ids`` that the query finds."""

    def newest_seen(self) -> str | None:
        """The latest moment at which any claim was seen, ISO 8601."""

    def added(self, ids: Iterable[str]) -> dict[str, str]:
        """document -> when its newest version came into the store."""

    def observed(self, ids: Iterable[str]) -> dict[str, Observed]:
        """claim -> how it stood when it was last looked at."""

    def put_observed(
        self, observed: Iterable[Observed], events: Iterable[Event], name: str, number: int, at: str, run: int
    ) -> int:
        """In one transaction: how claims stand, what happened (once a key), how far was looked. Gives how
        many of the events are new."""

    def events(self, after: int = 0, limit: int = 1000) -> list[tuple[int, Event]]:
        """What happened, with its number, in that order."""

    def newest_event(self) -> int:
        """The number of the last event; 0 where nothing happened yet."""

    def events_of(self, watch: int, limit: int) -> list[tuple[int, str, Event]]:
        """(number, when it was found, event) of the newest that set off a watch, newest first."""

    def deliver(self, watch: Watch, events: Sequence[int], seen: int, due: str, at: str, run: int) -> int:
        """In one transaction: put ``events`` into the inbox of the watch, and into the outbox for each target
        of it that they did not go to yet, and move the watch's ``seen`` on. They join a digest that waits
        for the same target. Gives how many deliveries there are of it."""

    def next_delivery(self, now: str, until: str) -> Delivery | None:
        """Take the oldest delivery that is due: it is ``sending``, and due again ``until`` where whoever took
        it dies. Nobody else gets it before."""

    def settle_delivery(self, number: int, state: str, note: str, due: str) -> None: ...

    def deliveries(self, watch: int | None = None) -> list[Delivery]: ...

    def events_in(self, delivery: int) -> list[tuple[int, str, Event]]: ...


class Feeding(Protocol):
    """What a store does for feeds."""

    def put_feed(self, url: str, every: int, person: str, reason: str) -> Feed:
        """ValueError where it is there already."""

    def feeds(self) -> list[Feed]: ...

    def remove_feed(self, url: str, person: str, reason: str) -> None:
        """KeyError where there is none."""

    def put_poll(self, feed: Feed, poll: Poll, run: int) -> None:
        """In one transaction: what came of asking, and the feed as it is now."""

    def polls(self, feed: int, limit: int = 20) -> list[Poll]:
        """Newest first."""


class Ledger(Protocol):
    """What a store does for registered forecasts."""

    def register(self, forecast: Registered) -> Registered:
        """A new one; its ``number`` and ``at`` are given here."""

    def registered(self) -> list[Registered]: ...

    def overdue(self, today: date, limit: int) -> list[Registered]:
        """As `ledger.find_open`, the first of them."""

    def put_outcome(self, outcome: Outcome) -> Outcome:
        """KeyError where there is no such forecast."""

    def outcomes(self) -> Mapping[int, Outcome]:
        """forecast -> its outcome; the last one given counts."""
