"""Acts alleged and acts asserted, on 70 texts of our own (``data/acts.jsonl``), with the statements given.

They are other texts than the contrast suite's and use other verbs: they show what the lexicon has not got.
Slots are compared as the contrast suite's scorer compares them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from allegata.model import Document, Span, Statement
from allegata.reading.allegations import find_allegations
from allegata.reading.parsing import parse
from allegata.reading.places import find_places, only_places
from allegata.reading.speakers import resolve_speakers
from evals.figures import run
from evals.shared import scorer

TEXTS = Path(__file__).with_name("data") / "acts.jsonl"
SLOTS = ("claimant", "accused", "act", "victim", "place")


def statements_of(row: dict[str, Any]) -> tuple[Statement, ...]:
    """``said`` rows are (source, cue, content, stance, row nested in), each by its words."""
    text = row["text"]
    out: list[Statement] = []

    def span(words: str, start: int) -> Span:
        at = text.index(words, start)
        return (at, at + len(words))

    for number, (source, cue, content, stance, parent) in enumerate(row["said"]):
        start = out[parent].content[0][0] if parent is not None else 0
        out.append(
            Statement(
                id=f"s{number}",
                source=(span(source, start),) if source else (),
                cue=(span(cue, start),),
                content=(span(content, start),),
                stance=stance,
                nested_in=None if parent is None else f"s{parent}",
            )
        )
    return tuple(out)


def measure() -> dict[str, float]:
    """Rates from 0 to 1. ``*_false`` are better low."""
    same = scorer("score_contrast").same_slot
    texts = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    right = dict.fromkeys(SLOTS, 0)
    alleged = false = events = event_right = event_false = 0
    for row, doc in zip(texts, parse(row["text"] for row in texts), strict=True):
        document = Document(row["id"], row["text"])
        statements, _ = resolve_speakers(document, doc, statements_of(row))
        found, asserted = find_allegations(document, doc, statements, only_places(find_places(document, doc)))
        first, gold = (found[0] if found else None), row["allegation"]
        if gold is None:
            false += first is not None
        else:
            alleged += 1
            for slot in SLOTS:
                value: Any = getattr(first, slot) if first is not None else None
                value = value.name if slot == "place" and value is not None else value
                wanted = [gold[slot], *row.get("alt", {}).get(slot, [])]
                right[slot] += first is not None and any(same(slot, w, value) for w in wanted)
        act = asserted[0].act if asserted else None
        if row.get("event"):
            events += 1
            event_right += act == row["event"]
        else:
            event_false += act is not None
    figures = {slot: count / alleged for slot, count in right.items()}
    figures["allegation_false"] = false / (len(texts) - alleged)
    figures["event_root"] = event_right / events
    figures["event_false"] = event_false / (len(texts) - events)
    return figures


if __name__ == "__main__":
    run(measure)
