"""Numbers that drift while a claim is told: three dead become thirty, and it is one claim still."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from allegata.linking.numbers import find_numbers
from allegata.linking.texts import Text
from allegata.linking.words import words
from allegata.model import Span

FAR = 3
"""Words behind a number among which what it counts is looked for: "30 young women"."""

LEAST = 4
"""Letters of what is counted; shorter words are of the grammar."""

YEARS = range(1500, 2200)

_BROKEN = re.compile(r"[^\w\s-]")


def find_variants(mine: Sequence[Text], spans: Mapping[str, Sequence[Span]]) -> dict[str, str]:
    """document -> how its number differs from the first telling's ("30 people, first told as 3"), for what is
    counted in the passages of two documents at least. ``mine`` in order of time."""
    told: dict[str, dict[str, set[int]]] = defaultdict(dict)
    for text in mine:
        for counted, values in _counted(text, spans.get(text.id, ())).items():
            told[counted][text.id] = values
    out: dict[str, str] = {}
    for counted, by_document in sorted(told.items()):
        first = next((by_document[t.id] for t in mine if t.id in by_document), set())
        for document, values in by_document.items():
            if len(by_document) > 1 and len(first) == len(values) == 1 and values != first:
                said, was = next(iter(values)), next(iter(first))
                out.setdefault(document, f"{said} {counted}, first told as {was}")
    return out


def _counted(text: Text, spans: Sequence[Span]) -> dict[str, set[int]]:
    """What the passages count, with its numbers. Years count nothing."""
    found: dict[str, set[int]] = defaultdict(set)
    for a, b in spans:
        said = text.document.text[a:b]
        passage = words(said)
        for number in find_numbers(passage, text.language):
            behind = passage[number.end : number.end + FAR]
            counted = next((w for w in behind if len(w.norm) >= LEAST and w.norm.isalpha()), None)
            if counted is None or number.value in YEARS:
                continue
            between = said[passage[number.end - 1].end : counted.start]
            if not _BROKEN.search(between):  # not "June 25 (Orbis)"
                found[counted.norm].add(number.value)
    return dict(found)
