"""Actors to countries and sectors: PLOVER's gold records, and 100 names of our own (``data/actors.jsonl``).

In the records source and target are given as they stand in the sentence, and the sentence with them; figures
are of the country, sides apart. Codes that are slips of the records are mended; those that are no country (a
body of many states, a movement) are right where no country is found.
"""

from __future__ import annotations

import json
from pathlib import Path

from allegata.reading.allegations.actors import resolve_actor
from evals.figures import run
from evals.shared import rows

NAMES = Path(__file__).with_name("data") / "actors.jsonl"
SLIPS = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
NO_COUNTRY = frozenset({"IGO", "NGO", "IMG", "ISM"})


def measure() -> dict[str, float]:
    """Rates from 0 to 1. Of our names ``own_country`` counts all countries of an ambiguous one."""
    figures = {f"{side}_country_f1": _country_f1(side) for side in ("source", "target")}
    own = [json.loads(line) for line in NAMES.read_text(encoding="utf-8").splitlines()]
    found = [resolve_actor(row["name"]) for row in own]
    pairs = list(zip(own, found, strict=True))
    told = [(row, actor) for row, actor in pairs if row["sector"]]
    figures["own_country"] = sum(list(a.countries) == r["countries"] for r, a in pairs) / len(pairs)
    figures["own_sector"] = sum(a.sector == r["sector"] for r, a in told) / len(told)
    return figures


def _country_f1(side: str) -> float:
    """F1 of the countries of one side's actors."""
    other = "target" if side == "source" else "source"
    right = found = gold = 0
    for row in rows("plover/plover_records.jsonl"):
        others = {resolve_actor(a["text"] or "").country for a in row[other]}
        for actor in row[side]:
            code = SLIPS.get(actor["code"], actor["code"])
            country = resolve_actor(actor["text"] or "", row["text"], [c for c in others if c]).country
            found += country is not None
            gold += code not in NO_COUNTRY
            right += country == code
    return 2 * right / (found + gold)


if __name__ == "__main__":
    run(measure)
