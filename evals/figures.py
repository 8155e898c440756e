"""Figures and how they are printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from evals.shared import SkippedError

Measure = Callable[[], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Bound:
    """A pinned floor and the target it is on the way to. For ``better = "lower"`` both are ceilings."""

    floor: float
    target: float | None = None
    better: Literal["higher", "lower"] = "higher"

    def holds(self, value: float) -> bool:
        return value >= self.floor if self.better == "higher" else value <= self.floor

    def reaches(self, value: float) -> bool:
        """True where the target is met, or there is none."""
        if self.target is None:
            return True
        return value >= self.target if self.better == "higher" else value <= self.target


def run(measure: Measure) -> None:
    """Print the figures of one module, or why there are none."""
    try:
        figures = measure()
    except SkippedError as reason:
        print(f"skipped: {reason}", file=sys.stderr)
        return
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        print(f"{name:{width}}  {shown(value)}")


def shown(value: float | None) -> str:
    """Four significant places at most, without noise after the point."""
    if value is None:
        return "—"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows under their header, the first column to the left, the rest to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True)),
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
