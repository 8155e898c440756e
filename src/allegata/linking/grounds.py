"""A Document of a Claim before its upstream is known, and which of two may have come first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from allegata.linking.credits import core, fold
from allegata.linking.texts import Text
from allegata.linking.words import weight
from allegata.model import Document, Passage, Span


@dataclass(frozen=True, slots=True)
class Told:
    """A Document of the Claim before its upstream is looked for: its spans that tell the Claim, and whether
    it shows access of its own."""

    text: Text
    spans: tuple[Span, ...]
    own: bool


@lru_cache(maxsize=4096)
def _leaning(text: Text) -> tuple[int, int, str]:
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


def precedes(o: Told, told: Told) -> bool:
    """Whether a text may have been taken from ``o``: by time where both have one, else by what each says of
    its sources. Never both ways, so that no loops are made here."""
    a, b = o.text, told.text
    if a.when is not None and b.when is not None:
        return a.sort_key() < b.sort_key()
    a_names = _names(a, b.document.outlet)
    b_names = _names(b, a.document.outlet)
    if a_names != b_names:
        return b_names
    return (not o.own, *_leaning(a)) < (not told.own, *_leaning(b))


def earliest(told: Told) -> tuple[object, ...]:
    """Sorts documents by who comes first: by time, those without one after them by what they say."""
    t = told.text
    return (0, t.sort_key()) if t.when is not None else (1, not told.own, _leaning(t))


def _names(text: Text, outlet: str | None) -> bool:
    return outlet is not None and mentioned(outlet, text) is not None


def lead(told: Told) -> tuple[Passage, ...]:
    return tuple(Passage(told.text.id, *s) for s in told.spans[:1])


def label(d: Document) -> str:
    who = d.author if d.kind == "post" and d.author else d.outlet
    return f"“{d.title}” ({who})" if d.title and who else who or d.title or d.id


def mentioned(voice: str, text: Text) -> Span | None:
    """Where a text names an outlet or an account, also in short; not as who took a picture."""
    return next((spot for name in short_forms(voice) if (spot := named(name, text))), None)


def named(name: str, text: Text) -> Span | None:
    """Where a text has these very words as a name of somebody who may be a source."""
    body = text.document.text
    if name not in body:
        return None
    found = (m.span() for m in re.finditer(rf"(?<![\w@]){re.escape(name)}(?!\w)", body))
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
