"""Pages of our own that pad one allegation, labelled sentence by sentence.

``data/padded/NAME.txt``: a line is a code of the role with ``+`` for speech, a bar, and a sentence; an empty
line ends a paragraph, and what is not applicable stands on a line of its own. Lines with ``#`` hold the date,
how many origins the page has, and whose words it all goes back to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from allegata.model import Document, Reading, Span
from allegata.reading.pipeline import read_documents

FOLDER = Path(__file__).with_name("data") / "padded"

CODES = {
    "M": "main_event",
    "Q": "consequence",
    "P": "previous_event",
    "C": "current_context",
    "H": "historical_event",
    "A": "anecdotal_event",
    "E": "evaluation",
    "X": "expectation",
    "N": "not_applicable",
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence as a person labelled it."""

    span: Span
    role: str
    speech: bool


@dataclass(frozen=True, slots=True)
class Page:
    document: Document
    sentences: tuple[Labelled, ...]
    origins: int


def pages() -> list[Page]:
    return [page(path) for path in sorted(FOLDER.glob("*.txt"))]


def page(path: Path) -> Page:
    heads: dict[str, str] = {}
    text = ""
    sentences: list[Labelled] = []
    fresh = True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            heads[key.strip()] = value.strip()
            continue
        code, _, words = line.partition("|")
        if not words:
            fresh = True
            continue
        code = code.strip()
        alone = code[0] == "N"
        if text:
            text += "\n" if fresh or alone else " "
        sentences.append(Labelled((len(text), len(text) + len(words)), CODES[code[0]], code.endswith("+")))
        text += words
        fresh = alone
    document = Document(path.stem, text, published=heads["published"], language="en")
    return Page(document, tuple(sentences), int(heads["origins"]))


def role_pairs(reading: Reading, labelled: Sequence[Labelled]) -> list[tuple[str, str]]:
    """(role by a person, role read): for each labelled sentence the read one that overlaps it most."""
    return [
        (
            gold.role,
            max(reading.sentences, key=lambda s: min(gold.span[1], s.end) - max(gold.span[0], s.start)).role,
        )
        for gold in labelled
    ]


def read(found: list[Page]) -> list[Reading]:
    return list(read_documents(p.document for p in found))
