"""Words that say when something was, and the days that they allow, reckoned from the day of publication.

The counterpart of `periods`, which looks ahead: a weekday, a month or a date without a year is the last one
before or at the day of publication, and nothing is later than that day. As there the days are never finer
than the words: a night is both its days, "two weeks ago" the seven days about that day, "two months ago" the
month about it, "two years ago" that calendar year; "in recent weeks" goes as far back as one would still not
say months. Days that there are not (31 February) are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from allegata.reading.dating_patterns import AHEAD, ALL, ANY, KINDS
from allegata.reading.periods import (
    COUNTS,
    GREATER,
    WEEKDAYS,
    Days,
    feast_day,
    later,
    month_later,
    month_number,
    part_of,
    whole,
)
from allegata.vocab import load

MAX_TEXT = 1200
"""Characters of a sentence that are searched."""


@dataclass(frozen=True, slots=True)
class Dating:
    """A dating of a text, from ``start`` to ``end``, with the days that it allows, if any, and how exact its
    words are. ``kind`` is the pattern's name; ``words`` are its named parts."""

    start: int
    end: int
    kind: str
    words: dict[str, str]
    days: Days | None
    precision: str | None


def precision_of(days: Days) -> str | None:
    """The smallest of day, week, month and year that is as long; a night counts as a day."""
    length = (days[1] - days[0]).days + 1
    for name, longest in (("day", 2), ("week", 7), ("month", 31), ("year", 366)):
        if length <= longest:
            return name
    return None


def find_datings(text: str, published: date | None, southern: bool = False) -> list[Dating]:
    """The datings of a sentence in order. Those that rest on another (`rest_on`) have no days."""
    text = text[:MAX_TEXT]
    if not ANY.search(text):
        return []
    return list(_found(text, published, southern))


def _found(text: str, published: date | None, southern: bool) -> Iterator[Dating]:
    for match in ALL.finditer(text):
        if AHEAD.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        words = {k: v for k, v in match.groupdict().items() if v}
        kind = next(k for k in KINDS if f"{k}_" in words)
        try:
            days = _days(kind, words, published, southern)
        except (ValueError, OverflowError):
            days = None  # 31 February, the year 9999
        exact = precision_of(days) if days is not None else None
        days = _until(days, published)
        yield Dating(match.start(), match.end(), kind, words, days, exact if days is not None else None)


def _until(days: Days | None, published: date | None) -> Days | None:
    """The days that are not after the day of publication, if any are left."""
    if days is None or published is None or days[1] <= published:
        return days
    return (days[0], published) if days[0] <= published else None


def _days(kind: str, w: dict[str, str], published: date | None, southern: bool) -> Days | None:
    if kind == "iso":
        day = date.fromisoformat(w["iso"])
        return day, day
    if kind == "date":
        found = _day(w.get("month") or w["month2"], w.get("day") or w["day2"], w.get("year"), published)
        return _since(w, "since", _night(found, w["date_"].casefold()), published) if found else None
    if kind == "range":
        last = _day(w["rm"], w["r2"], w.get("ry"), published)
        if last is None:
            return None
        month = month_number((w.get("rm1") or w["rm"]).casefold())
        first = date(last.year - (month > last.month), month, int(w["r1"]))
        return (first, last) if first <= last else None
    if kind == "yearname":
        return _since(
            w, "ysince", _part(w.get("ypart", ""), whole("year", date(int(w["yname"]), 1, 1))), published
        )
    if kind in ("event", "anchor"):
        return None
    if kind in ("monthname", "season", "feast"):
        return _named(kind, w, published, southern)
    return _relative(kind, w, published) if published is not None else None


def _named(kind: str, w: dict[str, str], published: date | None, southern: bool) -> Days | None:
    """Months, seasons and feasts, of the year named or the last one begun."""
    said = w.get({"monthname": "myear", "season": "syear", "feast": "fyear"}[kind], "")
    year = int(said) if said.isdigit() else published.year - 1 if said and published else None
    if year is None and published is None:
        return None
    if kind == "monthname":
        month = month_number(w["mname"].casefold())
        if year is None and published is not None:
            running = month == published.month and w.get("mlast", "").strip().casefold() == "last"
            year = published.year - (month > published.month or running)
        assert year is not None
        return _since(w, "msince", _part(w.get("mpart", ""), whole("month", date(year, month, 1))), published)
    if kind == "feast":
        feast = w["feast"].casefold()
        eve = timedelta(days=w.get("eve", "").casefold() == "eve")
        years = (
            [year] if year else [published.year + 1, published.year, published.year - 1] if published else []
        )
        days = [feast_day(feast, y) - eve for y in years]
        found = next((d for d in days if published is None or d <= published), None)
        return (found, found) if found else None
    first = load("seasons")["first_month"][w["season"].casefold()]
    month = (first + 5) % 12 + 1 if southern else first
    if year is not None:
        begin = date(year, month, 1)
    else:
        assert published is not None
        begin = date(published.year, month, 1)
        begin = month_later(begin, -12) if begin > published else begin
        if w.get("slast", "").casefold() == "last" and month_later(begin, 3) > published:
            begin = month_later(begin, -12)
    return begin, month_later(begin, 3) - timedelta(days=1)


def _relative(kind: str, w: dict[str, str], published: date) -> Days | None:
    """What is reckoned from the day of publication alone."""
    said = w[f"{kind}_"].casefold()
    if kind == "weekday":
        return _since(w, "wsince", _night(_weekday(w, published), said), published)
    if kind == "dayrange":
        last = _last_weekday(w["w2"], published)
        return _last_weekday(w["w1"], last), last
    if kind == "near":
        if "before yesterday" in said:
            return published - timedelta(days=2), published - timedelta(days=2)
        if said.endswith("last night") or "overnight" in said:
            return published - timedelta(days=1), published
        if "yesterday" in said:
            return _night(published - timedelta(days=1), said)
        return published, published
    if kind == "ago":
        return _before(published, _number(w["gn"]), w["gu"].casefold())
    if kind == "past":
        return later(published, -_number(w.get("pn", "one")), w["pu"].casefold()), published
    if kind == "recent":
        unit, count = GREATER[w["recent"].casefold()]
        return later(published, -count, unit), published
    if kind == "weekend" or w.get("lu", "").casefold() == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        if w.get("lw", "").casefold() == "last" and (published - saturday).days < 2:
            saturday -= timedelta(days=7)
        return saturday, saturday + timedelta(days=1)
    if kind == "lastunit":
        unit, back = w["lu"].casefold(), 0 if w["lw"].casefold() == "this" else 1
        if unit == "century":
            return None
        first, last = whole(unit, published)
        if not back:
            return first, last
        return whole(unit, first - timedelta(days=1))
    return None


def rest_on(dating: Dating, anchor: Days) -> Days | None:
    """The days of a dating that rests on another day: "two days later", "the day before the vote"."""
    w = dating.words
    try:
        if dating.kind == "event":
            rel, unit = w["erel"].casefold(), (w.get("eu") or w["e1"]).casefold()
            if unit in ("eve", "evening", "night", "morning") or rel == "of":
                back = unit == "eve" or rel == "before"
                return _shifted(anchor, "day", 0 if rel == "of" and unit != "eve" else -1 if back else 1)
            count = _number(w.get("en", "one"))
            return _shifted(anchor, unit, -count if rel == "before" else count)
        if "an" in w:
            count = _number(w["an"])
            return _shifted(
                anchor, w["au"].casefold(), -count if w["arel"].casefold() == "earlier" else count
            )
        if "a1" in w:
            step = {"previous": -1, "same": 0}.get(w["a1"].casefold(), 1)
            unit = w["a1u"].casefold()
            return _shifted(anchor, unit if unit in ("week", "month") else "day", step)
        if "a2" in w:
            unit = w["a2"].casefold()
            return _shifted(
                anchor, "week" if unit == "week" else "day", -1 if w["a2rel"].casefold() == "before" else 1
            )
    except (ValueError, OverflowError):
        return None
    return anchor


def _shifted(anchor: Days, unit: str, count: int) -> Days:
    first, last = later(anchor[0], count, unit), later(anchor[1], count, unit)
    spread = timedelta(days={"week": 3, "month": 15}.get(unit, 0)) if count else timedelta()
    return first - spread, last + spread


def _before(day: date, count: int, unit: str) -> Days:
    """Some units ago: exact in days, else about as wide as the unit."""
    if unit == "day":
        return day - timedelta(days=count), day - timedelta(days=count)
    if unit in ("week", "fortnight"):
        middle, spread = later(day, -count, unit), timedelta(days=3)
        return middle - spread, middle + spread
    if unit == "month":
        middle = month_later(day, -count)
        return middle - timedelta(days=15), middle + timedelta(days=15)
    years = count * (10 if unit == "decade" else 1)
    return whole("year", date(day.year - years, 1, 1))


def _day(month: str, day: str, year: str | None, published: date | None) -> date | None:
    """A date; without a year the last one there was."""
    number = month_number(month.casefold())
    if year:
        return date(int(year), number, int(day))
    if published is None:
        return None
    found = date(published.year, number, int(day)) if (number, int(day)) != (2, 29) else _leap(published)
    return found if found <= published else date(published.year - 1, number, int(day))


def _leap(published: date) -> date:
    """The last 29 February."""
    for year in range(published.year, published.year - 9, -1):
        try:
            found = date(year, 2, 29)
        except ValueError:
            continue
        if found <= published:
            return found
    raise ValueError("no 29 February")


def _weekday(w: dict[str, str], published: date) -> date:
    found = _last_weekday(w["weekday"], published)
    if "lastweek" in w:
        return whole("week", published)[0] - timedelta(days=7 - WEEKDAYS.index(w["weekday"].casefold()))
    return (
        found - timedelta(days=7) if found == published and w.get("which", "").casefold() == "last" else found
    )


def _last_weekday(name: str, until: date) -> date:
    return until - timedelta(days=(until.weekday() - WEEKDAYS.index(name.casefold())) % 7)


def _night(day: date, said: str) -> Days:
    """A night is over the day after; "overnight into Monday" began the day before."""
    if "overnight" in said:
        return day - timedelta(days=1), day
    return (day, day + timedelta(days=1)) if "night" in said else (day, day)


def _part(said: str, days: Days) -> Days:
    part = " ".join(said.casefold().replace("the ", "").replace("-", " ").split())
    return part_of(part, days) or days if part in ("early", "late", "mid") else days


def _since(w: dict[str, str], key: str, days: Days, published: date | None) -> Days:
    return (days[0], published) if key in w and published is not None else days


def _number(word: str) -> int:
    low = word.casefold()
    return int(low) if low.isdigit() else COUNTS[low]
