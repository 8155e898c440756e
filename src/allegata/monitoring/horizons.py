"""The last day that the words of a forecast's horizon allow, reckoned from the day it was published.

"By Friday", "within two weeks", "next month", "this summer", "by the end of 2026", "before Easter". Where the
words leave room the later day is taken, so that nothing is called due too early; words that set no day
("soon", "within days", "for months") and days counted from another event have no deadline.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

LONGEST = 120
"""Characters of a horizon that are looked at."""

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(1, 13),
        strict=True,
    )
) | {"a": 1, "an": 1, "couple": 2, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of the meteorological season, northern half of the world."""

_MONTH = rf"(?P<month>{'|'.join(m[:3] + '(?:' + m[3:] + ')?' for m in _MONTHS)})\b\.?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|quarter|year|decade)"
_PERIOD = r"(?P<period>week|month|quarter|year|decade)"
_BEFORE = re.compile(r"\b(?:before|ahead of|prior to)\b")
_BY = re.compile(r"\bby\b")
_ELSEWHERE = re.compile(r"^\s*(?:of|after|from|following|since)\b(?!\s+(?:now|today))")

Rule = Callable[[re.Match[str], date, str], date | None]


def deadline(horizon: str | None, published: date | None) -> date | None:
    """The last day on which the forecast could still come true, or ``None`` where the words set none."""
    if not horizon or published is None:
        return None
    words = " ".join(horizon[:LONGEST].casefold().replace("’", "'").split())
    for pattern, rule in _RULES:
        if match := pattern.search(words):
            try:
                return rule(match, published, words)
            except (ValueError, OverflowError):
                return None
    return None


def _iso(m: re.Match[str], published: date, words: str) -> date:
    day = date(int(m[1]), int(m[2]), int(m[3]))
    return _day_before(day) if _is_before(m, words) else day


def _month_day(m: re.Match[str], published: date, words: str) -> date:
    month, number = _month(m["month"]), int(m["day"])
    year = int(m["year"]) if m["year"] else published.year
    day = date(year, month, number)
    if not m["year"] and day < published:
        day = date(year + 1, month, number)
    return _day_before(day) if _is_before(m, words) else day


def _in_month(m: re.Match[str], published: date, words: str) -> date:
    month = _month(m["month"])
    year = int(m["year"]) if m["year"] else published.year + (month < published.month)
    return _day_before(date(year, month, 1)) if _is_before(m, words) else _month_end(year, month)


def _weekday(m: re.Match[str], published: date, words: str) -> date:
    ahead = (_DAYS.index(m["weekday"]) - published.weekday()) % 7
    day = published + timedelta(days=ahead or 7)
    if m["which"] == "next" and ahead:
        day += timedelta(days=7)
    return _day_before(day) if _is_before(m, words) else day


def _near_day(m: re.Match[str], published: date, words: str) -> date:
    said = m[0]
    if "weekend" in said:
        sunday = published + timedelta(days=6 - published.weekday())
        return sunday + timedelta(days=7) if "next" in said else sunday
    if said in ("today", "tonight"):
        return published
    return published + timedelta(days=2 if "after" in said else 1)


def _count_of_units(m: re.Match[str], published: date, words: str) -> date | None:
    if _ELSEWHERE.match(words[m.end() :]):
        return None
    count = int(m["count"]) if m["count"].isdigit() else _NUMBERS[m["count"]]
    return _after(published, count, m["unit"])


def _this_period(m: re.Match[str], published: date, words: str) -> date | None:
    if m["which"] == "the" and "end" not in words[: m.start()]:
        return None
    ahead = m["which"] in ("next", "coming", "following")
    return _period_end(published, m["period"], ahead - (ahead and _is_before(m, words)))


def _season(m: re.Match[str], published: date, words: str) -> date:
    first = _SEASONS[m["season"]]
    year = int(m["year"]) if m["year"] else published.year
    if not m["year"]:
        running = (published.month - first) % 12 < 3
        if running and published.month < first:  # January and February belong to last year's winter
            year -= 1
        if (running and m["which"] == "next") or (not running and published.month > first):
            year += 1
    if _is_before(m, words):
        return _day_before(date(year, first, 1))
    if _BY.search(words[: m.start("season")]):
        return _month_end(year, first)  # a season has set in by the end of its first month
    return _month_end(year + (first + 2 > 12), (first + 1) % 12 + 1)


def _in_year(m: re.Match[str], published: date, words: str) -> date:
    year = int(m["year"])
    if _is_before(m, words):
        return date(year - 1, 12, 31)
    part = {"early": 4, "mid": 8, "middle": 8}.get((m["part"] or "").strip("- "))
    return _month_end(year, part) if part else date(year, 12, 31)


def _feast(m: re.Match[str], published: date, words: str) -> date:
    name = m["feast"]
    year = int(m["year"]) if m["year"] else published.year

    def day(y: int) -> date:
        if name == "easter":
            return _easter(y)
        return date(y, 12, 25) if name == "christmas" else date(y, 1, 1)

    found = day(year) if m["year"] or day(year) >= published else day(year + 1)
    return _day_before(found) if _is_before(m, words) else found


_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"\b(\d{4})-(\d\d)-(\d\d)\b", _iso),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},?(?: {_YEAR})?", _month_day),
        (rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? {_YEAR})?", _month_day),
        (rf"\b{_COUNT}(?: of)?[ -](?:calendar |working |business )?{_UNIT}s?\b'?", _count_of_units),
        (rf"\b(?P<feast>easter|christmas|new year)\b(?:'s)?(?:,? {_YEAR})?", _feast),
        (rf"\b(?:(?P<which>next|this) )?(?P<season>{'|'.join(_SEASONS)})\b(?: (?:of )?{_YEAR})?", _season),
        (r"\b(?:(?:day after )?tomorrow|today|tonight|overnight|(?:this |next |the )weekend)\b", _near_day),
        (rf"\b(?:(?P<which>next|this|coming) )?(?P<weekday>{'|'.join(_DAYS)})\b", _weekday),
        (rf"\b{_MONTH} {_YEAR}", _in_month),
        (rf"(?:\b(?:in|by|before|of|this|next|until|during) |^){_MONTH}(?P<year>)", _in_month),
        (rf"\b(?P<part>early |mid-?|middle of )?{_YEAR}\b", _in_year),
        (
            rf"\b(?P<which>this|next|coming|following|end of(?: the)?|the) {_PERIOD}\b",
            _this_period,
        ),
        (r"\byear(?:'s)?[- ]end\b", lambda m, published, words: date(published.year, 12, 31)),
    )
)


def _is_before(m: re.Match[str], words: str) -> bool:
    return _BEFORE.search(words[: m.start() + 1]) is not None or _BEFORE.match(m[0]) is not None


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _month(name: str) -> int:
    return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name[:3]))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _after(start: date, count: int, unit: str) -> date:
    if unit in ("month", "quarter", "year", "decade"):
        months = start.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    if unit == "hour":
        return start + timedelta(days=-(-count // 24))
    return start + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _period_end(start: date, period: str, ahead: int) -> date:
    """The last day of the week, month, quarter, year or decade that ``start`` is in, or of a later one."""
    if period == "week":
        return start + timedelta(days=6 - start.weekday() + 7 * ahead)
    if period == "month":
        return _month_end(start.year + (start.month - 1 + ahead) // 12, (start.month - 1 + ahead) % 12 + 1)
    if period == "quarter":
        month = (start.month - 1) // 3 * 3 + 3 + 3 * ahead
        return _month_end(start.year + (month - 1) // 12, (month - 1) % 12 + 1)
    if period == "year":
        return date(start.year + ahead, 12, 31)
    return date(start.year // 10 * 10 + 9 + 10 * ahead, 12, 31)


def _easter(year: int) -> date:
    """Easter Sunday, Gregorian (the anonymous algorithm of Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)
