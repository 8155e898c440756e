"""Statements, stances, chains, alleged and asserted acts on the contrast suite (``score_contrast.py``)."""

from __future__ import annotations

from typing import Any

from allegata.reading import DEFAULT, Reader
from evals.figures import run
from evals.readings import read_texts
from evals.shared import rows, scorer


def prediction(reading: dict[str, Any]) -> dict[str, Any]:
    """A reading in the suite's format: the first allegation and the first event count."""
    allegation = None
    if reading["allegations"]:
        first = reading["allegations"][0]
        place = first["place"] or {}
        allegation = {key: first[key] for key in ("claimant", "accused", "act", "victim")}
        allegation |= {"place": place.get("name"), "place_country": place.get("country")}
    event = reading["events"][0]["act"] if reading["events"] else None
    return {"statements": reading["statements"], "allegation": allegation, "event": event}


def measure() -> dict[str, float]:
    """Rates from 0 to 1; ``rules_``: by the rules alone. ``event_false`` and ``allegation_false`` are better
    low."""
    beside = score("rules")
    kept = ("stance", "statement_f1", "chain_edge_f1", "full_chain")
    return score(DEFAULT) | {f"rules_{name}": beside[name] for name in kept}


def score(reader: Reader) -> dict[str, float]:
    scoring = scorer("score_contrast")
    gold = {row["id"]: row for row in rows("contrast/items.jsonl")}
    readings = read_texts({name: row["text"] for name, row in gold.items()}, reader)
    result, _ = scoring.score(gold, {name: prediction(reading) for name, reading in readings.items()})
    allegation, event = result["allegation"], result["event"]
    return {
        "stance": result["stance_acc"]["value"],
        "statement_f1": result["statement"]["f1"],
        "source": result["source_acc"]["value"],
        "chain_edge_f1": result["chain_edge_all"]["f1"],
        "full_chain": result["full_chain_exact"]["value"],
        "act": allegation["act"]["value"],
        "accused": allegation["accused"]["value"],
        "claimant": allegation["claimant"]["value"],
        "place": allegation["place"]["value"],
        "all_slots": allegation["all_slots"]["value"],
        "allegation_false": allegation["false"]["value"],
        "event_false": event["false_rate"]["value"],
        "event_root": event["root_acc"]["value"],
    }


if __name__ == "__main__":
    run(measure)
