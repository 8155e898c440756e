"""The pinned floors: no figure may fall under its own. Raising is free, lowering names the figure."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from evals.figures import Bound, shown, table

PLACES = 4
"""Decimal places of a floor in the file; it is rounded to the lenient side."""


def load(path: Path) -> dict[str, Bound]:
    """ "module.figure" -> its bound."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        f"{module}.{name}": Bound(**entry) for module, part in tables.items() for name, entry in part.items()
    }


def fallen(values: Mapping[str, float], bounds: Mapping[str, Bound]) -> list[str]:
    """Names of measured figures that are under their floor."""
    return [name for name, value in values.items() if name in bounds and not bounds[name].holds(value)]


def report(values: Mapping[str, float], bounds: Mapping[str, Bound], skipped: Mapping[str, str]) -> str:
    """One table of every figure: value, floor, target, and what is wrong with it."""
    rows: list[tuple[str, ...]] = [("figure", "value", "floor", "target", "")]
    for name, value in values.items():
        bound = bounds.get(name)
        if bound is None:
            rows.append((name, shown(value), "—", "—", ""))
            continue
        sign = "≥ " if bound.better == "higher" else "≤ "
        verdict = (
            "under its floor" if not bound.holds(value) else "" if bound.reaches(value) else "short of target"
        )
        target = sign + shown(bound.target) if bound.target is not None else "—"
        rows.append((name, shown(value), sign + shown(bound.floor), target, verdict))
    lines = [table(rows)]
    lines += [f"{module}: skipped, {reason}" for module, reason in skipped.items()]
    return "\n".join(lines)


def moved(
    values: Mapping[str, float],
    bounds: Mapping[str, Bound],
    raise_all: bool,
    lower: Iterable[str],
) -> dict[str, float]:
    """Floors to write: of figures that did better than theirs if ``raise_all``, and of those in ``lower``.

    Raises KeyError for a figure to lower that was not measured or has no floor.
    """
    floors = {}
    for name in lower:
        if name not in values or name not in bounds:
            raise KeyError(name)
        floors[name] = lenient(values[name], bounds[name])
    if raise_all:
        for name, value in values.items():
            if (bound := bounds.get(name)) and bound.holds(value) and name not in floors:
                floor = lenient(value, bound)
                if floor != bound.floor and Bound(bound.floor, better=bound.better).holds(floor):
                    floors[name] = floor
    return floors


def lenient(value: float, bound: Bound) -> float:
    """The value as a floor: rounded down, or up where lower is better."""
    scale = 10**PLACES
    away = math.floor if bound.better == "higher" else math.ceil
    return away(round(value * scale, 3)) / scale


def write(path: Path, floors: Mapping[str, float]) -> None:
    """Set floors in the file, leaving all else, comments too, as it stands."""
    text = path.read_text(encoding="utf-8")
    for name, floor in floors.items():
        head = re.escape(f"[{name}]")
        text, found = re.subn(rf"(^{head}\nfloor = )\S+", rf"\g<1>{floor!r}", text, flags=re.MULTILINE)
        if found != 1:
            raise KeyError(name)
    path.write_text(text, encoding="utf-8")
