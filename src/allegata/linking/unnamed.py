"""Unnamed sources that a text cites beside its statements: "citing two officials in the ministry", "a
visitor to the camp told the Courier", "she said a colleague told her", "the information came from two
drivers"."""

from __future__ import annotations

import re

from allegata.linking.voices import head, is_noun_of_people
from allegata.model import Span, Spans

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
_WORDS = r"(?:['’]s?\s+(?:own\s+)?(?:testimon(?:y|ies)|accounts?|statements?|words|reports?)\b)?"
_CITED = re.compile(
    r"\b((?i:citing|quoting|cited|cites|quotes|quoted|based on|relying on))\s+"
    rf"((?:(?!(?:by|in|as|from|to|and)\b)[\w'’.-]{{1,30}}\s+){{0,4}}?{_PEOPLE}{_WHERE}){_WORDS}{_END}"
)
_SUBJECT = re.compile(
    r"(?:^|[,;:.“”\"]\s*|\bthat\s+|\breports\s+)"
    rf"((?:an?|one|two|three|several|some|multiple|the|unnamed|anonymous)\s+(?:[\w'’.-]{{1,30}}\s+){{0,4}}?{_PEOPLE}{_WHERE})"
    r"(?:\s+(?:who|that)\s[^.;]{1,120})?(?:,[^.;]{1,80},)?"
    r"\s*(?:(?:\w{1,20}ly|\w{1,20}day|on\s+\w{1,20}day|also|has|had)\s+){0,3}$",
    re.IGNORECASE,
)

_DESCRIBED = r"(?:[\w'’-]{1,30}\s+){0,4}?[\w'’-]{3,30}"
_HAD_IT_FROM = (
    re.compile(
        r"\b(?P<cue>(?i:(?:said|says|saying|claim\w{0,3}|add\w{0,3}|insist\w{0,3})))\s+(?:that\s+)?"
        rf"(?P<who>(?:an?|one|two|several|some)\s+{_DESCRIBED}(?:{_WHERE}))"
        r"(?:\s+(?:he|she|they|who|whom)\s[^,.;“”\"]{1,40}?)?\s+(?:(?:had|has|have)\s+)?"
        r"(?:told\s+(?:him|her|them)(?!\s+(?:not\s+)?to\b)|(?:revealed|passed|provided|leaked|given|gave)\s+(?:(?:him|her|them)\s+)?"
        r"(?:the|this)\s+(?:information|details|tip|news|story))\b"
    ),
    re.compile(
        r"\b(?P<cue>(?i:(?:information|details|tip|tip-off|claims?|allegations?|story|news))\s+(?:had\s+|has\s+)?"
        r"(?:came|come|comes|stem|stems|stemmed|originated))\s+from\s+[“\"‘]?"
        rf"(?P<who>{_DESCRIBED})(?=[,.;:”\"’]|\s+(?:who|that|in|at|on|with|and|inside)\b|\s*$)"
    ),
)
"""Somebody has it from others who are not named: the hearer speaks openly, those others do not."""


def find_cited(text: str, sentence: Span) -> list[tuple[str, Span, Span]]:
    """(description, its span, span of the word that cites) for unnamed sources that a sentence cites."""
    end = min(sentence[1], sentence[0] + MOST)
    cited = [(_bare(m.group(2)), m.span(2), m.span(1)) for m in _CITED.finditer(text, sentence[0], end)]
    heard = (m for pattern in _HAD_IT_FROM for m in pattern.finditer(text, sentence[0], end))
    told = [(_bare(m["who"]), m.span("who"), m.span("cue")) for m in heard]
    return [*cited, *(t for t in told if is_noun_of_people(head(t[0])))]


_INCLUDING = re.compile(
    r",?\s+including\s+(?:the\s+|an?\s+)?(?P<who>(?:[\w'’-]{1,30}\s+){0,9}?[\w'’-]{2,30})"
    r"(?=,|\s+(?:said|say|told|tell|reported|confirmed|claimed)\b)"
)


def find_included(text: str, source: Spans) -> str | None:
    """Who "multiple sources, including two drivers at the depot," are said to be."""
    if not source:
        return None
    start, end = min(a for a, _ in source), max(b for _, b in source)
    m = _INCLUDING.search(text, start, end + BACK)
    if m is None or m.start() > end or not is_noun_of_people(head(m["who"])):
        return None
    return re.sub(r"\s+", " ", m["who"])


def find_teller(text: str, start: int, end: int) -> tuple[str, Span] | None:
    """The unnamed subject right before "told", which stands at ``end``; with its span."""
    m = _SUBJECT.search(text, max(start, end - BACK), end)
    return (_bare(m.group(1)), m.span(1)) if m else None


def _bare(printed: str) -> str:
    return re.sub(r"^(?:an?|the)\s+", "", re.sub(r"\s+", " ", printed.strip()), flags=re.IGNORECASE)
