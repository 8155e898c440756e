"""Times as pages print them, to ISO 8601 with the precision given: a day, a minute, an offset where named.

Nothing is filled in. Only where a page names a weekday, a day and a month but no year, the year is taken from
the time of the retrieval: the last one, at most five years back, in which that day fell on that weekday.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

from allegata.vocab import load

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
"""Publications outside these years are misreadings (year 0, 1, 9999 are placeholders of page makers)."""
_LONGEST = 160
_YEARS_BACK = 5

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d\d:?\d\d)?)?\Z",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3},?\s)?\d{1,2}\s[A-Za-z]{3}\s\d{4}\s\d\d?:\d\d(?::\d\d)?\s(?:[+-]\d{4}|[A-Z]{1,4})\Z"
)
_CLOCK = re.compile(
    r"(?<![\d.:/-])([01]?\d|2[0-3])(?:(:|h)([0-5]\d)(?::[0-5]\d)?\s*([ap]\.?m\b)?|\.([0-5]\d)\s*([ap]m\b|uhr\b))"
    r"|(?:\A|\bat\s|[,@|·-]\s)(1[0-2]|[1-9])\s*([ap]\.?m\b)"
    r"|(?<=[/,@|]\s)([01]\d|2[0-3])-([0-5]\d)(?![\d-])"
    r"|(?<!\d)([01]\d|2[0-3])([0-5]\d)\s*h(?:ou)?rs?\b"
)
_OFFSET = re.compile(r"(?:\b(?:utc|gmt)\s*)?([+-])(\d{1,2}):?(\d\d)?(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,4})([./-])(\d{1,2}|[ivx]{1,4})\2(\d{4}|\d\d)(?![\d-])")
_DAY_MONTH_ONLY = re.compile(r"(?<![\d./-])(\d{1,2})[./](\d{1,2})\.?(?![\d/-])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_SOLAR_START = date(622, 3, 21)
"""Day 1 of year 1 by the cycle, which runs a day off the sky in that far past."""
_SOLAR_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
"""Years of the 33-year cycle that are leap years."""


@dataclass(frozen=True, slots=True)
class _Names:
    months: dict[str, int]
    weekdays: dict[str, int]
    solar: dict[str, int]
    ordinals: dict[str, int]
    zones: dict[str, str]


@cache
def _names(language: str | None) -> _Names:
    data: dict[str, Any] = load("dates")
    months = {name: n for n, names in enumerate(data["months"], 1) for name in names}
    for code in data["by_language"] if language is None else (language,):
        for name, n in data["by_language"].get(code, {}).items():
            months.setdefault(name, n)
    if language is None:
        for name in ("listopad", "listopada"):
            months.pop(name, None)
    return _Names(
        months,
        {name: n for n, names in enumerate(data["weekdays"]) for name in names},
        {name: n for n, names in enumerate(data["solar_months"], 1) for name in names},
        {name: n for n, name in enumerate(data["ordinals"], 1)},
        dict(data["zones"]),
    )


def iso(value: object) -> str | None:
    """``value`` if it is a date or time in ISO 8601 of a year that can be, as it was given; else None."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    text = value.strip()
    found = _ISO.match(text)
    if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    try:
        datetime(*(int(found[n] or 0) for n in range(1, 7)))  # type: ignore[arg-type]
        if found[7] and found[7].upper() != "Z" and int(found[7][1:3]) > 14:
            return None
    except ValueError:
        return None
    if len(text) > 10 and text[10] == " ":
        text = f"{text[:10]}T{text[11:].replace(' ', '')}"
    return text


def from_epoch(value: str) -> str | None:
    """Seconds or milliseconds since 1970, as pages keep them in attributes, to UTC."""
    if not re.fullmatch(r"\d{10}|\d{13}", value):
        return None
    return datetime.fromtimestamp(int(value) / (1000 if len(value) == 13 else 1), UTC).isoformat(
        timespec="seconds"
    )


def parse(value: object, language: str | None = None, retrieved: str | None = None) -> str | None:
    """The date or time that ``value`` is or holds, or None. ``language`` settles names of months."""
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if not text or len(text) > _LONGEST:
        return None
    return iso(text) or _mail(text) or _free(text, language, retrieved)


def _mail(text: str) -> str | None:
    """RFC 2822, as feeds and headers have it."""
    if not _MAIL.match(text):
        return None
    try:
        return iso(parsedate_to_datetime(text).isoformat())
    except (ValueError, IndexError, OverflowError):
        return None


def _free(text: str, language: str | None, retrieved: str | None) -> str | None:
    folded = _fold(text)
    names = _names(language)
    day = _day(folded, names, retrieved)
    if day is None:
        return None
    clock = _clock(folded, names)
    return f"{day.isoformat()}T{clock}" if clock else day.isoformat()


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'")


def _day(text: str, names: _Names, retrieved: str | None) -> date | None:
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    weekday = next((names.weekdays[w] for w, _, _ in words if w in names.weekdays and len(w) > 2), None)
    if (found := re.search(r"(?<!\d)(\d{4})[-/.](\d\d)[-/.](\d\d)(?!\d)", text)) and int(
        found[1]
    ) >= _FIRST_YEAR:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _NUMERIC.search(text)) and (day := _numeric(found, weekday)):
        return day
    for table, convert in ((names.months, _date), (names.solar, _solar)):
        for n, (word, start, end) in enumerate(words):
            month = table.get(word) or table.get(word.rpartition("-")[2]) or table.get(word.partition("-")[0])
            if month is None:
                continue
            number, year = _around(text, start, end, [w for w, _, _ in words[max(0, n - 3) : n]], names)
            if number is None:
                continue
            if year is not None:
                if (convert is _solar) != (1300 <= year <= 1499):
                    continue
                return convert(year, month, number)
            if convert is _date and weekday is not None:
                return _last(month, number, weekday, retrieved)
    if weekday is not None and (found := _DAY_MONTH_ONLY.search(text)):
        return _last(int(found[2]), int(found[1]), weekday, retrieved)
    return None


def _around(
    text: str, start: int, end: int, before: list[str], names: _Names
) -> tuple[int | None, int | None]:
    """Day and year beside a month's name: "14th of May '25", "Feb 21, 2025", "4-mart 2023"."""
    left, right = text[max(0, start - 12) : start], text[end : end + 16]
    year_right = re.match(r"\W{1,3}(?:de\s)?('\d\d|\d{4}|\d\d)(?![\d:h]|\.\d|\s(?:uhr|h|hrs)\b)", right)
    if found := re.search(
        r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|e|o|º|ª)?\.?(?:\s+(?:of|de|d'))?[\s-]*\Z", left
    ):
        return int(found[1]), _year(year_right[1]) if year_right else None
    if found := re.match(r"\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+('?\d{4}))?(?![\d:])", right):
        return int(found[1]), _year(found[2]) if found[2] else None
    spelled = next((names.ordinals[w] for w in reversed(before) if w in names.ordinals), None)
    return spelled, _year(year_right[1]) if year_right and spelled else None


def _numeric(found: re.Match[str], weekday: int | None) -> date | None:
    first, middle, last = found[1], found[3], found[4]
    month = _ROMAN.get(middle) or (int(middle) if middle.isdigit() else None)
    if month is None:
        return None
    if len(first) > 2:
        return None
    year = _year(last)
    if 1300 <= year <= 1499:
        return _solar(year, month, int(first))
    day_first, month_first = _date(year, month, int(first)), None
    if middle.isdigit() and found[2] != ".":  # dots stand between day and month only in that order
        month_first = _date(year, int(first), month)
    choices = [d for d in (day_first, month_first) if d and (weekday is None or d.weekday() == weekday)]
    return choices[0] if len(set(choices)) == 1 else None


def _year(digits: str) -> int:
    number = int(digits.lstrip("'"))
    return number if number > 99 else (2000 if number < 70 else 1900) + number


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def _solar(year: int, month: int, day: int) -> date | None:
    """A day of the solar Hijri calendar, by its 33-year cycle of leap years (exact for 1300 to 1472)."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    past = year - 1
    leaps = 8 * (past // 33) + sum(1 for place in _SOLAR_LEAPS if place <= past % 33)
    days = 365 * past + leaps + (month - 1) * 30 + min(month - 1, 6) + day - 1
    return _SOLAR_START + timedelta(days=days)


def _last(month: int, day: int, weekday: int, retrieved: str | None) -> date | None:
    """The last ``day`` of ``month`` on ``weekday`` that was over, or began, when the page was fetched."""
    if retrieved is None:
        return None
    end = datetime.fromisoformat(retrieved).date() + timedelta(days=1)
    for year in range(end.year, end.year - _YEARS_BACK - 1, -1):
        found = _date(year, month, day)
        if found and found <= end and found.weekday() == weekday:
            return found
    return None


def _clock(text: str, names: _Names) -> str | None:
    found = _CLOCK.search(text)
    if not found:
        return None
    hour = int(found[1] or found[7] or found[9] or found[11])
    minute = int(found[3] or found[5] or found[10] or found[12] or 0)
    half = (found[4] or found[6] or found[8] or "").replace(".", "").removeprefix("uhr")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{time(hour, minute).isoformat(timespec='seconds')}{_offset(text[found.end() :], names)}"


def _offset(after: str, names: _Names) -> str:
    if found := _OFFSET.match(after.strip(" ()")):
        hours, minutes = int(found[2]), int(found[3] or 0)
        return f"{found[1]}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""
    word = re.match(r"[\s(]*([a-z]{1,4})\b", after)
    return names.zones.get(word[1], "") if word else ""
