"""The pinned floors: no figure may fall under its own. Raising is free, lowering names the figure."""

from __future__ import annotations

import argparse
import math
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from evals.figures import Bound, shown, table

PLACES = 4
"""Decimal places of a floor in the file; it is rounded to the lenient side."""


def options(parser: argparse.ArgumentParser) -> None:
    """The options that move floors."""
    parser.add_argument(
        "--raise", dest="raise_all", action="store_true", help="pin floors at what was reached"
    )
    parser.add_argument("--lower", action="append", default=[], metavar="FIGURE", help="let this floor sink")


def settle(
    parser: argparse.ArgumentParser,
    arguments: argparse.Namespace,
    values: Mapping[str, float],
    skipped: Mapping[str, str],
    baseline: Path,
    slack: float = 0.0,
) -> int:
    """Move the floors that the options ask for, print the table, and give the exit status: 1 where a figure
    is under its floor. ``slack`` is the share by which a floor stays behind what was reached."""
    bounds = load(baseline)
    try:
        floors = moved(values, bounds, arguments.raise_all, arguments.lower, slack)
    except KeyError as error:
        parser.error(f"no figure {error} was measured with a floor; see the table for the names")
    if floors:
        write(baseline, floors)
        bounds = load(baseline)
        print(f"{len(floors)} floors moved in {baseline.name}", file=sys.stderr)
    print(report(values, bounds, skipped))
    wrong = fallen(values, bounds)
    if wrong:
        print(f"under the floor: {', '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


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
    slack: float = 0.0,
) -> dict[str, float]:
    """Floors to write: of figures that did better than theirs if ``raise_all``, and of those in ``lower``.

    Raises KeyError for a figure to lower that was not measured or has no floor.
    """
    floors = {}
    for name in lower:
        if name not in values or name not in bounds:
            raise KeyError(name)
        floors[name] = lenient(values[name], bounds[name], slack)
    if raise_all:
        for name, value in values.items():
            if (bound := bounds.get(name)) and bound.holds(value) and name not in floors:
                floor = lenient(value, bound, slack)
                if floor != bound.floor and Bound(bound.floor, better=bound.better).holds(floor):
                    floors[name] = floor
    return floors


def lenient(value: float, bound: Bound, slack: float = 0.0) -> float:
    """The value as a floor, less the slack: rounded down, or up where lower is better."""
    scale = 10**PLACES
    if bound.better == "higher":
        return math.floor(round(value * (1 - slack) * scale, 3)) / scale
    return math.ceil(round(value * (1 + slack) * scale, 3)) / scale


def write(path: Path, floors: Mapping[str, float]) -> None:
    """Set floors in the file, leaving all else, comments too, as it stands."""
    text = path.read_text(encoding="utf-8")
    for name, floor in floors.items():
        head = re.escape(f"[{name}]")
        text, found = re.subn(rf"(^{head}\nfloor = )\S+", rf"\g<1>{floor!r}", text, flags=re.MULTILINE)
        if found != 1:
            raise KeyError(name)
    path.write_text(text, encoding="utf-8")
