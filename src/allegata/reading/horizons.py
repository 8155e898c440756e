"""Words that say by when something is to happen, where they stand in a sentence: "by Friday", "in May"."""

from __future__ import annotations

import re
from collections.abc import Sequence

Found = tuple[int, int, str]
"""Start and end in the sentence, and the words with single spaces."""

NUMBER = (
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several"
    r"|(?:a )?few|(?:a )?couple of|a matter of|a handful of)"
)
UNIT = r"(?:hours?|days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|terms?|seasons?)"
DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = (
    r"(?:january|february|march|april|(?-i:May)|june|july|august|september|october|november|december"
    r"|jan\.|feb\.|aug\.|sept\.|oct\.|nov\.|dec\.)"
)
_DATE = rf"(?:{MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?|20\d\d)"
_FEAST = r"(?:easter|christmas|ramadan|eid|(?:the )?new year|midnight|dawn|nightfall)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_POINT = rf"(?:{DAY}|{_DATE}|{_SEASON}|{_FEAST}|tomorrow|tonight|then|year-end|month-end)"
_SPAN = rf"(?:(?:the )?(?:coming|next|following) )?(?:{NUMBER} )?(?:(?:more|coming) )?{UNIT}"
_THIS = rf"(?:this|next|(?:the )?(?:coming|following)) (?:{UNIT}|{DAY}|{MONTH}|{_SEASON})"
_PART = r"(?:early |late |mid-?|(?:the )?(?:end|start|beginning|middle|close) of (?:the )?)*"
_EVENT = (
    r"(?:vote|election|polls|summit|talks|deadline|harvest|rains|monsoon|trial|hearing|referendum|ballot)"
)

_PATTERNS = tuple(
    re.compile(rf"\b{pattern}\b", re.IGNORECASE)
    for pattern in (
        rf"(?:by|before|until|till|ahead of) (?:the )?{_PART}(?:{_POINT}|{_THIS}|(?:the )?{UNIT})",
        rf"(?:by|before|until|till|ahead of|after) (?:the |next )(?:[a-z]+ )?{_EVENT}",
        rf"(?:within|in|over|during|inside) (?:the )?(?:coming|next|following) {UNIT}(?: and {UNIT})?",
        rf"(?:within|inside) {_SPAN}",
        rf"for (?:(?:at least|up to|another|the next|more than) )?(?:{NUMBER} )?{UNIT}(?: to come)?",
        rf"(?:in|over|during) {_SPAN}(?! ago)",
        rf"(?:early |late |later |earlier )?(?:in )?{_THIS}",
        rf"the coming {UNIT}(?: and {UNIT})?|the {UNIT}(?: and {UNIT})? (?:to come|ahead)",
        rf"(?:as (?:early|soon) as|no (?:earlier|sooner|later) than) {_PART}(?:{_POINT}|{_THIS})",
        rf"(?:on|from|after|starting|beginning) (?:{DAY}|{MONTH} \d{{1,2}}(?:,? \d{{4}})?"
        rf"|\d{{1,2}} {MONTH}(?: \d{{4}})?)",
        rf"(?:in|for) (?:{_PART})?{MONTH}(?: \d{{4}})?|in {_PART}20[2-9]\d",
        r"(?:in|during) the (?:(?:early|late) )?(?:spring|summer|autumn|fall|winter)(?: of 20\d\d)?",
        r"(?:over|at) the weekend|in the new year|later today",
        r"tomorrow|tonight|soon|shortly|imminently|in the near future|in due course|sooner or later",
        r"in the (?:short|long|medium) (?:term|run)",
        rf"{DAY}",
    )
)
_ANY = re.compile(
    rf"{DAY}|hour|day|week|fortnight|month|quarter|year|decade|term|season|{MONTH}|20\d\d|{_SEASON}|{_FEAST}"
    rf"|then|tomorrow|tonight|today|soon|shortly|imminently|near future|due course|run\b|{_EVENT}",
    re.IGNORECASE,
)
"""One of these is in every horizon; most sentences have none."""
_PAST = re.compile(r"\b(?:last|past|previous|since|ago|earlier this|yesterday)\b", re.IGNORECASE)
_AFTER_ALL = re.compile(r"\b(?:as|too|how|so) $", re.IGNORECASE)
"""Before "soon": no horizon."""


def find_horizons(text: str) -> list[Found]:
    """Horizons of a sentence in order; of two that overlap the earlier pattern's."""
    found: list[Found] = []
    if not _ANY.search(text):
        return found
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            past = _PAST.search(text[max(0, start - 12) : end + 6]) or _AFTER_ALL.search(text[:start][-6:])
            if not past and all(end <= a or start >= b for a, b, _ in found):
                found.append((start, end, " ".join(match.group().split())))
    return sorted(found)


def nearest(horizons: Sequence[Found], at: int) -> Found | None:
    """The first horizon behind the word that speaks of what is to come, else the last before it."""
    behind = [found for found in horizons if found[0] >= at]
    before = [found for found in horizons if found[0] < at]
    return behind[0] if behind else before[-1] if before else None
