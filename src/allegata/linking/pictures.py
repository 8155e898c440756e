"""Who took the pictures and videos of a page: "Photo: Coast Agency", "Image courtesy of …", "Video: @handle /
Chirper". Such a credit is for the picture. It says where the page has its claim from only where the text says
that the picture shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from allegata.model import Span
from allegata.vocab import load

MOST, MOST_CREDITS = 60_000, 40
"""Characters of a text that are searched, and credits that one page may have."""

_NAME = r"(?P<name>[@\w«„“\"][^\n\[\]()|;。，）】]{1,78}?)"
_END = r"(?=\s*(?:[)\]|;。，）】]|\n|\.(?:\s|$)|$))"
_HANDLE = re.compile(r"@[\w.]{1,50}\w")
_PARTED = re.compile(r"\s*(?:/|·|•|\bvia\b|,)\s*")


@dataclass(frozen=True, slots=True)
class PictureCredit:
    """``name``, as printed at ``spot``, is credited for a picture by the words at ``span``. ``shows`` spans
    the sentence that says that the picture shows what it tells; ``None`` where none does."""

    name: str
    spot: Span
    span: Span
    shows: Span | None = None


def _any(key: str) -> str:
    listed = sorted(load("citations")["pictures"][key], key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("’", "['’]") for w in listed)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    label = rf"(?<![\w@])(?:{_any('labels')})"
    return (
        # "Photo: …", "Video credit: …", "Crédit photo : …"
        re.compile(rf"(?i:{label}(?:\s+(?:{_any('credits')}))?\s?[:：])\s*{_NAME}{_END}"),
        # "Photo by …" alone on a line or in brackets; "Image courtesy of …" anywhere
        re.compile(rf"(?:(?<=[(\[\n])|\A)\s*(?i:{label}\s+(?:{_any('credits')}))\s+{_NAME}{_END}"),
        re.compile(rf"(?i:{label}s?,?\s+(?:{_any('courtesies')}))\s+(?:the\s+)?{_NAME}{_END}"),
        re.compile(rf"(?:(?<=[(\[\n])|\A)\s*(?:©|\(c\)|(?i:{_any('courtesies')}))\s+{_NAME}{_END}"),
        # "(Ann Lee/Coast Agency via Getty Images)"
        re.compile(
            rf"(?<=\()(?P<name>[@\w][^\n()]{{1,60}}?\s(?:via|/)\s?(?:Getty|Shutterstock|Wikimedia)[^\n()]{{0,20}}){_END}"
        ),
    )


@lru_cache(maxsize=4096)
def find_picture_credits(text: str) -> tuple[PictureCredit, ...]:
    """Credits for pictures in a text, in order, no two overlapping."""
    text = text[:MOST]
    found: list[PictureCredit] = []
    for pattern in _patterns():
        for m in pattern.finditer(text):
            if len(found) >= MOST_CREDITS:
                break
            if any(c.span[0] < m.end() and m.start() < c.span[1] for c in found):
                continue
            start = m.start("name")
            name = _first(m.group("name"))
            if _is_name(name):
                at = text.index(name, start)
                found.append(PictureCredit(name, (at, at + len(name)), m.span(), _shown(text, m.span())))
    return tuple(sorted(found, key=lambda c: c.span))


def only_pictures(text: str) -> tuple[Span, ...]:
    """The spans of credits that are for a picture and for nothing that the text tells."""
    return tuple(c.span for c in find_picture_credits(text) if c.shows is None)


def _first(printed: str) -> str:
    """Who took it, of "@handle / Chirper", "Ann Lee, Coast Agency": a handle if there is one, else the
    first."""
    handle = _HANDLE.search(printed)
    return handle.group() if handle else _PARTED.split(printed.strip(" «»„“”\"'"))[0].strip(" «»„“”\"'")


def _is_name(printed: str) -> bool:
    """Not the rest of a sentence: of few words, and not in small letters but for an agency's ("dpa")."""
    words = printed.split()
    return 0 < len(words) <= 7 and (not words[0][0].islower() or (len(words) == 1 and len(printed) <= 5))


@lru_cache(maxsize=1)
def _showing() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?i:{_any('labels')})(?!\w)[^.!?\n]{{0,80}}?(?<!\w)(?i:{_any('shows')})(?!\w)"
    )


def _shown(text: str, credit: Span) -> Span | None:
    """The sentence of the credit's own paragraph, before it, that says what a picture shows: a caption."""
    start = text.rfind("\n\n", 0, credit[0])
    start = max(start + 2 if start >= 0 else 0, credit[0] - 600)
    said = list(_showing().finditer(text, start, credit[0]))
    if not said:
        return None
    m = said[-1]
    ends = [text.find(c, m.end(), credit[0]) for c in ".!?\n"]
    end = min((e + 1 for e in ends if e >= 0), default=credit[0])
    opening = max(text.rfind(c, start, m.start()) for c in ".!?\n") + 1
    while opening < m.start() and text[opening].isspace():
        opening += 1
    return max(opening, start), end
