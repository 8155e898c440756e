"""``python -m evals``: measure everything, print one table, fail where a figure is under its floor."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from evals import gate
from evals.shared import SkippedError

BASELINE = Path(__file__).with_name("baseline.toml")

MODULES = (
    "attribution",
    "contrast",
    "plover",
    "actors",
    "acts",
    "modes",
    "dates",
    "stance",
    "speakers",
    "roles",
    "geoparsing",
    "places",
    "capture",
    "scenarios",
    "stories",
    "provenance",
    "coverage",
    "fnc",
    "matching",
    "seed",
    "forecasts",
    "tension",
)


def measure_all(modules: Sequence[str]) -> tuple[dict[str, float], dict[str, str]]:
    """ "module.figure" -> value, and module -> why it was skipped."""
    values: dict[str, float] = {}
    skipped: dict[str, str] = {}
    for module in modules:
        print(f"measuring {module}", file=sys.stderr)
        try:
            figures = importlib.import_module(f"evals.{module}").measure()
        except SkippedError as reason:
            skipped[module] = str(reason)
            continue
        values |= {f"{module}.{name}": value for name, value in figures.items()}
    return values, skipped


def main(argv: Sequence[str] | None = None, baseline: Path = BASELINE) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("modules", nargs="*", help=f"which to measure (all: {', '.join(MODULES)})")
    gate.options(parser)
    arguments = parser.parse_args(argv)
    values, skipped = measure_all(arguments.modules or MODULES)
    return gate.settle(parser, arguments, values, skipped, baseline)


if __name__ == "__main__":
    sys.exit(main())
