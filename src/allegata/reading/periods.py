"""From the words of a horizon to the days that they allow, reckoned from the day of publication.

The period is never finer than the words: "next month" is all of its days, "within two weeks" all days until
then, and where a word is open the wider reading is taken. So "Friday" in a text of a Friday is that day or
the next one, "next Friday" the coming one or the one after it, and units without a number last as long as one
would not rather name the greater unit: days two weeks, weeks two months, months a year. "By winter" ends on
the day when winter begins; seasons are those of the country that the text is about. Words that set no day
("soon", "before the vote"), and how long something will last ("for years"), have no period.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from allegata.vocab import load

Period = tuple[date | None, date | None]
"""The first and the last day, both of them in it; ``None`` where the words leave that side open."""

Days = tuple[date, date]

LONGEST = 120
"""Characters of a horizon that are looked at."""

MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NAMED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
COUNTS = {word: count for count, word in enumerate(_NAMED, start=1)} | {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "couple of": 2,
}
_UNITS = "hour|day|week|weekend|fortnight|month|quarter|year|decade"
GREATER = {"hour": ("day", 2), "day": ("week", 2), "week": ("month", 2), "month": ("year", 1)}
"""What one would rather name than very many of a unit."""

_MODE = re.compile(
    r"(?:in |over |during |at )?(?:(?P<mode>by|before|ahead of|until|till|after|from|starting|beginning|since"
    r"|for|as early as|as soon as|no earlier than|no sooner than|no later than|within|inside)\b )?"
)
_OPEN = ("from", "starting", "beginning", "as early as", "as soon as", "no earlier than", "no sooner than")
"""What these open has no end."""
MONTH = "|".join(rf"{m[:3]}(?:{m[3:]}|t?\.)?" if m != "may" else "may" for m in MONTHS)
_YEAR = r"(?P<year>20\d\d|21\d\d)"
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTH})"
    rf"|(?P<month2>{MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)"
    rf"(?!\d)(?:,? {_YEAR})?"
)
_IN_MONTH = re.compile(rf"\b(?:(?P<which>this|next) )?(?P<month>{MONTH})\b(?:,? {_YEAR})?")
_WEEKDAY = re.compile(rf"\b(?:(?P<which>this|next|coming|following) )?(?P<weekday>{'|'.join(WEEKDAYS)})\b")
_SEASON = re.compile(
    rf"\b(?:(?P<which>this|next|coming) )?(?P<season>spring|summer|autumn|fall|winter)\b"
    rf"(?:,?(?: of)? {_YEAR})?"
)
_NUMBERS = rf"\d{{1,4}}|{'|'.join(COUNTS)}"
_WITHIN = re.compile(
    rf"^(?:(?:within|inside|in|over|during) (?:the )?(?:(?:coming|next|following) )?(?P<count>{_NUMBERS})"
    rf"|(?:(?:over|in|during|within|inside) )?the (?:coming|next|following) (?P<count2>{_NUMBERS})"
    rf"|(?:over|in|during|within|inside) the (?:coming|next|following)|within the)"
    rf"(?: more| coming)? (?P<unit>{_UNITS})(?P<many>s?)\b(?! and)"
)
_MANY = re.compile(
    rf"\b(?:(?:a )?(?:few|several|matter of|handful of) )?(?:(?:the )?(?:coming|next|following) )?"
    rf"(?:(?:few|several) )?(?:(?:{_UNITS})s? and )?(?P<unit>hour|day|week|month)s\b"
)
_NEXT_UNIT = re.compile(
    r"\b(?P<which>this|next|coming|following|the) (?P<unit>week|weekend|month|quarter|year|decade)\b"
)
_FEAST = re.compile(rf"\b(?P<feast>easter|christmas|new year)\b(?:,? {_YEAR})?")
_PART = re.compile(r"\b(?P<part>early|late|mid|end of|close of|start of|beginning of|middle of)(?:\b|-)")


def period(words: str | None, published: date | None, southern: bool = False) -> Period:
    """The days that a horizon allows. ``southern``: seasons are those south of the equator."""
    if not words or published is None:
        return None, None
    said = " ".join(words[:LONGEST].casefold().replace("’", "'").split())
    try:
        return _period(said, published, southern)
    except (ValueError, OverflowError):
        return None, None  # 31 February, the year 9999


def _period(said: str, published: date, southern: bool) -> Period:
    counted = _WITHIN.match(said)
    if counted and (counted["count"] or counted["count2"] or not counted["many"]):
        return published, later(published, _count(counted["count"] or counted["count2"]), counted["unit"])
    mode_found = _MODE.match(said)
    mode = (mode_found["mode"] if mode_found else None) or ""
    if mode in ("for", "since"):
        return None, None
    if said == "in the new year":
        return whole("year", published, 1)[0], None
    point = part_of(said, _point(said, published, southern))
    if point is None:
        many = _MANY.search(said)
        if many:
            unit, count = GREATER[many["unit"]]
            return published, later(published, count, unit)
        return None, None
    first, last = point
    ending = re.search(r"\b(?:end|close) of\b|-end\b", said) is not None
    if mode in ("by", "no later than"):
        last = first if _SEASON.search(said) and not _PART.search(said) else last
        return min(published, last), last
    if mode in ("before", "ahead of", "until", "till"):
        last = last if ending else first - timedelta(days=1)
        return (published, last) if last >= published else (None, None)
    if mode == "after":
        return last + timedelta(days=1), None
    if mode in _OPEN:
        return first, None
    return max(first, min(published, last)), last


def _point(said: str, published: date, southern: bool) -> Days | None:
    """The stretch of days that is named, whatever stands before it."""
    if found := _DATE.search(said):
        day = _date(found, published)
        return day, day
    if found := _SEASON.search(said):
        return _season(found, published, southern)
    if found := _FEAST.search(said):
        day = _feast(found, published)
        return day, day
    if re.search(r"\b(?:today|tonight|tomorrow)\b", said):
        day = published + timedelta(days="tomorrow" in said)
        return day, day
    if "weekend" in said:
        saturday = published + timedelta(days=max(5 - published.weekday(), 0))
        later = timedelta(days=7 if "next" in said else 0)
        return saturday + later, saturday + later + timedelta(days=6 - saturday.weekday())
    if found := _WEEKDAY.search(said):
        return _weekday(found, published)
    if found := _IN_MONTH.search(said):
        month = month_number(found["month"])
        year = int(found["year"] or published.year + (month < published.month))
        return whole("month", date(year, month, 1))
    if found := re.search(rf"\b{_YEAR}\b", said):
        return whole("year", date(int(found["year"]), 1, 1))
    if re.search(r"\b(?:year|month)(?:'s)?-end\b", said):
        return whole("year" if "year" in said else "month", published)
    if found := _NEXT_UNIT.search(said):
        if found["which"] == "the" and not _PART.search(said):
            return None
        ahead = found["which"] in ("next", "coming", "following")
        return whole(found["unit"], published, ahead)
    return None


def part_of(said: str, days: Days | None) -> Days | None:
    """Narrowed to what is named of it: thirds for "early", "mid-" and "late"; a start or an end is left as
    wide as the whole, for it has no fixed length, and counts by its mode."""
    found = _PART.search(said)
    if days is None or found is None:
        return days
    first, last = days
    length = (last - first).days + 1
    if length < 28:
        return days
    if length < 32:  # a month: its first ten days, the next ten, and the rest
        cuts = [first + timedelta(days=10), first + timedelta(days=20)]
    elif length < 100:
        cuts = [month_later(first, 1), month_later(first, 2)]
    else:
        cuts = [month_later(first, 4), month_later(first, 8)]
    part = found["part"]
    if part in ("early", "start of", "beginning of"):
        return first, cuts[0] - timedelta(days=1)
    if part in ("mid", "middle of"):
        return cuts[0], cuts[1] - timedelta(days=1)
    return (cuts[1], last) if part == "late" or "by" not in said.split() else (first, last)


def _date(found: re.Match[str], published: date) -> date:
    month, number = month_number(found["month"] or found["month2"]), int(found["day"] or found["day2"])
    if found["year"]:
        return date(int(found["year"]), month, number)
    day = date(published.year, month, number)
    return day if day >= published else date(published.year + 1, month, number)


def _weekday(found: re.Match[str], published: date) -> Days:
    ahead = (WEEKDAYS.index(found["weekday"]) - published.weekday()) % 7
    day, week = published + timedelta(days=ahead), timedelta(days=7)
    if ahead == 0 and found["which"] != "this":
        return (
            (day + week, day + week)
            if found["which"] in ("next", "coming", "following")
            else (day, day + week)
        )
    return (day, day + week) if found["which"] == "next" else (day, day)


def _season(found: re.Match[str], published: date, southern: bool) -> Days:
    first_month = load("seasons")["first_month"][found["season"]]
    month = (first_month + 5) % 12 + 1 if southern else first_month
    begin = date(int(found["year"] or published.year), month, 1)
    if not found["year"]:
        end = month_later(begin, 3)
        if published < begin and month_later(begin, -12) <= published < month_later(begin, -9):
            begin = month_later(begin, -12)  # January is in the winter that began last year
        elif published >= end:
            begin = month_later(begin, 12)
        running = begin <= published
        if running and found["which"] == "next":
            begin = month_later(begin, 12)
    return begin, month_later(begin, 3) - timedelta(days=1)


def _feast(found: re.Match[str], published: date) -> date:
    year = int(found["year"] or published.year)
    day = feast_day(found["feast"], year)
    return day if found["year"] or day >= published else feast_day(found["feast"], year + 1)


def feast_day(feast: str, year: int) -> date:
    if feast == "easter":
        return _easter(year)
    return date(year, 12, 25) if feast == "christmas" else date(year, 1, 1)


def whole(unit: str, day: date, ahead: int = 0) -> Days:
    """The first and last day of the unit that a day is in, or of the next one."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday() - 7 * ahead)
        return monday, monday + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    begin = date(day.year, (day.month - 1) // months * months + 1 if months < 12 else 1, 1)
    if unit == "decade":
        begin = date(day.year // 10 * 10, 1, 1)
    begin = month_later(begin, months * ahead)
    return begin, month_later(begin, months) - timedelta(days=1)


def _count(word: str | None) -> int:
    """How many; one where no number is named ("in the coming week")."""
    return 1 if word is None else int(word) if word.isdigit() else COUNTS[word]


def later(start: date, count: int, unit: str) -> date:
    if unit == "hour":
        return start + timedelta(days=-(-count // 24))
    if unit in ("day", "week", "weekend", "fortnight"):
        return start + timedelta(days=count * {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}[unit])
    return month_later(start, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])


def month_later(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_number(name: str) -> int:
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(name[:3]))


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
