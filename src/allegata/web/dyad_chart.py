"""The drawing of a dyad's tension: a panel a direction, and how many documents told of the two. Layout only.

What lies along time is in per cent of the width, so that all weeks are seen however narrow the page is;
heights are in pixels.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from allegata.monitoring.tension import SUMMED, Tension
from allegata.web import words

TENSION, COVERAGE = 130.0, 65.0
"""Heights of the two kinds of panels."""
WIDEST = 3.0
"""Most of the width that a bar takes, in per cent: one week alone is no block."""
MOST_LABELS = 7
"""Days written below the drawing: the first, the last, and those between."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One week in a panel: a rectangle, a whisker for the interval, and what it says."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    whisker: tuple[float, float] | None
    title: str


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    kind: str
    height: float
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A day below the drawing; ``anchor`` keeps it inside."""

    x: float
    day: str
    anchor: str
    few: bool
    """Whether it is written where the drawing is narrow, too."""


@dataclass(frozen=True, slots=True)
class Chart:
    panels: tuple[Panel, ...]
    labels: tuple[Label, ...]


def draw(parts: Sequence[tuple[str, Sequence[Tension]]], periods: Sequence[str]) -> Chart:
    """``parts`` are the directions with their names; the weeks are ``periods``, the newest last."""
    step = 100 / max(1, len(periods))
    place = {p: i * step for i, p in enumerate(periods)}
    totals = [(name, _totals(ts, place)) for name, ts in parts]
    highest = max((t[2] for _, by_period in totals for t in by_period.values()), default=0.0) or 1.0
    panels = []
    for name, by_period in totals:
        bars = tuple(
            _bar(
                place[p],
                step,
                TENSION,
                (value, low, high),
                highest,
                f"week of {words.day(p)}: {value:.1f} ({low:.1f} to {high:.1f}) from "
                f"{words.counted(tellings, 'telling')}",
            )
            for p, (value, low, high, tellings) in sorted(by_period.items())
            if high
        )
        told = f"{name}, hostile" if bars else f"{name}: nothing hostile was told"
        panels.append(
            Panel(told, "value", TENSION, _ticks(TENSION, highest), bars)
            if bars
            else Panel(told, "value", 0.0, (), ())
        )
    panels.append(_coverage([t for _, ts in parts for t in ts], place, step))
    return Chart(tuple(panels), tuple(_labels(periods, step)))


def _coverage(found: Iterable[Tension], place: dict[str, float], step: float) -> Panel:
    coverage = dict.fromkeys(place, 0)
    for t in found:
        if t.period in place:
            coverage[t.period] = max(coverage[t.period], t.coverage)
    most = max(coverage.values(), default=0) or 1
    bars = tuple(
        _bar(
            place[p],
            step,
            COVERAGE,
            (n, n, n),
            most,
            f"week of {words.day(p)}: {words.counted(n, 'document')}",
        )
        for p, n in coverage.items()
        if n
    )
    return Panel("coverage, documents", "cover", COVERAGE, _ticks(COVERAGE, most), bars)


def _totals(found: Iterable[Tension], periods: Collection[str]) -> dict[str, tuple[float, float, float, int]]:
    """Value, low, high and tellings of the hostile series together, by period."""
    out: dict[str, tuple[float, float, float, int]] = {}
    for t in found:
        if t.period in periods and t.side == "hostile" and t.series in SUMMED:
            value, low, high, tellings = out.get(t.period, (0.0, 0.0, 0.0, 0))
            out[t.period] = value + t.value, low + t.low, high + t.high, tellings + t.tellings
    return out


def _bar(
    x: float, step: float, height: float, told: tuple[float, float, float], most: float, title: str
) -> Bar:
    def y(v: float) -> float:
        return round(height * (1 - v / most), 1)

    value, low, high = told
    width = min(WIDEST, step * 0.72)
    return Bar(
        x=round(x + (step - width) / 2, 3),
        y=y(value),
        width=round(width, 3),
        height=round(height * value / most, 1),
        middle=round(x + step / 2, 3),
        whisker=(y(low), y(high)) if low != high else None,
        title=title,
    )


def _ticks(height: float, most: float) -> tuple[tuple[float, str], ...]:
    """0, half and all; of what is counted no half is written that there is not."""
    return tuple(
        (round(height * (1 - share), 1), f"{most * share:.3g}")
        for share in (0.0, 0.5, 1.0)
        if not (isinstance(most, int) and most % 2 and share == 0.5)
    )


def _labels(periods: Sequence[str], step: float) -> Iterable[Label]:
    last = len(periods) - 1
    count = min(len(periods), MOST_LABELS)
    written = [round(i * last / max(1, count - 1)) for i in range(count)]
    few = {written[0], written[-1]} | ({written[count // 2]} if count == MOST_LABELS else set())
    for i in written:
        x = round((i + 0.5) * step, 3)
        anchor = "start" if x < 8 else "end" if x > 92 else "middle"
        yield Label(x, words.day(periods[i]), anchor, i in few)
