"""Pronouns and definite descriptions resolved to speakers, on labelled sources of PolNeAR dev.

``data/speakers_dev.jsonl`` holds article ids, spans and names (45 sources in 17 articles); the texts lie
outside the project. The statements are PolNeAR's own, so that only the resolution is measured.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from allegata.model import Document, Statement
from allegata.reading.parsing import parse
from allegata.reading.speakers import resolve_speakers
from evals.figures import run
from evals.shared import rows

LABELS = Path(__file__).with_name("data") / "speakers_dev.jsonl"


def statements_of(row: dict[str, Any]) -> tuple[Statement, ...]:
    """The gold attributions of an article as Statements without speakers."""

    def spans(value: list[list[int]]) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for start, end in value)

    return tuple(
        Statement(a["id"], spans(a["source"]), spans(a["cue"]), spans(a["content"]), "assert", a["nested_in"])
        for a in row["attributions"]
    )


def is_right(speaker: str | None, gold: list[str]) -> bool:
    """True where one of the accepted names stands in the speaker's, or the speaker's in one of them."""
    found = (speaker or "").lower()
    return bool(found) and any(name.lower() in found or found in name.lower() for name in gold)


def measure() -> dict[str, float]:
    """Share of the labelled sources with the right speaker, from 0 to 1."""
    labels: dict[str, list[dict[str, Any]]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        labels.setdefault(label["article"], []).append(label)
    articles = [row for row in rows("polnear/dev.jsonl") if row["id"] in labels]
    right = count = 0
    for row, doc in zip(articles, parse(row["text"] for row in articles), strict=True):
        document = Document(row["id"], row["text"], outlet=row["outlet"], title=row["title"])
        resolved, _ = resolve_speakers(document, doc, statements_of(row))
        speakers = {span: s.speaker for s in resolved for span in s.source}
        for label in labels[row["id"]]:
            count += 1
            right += is_right(speakers.get((label["start"], label["end"])), label["gold"])
    return {"accuracy": right / count if count else 0.0}


if __name__ == "__main__":
    run(measure)
