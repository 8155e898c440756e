"""The running alarm: has the level of a series changed just now?

Two cumulative sums of log likelihood ratios, one for a rise and one for a fall, of negative binomial counts
against the level since the last change. The level is learnt on the way, and its own uncertainty is added to
the scatter, so that a short history alarms later, not falsely.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from allegata.monitoring.dispersion import neighbours, scatter_of
from allegata.monitoring.periods import PER_YEAR, Unit

Direction = Literal["rise", "fall"]

RATIO = 2.0
"""The change that the sums are tuned to: to the double, or to the half. Greater ones are found sooner."""

LEARN: dict[Unit, int] = {"day": 28, "week": 8}
"""Periods of a level before anything is measured against it."""

CAUTION = 0.5
"""Standard errors by which the learnt level is moved towards the change that is tested."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A change of level, by index of the period: ``since`` it began, ``at`` it was sure. ``before`` and
    ``after`` are levels a period at mean exposure."""

    at: int
    since: int
    direction: Direction
    before: float
    after: float


def find_alarms(counts: Sequence[float], unit: Unit, exposures: Sequence[float] | None = None) -> list[Alarm]:
    """The alarms of a series from its first period to its last, each as it would have been raised then.

    ``counts`` in tellings (a value over the intensity of one); ``exposures`` how much was collected in each
    period, 1 on average. The threshold is the logarithm of twice the periods of a year: a sum of log
    likelihood ratios passes h by chance no sooner than every e^h periods (Lorden 1971), and there are two.
    """
    y = np.asarray(counts, dtype=float)
    e = np.ones(len(y)) if exposures is None else np.asarray(exposures, dtype=float)
    threshold = math.log(2 * PER_YEAR[unit])
    sums_of = _Sums(y, e)
    alarms: list[Alarm] = []
    start = 0
    sums = {"rise": 0.0, "fall": 0.0}
    began = {"rise": 0, "fall": 0}
    for t in range(len(y)):
        if t - start < LEARN[unit]:
            began = dict.fromkeys(began, t + 1)
            continue
        raised: Alarm | None = None
        for direction in ("rise", "fall"):
            quiet = max(began[direction], start + LEARN[unit])
            null, phi = sums_of.level(start, quiet, direction == "rise")
            sums[direction] = max(
                0.0, sums[direction] + _ratio(float(y[t]), float(e[t]) * null, phi, direction == "rise")
            )
            if sums[direction] == 0.0:
                began[direction] = t + 1
            elif sums[direction] > threshold and raised is None:
                since = began[direction]
                before = _mean(y[start:since], e[start:since])
                after = _mean(y[since : t + 1], e[since : t + 1])
                raised = Alarm(t, since, "rise" if direction == "rise" else "fall", before, after)
        if raised is not None:
            alarms.append(raised)
            start = raised.since
            sums = dict.fromkeys(sums, 0.0)
            began = dict.fromkeys(began, t + 1)
    return alarms


def _mean(y: np.ndarray, e: np.ndarray) -> float:
    return float(y.sum() / e.sum()) if e.sum() > 0 else 0.0


class _Sums:
    """Sums over any stretch of a series at no cost: levels are asked for again and again."""

    def __init__(self, y: np.ndarray, e: np.ndarray) -> None:
        self._y, self._e = _running(y), _running(e)
        self._moments = [_running(terms) for terms in neighbours(y)]

    def level(self, start: int, end: int, rise: bool) -> tuple[float, float]:
        """The level to test against, a step of caution towards the change, and the scatter of one period."""
        total = self._y[end] - self._y[start] + 0.5  # Jeffreys' half, so that nothing is never certain
        exposure = self._e[end] - self._e[start]
        last = max(start, end - 1)
        phi = scatter_of(end - start, *(m[last] - m[start] for m in self._moments))
        error = math.sqrt(1 / total + phi / max(1, end - start))  # of the logarithm of the level
        step = CAUTION * error if rise else -CAUTION * error
        return total / max(exposure, 1e-9) * math.exp(step), phi


def _running(values: np.ndarray) -> list[float]:
    return [0.0, *np.cumsum(values).tolist()]


def _ratio(y: float, mean: float, phi: float, rise: bool) -> float:
    """log f(y; changed) - log f(y; level), negative binomial with variance = mean + phi mean²."""
    ratio = RATIO if rise else 1 / RATIO
    if mean <= 0:
        return 0.0
    return y * math.log(ratio) - (y + 1 / phi) * math.log((1 + phi * ratio * mean) / (1 + phi * mean))
