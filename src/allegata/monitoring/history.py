"""Where the level of a series changed in the past: the change points over the whole of it that cost least."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from allegata.monitoring.dispersion import dispersion
from allegata.monitoring.periods import Unit

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
    """Indices of the periods in which a new level begins. None where there are too few tellings to say.

    Optimal partitioning (Jackson et al. 2005): the best way to cut all up to a period is the best of those up
    to an earlier one, and a segment. Every earlier one is tried at once, which for a few hundred periods is
    far cheaper than to prune them one by one, as PELT does. The cost of a segment is twice its negative log
    likelihood at its own level, negative binomial, up to a constant.
    """
    skipped = max(0, len(counts) - MOST)
    y = np.asarray(counts, dtype=float)[skipped:]
    e = np.ones(len(y)) if exposures is None else np.asarray(exposures, dtype=float)[skipped:]
    shortest = SHORTEST[unit]
    if len(y) < 2 * shortest or y.sum() < FEWEST:
        return []
    penalty = STRICTNESS * math.log(len(y))
    phi = dispersion(y)
    totals = np.concatenate([[0.0], np.cumsum(y)])
    spent = np.concatenate([[0.0], np.cumsum(e)])
    best = np.full(len(y) + 1, np.inf)
    best[0] = 0.0
    cut = np.zeros(len(y) + 1, dtype=int)
    for end in range(shortest, len(y) + 1):
        starts = end - shortest + 1
        total, exposure = totals[end] - totals[:starts], spent[end] - spent[:starts]
        level = (total + 1e-9) / np.maximum(exposure, 1e-9)
        costs = -2 * (total * np.log(level) - (total + exposure / phi) * np.log1p(phi * level))
        costs += best[:starts] + penalty
        cut[end] = int(np.argmin(costs))
        best[end] = costs[cut[end]]
    found, end = [], int(cut[len(y)])
    while end:
        found.append(skipped + end)
        end = int(cut[end])
    return found[::-1]
