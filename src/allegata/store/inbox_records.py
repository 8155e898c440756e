"""What watches found, as persons work through it. `base.Store` takes in what a store does with that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from allegata.monitoring.events import Event

Show = Literal["unread", "mine", "snoozed", "all"]
SHOWN: tuple[Show, ...] = get_args(Show)
"""What of an inbox is looked at. Only "snoozed" and "all" have what sleeps."""


@dataclass(frozen=True, slots=True)
class Item:
    """An event that a watch was set off by. ``read`` is since when; ``until`` the day on which it comes back,
    or came back last; ``person`` whoever changed it last, and ``at`` when. ``name`` is the watch's."""

    number: int
    name: str
    event: Event
    found: str
    read: str | None = None
    until: str | None = None
    assignee: str = ""
    note: str = ""
    person: str = ""
    at: str = ""

    def state(self, today: str) -> Literal["snoozed", "read", "unread"]:
        """How it stands on a day."""
        if self.until is not None and self.until > today:
            return "snoozed"
        return "unread" if self.read is None else "read"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What a person does to an item; ``None`` leaves a thing as it is. ``until`` "" wakes it; to snooze it
    makes it unread, and to read it wakes it."""

    read: bool | None = None
    until: str | None = None
    assignee: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """Of which watch, by its name (``None``: of all), and which items as of the day ``today``. Those shown as
    "mine" are those of ``assignee``."""

    today: str
    show: Show = "unread"
    watch: str | None = None
    assignee: str = ""


class Inboxes(Protocol):
    """What a store does for inboxes. Items of a watch that was removed are not shown."""

    def inbox(self, asked: InboxQuery, limit: int, offset: int = 0) -> list[Item]:
        """What came or came back last, first."""

    def count_inbox(self, asked: InboxQuery, most: int | None = None) -> int:
        """How many there are, counted no further than ``most``."""

    def item(self, number: int) -> Item | None: ...

    def newest_item(self) -> int:
        """The highest number of an item; 0 where there is none."""

    def change_item(self, number: int, change: ItemChange, person: str) -> Item:
        """KeyError where there is no such item. Logged, unless nothing is different after it."""

    def read_items(self, asked: InboxQuery, through: int, person: str) -> int:
        """Mark as read what is found of the items numbered up to ``through``: what came since is left. Gives
        how many."""
