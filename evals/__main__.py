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
    "speakers",
    "roles",
    "geoparsing",
    "capture",
    "scenarios",
    "provenance",
    "seed",
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
    parser.add_argument(
        "--raise", dest="raise_all", action="store_true", help="pin floors at what was reached"
    )
    parser.add_argument("--lower", action="append", default=[], metavar="FIGURE", help="let this floor sink")
    arguments = parser.parse_args(argv)
    bounds = gate.load(baseline)
    values, skipped = measure_all(arguments.modules or MODULES)
    try:
        floors = gate.moved(values, bounds, arguments.raise_all, arguments.lower)
    except KeyError as error:
        parser.error(f"no figure {error} was measured with a floor; see the table for the names")
    if floors:
        gate.write(baseline, floors)
        bounds = gate.load(baseline)
        print(f"{len(floors)} floors moved in {baseline.name}", file=sys.stderr)
    print(gate.report(values, bounds, skipped))
    wrong = gate.fallen(values, bounds)
    if wrong:
        print(f"under the floor: {', '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
