"""Working through an inbox: who may be given an item, until when it may sleep, how long a note is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from allegata.runs.judged import LONGEST_NAME, LONGEST_REASON
from allegata.store.base import Store
from allegata.store.inbox_records import InboxQuery, Item, ItemChange, Show

LONGEST_SLEEP = timedelta(days=3660)


class BadChangeError(ValueError):
    """What cannot be done to an item. The message is one line: what is wrong and what to do."""


def query(
    show: Show = "unread", watch: str | None = None, assignee: str = "", today: date | None = None
) -> InboxQuery:
    """What of the inbox is looked at, today."""
    return InboxQuery((today or now()).isoformat(), show, watch, assignee)


def now() -> date:
    """The day by which items sleep and wake: that of UTC, as all times of a store."""
    return datetime.now(UTC).date()


def change_item(store: Store, number: int, change: ItemChange, person: str) -> Item:
    """Do to an item what a person wants. BadChangeError; KeyError where there is no such item."""
    who = " ".join(person.split())
    if not who:
        raise BadChangeError("nobody is named: say who does this")
    _check_name(who)
    if change.read and change.until:
        raise BadChangeError("what is snoozed comes back unread: mark it as read, or snooze it")
    if change.note is not None and len(change.note) > LONGEST_REASON:
        raise BadChangeError(f"a note has up to {LONGEST_REASON} characters: shorten it")
    held = store.item(number)
    if held is None:
        raise KeyError(number)
    checked = ItemChange(
        change.read,
        None if change.until is None else _day(change.until, held),
        None if change.assignee is None else _assignee(store, change.assignee, held),
        change.note,
    )
    return store.change_item(number, checked, who)


def assignees(store: Store) -> list[str]:
    """Who may be given an item; empty where the store has no users, and any name may be."""
    return [user.name for user in store.users() if user.disabled is None]


def _day(text: str, held: Item) -> str:
    """The day as it is kept; one that an item has already may stay, though it has passed."""
    if not text or text == held.until:
        return text
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadChangeError("the day to snooze until is one such as 2026-03-09") from None
    if not now() < day <= now() + LONGEST_SLEEP:
        raise BadChangeError("the day to snooze until lies after today, and within ten years")
    return day.isoformat()


def _check_name(name: str) -> None:
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BadChangeError(f"a name has up to {LONGEST_NAME} characters, none of them a control character")


def _assignee(store: Store, text: str, held: Item) -> str:
    name = " ".join(text.split())
    if not name or name == held.assignee:
        return name
    _check_name(name)
    if store.count_users() == 0:
        return name
    found = store.user(name)
    if found is None or found[0].disabled is not None:
        raise BadChangeError("whoever is given an item is a user of this store, and not disabled")
    return found[0].name
