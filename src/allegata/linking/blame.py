"""Whom a Claim accuses: to whom its passages put it, by a coded act, a word of blame or as its doer.

A name counts once a document; that the named answer adds to it, since few deny what nobody put to them.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from allegata.linking.accused import BESIDE, FORCES, LATE
from allegata.linking.credits import core, fold
from allegata.linking.identity import Identities
from allegata.linking.naming import country_in, is_generic, opens_as_town
from allegata.linking.proposals import side_of
from allegata.linking.tellings import Telling, unanswered
from allegata.linking.texts import Text
from allegata.linking.words import weight
from allegata.model import AFFIRMING, OPPOSING, Span
from allegata.vocab import load

CODED, BLAMES, DOES = 1.0, 1.5, 0.6
"""What a document weighs that names somebody as the accused of an act, after a word of blame, or early on."""

UNNAMED = 0.5
"""Part of that for "strikers", "its former director"."""

ANSWERS = 1.0
"""What is added for each document in which the named denies."""

LEAST = 1.0
"""What a name weighs at least that no passage accuses by a coded act."""

_NAME = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’&.-]*[\w]|[A-ZÀ-Þ])(?:\s+(?:(?:of|de|del|da|du|la|el|al|bin|ag|van|von)\s+)?[A-ZÀ-Þ0-9][\w'’&-]*)*"
)
_BLAMED = re.compile(
    r"\b(?:by|accus(?:ed|es|ing)|blam(?:ed|es|ing)|charg(?:ed|es|ing)|suspect(?:ed|s|ing)?|fault(?:ed|s))\s+"
    r"(?:(?!(?:of|in|on|at|from|to|for|with|over|by|and|or)\b)[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:(?:about|some|at least|around|nearly|more than|over)\s+)?(?:\d|(?:one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|dozens|hundreds|thousands|several|many)\b)",
    re.IGNORECASE,
)
"""How a number of people begins."""

_TITLES = frozenset(["mr", "mrs", "ms", "dr"])
_DATES = frozenset(name.lower() for names in (day_name, month_name) for name in names if name)
COMMON = 1.5
"""Background weight (nats) up to which a word begins a sentence rather than a name."""


def is_blamed(act: str | None, told: Mapping[str, Sequence[Telling]]) -> bool:
    """Whether a Claim blames anybody: nobody is accused of help that is told as fact and undisputed."""
    intensity: float = load("intensity")["roots"].get(act or "", -1.0)
    disputed = OPPOSING | {"allege"}
    return intensity < 0 or any(t.stance in disputed or t.contrary for ts in told.values() for t in ts)


def name_accused(
    coded: str | None,
    mine: Sequence[Text],
    spans: Mapping[str, Sequence[Span]],
    told: Mapping[str, Sequence[Telling]],
    identities: Identities,
) -> str | None:
    """The accused by the name that most documents print; ``coded``, the accused of the act by which the Claim
    is known, where nobody stands out or the same is meant."""
    claimants = {p.id for ts in told.values() for t in ts if t.stance in AFFIRMING for p in t.chain}
    answer = Counter(
        t.chain[0].id for ts in told.values() for t in ts if t.chain and (t.stance in OPPOSING or t.contrary)
    )
    scores: Counter[str] = Counter({party: ANSWERS * n for party, n in answer.items()})
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    outlets = {core(text.document.outlet) for text in mine if text.document.outlet}
    for text in mine:
        best: dict[str, float] = {}
        for name, worth in _named(text, spans[text.id], {fold(n) for t in told[text.id] for n in t.names}):
            if core(name) in outlets or not _is_name(name):
                continue
            party = _party(text, name, identities)
            printed[party][name] += 2 if worth >= CODED else 1
            unnamed = party.startswith("actor:") and name[1:] == name[1:].lower()
            best[party] = max(best.get(party, 0.0), worth * (UNNAMED if unnamed else 1.0))
        scores.update(best)
    likely = [p for p in printed if p not in claimants or p in answer]
    accused = min(likely, key=lambda p: -scores[p], default=None)  # of equals the one named first
    if accused is None or scores[accused] < LEAST or coded in printed[accused]:
        return coded
    names = printed[accused]
    usual = min(names, key=lambda n: (_is_country(n), -names[n], -len(n), n))
    return max((n for n in names if n.endswith(usual)), key=lambda n: (len(n), n))


def _is_name(name: str) -> bool:
    """Not a date, a number of people or a pronoun."""
    words = re.findall(r"[^\W_]+", name.lower())
    return not _COUNT.match(name) and any(w.isalpha() and not _begins_nothing(w) for w in words)


def _begins_nothing(word: str) -> bool:
    return word in _DATES or word in _TITLES or weight(word) <= COMMON


def _is_country(name: str) -> bool:
    return " " not in name and country_in(name) is not None


def _named(text: Text, spans: Sequence[Span], speakers: set[str]) -> Iterator[tuple[str, float]]:
    """Who is named in passages that put the Claim forward, with what it weighs."""
    body = text.document.text
    for a in text.reading.allegations:
        inside = a.span is not None and any(x < a.span[1] and a.span[0] < y for x, y in spans)
        if a.accused and inside and not opens_as_town(a.accused, body):
            yield a.accused, CODED
    places = [(p.start, p.end) for p in text.reading.places if p.use == "place"]
    for start, end in _said(text, spans):
        said = body[start:end]
        for m in _NAME.finditer(said):
            name = m.group().removesuffix("'s").removesuffix("’s")
            if _begins_nothing(name.split()[0].lower()):
                name = name.partition(" ")[2]
            dateline = m.start() < 3 and name.isupper()
            if not name or dateline or fold(name) in speakers or is_generic(name):
                continue
            before, forces = said[: m.start()], FORCES.match(said[m.start() :])
            is_place = any(a < start + m.end() and start + m.start() < b for a, b in places)
            if _BLAMED.search(before):
                yield (forces.group() if forces else name), BLAMES
            elif forces:
                yield forces.group(), DOES
            elif not is_place and m.start() <= LATE * len(said) and not BESIDE.search(before):
                yield name, DOES


def _said(text: Text, spans: Sequence[Span]) -> Iterator[Span]:
    """What is said in the passages that answer nothing, by whoever speaks there, else by the writer."""
    said = [c for s in text.reading.statements if s.stance in AFFIRMING for c in s.content]
    for start, end in unanswered(text, spans):
        inside = [(max(a, start), min(b, end)) for a, b in said if a < end and start < b]
        yield from inside or [(start, end)]


def _party(text: Text, name: str, identities: Identities) -> str:
    if country_in(name) is None:
        for s in text.reading.sources:
            if name == s.name or name in s.aliases or (" " in s.name and s.name.endswith(f" {name}")):
                return identities.party(text.id, s.name).id
    return side_of(name, identities) or f"actor:{core(name)}"
