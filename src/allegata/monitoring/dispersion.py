"""How much the counts of a period scatter around their level, beyond chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PRIOR = 0.5
"""The dispersion that is assumed before there is data: variance = mean + 0.5 mean². An assumption of ours,
the middle of what the evaluation plants (0.2 to 1): counts of events between states scatter far beyond
Poisson's variance = mean, which is why political science fits them with the negative binomial."""

PRIOR_PERIODS = 20
"""How many periods of data outweigh the assumption."""


def dispersion(counts: Sequence[float] | npt.NDArray[np.float64]) -> float:
    """The negative binomial's phi (variance = mean + phi mean²), from the differences of neighbours, which a
    change of level hardly touches, drawn towards `PRIOR`."""
    y = np.asarray(counts, dtype=float)
    return scatter_of(len(y), *(float(terms.sum()) for terms in neighbours(y)))


def neighbours(y: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], ...]:
    """What `scatter_of` takes the sums of, for each period and the next: product, squared difference, sum."""
    return y[1:] * y[:-1], (y[1:] - y[:-1]) ** 2, y[1:] + y[:-1]


def scatter_of(periods: int, level: float, differences: float, sums: float) -> float:
    """`dispersion` of so many periods, from the sums over neighbours."""
    if periods < 2:
        return PRIOR
    scatter = differences / 2 - sums / 2
    # in sums of squares, so that a long run of nothing says nothing about the scatter
    own = periods * max(0.0, scatter / level) if level > 0 else 0.0
    weight = periods if level > 0 else 0
    return (own + PRIOR_PERIODS * PRIOR) / (weight + PRIOR_PERIODS)
