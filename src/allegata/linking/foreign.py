"""Credits in other languages than English: "laut", "selon", "по данным", "به گزارش". A text that no parser
of ours reads still says whom it has it from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from allegata.linking.credits import known_outlet
from allegata.model import Span
from allegata.vocab import load

MOST, MOST_CREDITS = 60_000, 60
"""Characters of a text that are searched, and credits that one text may have."""

_TOKEN = r"[A-ZÀ-ÞĀ-ŽΑ-ΩЀ-ЯĞİŞ](?:[\w'’&-]|\.(?=\w)){0,30}"
_NAME = (
    rf"[«„“\"‚‘]?((?:{_TOKEN}|[Aa]l-[\w'’-]{{1,30}})"
    rf"(?:[^\S\n](?:{_TOKEN}|(?:de|du|des|di|da|do|von|della|la|le|el|al)\b)){{0,4}})"
)
_SCRIPT = {"ar": r"([\w‌]{2,20}(?:\s[\w‌]{2,20})?)", "fa": r"([\w‌]{2,20}(?:\s[\w‌]{2,20})?)"}
"""Names where letters have no case: the word or two after the outlet's noun."""

_TRAILING = re.compile(r"(?:[^\S\n](?:de|du|des|di|da|do|von|der|la|le|el|al))+$")


@dataclass(frozen=True, slots=True)
class ForeignCredit:
    """``name`` as printed at ``span``, credited by the words at ``cue``; ``outlet`` where it is known or
    called one."""

    name: str
    span: Span
    cue: Span
    outlet: bool


def languages() -> tuple[str, ...]:
    """The languages whose credits are known, beside English (ISO 639-1)."""
    return tuple(load("citations")["languages"])


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of one language with the groups ``cue``, ``noun`` and the name."""
    words = load("citations")["languages"][language]
    before, after, nouns = (
        "|".join(sorted(words[k], key=len, reverse=True)) for k in ("before", "after", "nouns")
    )
    if language == "zh":
        return (
            re.compile(rf"(?P<cue>{before})(?P<noun>)([^，。、：:；“”\s]{{2,14}}?)(?:{after})"),
            re.compile(rf"([^，。、：:；“”\s的在]{{1,10}}(?P<noun>{nouns}))(?P<cue>{after})"),
        )
    if language in _SCRIPT:
        name = _SCRIPT[language]
        return (re.compile(rf"(?<!\w)(?P<cue>{before})\s?(?:(?P<noun>{nouns})\s){name}"),)
    article = (
        r"(?:\s(?:der|die|das|dem|den|des|la|le|les|el|los|las|il|lo|gli|o|a|os|as))?"
        r"(?:\s(?:l|d|dell|all|nell|sull)['’])?(?:(?<=['’])|\s)"
    )
    small = r"(?:(?!(?-i:[A-ZА-Я]))[\w'’]{1,20}\s){0,2}?"
    noun = rf"(?:{small}(?P<noun>{nouns})\s)?"
    closed = r"[»“”\"’]{0,2}(?:['’]\w{1,4})?,?\s"
    return (
        re.compile(rf"(?i:(?<!\w)(?P<cue>{before}){article}{noun}){_NAME}"),
        re.compile(rf"{_NAME}{closed}(?i:(?P<noun>{nouns})\s)?(?P<cue>(?i:{after}))(?!\w)"),
    )


def find_foreign(text: str, language: str) -> list[ForeignCredit]:
    """Credits in a text of one of `languages`, in order, one a place; none for other languages."""
    if language not in languages():
        return []
    found: dict[Span, ForeignCredit] = {}
    for credit in _search(text[:MOST], language):
        if not any(a < credit.span[1] and credit.span[0] < b for a, b in found):
            found[credit.span] = credit
        if len(found) >= MOST_CREDITS:
            break
    return [found[span] for span in sorted(found)]


def _search(text: str, language: str) -> Iterator[ForeignCredit]:
    for order, pattern in enumerate(_patterns(language)):
        group = _name_group(pattern)
        for m in pattern.finditer(text):
            name = _TRAILING.sub("", m.group(group).rstrip("'’"))
            if language == "tr":
                name = re.split(r"['’]", name)[0]  # the case ending of a name
            elif language in _SCRIPT:
                name = _known_start(name) or name.split()[0]
            outlet = bool(m.group("noun")) or known_outlet(name) is not None
            if len(name) > 1 and (outlet or order == 0):
                start = m.start(group)
                yield ForeignCredit(name, (start, start + len(name)), m.span("cue"), outlet)


def _name_group(pattern: re.Pattern[str]) -> int:
    named = set(pattern.groupindex.values())
    return next(i for i in range(1, pattern.groups + 1) if i not in named)


def _known_start(name: str) -> str | None:
    """The known outlet that a run of words starts with."""
    words = name.split()
    for size in range(len(words), 0, -1):
        head = " ".join(words[:size])
        if known_outlet(head):
            return head
    return None
