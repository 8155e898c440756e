"""Times as they are compared: in UTC, to the second, all of one length, so that text order is their order."""

from __future__ import annotations

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
