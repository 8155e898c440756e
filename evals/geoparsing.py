"""Places on LGL, TR-News and GeoWebNews (``score_geoparsing.py``): detection, and distance to the gold point.

``read`` names no capital that stands for its government and no people; the sets count these as places too.
"""

from __future__ import annotations

from collections.abc import Mapping

from evals.figures import run
from evals.readings import read_texts
from evals.shared import rows, scorer

SETS = {"tr_news": "tr-news", "lgl": "lgl", "geowebnews": "geowebnews"}


def measure() -> Mapping[str, float]:
    """For each set: lenient F1 of detection; shares of gold places met within 161 km, of all and of found."""
    scoring = scorer("score_geoparsing")
    figures: dict[str, float] = {}
    for name, file in SETS.items():
        gold = {row["id"]: row for row in rows(f"geoparsing/{file}.jsonl")}
        readings = read_texts({key: row["text"] for key, row in gold.items()})
        read = {
            key: {"toponyms": [place | {"geonameid": place["geonames_id"]} for place in reading["places"]]}
            for key, reading in readings.items()
        }
        result = scoring.score(gold, read)
        figures[f"{name}_detection_f1"] = result["detect_lenient"]["F1"]
        figures[f"{name}_acc161_end2end"] = result["resolve_end2end"]["acc161"]
        figures[f"{name}_acc161_found"] = result["resolve_matched"]["acc161"]
    return figures


if __name__ == "__main__":
    run(measure)
