"""Statements on PolNeAR dev: source, cue and content of every attribution (``score_attribution.py``)."""

from __future__ import annotations

from evals.figures import run
from evals.readings import read_texts
from evals.shared import rows, scorer


def measure() -> dict[str, float]:
    """F1 in percent: detection (content), triple (source too), quad (cue too), and tokens by role."""
    scoring = scorer("score_attribution")
    gold = {row["id"]: row for row in rows("polnear/dev.jsonl")}
    readings = read_texts({name: row["text"] for name, row in gold.items()})
    predicted = {name: {"attributions": reading["statements"]} for name, reading in readings.items()}
    result = scoring.score(gold, predicted)
    scores = result["scores"]
    return {
        "triple_f1": scores["triple"]["F1"],
        "triple_precision": scores["triple"]["P"],
        "triple_recall": scores["triple"]["R"],
        "detection_f1": scores["detection"]["F1"],
        "cue_f1": scores["cue_match"]["F1"],
        "source_tokens_f1": scores["tok_source"]["F1"],
        "content_tokens_f1": scores["tok_content"]["F1"],
    }


if __name__ == "__main__":
    run(measure)
