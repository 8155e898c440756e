"""What a store tells of tension between two parties. `base.Store` takes this in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from allegata.monitoring.breaks import Break
    from allegata.monitoring.periods import Unit
    from allegata.monitoring.tension import Tension


@dataclass(frozen=True, slots=True)
class DyadRow:
    """Two parties and their tension in all. ``tellings`` are what it rests on, ``last`` the newest week."""

    names: tuple[str, str]
    hostile: float
    cooperative: float
    tellings: int
    last: str


@dataclass(frozen=True, slots=True)
class DyadSeries:
    """All tension of two parties by week, and its breaks as of the week ``checked``: empty where nobody has
    looked for them since it changed. ``waiting`` are weeks told otherwise since they were counted, and too
    many to be counted now."""

    tension: tuple[Tension, ...]
    breaks: tuple[Break, ...]
    checked: str
    waiting: int


class Tense(Protocol):
    """What a store does for those who ask about tension. It follows from claims and readings, and is counted
    by `refresh_dyads` at the end of what changes them; what is asked for between is counted when asked."""

    def refresh_dyads(self, most_checked: int = 0) -> None:
        """Count the weeks that were told otherwise, and look for breaks in so many dyads: first in those that
        changed, then in those that were not looked at in the newest week."""

    def dyad_rows(self, limit: int, offset: int = 0) -> list[DyadRow]:
        """Dyads as they were counted last, the tensest first."""

    def count_dyads(self) -> int: ...

    def dyads_waiting(self, most: int = 1000) -> int:
        """How many dyads are told otherwise than they were counted, or no further than ``most``."""

    def dyad_series(self, first: str, second: str, most_waiting: int | None = None) -> DyadSeries | None:
        """The tension of two parties, by their names; ``None`` where nothing between them was told. Of the
        weeks that are not counted yet the newest ``most_waiting`` are counted now."""

    def dyads_unchecked(self, most: int = 10_000) -> int:
        """How many dyads have tellings enough for a break and wait for a look: they changed since they were
        looked at, or were not looked at in the newest week. No further than ``most``."""

    def tension_between(
        self, since: str | None = None, until: str | None = None, unit: Unit = "week"
    ) -> list[Tension]:
        """All tension in the periods from that of the day ``since`` on up to that of ``until``, by source,
        target, period, series and side."""

    def each_dyad(self, unit: Unit = "week", words: Sequence[str] = ()) -> Iterator[list[Tension]]:
        """The tension of each pair of parties that has all ``words`` in its names, and is told anything."""

    def collected(self, unit: Unit = "week") -> Counter[str]:
        """How much is told in each period, of all dyads: `breaks.counted`."""

    def breaks_since(self, day: str, most: int | None = None) -> list[Break]:
        """The breaks on that day or later, or the newest ``most`` of them, as they were found when each dyad
        was last looked at: what was collected of others since may move one."""

    def count_breaks(self, day: str) -> int:
        """How many those are."""

    def dyads_changed(self, since: str) -> Iterator[list[Tension]]:
        """As `each_dyad`, by week, those that have tellings enough for a break and were counted anew at that
        moment or later."""
