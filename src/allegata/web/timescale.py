"""Moments to x positions, with silent stretches cut short and said to be. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

CUT_WIDTH = 76.0
MIN_TICK = 76.0
"""Least distance between two tick labels, in units of the drawing."""

MAX_CUTS = 3
_HOUR, _DAY = 3600, 86400
_STEPS = (_HOUR, 2 * _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY)
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12000)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    major: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch in which nothing came out, drawn shorter than it was."""

    x0: float
    x1: float
    label: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds [t0, t1] of the epoch stand at [x0, x1]."""

    t0: float
    t1: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class TimeScale:
    stretches: tuple[Stretch, ...]
    cuts: tuple[Cut, ...] = ()
    ticks: tuple[Tick, ...] = ()

    def x(self, moment: datetime) -> float:
        t = moment.timestamp()
        for s in self.stretches:
            if t <= s.t1:
                share = (t - s.t0) / (s.t1 - s.t0) if s.t1 > s.t0 else 0.0
                return round(s.x0 + max(0.0, share) * (s.x1 - s.x0), 1)
        return round(self.stretches[-1].x1, 1) if self.stretches else 0.0


def fit(moments: Sequence[datetime], left: float, right: float) -> TimeScale:
    """A scale on which all ``moments`` stand between ``left`` and ``right``."""
    times = sorted({m.timestamp() for m in moments})
    if not times:
        return TimeScale((Stretch(0.0, 1.0, left, right),))
    silent = _silences(times)
    groups: list[list[float]] = [[times[0]]]
    for before, after in pairwise(times):
        if (before, after) in silent:
            groups.append([after])
        else:
            groups[-1].append(after)
    drawn = sum(g[-1] - g[0] for g in groups)
    pad = max(drawn * 0.015, 1800.0)
    total = drawn + 2 * pad * len(groups)
    room = right - left - CUT_WIDTH * (len(groups) - 1)
    stretches: list[Stretch] = []
    cuts = []
    at = left
    for group in groups:
        t0, t1 = group[0] - pad, group[-1] + pad
        if stretches:
            cuts.append(Cut(at, at + CUT_WIDTH, _length(t0 - stretches[-1].t1)))
            at += CUT_WIDTH
        width = room * (t1 - t0) / total
        stretches.append(Stretch(t0, t1, at, at + width))
        at += width
    return TimeScale(tuple(stretches), tuple(cuts), tuple(_ticks(stretches, total, room)))


def _silences(times: Sequence[float]) -> set[tuple[float, float]]:
    """The gaps that would squeeze all else: over a quarter of the span and far above the usual gap."""
    gaps = [(b - a, a, b) for a, b in pairwise(times)]
    if len(gaps) < 3:
        return set()
    span, usual = times[-1] - times[0], median(g for g, _, _ in gaps)
    long = sorted(g for g in gaps if g[0] > 0.25 * span and g[0] > 8 * usual and g[0] > 2 * _DAY)
    return {(a, b) for _, a, b in long[-MAX_CUTS:]}


def _length(seconds: float) -> str:
    days = round(seconds / _DAY)
    if days < 60:
        return f"{days} days"
    months = round(days / 30.44)
    return f"{months} months" if months < 24 else f"{round(days / 365.25)} years"


def _ticks(stretches: Sequence[Stretch], total: float, room: float) -> list[Tick]:
    most = max(2.0, room / MIN_TICK)
    step = next((s for s in _STEPS if total / s <= most), None)
    months = next((m for m in _MONTH_STEPS if total / (m * 30.44 * _DAY) <= most), _MONTH_STEPS[-1])
    ticks: list[Tick] = []
    taken = 0.0
    last: datetime | None = None
    for s in stretches:
        marks = _every(s, step) if step else _months(s, months)
        if not marks:
            marks = [s.t0 + (s.t1 - s.t0) / 2]
        for t in marks:
            moment = _moment(t)
            if moment is None:
                continue
            x = s.x0 + (t - s.t0) / (s.t1 - s.t0) * (s.x1 - s.x0)
            if taken and x - taken < MIN_TICK * 0.8:
                continue
            ticks.append(Tick(round(x, 1), _label(moment, step, months, last)))
            taken, last = x, moment
    return ticks


def _every(s: Stretch, step: int) -> list[float]:
    # the epoch began on a Thursday: weeks are counted from the Monday before it
    origin = -3 * _DAY if step == 7 * _DAY else 0
    first = origin + -(-(s.t0 - origin) // step) * step
    return [first + i * step for i in range(int((s.t1 - first) // step) + 1)] if first <= s.t1 else []


def _months(s: Stretch, months: int) -> list[float]:
    start, end = _moment(s.t0), _moment(s.t1)
    if start is None or end is None:
        return []
    index = -(-(start.year * 12 + start.month) // months) * months
    marks = []
    while index <= end.year * 12 + end.month - 1:
        year, month = divmod(index, 12)
        if 1 <= year <= 9999:
            marks.append(datetime(year, month + 1, 1, tzinfo=UTC).timestamp())
        index += months
    return marks


def _moment(t: float) -> datetime | None:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=t)
    except OverflowError:
        return None


def _label(moment: datetime, step: int | None, months: int, last: datetime | None) -> str:
    if step is None:
        return str(moment.year) if months >= 12 else f"{_MONTHS[moment.month - 1]} {moment.year}"
    day = f"{moment.day} {_MONTHS[moment.month - 1]}"
    if last is None or last.year != moment.year:
        return f"{day} {moment.year}"
    return day if step >= _DAY or last.date() != moment.date() else f"{moment:%H:%M}"
