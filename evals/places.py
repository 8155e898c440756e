"""Places of South Asia, the Middle East, the Sahel and the Caucasus, in 150 sentences of our own.

``data/places.jsonl`` marks towns, small towns (``small``) and districts or tehsils with a point. A place is
right where ``read`` names it within 25 km of that point. The sentences and their points were written before
any was read; the last 40 were not looked at while the rules were made.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

from evals.figures import run
from evals.readings import read_texts

TEXTS = Path(__file__).with_name("data") / "places.jsonl"
NEAR_KM = 25.0
EARTH_KM = 6371.0
UNSEEN = 40
"""Sentences at the end that no rule was made with."""


def measure() -> dict[str, float]:
    """Shares of the marked places, from 0 to 1; ``unseen`` and ``small`` are parts of them."""
    texts = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    readings = read_texts({row["id"]: row["text"] for row in texts})
    all_of: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for number, row in enumerate(texts):
        for gold in row["places"]:
            part = "unseen" if number >= len(texts) - UNSEEN else "seen"
            parts = ["right", part] + (["small"] if gold["size"] != "town" else [])
            all_of.update([*parts, "found"])
            met = [p for p in readings[row["id"]]["places"] if overlap(p, gold)]
            right["found"] += bool(met)
            if any(p["lat"] is not None and distance(p, gold) <= NEAR_KM for p in met):
                right.update(parts)
    figures = {"right_at_25_km": right["right"] / all_of["right"]}
    return figures | {key: right[key] / all_of[key] for key in ("seen", "unseen", "small", "found")}


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def distance(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Kilometres between the points of two places."""
    a, b, c, d = (math.radians(p[key]) for p in (one, other) for key in ("lat", "lon"))
    x = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(x)))


if __name__ == "__main__":
    run(measure)
