"""Inboxes of watches, over every backend."""

from __future__ import annotations

import json

import pytest

from allegata.store import Store
from allegata.store.inbox_records import InboxQuery, ItemChange, Show

from .conftest import Open
from .test_watching import NOON, ONE, happened, watch_of

TODAY, TOMORROW = "2026-03-02", "2026-03-03"


def put(store: Store, name: str, *events: int, targets: tuple[str, ...] = ()) -> None:
    watch = store.put_watch(watch_of(name, targets=targets))
    store.deliver(watch, events, max(events, default=0), NOON, NOON, store.start_run("watches", ""))


def shown(store: Store, show: Show = "unread", day: str = TODAY, **more: str) -> list[int]:
    asked = InboxQuery(day, show, **more)
    found = [i.number for i in store.inbox(asked, 100)]
    assert store.count_inbox(asked) == len(found)
    return found


def test_what_sets_off_a_watch_comes_in_once_though_it_goes_nowhere(store: Store, opener: Open) -> None:
    happened(store, "k1", "k2")
    put(store, "oil", 1, 2, 2)
    (watch,) = store.watches()
    store.deliver(watch, [1, 2], 2, NOON, ONE, store.start_run("watches", ""))
    again = opener()
    assert shown(again) == [2, 1] and again.newest_item() == 2
    item = again.item(1)
    assert item is not None
    assert (item.name, item.event.key, item.found, item.state(TODAY)) == ("oil", "k1", NOON, "unread")
    assert [n for n, _, _ in again.events_of(watch.number, 10)] == [2, 1] and again.deliveries() == []
    again.close()


def test_what_is_read_leaves_the_unread_and_comes_back_when_it_is_wanted(store: Store) -> None:
    happened(store, "k1", "k2")
    put(store, "oil", 1, 2)
    done = store.change_item(1, ItemChange(read=True), "Ana")
    assert (done.state(TODAY), done.person) == ("read", "Ana") and done.read == done.at
    assert shown(store) == [2] and shown(store, "all") == [2, 1]
    assert store.change_item(1, ItemChange(read=False), "Ben").state(TODAY) == "unread"
    assert shown(store) == [2, 1]
    with pytest.raises(KeyError):
        store.change_item(99, ItemChange(read=True), "Ana")


def test_what_is_snoozed_sleeps_until_its_day_and_comes_back_unread_and_first(store: Store) -> None:
    happened(store, "k1", "k2")
    put(store, "oil", 1, 2)
    store.change_item(1, ItemChange(read=True), "Ana")
    asleep = store.change_item(1, ItemChange(until=TOMORROW), "Ana")
    assert (asleep.state(TODAY), asleep.state(TOMORROW)) == ("snoozed", "unread")
    assert shown(store) == [2] and shown(store, "snoozed") == [1]
    assert shown(store, day=TOMORROW) == [1, 2] and shown(store, "snoozed", TOMORROW) == []
    store.change_item(1, ItemChange(until=""), "Ana")
    assert shown(store) == [2, 1] and shown(store, "snoozed") == []
    store.change_item(1, ItemChange(until=TOMORROW), "Ana")
    assert store.change_item(1, ItemChange(read=True), "Ana").until is None


def test_items_are_given_to_persons_and_noted_and_each_change_is_logged(store: Store) -> None:
    happened(store, "k1", "k2")
    put(store, "oil", 1, 2)
    given = store.change_item(2, ItemChange(assignee="Bela", note="ring the port"), "Ana")
    assert (given.assignee, given.note, given.person) == ("Bela", "ring the port", "Ana")
    assert shown(store, "mine", assignee="Bela") == [2]
    assert shown(store, "mine", assignee="Ana") == shown(store, "mine") == []
    act = store.acts(1)[0]
    assert (act.person, act.act, act.subject) == ("Ana", "inbox", "oil")
    assert json.loads(act.detail) == {"item": 2, "assignee": "Bela", "note": "ring the port"}
    store.change_item(2, ItemChange(assignee="Bela"), "Ben")  # nothing is different: nothing is logged
    assert store.acts(1)[0] == act and store.item(2) == given


def test_all_are_read_at_once_but_not_what_came_since(store: Store) -> None:
    happened(store, "k1", "k2", "k3")
    put(store, "oil", 1, 2)
    put(store, "dam", 1, 3)
    store.change_item(2, ItemChange(until=TOMORROW), "Ana")
    asked = InboxQuery(TODAY, "unread")
    assert store.count_inbox(asked, most=2) == 2
    assert store.read_items(asked, 3, "Ana") == 2
    assert shown(store) == [4] and shown(store, "snoozed") == [2] and shown(store, watch="oil") == []
    told = json.loads(store.acts(1)[0].detail)
    assert (told["items"], told["through"]) == (2, 3)
    assert store.read_items(asked, 3, "Ana") == 0


def test_the_items_of_a_watch_that_is_gone_are_not_shown(store: Store) -> None:
    happened(store, "k1")
    put(store, "oil", 1)
    put(store, "dam", 1)
    assert shown(store, watch="oil") == [1]
    store.remove_watch("oil", "Ana", "done")
    assert shown(store) == [2] and store.item(1) is None
    with pytest.raises(KeyError):
        store.change_item(1, ItemChange(read=True), "Ana")
