"""Forecasts on 94 sentences of our own, half of which are none: found or not, and each field of those found.

``data/forecasts.jsonl``: the sentences of part "work" were looked at while the rules were made, those of part
"check" were not. A span is right when it shares three quarters of its words with the gold one, an actor and a
horizon when they share half; dates and bands are right when equal; what gold leaves empty must be empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from allegata.model import Document, Forecast, Reading, Span
from allegata.reading.pipeline import read_documents
from evals.figures import run

DATA = Path(__file__).with_name("data") / "forecasts.jsonl"

SPAN, PART = 0.75, 0.5
"""Share of the words of both that a found span must have in common with the gold one."""

FIELDS = ("consequence", "condition", "actor", "likelihood", "horizon", "dates", "speaker")

_WORD = re.compile(r"\w+")


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def read(items: list[dict[str, Any]]) -> list[Reading]:
    documents = (Document(row["id"], row["text"], published=row["published"], language="en") for row in items)
    return list(read_documents(documents))


def measure() -> Mapping[str, float]:
    items = rows()
    pairs = list(zip(items, read(items), strict=True))
    figures: dict[str, float] = {}
    for part, prefix in (("work", ""), ("check", "check_")):
        mine = [(row, reading) for row, reading in pairs if row["part"] == part]
        figures[f"{prefix}found_f1"] = found_f1(mine)
        both = [(row, reading) for row, reading in mine if row["forecast"] and reading.forecasts]
        judged = [dict(judge(row, best(row, reading))) for row, reading in both]
        figures |= {f"{prefix}{f}": sum(j[f] for j in judged) / max(1, len(judged)) for f in FIELDS}
    return figures


def found_f1(pairs: list[tuple[dict[str, Any], Reading]]) -> float:
    right = sum(row["forecast"] and bool(reading.forecasts) for row, reading in pairs)
    either = sum(row["forecast"] + bool(reading.forecasts) for row, reading in pairs)
    return 2 * right / either if either else 0.0


def best(row: Mapping[str, Any], reading: Reading) -> Forecast:
    """Of several forecasts of one text the one whose consequence is nearest to the gold one."""
    return max(
        reading.forecasts, key=lambda f: shared(row["consequence"], words(row["text"], f.consequence) or "")
    )


def judge(row: Mapping[str, Any], found: Forecast) -> Iterator[tuple[str, bool]]:
    """(field, whether it is right) for a found forecast."""
    text = row["text"]
    for field, share in (("consequence", SPAN), ("condition", SPAN), ("actor", PART)):
        yield field, same(row[field], words(text, getattr(found, field)), share)
    yield "likelihood", row["likelihood"] == found.likelihood
    yield "horizon", same(row["horizon"], found.horizon, PART)
    yield "dates", (row["earliest"], row["latest"]) == (found.earliest, found.latest)
    yield "speaker", same(row["speaker"], found.speaker, PART)


def words(text: str, span: Span | None) -> str | None:
    return text[span[0] : span[1]] if span else None


def same(gold: str | None, found: str | None, share: float) -> bool:
    if gold is None or found is None:
        return gold is found
    return shared(gold, found) >= share


def shared(one: str, other: str) -> float:
    """Words that both have, as a share of the words that either has."""
    a, b = set(_WORD.findall(one.casefold())) - {"the"}, set(_WORD.findall(other.casefold())) - {"the"}
    return len(a & b) / len(a | b) if a | b else 1.0


if __name__ == "__main__":
    run(measure)
