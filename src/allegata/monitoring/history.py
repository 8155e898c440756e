"""Where the level of a series changed in the past: change points over the whole of it, by `ruptures`'
PELT."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from allegata.monitoring.dispersion import dispersion
from allegata.monitoring.periods import Unit

if TYPE_CHECKING:
    import numpy.typing as npt

SHORTEST: dict[Unit, int] = {"day": 14, "week": 4}
"""Periods between two changes of level at least: what is shorter is an outburst, not a level."""

FEWEST = 6.0
"""Tellings in a series from which a level can be told at all."""

STRICTNESS = 2.5
"""Penalty of a change, in natural logarithms of the number of periods, against twice the log likelihood. The
information criterion of Schwarz (BIC) with two parameters a change, its place and its level, has 2; the rest
pays for a scatter that is estimated."""

MOST = 4_000
"""Periods that are looked at, the newest: eleven years of days."""


def find_changes_of_level(
    counts: Sequence[float], unit: Unit, exposures: Sequence[float] | None = None
) -> list[int]:
    """Indices of the periods in which a new level begins. None where there are too few tellings to say."""
    from ruptures import Pelt

    skipped = max(0, len(counts) - MOST)
    y = np.asarray(counts, dtype=float)[skipped:]
    e = np.ones(len(y)) if exposures is None else np.asarray(exposures, dtype=float)[skipped:]
    if len(y) < 2 * SHORTEST[unit] or y.sum() < FEWEST:
        return []
    penalty = STRICTNESS * math.log(len(y))
    search = Pelt(custom_cost=_cost(y, e), min_size=SHORTEST[unit], jump=1)
    found = search.fit(y.reshape(-1, 1)).predict(pen=penalty)
    return [skipped + int(i) for i in found if i < len(y)]


def _cost(y: npt.NDArray[np.float64], e: npt.NDArray[np.float64]) -> object:
    """Twice the negative log likelihood of a segment at its own level, negative binomial, up to a
    constant."""
    from ruptures.base import BaseCost

    phi = dispersion(y)
    totals = np.concatenate([[0.0], np.cumsum(y)])
    spent = np.concatenate([[0.0], np.cumsum(e)])

    class Counts(BaseCost):  # type: ignore[misc]
        model = ""
        min_size = 1

        def fit(self, signal: npt.NDArray[np.float64]) -> Counts:
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            total, exposure = totals[end] - totals[start], spent[end] - spent[start]
            level = (total + 1e-9) / max(exposure, 1e-9)
            likelihood = total * math.log(level) - (total + exposure / phi) * math.log(1 + phi * level)
            return -2 * float(likelihood)

    return Counts()
