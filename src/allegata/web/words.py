"""How the pages put things in words: the counts strip, who denies, times, kinds. Plain text, unescaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from allegata.model import Claim, Origin, OriginCount
from allegata.monitoring.breaks import Break
from allegata.store.cards import Card, carried
from allegata.store.cards import deniers as deniers
from allegata.store.cards import documents_of as documents_of
from allegata.store.hosts import host_of as host_of
from allegata.store.hosts import web_address as web_address

STANCE_WORDS = {
    "assert": "asserts",
    "allege": "alleges",
    "confirm": "confirms",
    "deny": "denies",
    "doubt": "doubts",
    "retract": "retracts",
    "no_comment": "declines to comment",
    "predict": "predicts",
    "demand": "demands",
    "demand_investigation": "demands an inquiry",
}

ORIGIN_WORDS = {
    "named_official": "named official",
    "named_person": "named person",
    "organisation": "organisation",
    "outlet_own_reporting": "outlet’s own reporting",
    "eyewitness": "eyewitness",
    "document": "document",
    "social_account": "social account",
    "anonymous": "anonymous",
    "unattributed": "unresolved",
}

EDGE_WORDS = {
    "speaker": "quotes the speaker",
    "credit": "credits by name",
    "wire": "wire line",
    "link": "links to it",
    "embed": "embeds it",
    "repost": "reposts it",
    "copy": "copied passage",
    "rewrite": "rewrite",
    "decided": "a person says so",
}

SECTIONS = (
    ("/", "Claims"),
    ("/situation", "Situation"),
    ("/map", "Map"),
    ("/dyads", "Dyads"),
    ("/sources", "Sources"),
    ("/forecasts", "Forecasts"),
    ("/watches", "Watches"),
    ("/inbox", "Inbox"),
    ("/feeds", "Feeds"),
    ("/review", "Review"),
    ("/judgements", "Judgements"),
    ("/method", "Method"),
)
"""The pages that every page leads to: address and name."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
"""Characters that turn the direction of text, and could turn what we write beside it."""

_ALLEGED = re.compile(r"\balleg", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Strip:
    """The counts that are always shown together. ``origins`` is an interval: "1" or "2–3"."""

    mentions: int
    outlets: int
    origins: str
    plural: bool
    unresolved: int
    denials: int = 0
    """Denials of a claim, where no document carries it: it is known only by its answers."""

    @property
    def mentions_words(self) -> str:
        return "mention" if self.mentions == 1 else "mentions"

    @property
    def outlets_words(self) -> str:
        return "outlet" if self.outlets == 1 else "outlets"

    @property
    def origins_words(self) -> str:
        return "independent origins" if self.plural else "independent origin"

    @property
    def tail(self) -> str:
        return f" ({self.unresolved} unresolved)" if self.unresolved else ""

    @property
    def answered(self) -> str:
        """What is said in place of outlets and origins where no document carries the claim: "only denied, by
        2 sources". Empty where one does."""
        if self.mentions or self.origins != "0":
            return ""
        return f"only denied, by {counted(self.denials, 'source')}" if self.denials else "only answered"

    def __str__(self) -> str:
        if self.answered:
            return f"{self.mentions} {self.mentions_words}: {self.answered}"
        return (
            f"{self.mentions} {self.mentions_words} · {self.outlets} {self.outlets_words} · "
            f"{self.origins} {self.origins_words}{self.tail}"
        )


def interval(count: OriginCount) -> str:
    return str(count.low) if count.low == count.high else f"{count.low}–{count.high}"


def strip_of(claim: Claim | Card) -> Strip:
    """The strip of a Claim, or of its card."""
    if isinstance(claim, Card):
        mentions, outlets, denials = claim.mentions, claim.outlets, 0 if claim.mentions else claim.denials
    else:
        mentions, outlets = (len(found) for found in carried(claim))
        denials = 0 if mentions else len(deniers(claim))
    count = claim.independent_origins
    return Strip(
        mentions=mentions,
        outlets=outlets,
        origins=interval(count),
        plural=not (count.low == count.high == 1),
        unresolved=count.unresolved,
        denials=denials,
    )


def no_denial(claim: Claim | Card) -> str:
    """What is said where nobody was found to deny: never assent."""
    searched = claim.searched if isinstance(claim, Card) else len(documents_of(claim))
    return f"no denial found in {counted(searched, 'document')}"


def counted(number: int, noun: str) -> str:
    """ "1 document", "12 documents"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def needs_alleged(proposition: str) -> bool:
    """Whether the word "alleged" has to be put before the proposition."""
    return not _ALLEGED.search(proposition)


def alleged(proposition: str) -> str:
    """The proposition with "alleged" in it, for titles and plain text."""
    return f"Alleged: {proposition}" if needs_alleged(proposition) else proposition


def origin_words(origin: Origin) -> str:
    words = ORIGIN_WORDS.get(origin.kind, origin.kind.replace("_", " "))
    return f"{words}, party to the dispute" if origin.party_to_dispute else words


def rounds_of(origin: Origin) -> str:
    """On how many occasions an origin put the claim forward, with their days: "in 2 rounds: 8 Sep 2025; 3 Mar
    2026"."""
    days = "; ".join(day(r.published) for r in origin.rounds)
    return f"in {counted(len(origin.rounds), 'round')}: {days}"


def day(text: str | None) -> str:
    """ "8 Sep 2025" from an ISO time; what cannot be read as a time is given back as it stands."""
    moment = _moment(text)
    return _day(moment) if moment else (text or "no date")


@lru_cache(maxsize=20_000)
def when(text: str | None) -> str:
    """ "8 Sep 2025, 20:30 (+05:00)": the time as the page gave it, with its offset where it has one."""
    moment = _moment(text)
    if moment is None:
        return text or "no date"
    if not isinstance(moment, datetime):
        return _day(moment)
    clock = f"{_day(moment)}, {moment:%H:%M}"
    if moment.tzinfo is None:
        return clock
    offset = moment.isoformat()[-6:]
    return f"{clock} UTC" if offset == "+00:00" else f"{clock} ({offset.replace('-', '−')})"


def time_range(first: str | None, last: str | None) -> str:
    a, b = day(first), day(last)
    return a if a == b else f"{a} – {b}"


def _moment(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def _day(moment: date) -> str:
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def machine_time(text: str | None) -> str | None:
    """The time as a browser can read it, ``None`` where it cannot."""
    return text if _moment(text) else None


def clip(text: str, length: int) -> str:
    """At most ``length`` characters, cut at a word where one ends near, on one line, in one direction."""
    flat = " ".join(_DIRECTION.sub("", text[: 4 * length]).split())
    if len(flat) <= length and len(text) <= 4 * length:
        return flat
    cut = flat[: length - 1]
    space = cut.rfind(" ", length // 2)
    return (cut[:space] if space > 0 else cut).rstrip(" ,;:–-") + "…"


def broke(b: Break) -> str:
    """A break of tension in words: what rose or fell, and from where to where."""
    what = f"{b.side} {b.series.replace('_', ' ')}"
    turned = "rose" if b.direction == "rise" else "fell"
    return f"{what} {turned} from {b.before:.1f} to {b.after:.1f} a {b.unit}"
