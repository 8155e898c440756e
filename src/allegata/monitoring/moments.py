"""Times as the pages give them, made comparable."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

Clock = Callable[[str], datetime | None]
"""document id -> the moment the Document came out, or ``None`` where nobody knows."""

_AGO = re.compile(r"(\d{1,5})\s*([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@lru_cache(maxsize=20_000)  # a page asks for the same times again and again
def instant(text: str | None) -> datetime | None:
    """An ISO 8601 string as a moment in UTC (a time without an offset is taken as UTC).

    ``None`` for anything that is not a time, a date in year 0 included.
    """
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def local_day(text: str | None) -> date | None:
    """The calendar day of an ISO 8601 string where it was written, so that its "Friday" is its Friday."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return None


def moment_of(words: str, now: datetime) -> datetime | None:
    """What a person means by ``--since``: an ISO date or time, or ``7d``, ``12h``, ``2w`` before ``now``."""
    if ago := _AGO.fullmatch(words.strip().lower()):
        try:
            return now - int(ago[1]) * _UNITS[ago[2]]
        except OverflowError:
            return None
    return instant(words)
