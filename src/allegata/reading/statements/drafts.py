"""A Statement in the making, and the handling of spans that all finders share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from allegata.model import Span

EDGE = " \t\r\n\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff,;:.!?…\"“”„'‘’`«»-–—|*•·#"
"""Stripped from the edges of a content: space, invisible characters, stops, quotation marks, dashes."""
CONTENTLESS = frozenset({"alone", "relative", "account", "idiom", "framed"})
"""Frames that stand without content: "declined to comment", "which Georgetown denies", "Kyiv's account"."""


@dataclass(slots=True)
class Draft:
    """What a finder found. ``head`` is the token of the cue, -1 where the cue is no word.

    ``kind`` is the class of the sense (vocab/cues: speech, finding, thought, attitude) or the finder: adverb,
    nominal, phrase, line, post, turn. ``frame`` is the construction. ``zone`` is the stretch that source and
    cue take where they interrupt or follow the content. ``quotable``: a quotation may be its content.
    """

    head: int
    kind: str
    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    zone: Span | None = None
    quotable: bool = False
    frame: str = ""
    stance: str | None = None

    @property
    def place(self) -> int:
        """Where it stands in the text: its cue, or else its content."""
        spans = self.cue or self.content or self.source
        return spans[0][0] if spans else 0


def trim(text: str, start: int, end: int, edge: str = EDGE) -> Span | None:
    """The span without ``edge`` characters at either side, or None where nothing is left."""
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    if start < end and text[start] == "(" and text[end - 1] == ")" and text.find(")", start) == end - 1:
        return trim(text, start + 1, end - 1, edge)
    return (start, end) if end > start else None


def unite(spans: Iterable[Span], text: str = "") -> list[Span]:
    """Spans in order, those that touch or overlap joined (and those with only white space between them)."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or (text and not text[out[-1][1] : start].strip())):
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def carve(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """The spans without the holes."""
    out = list(spans)
    for a, b in holes:
        rest: list[Span] = []
        for start, end in out:
            if b <= start or a >= end:
                rest.append((start, end))
                continue
            if a > start:
                rest.append((start, a))
            if b < end:
                rest.append((b, end))
        out = rest
    return out


def holds(spans: Iterable[Span], inner: Span) -> bool:
    """True where one of the spans holds all of ``inner``."""
    return any(start <= inner[0] and inner[1] <= end for start, end in spans)


def overlaps(spans: Iterable[Span], other: Iterable[Span]) -> bool:
    others = list(other)
    return any(a < d and c < b for a, b in spans for c, d in others)
