"""What a store tells of what is new. `base.Store` takes this in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol, get_args

from allegata.model import Claim
from allegata.monitoring.changes import Change

By = Literal["published", "added"]
"""What says when a document came: when it was published (else retrieved), or when its newest version came
into the store."""

CLOCKS: tuple[By, ...] = get_args(By)
"""The place in this list is kept in the store."""


class Newsworthy(Protocol):
    """What a store does for those who ask what is new. A change is one of `changes.find_changes`, from a
    moment up to now."""

    def news(
        self,
        since: datetime,
        *,
        by: By = "published",
        kind: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        most_documents: int | None = None,
    ) -> list[Change]:
        """What happened last first; of the documents of one, only the last ``most_documents``."""

    def count_news(self, since: datetime, *, by: By = "published") -> dict[str, int]:
        """kind -> how many there are, in the order of `changes.KINDS`; kinds without any are left out."""

    def last_news(self, until: datetime, *, by: By = "published") -> datetime | None:
        """When the last of all changes up to ``until`` happened."""

    def claims_between(self, since: datetime, until: datetime) -> Iterator[Sequence[Claim]]:
        """The claims that were out by ``until`` and of which anything happened after ``since``, some at a
        time."""

    def told_until(self, now: datetime) -> datetime:
        """Up to what moment all that came in is told by `news`: what came in and is not linked yet is still
        to come."""

    def last_look(self, person: str) -> datetime | None:
        """Up to what moment ``person`` has seen what came in."""

    def put_look(self, person: str, at: datetime) -> datetime:
        """The person has seen all up to ``at``. A look never goes back; gives what holds."""
