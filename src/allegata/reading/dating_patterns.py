"""The forms of words that say when something was, as one pattern; read by `datings`."""

from __future__ import annotations

import re

from allegata.reading.periods import COUNTS, MONTHS, WEEKDAYS

_YEAR = r"(?:1[89]|20|21)\d\d"
_NUMBER = rf"\d{{1,3}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))}"
_UNIT = r"day|week|fortnight|month|year|decade"
_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = rf"(?:{'|'.join(m.capitalize() for m in MONTHS)}|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_TIME = r"night|morning|evening|afternoon"
_AT = (
    r"(?:(?:[Ee]arly|[Ll]ater?|[Ee]arlier) )?(?:(?:[Ii]n|[Oo]n|[Dd]uring|[Aa]t) )?(?:[Tt]he )?"
    rf"(?:(?:early )?(?:{_TIME}|hours|dawn) of )?"
)
_TH = r"(?:st|nd|rd|th)?"
_DAY = (
    rf"(?:the )?(?P<day>\d{{1,2}}){_TH}(?: of)? (?P<month>{_MONTH})"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}}){_TH}"
)
_UNITS_OF_TIME = "day|night|week|month|year|hour|minute"
_NONE = f"fact|same|time|age|end|start|way|whole|rest|other|first|last|next|past|{_UNITS_OF_TIME}"
_EVENT = rf"(?!(?:{_NONE})\b)[a-z]{{4,20}}"
_TO = r"(?:and|to|until|till)"

_PATTERNS = {
    "iso": r"(?:on )?(?P<iso>\d{4}-\d\d-\d\d)",
    "range": (
        rf"(?:[Bb]etween|[Ff]rom) (?P<r1>\d{{1,2}}){_TH}(?: (?P<rm1>{_MONTH}))? {_TO} "
        rf"(?P<r2>\d{{1,2}}){_TH} (?P<rm>{_MONTH})(?:,? (?P<ry>{_YEAR}))?"
    ),
    "dayrange": rf"(?:between|from) (?P<w1>{_WEEKDAY}) {_TO} (?P<w2>{_WEEKDAY})",
    "date": (
        rf"(?P<since>[Ss]ince )?{_AT}(?:(?i:{_WEEKDAY}),? )?(?:the (?:{_TIME}) of )?(?:{_DAY})(?!\d)"
        rf"(?:,? (?P<year>{_YEAR})\b)?"
    ),
    "event": (
        rf"(?:(?P<en>{_NUMBER}) (?P<eu>day|week|month|year)s? "
        r"|(?:on )?the (?P<e1>day|night|eve|evening|morning|week|month|year) )"
        rf"(?P<erel>before|after|of|following) (?:the|its|his|her|their) (?P<event>{_EVENT})"
    ),
    "anchor": (
        rf"(?P<an>{_NUMBER}) (?P<au>day|week|month|year)s? (?P<arel>later|earlier)"
        r"|(?:on |in |during )?the (?P<a1>previous|following|next|same) "
        r"(?P<a1u>day|night|evening|morning|week|month)"
        r"|(?:on )?the (?P<a2>day|night|week) (?P<a2rel>before|after)(?! \w)"
        r"|(?:on )?that (?:same )?(?P<a3>day|night|evening|morning)"
    ),
    "ago": rf"(?:some |about |around |nearly |almost |just )?(?P<gn>{_NUMBER}) (?P<gu>{_UNIT})s? ago",
    "past": rf"(?:over|in|during|within) the (?:past|last) (?:(?P<pn>{_NUMBER}) )?(?P<pu>{_UNIT})s?",
    "recent": (
        r"(?:in|over|during) (?:the )?(?:recent|past|last few|past few|last several) "
        r"(?P<recent>day|week|month)s"
    ),
    "weekday": (
        r"(?P<wsince>since )?(?:(?:early|late|later|overnight|earlier) )?(?:(?:in|into|on|during|at) )?"
        rf"(?:(?P<which>last|this|past) )?(?:the (?:early hours|{_TIME}) of )?(?P<weekday>{_WEEKDAY})\b"
        rf"(?: (?P<part>{_TIME}))?(?P<lastweek> (?:of )?last week)?"
    ),
    "near": (
        rf"(?:early |late |later |earlier )?(?:the day before yesterday|yesterday(?: (?:{_TIME}))?|today"
        rf"|tonight|overnight|last night|this (?:{_TIME}))"
    ),
    "lastunit": (
        r"(?:earlier |late |early |later )?(?:in )?(?P<lw>last|this|(?:the )?past) "
        r"(?P<lu>week|weekend|month|year|decade)\b"
    ),
    "weekend": r"(?:at|over|during) the (?P<we>weekend)",
    "monthname": (
        r"(?P<msince>[Ss]ince )?(?:[Ii]n |[Dd]uring |(?P<mlast>[Ll]ast |[Tt]his )|(?<=ince ))"
        r"(?P<mpart>(?:early|late|mid)[ -]|the (?:start|end|beginning|middle) of )?"
        rf"(?P<mname>{_MONTH})(?![\w-])(?:(?: of)?,? (?P<myear>{_YEAR}|last year)\b)?"
    ),
    "season": (
        r"(?:(?:in|during) (?:the )?(?:(?:early|late|mid) )?|(?P<slast>last|this) )"
        rf"(?P<season>spring|summer|autumn|winter)\b(?:(?: of)?,? (?P<syear>{_YEAR}|last year)\b)?"
    ),
    "feast": (
        r"(?:[Oo]n|[Aa]t|[Oo]ver|[Ll]ast) (?P<feast>Christmas|Easter|New Year)(?:['’]s)?"
        rf"(?: (?P<eve>Day|Eve|Sunday))?(?: (?P<fyear>{_YEAR}))?"
    ),
    "yearname": rf"(?:(?P<ysince>since )|in |during )(?P<ypart>early |late |mid-)?(?P<yname>{_YEAR})\b(?!-)",
}
_CASED = frozenset({"date", "range", "monthname", "feast"})
"""Those whose names of months are also words, and are read by their capitals."""

KINDS = tuple(_PATTERNS)
ALL = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{kind}_>{p if kind in _CASED else f'(?i:{p})'})" for kind, p in _PATTERNS.items())
    + r")(?!\w)"
)
"""Each alternative is a group of its kind's name and "_"; of two the earlier, then the upper one counts."""
ANY = re.compile(
    rf"{_WEEKDAY}|{_MONTH}|\b{_YEAR}\b|\b(?:ago|yesterday|today|tonight|overnight|eve|Christmas|Easter"
    rf"|New Year|weekend|spring|summer|autumn|winter|decade|fortnight|{_UNITS_OF_TIME}|{_TIME})s?\b",
    re.IGNORECASE,
)
"""One of these is in every dating; most sentences have none."""
AHEAD = re.compile(
    r"\b(?:by|until|till|before|next|coming|tomorrow|every|each|ahead of) (?:the )?$", re.IGNORECASE
)
"""What stands before words that name no time at which something was."""
