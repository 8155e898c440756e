"""Days and weeks: the steps in which tension is counted, each named by its first day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

Unit = Literal["day", "week"]

PER_YEAR: dict[Unit, int] = {"day": 365, "week": 52}

MOST = 40_000
"""Periods in one series at most: a century of days. A page that says it is from the year 3 sets no length."""


def first_day(moment: datetime, unit: Unit) -> str:
    """The day itself, or the Monday of its week, ISO 8601."""
    day = moment.date()
    if unit == "week":
        day -= timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day.isoformat()


@lru_cache(maxsize=4096)
def first_day_of(day: str, unit: Unit) -> str:
    """As `first_day`, of a day in ISO 8601."""
    return first_day(datetime.fromisoformat(day), unit)


def periods_between(first: str, last: str, unit: Unit) -> tuple[str, ...]:
    """Every period from ``first`` to ``last``, both given as `first_day` gives them; the newest `MOST`."""
    step = 7 if unit == "week" else 1
    start, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    start = max(start, end - step * (MOST - 1))
    return tuple(date.fromordinal(n).isoformat() for n in range(start, end + 1, step))
