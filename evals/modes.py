"""Modes and CAMEO codes of acts, on 71 sentences of our own (``data/modes.jsonl``) and PLOVER's gold records.

A sentence's first act of the labelled root counts. ``given`` is how many of the labelled modes are found,
``right`` how many of those given are right; a mode where the label has none is wrong. In the gold records,
whose modes are those of an older version, ``records_right`` counts modes that both versions have.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allegata.model import Document
from allegata.reading.allegations import find_allegations
from allegata.reading.allegations.acts import find_acts
from allegata.reading.allegations.modes import find_mode
from allegata.reading.parsing import parse
from allegata.reading.speakers import resolve_speakers
from evals.acts import statements_of
from evals.figures import run
from evals.shared import SkippedError
from evals.shared import rows as shared_rows

DATA = Path(__file__).with_name("data") / "modes.jsonl"
OLDER = {
    "strike-hun": "hunger",
    "demo-org": "demo",
    "demo-spon": "demo",
    "riot-spon": "riot",
    "assassinate": "targeted",
    "detain": "arrest",
    "host": "visit",
}
"""Names of modes in the gold records, and what they are called since."""


def coded() -> Iterator[tuple[dict[str, Any], str | None, str | None, str | None]]:
    """(row, root, mode, code) of each sentence's act."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    for row, doc in zip(rows, parse(row["text"] for row in rows), strict=True):
        document = Document(row["id"], row["text"])
        statements, _ = resolve_speakers(document, doc, statements_of({"said": (), **row}))
        alleged, asserted = find_allegations(document, doc, statements, ())
        found = [a for a in (*alleged, *asserted) if a.act == row["root"]]
        one = found[0] if found else None
        yield row, one and one.act, one and one.mode, one and one.cameo


def measure() -> dict[str, float]:
    """Rates from 0 to 1."""
    found = list(coded())
    labelled = [f for f in found if f[0]["mode"]]
    given = [f for f in found if f[2]]
    codes = [f for f in found if f[3]]
    figures = {
        "given": sum(mode == row["mode"] for row, _, mode, _ in labelled) / len(labelled),
        "right": sum(mode == row["mode"] for row, _, mode, _ in given) / len(given),
        "code_right": sum(code == row["cameo"] for row, _, _, code in codes) / len(codes),
    }
    try:
        return figures | _records()
    except SkippedError:
        return figures


def _records() -> dict[str, float]:
    rows = [r for r in shared_rows("plover/plover_records.jsonl") if r["mode"]]
    given = right = 0
    for row, doc in zip(rows, parse(r["text"] for r in rows), strict=True):
        wanted = OLDER.get(row["mode"], row["mode"])
        modes = {find_mode(a.token, a.root)[0] for a in find_acts(doc) if a.root == row["plover"]} - {None}
        given += bool(modes)
        right += wanted in modes
    return {"records_given": given / len(rows), "records_right": right / max(1, given)}


if __name__ == "__main__":
    run(measure)
