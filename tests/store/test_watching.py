"""Watches, what happened, the outbox, feeds and the ledger, over every backend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegata.monitoring.changes import Standing
from allegata.monitoring.events import Event
from allegata.monitoring.ledger import Outcome, Registered
from allegata.monitoring.observing import Observed
from allegata.store import ClaimQuery, Store
from allegata.store.records import Poll, Watch

from .conftest import Open, claim_of, document_of, fill, reading_of

NOON, ONE, TWO = (f"2026-03-02T{h}:00:00+00:00" for h in (12, 13, 14))


def watch_of(name: str = "oil", **fields: object) -> Watch:
    made = Watch(
        0, name, ClaimQuery(text="oil"), ("new_claim",), ("atom:/a", "mailto:a@b.example"), "none", "ana", "",
        "case 7", 0,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def event_of(key: str, subject: str = "c1") -> Event:
    return Event(key, "new_claim", subject, "Alleged: oil", "1 → 2", NOON, ("a",), ("Norland",))


def happened(store: Store, *keys: str) -> int:
    run = store.start_run("watches", "")
    return store.put_observed((), [event_of(k) for k in keys], "claims", 0, NOON, run)


def test_a_watch_is_kept_as_it_was_made_and_its_name_is_taken(store: Store) -> None:
    made = store.put_watch(watch_of())
    assert store.watches() == [made] and made.number and made.at
    with pytest.raises(ValueError, match="already"):
        store.put_watch(watch_of())
    store.remove_watch("oil", "ben", "done")
    assert store.watches() == []
    with pytest.raises(KeyError):
        store.remove_watch("oil", "ben", "again")
    assert store.put_watch(watch_of()).number > made.number


def test_claims_made_since_are_given_in_order(store: Store) -> None:
    run = fill(store, "a", "b")
    store.replace_claims(["a"], [claim_of("c1", ("a",))], run)
    store.replace_claims(["b"], [claim_of("c2", ("b",))], run)
    numbers = [n for n, _ in store.changed_claims(0)]
    assert [c.id for _, c in store.changed_claims(0)] == ["c1", "c2"] and numbers == sorted(numbers)
    assert store.changed_claims(numbers[-1]) == []
    store.replace_claims(["a"], [claim_of("c1", ("a",))], run)
    assert [c.id for _, c in store.changed_claims(numbers[-1])] == ["c1"]
    assert [c.id for _, c in store.changed_claims(0, limit=1)] == ["c2"]


def test_a_query_finds_its_claims_among_some(store: Store) -> None:
    run = fill(store, "a", "b")
    store.replace_claims(["a", "b"], [claim_of("c1", ("a",)), claim_of("c2", ("b",), "A dam broke")], run)
    assert store.claims_among(ClaimQuery(text="oil"), ["c1", "c2", "c3"]) == {"c1"}
    assert store.claims_among(ClaimQuery(), ["c2", "c3"]) == {"c2"}
    assert store.claims_among(ClaimQuery(), []) == set()
    assert store.newest_seen() and store.newest_seen().startswith("2025-03-02T06")  # type: ignore[union-attr]


def test_an_edit_is_the_newest_arrival_of_a_document(store: Store) -> None:
    fill(store, "a")
    first = store.added(["a", "unknown"])
    document, _ = store.put_document(document_of("a", "Edited."))
    store.put_reading(reading_of(document), store.start_run("test", ""))
    assert set(first) == {"a"} and store.added(["a"])["a"] >= first["a"]


def test_what_was_observed_comes_back_and_an_event_happens_once(store: Store, opener: Open) -> None:
    run = store.start_run("watches", "")
    stood = Standing("c1", ("a",), (("Port", "a"),), (), (), (), (("a", "b"),))
    seen = Observed(stood, replace(stood, documents=()))
    assert store.put_observed([seen], [event_of("k1"), event_of("k2")], "claims", 5, NOON, run) == 2
    assert store.put_observed([seen], [event_of("k2"), event_of("k3")], "claims", 6, ONE, run) == 1
    again = opener()
    assert again.observed(["c1", "c9"]) == {"c1": seen}
    assert again.observation("claims") == (6, ONE) and again.observation("tension") is None
    assert [e.key for _, e in again.events()] == ["k1", "k2", "k3"]
    assert again.events()[1][1] == event_of("k2")
    assert again.events(after=again.newest_event()) == []
    again.close()


def test_an_event_goes_to_a_target_once(store: Store) -> None:
    watch = store.put_watch(watch_of())
    happened(store, "k1", "k2")
    run = store.start_run("watches", "")
    assert store.deliver(watch, [1, 2], 2, NOON, NOON, run) == 2
    assert store.deliver(watch, [1, 2], 2, NOON, NOON, run) == 0
    assert [w.seen for w in store.watches()] == [2]
    assert [d.events for d in store.deliveries(watch.number)] == [(1, 2), (1, 2)]
    assert {d.target for d in store.deliveries()} == set(watch.targets)
    assert [n for n, _, _ in store.events_of(watch.number, 10)] == [2, 1]


def test_a_delivery_is_one_process_s_until_its_time_is_over(store: Store, opener: Open) -> None:
    watch = store.put_watch(watch_of(targets=("atom:/a",)))
    happened(store, "k1")
    store.deliver(watch, [1], 1, NOON, NOON, store.start_run("watches", ""))
    other = opener()
    assert store.next_delivery("2026-03-02T11:59:00+00:00", NOON) is None
    taken = store.next_delivery(NOON, ONE)
    assert taken is not None and (taken.state, taken.attempts, taken.events) == ("sending", 1, (1,))
    assert other.next_delivery(NOON, ONE) is None
    again = other.next_delivery(ONE, TWO)  # whoever took it has died
    assert again is not None and (again.id, again.attempts) == (taken.id, 2)
    other.settle_delivery(again.number, "sent", "", ONE)
    assert other.next_delivery(TWO, TWO) is None
    assert [d.state for d in other.deliveries()] == ["sent"]
    with pytest.raises(KeyError):
        other.settle_delivery(99, "sent", "", ONE)
    other.close()


def test_a_digest_collects_until_it_was_tried(store: Store) -> None:
    watch = store.put_watch(watch_of(targets=("atom:/a",), digest="day"))
    happened(store, "k1", "k2", "k3")
    run = store.start_run("watches", "")
    for number in (1, 2):
        store.deliver(watch, [number], number, ONE, NOON, run)
    (one,) = store.deliveries()
    assert one.events == (1, 2) and one.due == ONE
    taken = store.next_delivery(ONE, TWO)
    assert taken is not None and [e.key for _, _, e in store.events_in(taken.number)] == ["k1", "k2"]
    store.settle_delivery(taken.number, "waiting", "no answer", TWO)
    store.deliver(watch, [3], 3, TWO, NOON, run)
    assert [d.events for d in store.deliveries()] == [(1, 2), (3,)]


def test_what_waits_is_not_sent_for_a_watch_that_is_removed(store: Store) -> None:
    watch = store.put_watch(watch_of(targets=("atom:/a",)))
    happened(store, "k1")
    store.deliver(watch, [1], 1, NOON, NOON, store.start_run("watches", ""))
    store.remove_watch("oil", "ben", "done")
    assert store.next_delivery(TWO, TWO) is None


def test_a_feed_keeps_what_it_answered(store: Store, opener: Open) -> None:
    feed = store.put_feed("https://paper.example/rss", 1800, "ana", "case 7")
    with pytest.raises(ValueError, match="already"):
        store.put_feed(feed.url, 600, "ben", "")
    after = replace(feed, failures=2, due=TWO, etag='"x"', note="answered with status 500", title="Paper")
    run = store.start_run("feeds", "")
    store.put_poll(after, Poll(feed.number, NOON, "failed", 500, 0, "answered with status 500"), run)
    again = opener()
    assert again.feeds() == [after]
    (poll,) = again.polls(feed.number)
    assert (poll.status, poll.outcome, poll.run) == (500, "failed", run)
    again.remove_feed(feed.url, "ben", "moved")
    assert again.feeds() == [] and len(again.polls(feed.number)) == 1
    with pytest.raises(KeyError):
        again.remove_feed(feed.url, "ben", "moved")
    again.close()


def test_the_last_outcome_of_a_forecast_counts(store: Store) -> None:
    forecast = Registered(
        "The strait closes", "2026-03-06", "two papers", "Union", "ana", "case 7", None, 0.7
    )
    made = store.register(forecast)
    assert store.registered() == [made] and made.at and replace(made, at="", number=0) == forecast
    store.put_outcome(Outcome(made.number, "yes", "d1", "ana", "as seen"))
    store.put_outcome(Outcome(made.number, "void", "d2", "ben", "the rule was unclear"))
    assert {n: o.outcome for n, o in store.outcomes().items()} == {made.number: "void"}
    with pytest.raises(KeyError):
        store.put_outcome(Outcome(99, "yes", "d1", "ana", ""))
