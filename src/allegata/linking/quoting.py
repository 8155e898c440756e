"""Passages as decisions name them: with the words they begin with, by which they are found again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allegata.model import Passage, Span

WORDS = 120
"""Characters of a passage by which it is found again."""


@dataclass(frozen=True, slots=True)
class Said:
    """A passage with the words it began with when it was decided on; "" where they were not kept."""

    passage: Passage
    words: str = ""

    def within(self, text: str) -> Said | None:
        """The same in a version of its Document that has ``text``: where its words stand, nearest to the old
        place. ``None`` where they are gone."""
        start, length = self.passage.start, self.passage.end - self.passage.start
        if not text.startswith(self.words, start):
            places = (text.rfind(self.words, 0, start + len(self.words)), text.find(self.words, start))
            start = min((p for p in places if p >= 0), key=lambda p: abs(p - start), default=len(text))
        end = min(start + length, len(text))
        return Said(Passage(self.passage.document, start, end), self.words) if start < end else None

    @property
    def span(self) -> Span:
        return (self.passage.start, self.passage.end)


def read_said(parts: Sequence[object]) -> Said:
    """``[document, start, end, words]``, the words left out or not. ValueError."""
    match parts:
        case [str(document), int(start), int(end), *rest] if 0 <= start < end and len(rest) < 2:
            words = rest[0] if rest else ""
            if isinstance(words, str) and len(words) <= WORDS:
                return Said(Passage(document, start, end), words)
    raise ValueError(parts)


def touches(passage: Passage, document: str, spans: Iterable[Span]) -> bool:
    return passage.document == document and any(a < passage.end and passage.start < b for a, b in spans)
