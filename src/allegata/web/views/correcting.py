"""A statement as a person puts it right: its words in the text, the form, and what comes of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allegata.linking.corrections import LONGEST_NAME, NO_STATEMENT, extent, statement_at
from allegata.linking.decisions import WORDS, placed_reading
from allegata.model import STANCES, Document, Reading, Span, Statement
from allegata.store.base import Store
from allegata.web import paths, words
from allegata.web.marks import Mark, layer
from allegata.web.query import BadQuery

PARTS = (("source", "Who says it"), ("cue", "The word that says so"), ("content", "What is said"))
AROUND = 600
"""Characters of the text that are shown before and after a statement."""

LONGEST_WORDS = 2000

_NOTHING = {"source": "", "cue": "", "speaker": ""}
"""What nobody has to say of a statement that was missed. Its words and stance are always said."""

_PART = re.compile(r"\s*(\d{1,9})\s*[-–]\s*(\d{1,9})\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement in the form. ``value`` is "120-180, 190-200"."""

    name: str
    label: str
    value: str
    words: str


def context(
    store: Store, document: Document, number: int, passage: Span | None = None
) -> dict[str, Any] | None:
    """The form for the statement with this number, as the machine read it; with ``passage`` and the number 0
    for one that it missed there. ``None`` where there is none."""
    reading = store.reading(document.id)
    if reading is None:
        return None
    held = _held(reading, number)
    span = extent(held) if held is not None else passage
    if span is None or span[0] >= len(document.text):
        return None
    right = placed_reading(reading, store.judgements()).statements
    now = statement_at(right, span) if held is None else next((s for s in right if s.id == held.id), None)
    shown = now or held or Statement("", (), (), (span,), "assert")
    start, end = max(0, span[0] - AROUND), min(len(document.text), span[1] + AROUND)
    spots = [Mark(a - start, b - start, "at") for a, b in (span,)]
    spots += [
        Mark(max(a, start) - start, min(b, end) - start, name)
        for name, _ in PARTS
        for a, b in getattr(shown, name)
        if a < end and start < b
    ]
    pieces = layer(spots, end - start, [])
    there = next((n for n, s in enumerate(reading.statements, 1) if now is not None and s.id == now.id), 0)
    return {
        "document": document,
        "number": number,
        "there": None if held is not None or now is None else there,
        "statement": shown,
        "gone": now is None and held is not None,
        "start": start,
        "pieces": [
            (
                document.text[start + p.start : start + p.end],
                " ".join(f"p-{n}" for n in p.layers if n != "at"),
            )
            for p in pieces
        ],
        "parts": [_part(document, shown, name, label) for name, label in PARTS],
        "subject": json.dumps(
            [document.id, *span, document.text[span[0] : min(span[1], span[0] + WORDS)]], ensure_ascii=False
        ),
        "speakers": sorted({s.name for s in reading.sources}, key=str.casefold)[:200],
        "stances": [(s, words.STANCE_WORDS.get(s, s)) for s in STANCES],
        "was": json.dumps(_as_given(shown) if now or held else _NOTHING, ensure_ascii=False),
        "no_statement": NO_STATEMENT,
        "longest": LONGEST_NAME,
        "twin": paths.document(document.id, twin=True),
    }


def find_words(text: str, said: str, near: str = "") -> Span:
    """Where words stand in a text, however its lines are broken; of several places that which is nearest to
    ``near`` thousandths of the text, else the first. BadQuery."""
    parts = said.split()
    if len(said) > LONGEST_WORDS:
        raise BadQuery(f"A statement has up to {LONGEST_WORDS:,} characters: give fewer words.")
    found = [m.span() for m in re.finditer(r"\s+".join(map(re.escape, parts)), text)]
    if not found:
        raise BadQuery(f"“{words.clip(said, 80)}” does not stand in the text: copy the words from it.")
    wanted = int(near) * len(text) // 1000 if near.isascii() and near.isdigit() and len(near) < 5 else 0
    return min(found, key=lambda span: abs(span[0] - wanted))


def _held(reading: Reading, number: int) -> Statement | None:
    return reading.statements[number - 1] if 0 < number <= len(reading.statements) else None


def _part(document: Document, statement: Statement, name: str, label: str) -> Part:
    spans = sorted(getattr(statement, name))
    said = " … ".join(document.text[a:b] for a, b in spans)
    return Part(name, label, ", ".join(f"{a}-{b}" for a, b in spans), words.clip(said, 120))


def _as_given(statement: Statement) -> dict[str, str]:
    spans = {n: ", ".join(f"{a}-{b}" for a, b in sorted(getattr(statement, n))) for n, _ in PARTS}
    return {**spans, "speaker": statement.speaker or "", "stance": statement.stance}


def value_of(given: Mapping[str, str]) -> str:
    """The value of the decision from the fields of the form: what is other than it ``was``. BadQuery."""
    try:
        was = json.loads(given.get("was", "{}"))
    except (ValueError, RecursionError):
        was = {}
    was = was if isinstance(was, dict) else {}
    value: dict[str, Any] = {}
    for name, label in PARTS:
        if name in given and given[name].strip() != was.get(name):
            value[name] = _spans(label, given[name])
    for name in ("speaker", "stance"):
        if name in given and given[name].strip() != was.get(name):
            value[name] = given[name].strip()
    if not value:
        raise BadQuery("Nothing is other than it was read: change a part, the speaker or the stance.")
    return json.dumps(value, ensure_ascii=False)


def _spans(label: str, given: str) -> list[list[int]]:
    found = [_PART.fullmatch(part) for part in given.split(",") if part.strip()]
    if None in found or len(found) > 6:
        raise BadQuery(f"“{label}” is given in characters, such as 120-180; several with commas.")
    return [[int(m[1]), int(m[2])] for m in found if m]
