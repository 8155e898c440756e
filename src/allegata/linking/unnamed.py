"""Unnamed sources that a text cites beside its statements: "citing two officials in the ministry", "a
visitor to the camp told the Courier"."""

from __future__ import annotations

import re

from allegata.model import Span

MOST, BACK = 1200, 260
"""Characters of a sentence that are searched, and those before "told"."""

_PEOPLE = (
    r"(?:sources?|officials?|officers?|witnesses|eyewitnesses|residents?|activists?|diplomats?|insiders?|person|"
    r"people|visitors?|lawmakers?|aides?|commanders?|fighters?|survivors?|doctors?|medics|relatives|experts?|"
    r"analysts?|employees?|informants?|defectors?|eyewitness reports|witness accounts|accounts)"
)
_WHERE = (
    r"(?:\s+(?:in|inside|at|from|with|within|near|close to|familiar with|to|of|on)\s+[^,.;:\n“”\"]{2,50}?)?"
)
_END = r"(?=[,.;:]|\s+(?:said|saying|says|who|whom|that|reported|as|told|it|it’s|they|for|\w{1,20}ed)\b|\s*$)"
_CITED = re.compile(
    r"\b((?i:citing|quoting|cited|cites|quotes|quoted|based on|relying on))\s+"
    rf"((?:(?!(?:by|in|as|from|to|and)\b)[\w'’.-]{{1,30}}\s+){{0,4}}?{_PEOPLE}{_WHERE}){_END}"
)
_SUBJECT = re.compile(
    r"(?:^|[,;:.“”\"]\s*|\bthat\s+|\breports\s+)"
    rf"((?:an?|one|two|three|several|some|multiple|the|unnamed|anonymous)\s+(?:[\w'’.-]{{1,30}}\s+){{0,4}}?{_PEOPLE}{_WHERE})"
    r"(?:\s+(?:who|that)\s[^.;]{1,120})?(?:,[^.;]{1,80},)?"
    r"\s*(?:(?:\w{1,20}ly|\w{1,20}day|on\s+\w{1,20}day|also|has|had)\s+){0,3}$",
    re.IGNORECASE,
)


def find_cited(text: str, sentence: Span) -> list[tuple[str, Span, Span]]:
    """(description, its span, span of the word that cites) for unnamed sources that a sentence cites."""
    end = min(sentence[1], sentence[0] + MOST)
    return [(_bare(m.group(2)), m.span(2), m.span(1)) for m in _CITED.finditer(text, sentence[0], end)]


def find_teller(text: str, start: int, end: int) -> tuple[str, Span] | None:
    """The unnamed subject right before "told", which stands at ``end``; with its span."""
    m = _SUBJECT.search(text, max(start, end - BACK), end)
    return (_bare(m.group(1)), m.span(1)) if m else None


def _bare(printed: str) -> str:
    return re.sub(r"^(?:an?|the)\s+", "", re.sub(r"\s+", " ", printed.strip()), flags=re.IGNORECASE)
