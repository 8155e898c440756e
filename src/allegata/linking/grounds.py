"""A Document of a Claim before its upstream is known, and which of two may have come first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from allegata.linking.credits import core, find_credits, fold
from allegata.linking.foreign import find_foreign
from allegata.linking.stories import links_to
from allegata.linking.texts import Text
from allegata.linking.words import runs_on, weight
from allegata.model import Document, Passage, Span


@dataclass(frozen=True, slots=True)
class Told:
    """A Document of the Claim before its upstream is looked for: its spans that tell the Claim, whether it
    shows access of its own, and between which moments (seconds) it was published."""

    text: Text
    spans: tuple[Span, ...]
    own: bool
    when: tuple[float, float] | None = None


DAY = 86_400.0
"""Seconds. A date alone is a day long; a printed time may be off by as much (another time zone, the time of
the last change), where what is said speaks against it."""

STEM = 5
"""Letters of a name from which its ending may be left off."""

MOST_TIMED = 1000
"""Documents of one Claim whose times are held against what they say of one another."""


def timed(ground: Sequence[Told]) -> list[Told]:
    """Documents with the moments between which each was published. A page to which others link, or whose
    outlet they print a credit of, was there before them, though they bear an earlier time of the same day:
    unless it has something of theirs, or its outlet had an earlier one that they may mean."""
    out = [replace(g, when=_interval(g.text)) for g in ground]
    dated = [g for g in out if g.when is not None]
    first: dict[str, Told] = {}
    for g in sorted(dated, key=lambda g: (g.when or (0.0, 0.0), g.text.id)):
        if g.text.document.outlet and g.text.document.kind == "article":
            first.setdefault(core(g.text.document.outlet), g)
    if len(ground) > MOST_TIMED:
        return out
    names = frozenset(n for g in first.values() if (n := g.text.document.outlet))
    credited = {t.text.id: {c.name for c in find_credits(t.text.document, names)} for t in dated}
    dated.sort(key=_end)
    ends = [_end(g) for g in dated]
    moved: dict[str, float] = {}
    for o in first.values():
        start = o.when[0] if o.when else 0.0
        lately = dated[bisect_left(ends, start - DAY - 1) : bisect_left(ends, start)]
        near = [t for t in lately if t.when and 0 < start - t.when[1] <= DAY]
        resting = [
            t for t in near if o.text.document.outlet in credited[t.text.id] or links_to(t.text, o.text)
        ]
        before = [t.when[0] for t in resting if t.when and not _has_of(o.text, t.text)]
        if before:
            moved[o.text.id] = min(before) - 1.0
    return [replace(g, when=(moved[g.text.id],) * 2) if g.text.id in moved else g for g in out]


def _end(told: Told) -> float:
    return told.when[1] if told.when else 0.0


def _has_of(a: Text, b: Text) -> bool:
    """Whether a page has anything of another: then it may be the later one, as it says."""
    return links_to(a, b) or any(_names(a, n) for n in (b.document.outlet, b.document.author) if n)


_DATE_ALONE = re.compile(r"\s*\d{4}-?\d{2}-?\d{2}\s*")


def _interval(text: Text) -> tuple[float, float] | None:
    if text.when is None:
        return None
    start = text.when.timestamp()
    return (start, start + (DAY - 1 if _DATE_ALONE.fullmatch(text.document.published or "") else 0))


@lru_cache(maxsize=4096)
def leaning(text: Text) -> tuple[int, int, str]:
    """How far a text without a time seems from the source, least first: other outlets that it credits, then
    its length, since who passes a text on shortens it."""
    kinds = {s.name: s.kind for s in text.reading.sources}
    own = core(text.document.outlet or "")
    credited = {
        core(s.speaker)
        for s in text.reading.statements
        if s.speaker and kinds.get(s.speaker) in ("outlet", "agency") and core(s.speaker) != own
    }
    return len(credited), -len(text.words), text.id


def why_first(o: Told, told: Told) -> str:
    """What speaks for ``o`` as the first of two where their times leave it open, as the end of a reason;
    empty where they do not."""
    if o.when and told.when and (o.when[1] < told.when[0] or told.when[1] < o.when[0]):
        return ""
    name = o.text.document.outlet or o.text.id
    if _names(told.text, o.text.document.outlet):
        return f"; the times leave open who was first, but it names {name}"
    if o.own and not told.own:
        return f"; the times leave open who was first, but {name} says how it knows"
    return f"; the times leave open who was first, but {name} has more that the other lacks"


def earliest(told: Told) -> tuple[object, ...]:
    """Sorts documents by who comes first: by time, those without one after them by what they say."""
    t = told.text
    return (0, told.when, t.id) if told.when is not None else (1, not told.own, leaning(t))


def _names(text: Text, outlet: str | None) -> bool:
    return outlet is not None and mentioned(outlet, text) is not None


def lead(told: Told) -> tuple[Passage, ...]:
    return tuple(Passage(told.text.id, *s) for s in told.spans[:1])


def label(d: Document) -> str:
    who = d.author if d.kind == "post" and d.author else d.outlet
    return f"“{d.title}” ({who})" if d.title and who else who or d.title or d.id


def mentioned(voice: str, text: Text) -> Span | None:
    """Where a text names an outlet or an account, also in short; not as who took a picture."""
    spot = next((s for name in short_forms(voice) if (s := named(name, text))), None)
    return spot or _credited_abroad(voice, text)


def _credited_abroad(voice: str, text: Text) -> Span | None:
    """Where a text in another language credits an outlet under a name with another ending ("по данным
    Берега")."""
    if text.tongue == "en" or len(voice) < STEM:
        return None
    wanted = stems(voice)
    found = (c.span for c in find_foreign(text.document.text, text.tongue) if stems(c.name) == wanted)
    return next((s for s in found if not any(a < s[1] and s[0] < b for a, b in text.no_sources)), None)


def stems(name: str) -> tuple[str, ...]:
    return tuple(w[: max(STEM - 1, len(w) - 2)] for w in core(name).split())


def named(name: str, text: Text) -> Span | None:
    """Where a text has these very words as a name of somebody who may be a source."""
    body = text.document.text
    if name not in body:
        return None
    bound = not runs_on(name)
    pattern = rf"(?<![\w@]){re.escape(name)}(?!\w)" if bound else re.escape(name)
    found = (m.span() for m in re.finditer(pattern, body))
    return next((s for s in found if not any(a < s[1] and s[0] < b for a, b in text.no_sources)), None)


@lru_cache(maxsize=10_000)
def short_forms(voice: str) -> tuple[str, ...]:
    """A name as texts shorten it: without the article, its distinctive words; a handle's spelled-out name
    is not guessed."""
    bare = re.sub(r"^The\s+", "", voice)
    kept = core(voice).split()
    words = bare.split()
    short = (
        " ".join(words[: len(kept)]) if words and fold(" ".join(words[: len(kept)])) == " ".join(kept) else ""
    )
    forms = [voice, bare]
    if len(short) >= 6 and short != bare:
        forms.append(short)
    if len(words) > 1 and len(words[0]) >= 6 and weight(words[0].lower()) >= 6.5:
        forms.append(words[0])  # a first word that no other text has: "Gazeta", "StratBrief"
    return tuple(dict.fromkeys(forms))
