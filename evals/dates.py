"""When acts are said to have been, and when that was said, on 62 texts of our own (``data/dates.jsonl``).

The first allegation of a text counts, or else its first event; texts whose act is not found count for nothing
but ``acts``. A date is right when its words are found and its days and precision are the labelled ones.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from allegata.model import Document, Moment
from allegata.reading.allegations import Times, find_allegations
from allegata.reading.parsing import parse
from allegata.reading.speakers import resolve_speakers
from evals.acts import statements_of
from evals.figures import run

DATA = Path(__file__).with_name("data") / "dates.jsonl"


def found() -> list[tuple[dict[str, Any], bool, Moment | None, Moment | None]]:
    """(row, whether its act was found, when it was, when it was said) of each text."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    out = []
    for row, doc in zip(rows, parse(row["text"] for row in rows), strict=True):
        document = Document(row["id"], row["text"], published=row["published"])
        times = Times(doc, document.published)
        statements, _ = resolve_speakers(document, doc, statements_of({"said": (), **row}))
        statements = times.of_statements(statements)
        alleged, asserted = find_allegations(document, doc, statements, (), (), times)
        act = next(iter((*alleged, *asserted)), None)
        told = next((s.said for s in statements if s.said is not None), None)
        out.append((row, act is not None, act.when if act is not None else None, told))
    return out


def same(row: dict[str, Any], key: str, moment: Moment | None) -> bool:
    """Whether a moment is the labelled one. Words may differ by a preposition."""
    gold = row[key]
    if gold is None or moment is None:
        return gold is None and moment is None
    words = row["text"][moment.start : moment.end]
    exact = "precision" not in gold or gold["precision"] == moment.precision
    days = (gold["earliest"], gold["latest"]) == (moment.earliest, moment.latest)
    return days and exact and (words in gold["words"] or gold["words"] in words)


def measure() -> dict[str, float]:
    """Rates from 0 to 1; ``false``, of texts without a date, is better low."""
    all_found = found()
    acts = [f for f in all_found if f[1]]
    dated = [f for f in acts if f[0]["when"]]
    undated = [f for f in acts if not f[0]["when"]]
    told = [f for f in all_found if f[0]["told"]]
    return {
        "acts": len(acts) / len(all_found),
        "act": sum(same(row, "when", when) for row, _, when, _ in dated) / len(dated),
        "false": sum(when is not None for _, _, when, _ in undated) / len(undated),
        "said": sum(same(row, "told", said) for row, _, _, said in told) / len(told),
        "said_false": sum(said is not None and not row["told"] for row, _, _, said in all_found)
        / sum(not row["told"] for row, *_ in all_found),
    }


if __name__ == "__main__":
    run(measure)
