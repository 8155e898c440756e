"""A stretch of time to draw: when documents of a Claim came out, as bars that lead there, and ways on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from allegata.web import paths, words
from allegata.web.past import ClaimView

To = Callable[[datetime, datetime], str]
"""The address that draws a stretch."""

BARS = 60
WIDTH, HEIGHT = 1180.0, 34.0
LEAST = timedelta(hours=1)
"""No stretch is narrower."""

WORTHWHILE = 8
"""Dated documents from which a drawing may be zoomed."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Documents that came out in one part of the time, and the address that draws these."""

    x: float
    width: float
    height: float
    title: str
    href: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Zoom:
    """Ways from the stretch that is drawn; ``None`` where one leads nowhere. ``label`` is empty where all is
    drawn, ``outside`` counts the documents that are not in the stretch."""

    bars: tuple[Bar, ...]
    label: str
    closer: str | None
    wider: str | None
    earlier: str | None
    later: str | None
    whole: str
    outside: int


def zoom(claim_id: str, view: ClaimView, moments: Sequence[datetime]) -> Zoom | None:
    """The ways of a drawing of documents that came out at ``moments``; ``None`` where there are few."""
    if len(moments) < WORTHWHILE:
        return None
    first, last = min(moments), max(moments)
    if last - first < 2 * LEAST:
        return None
    start, end = view.start or first, view.end or last + timedelta(minutes=1)
    whole = view.start is None and view.end is None
    held = [m for m in moments if start <= m <= end]

    def to(a: datetime, b: datetime) -> str:
        a, b = _minute(a), _minute(b) + timedelta(minutes=1)
        stretch = [] if a <= first and b > last else [("from", _written(a)), ("to", _written(b))]
        return paths.claim(claim_id, params=[*view.standing, *stretch]) + "#lanes"

    span = end - start
    return Zoom(
        bars=_bars(moments, first, last, (start, end), to),
        label="" if whole else f"{_clock(start)} – {_clock(end)}",
        closer=_closer(held, span, to) if span > 2 * LEAST and len(held) > 1 else None,
        wider=None if whole else to(start - span / 2, end + span / 2),
        earlier=to(start - span / 2, end - span / 2) if start > first else None,
        later=to(start + span / 2, end + span / 2) if end <= last else None,
        whole=to(first, last),
        outside=len(moments) - len(held),
    )


def _closer(held: Sequence[datetime], span: timedelta, to: To) -> str:
    """Half of the stretch, about the middle document of it."""
    middle = datetime.fromtimestamp(median(m.timestamp() for m in held), held[0].tzinfo)
    return to(middle - span / 4, middle + span / 4)


def _bars(
    moments: Sequence[datetime], first: datetime, last: datetime, shown: tuple[datetime, datetime], to: To
) -> tuple[Bar, ...]:
    step = (last - first) / BARS
    counts = [0] * BARS
    for moment in moments:
        counts[min(BARS - 1, int((moment - first) / step))] += 1
    most, width = max(counts), WIDTH / BARS
    bars = []
    for i, count in enumerate(counts):
        if count:
            a, b = first + i * step, first + (i + 1) * step
            title = f"{words.counted(count, 'document')}, {_clock(a)} – {_clock(b)}"
            height = max(4.0, (HEIGHT - 4) * (count / most) ** 0.5)
            inside = a < shown[1] and shown[0] < b + timedelta(minutes=1)
            bars.append(
                Bar(round(i * width, 1), round(width - 2, 1), round(height, 1), title, to(a, b), inside)
            )
    return tuple(bars)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _written(moment: datetime) -> str:
    """As an address has it (`past.read_claim_view`)."""
    return moment.isoformat(timespec="minutes")[:16]


def _clock(moment: datetime) -> str:
    return words.when(_minute(moment).isoformat()).removesuffix(" UTC")
