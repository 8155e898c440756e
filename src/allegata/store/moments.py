"""Times as they are compared: in UTC, to the second, all of one length, so that text order is their order."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime

START_OF_DAY, END_OF_DAY = "T00:00:00", "T23:59:59"


def sortable(value: str | None, day: str = START_OF_DAY) -> str:
    """``value`` (ISO 8601, with or without time and offset) in UTC; empty where it is none.

    A date alone becomes its moment ``day``; a time without offset is taken as UTC.
    """
    text = (value or "").strip()
    if len(text) == 10:
        text += day
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") if moment.year >= 1000 else ""


def bound(value: str, name: str, day: str = START_OF_DAY) -> str:
    """A bound of time, from a year, a month, a day or a moment."""
    text = value.strip()
    if re.fullmatch(r"\d{4}(?:-\d\d)?", text):
        year, _, month = text.partition("-")
        last = day == END_OF_DAY
        number = int(month) if month else (12 if last else 1)
        if 1 <= number <= 12 and int(year):
            text = f"{year}-{number:02}-{monthrange(int(year), number)[1] if last else 1:02}"
    moment = sortable(text, day)
    if not moment:
        raise ValueError(f'{name} is no date: "{value[:40]}"; give it as 2025, 2025-03 or 2025-03-31')
    return moment
