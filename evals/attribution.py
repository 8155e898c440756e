"""Statements on PolNeAR dev: source, cue and content of every attribution (``score_attribution.py``)."""

from __future__ import annotations

from allegata.reading import DEFAULT, Reader
from evals.figures import run
from evals.readings import read_texts
from evals.shared import rows, scorer


def measure() -> dict[str, float]:
    """F1 in percent: detection (content), triple (source too), cue, and tokens by role; ``rules_``: by the
    rules alone."""
    beside = score("rules")
    kept = ("triple_f1", "detection_f1")
    return score(DEFAULT) | {f"rules_{name}": beside[name] for name in kept}


def score(reader: Reader) -> dict[str, float]:
    scoring = scorer("score_attribution")
    gold = {row["id"]: row for row in rows("polnear/dev.jsonl")}
    readings = read_texts({name: row["text"] for name, row in gold.items()}, reader)
    predicted = {name: {"attributions": reading["statements"]} for name, reading in readings.items()}
    scores = scoring.score(gold, predicted)["scores"]
    return {
        "triple_f1": scores["triple"]["F1"],
        "triple_precision": scores["triple"]["P"],
        "triple_recall": scores["triple"]["R"],
        "detection_f1": scores["detection"]["F1"],
        "cue_f1": scores["cue_match"]["F1"],
        "source_tokens_f1": scores["tok_source"]["F1"],
        "content_tokens_f1": scores["tok_content"]["F1"],
        "cue_tokens_f1": scores["tok_cue"]["F1"],
    }


if __name__ == "__main__":
    run(measure)
