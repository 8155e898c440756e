"""The X-ray of a Reading: how much of a text is told by whom, and how much is the writer's own.

Each sentence is one of: sourced (within what somebody named or described is said to have said), unattributed
("allegedly", "is said to", by nobody), expectation, evaluation, own (the writer's facts), boilerplate.
Statements that say one thing again are counted once; spokespeople of one government or body are one origin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allegata.model import AFFIRMING, Reading, Sentence, Source, Span, Statement
from allegata.vocab import load
from allegata.vocab.countries import (
    country_of,
    country_of_capital,
    country_of_demonym,
    country_of_government,
)

KINDS = ("sourced", "unattributed", "expectation", "evaluation", "own", "boilerplate")

SAYERS = frozenset(
    ["person", "office", "organisation", "outlet", "agency", "account", "eyewitness", "anonymous"]
)
"""Kinds of sources that can be an origin: not a claim that "suggests", nor a thing that "shows"."""

COVERED = 0.4
"""Share of a sentence that must be within statements, their source and cue with them, to count as told."""

SAME_WORDS = 0.6
"""Share of the words of the shorter of two contents that the other has, for one to say the other again."""
MIN_SAME_WORDS = 2
MAX_STATEMENTS = 600
"""Statements of one document that are compared with one another."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")


@dataclass(frozen=True, slots=True)
class Share:
    """How many sentences are of a kind, and which part of all that is."""

    kind: str
    sentences: int
    share: float


@dataclass(frozen=True, slots=True)
class RootSpeaker:
    """Who is at the inner end of chains of statements.

    ``statements`` are different things said, ``restatements`` how often these are said again on the page;
    ``through`` are those who pass them on, ``channels`` where it was said. ``origin`` names the origin that
    the speaker is, or speaks for, where it states something alleged.
    """

    name: str
    kind: str
    organisation: str | None
    statements: int
    restatements: int
    through: tuple[str, ...]
    channels: tuple[str, ...]
    stances: tuple[str, ...]
    origin: str | None


@dataclass(frozen=True, slots=True)
class Origins:
    """Distinct origins of what the page says is alleged, and statements that nobody is named for."""

    count: int
    named: int
    anonymous: int
    unattributed: int


@dataclass(frozen=True, slots=True)
class Xray:
    sentences: int
    shares: tuple[Share, ...]
    speakers: tuple[RootSpeaker, ...]
    statements: int
    restatements: int
    origins: Origins


def xray(reading: Reading) -> Xray:
    """The X-ray of a Reading. Speakers come with the most things said first."""
    sources = {s.name: s for s in reading.sources}
    roots = _roots(reading.statements)
    words = {s.id: _words(reading.document.text, s) for s in reading.statements}
    groups = _same_things(roots, words, sources)
    speakers = _speakers(reading, roots, groups, sources)
    unattributed = sum(
        1 for s in roots if s.speaker is None and s.stance == "allege" and groups[s.id] == s.id
    )
    found = {s.origin: s.kind for s in reversed(speakers) if s.origin}
    anonymous = sum(kind == "anonymous" for kind in found.values())
    told = len({groups[s.id] for s in roots})
    return Xray(
        sentences=len(reading.sentences),
        shares=_shares(reading, sources),
        speakers=speakers,
        statements=told,
        restatements=len(roots) - told,
        origins=Origins(len(found), len(found) - anonymous, anonymous, unattributed),
    )


def _shares(reading: Reading, sources: dict[str, Source]) -> tuple[Share, ...]:
    named: list[Span] = []
    unnamed: list[Span] = []
    for statement in reading.statements:
        source = sources.get(statement.speaker or "")
        told = (*statement.source, *statement.cue, *statement.content)
        (named if source is not None and source.kind in SAYERS else unnamed).extend(told)
    counts = Counter(_kind(s, sorted(named), sorted(unnamed)) for s in reading.sentences)
    total = len(reading.sentences) or 1
    return tuple(Share(kind, counts[kind], counts[kind] / total) for kind in KINDS)


def _kind(sentence: Sentence, named: Sequence[Span], unnamed: Sequence[Span]) -> str:
    if sentence.role == "not_applicable":
        return "boilerplate"
    if _covered(sentence, named) >= COVERED:
        return "sourced"
    if sentence.role in ("expectation", "evaluation"):
        return sentence.role
    return "unattributed" if _covered(sentence, unnamed) >= COVERED else "own"


def _covered(sentence: Sentence, spans: Sequence[Span]) -> float:
    """The share of a sentence that lies within sorted spans, each letter counted once."""
    covered, last = 0, sentence.start
    for start, end in spans:
        if start >= sentence.end:
            break
        start, end = max(start, last), min(end, sentence.end)
        if end > start:
            covered += end - start
            last = end
    return covered / max(1, sentence.end - sentence.start)


def _roots(statements: Sequence[Statement]) -> list[Statement]:
    """Statements at the inner end of their chain: those that hold no statement of another speaker."""
    by_id = {s.id: s for s in statements}
    outer = set()
    for statement in statements:
        around = by_id.get(statement.nested_in or "")
        if around is not None and statement.speaker is not None:
            outer.add(around.id)
    return [s for s in statements if s.id not in outer][:MAX_STATEMENTS]


def _words(text: str, statement: Statement) -> frozenset[str]:
    """Words of four letters and more of what is said; of a long text its first part."""
    said = " ".join(text[a:b] for a, b in statement.content)[:2000].casefold()
    return frozenset(w[:7] for w in _WORD.findall(said))


def _same_things(
    roots: Sequence[Statement], words: dict[str, frozenset[str]], sources: dict[str, Source]
) -> dict[str, str]:
    """Statement id -> id of the first statement that says the same, by one origin or by nobody named."""
    groups: dict[str, str] = {}
    heads: list[tuple[Statement, str | None]] = []
    for statement in sorted(roots, key=lambda s: (s.speaker is None, s.content)):
        key = origin_key(sources.get(statement.speaker or ""))
        mine = words[statement.id]
        for head, other in heads:
            if (key is None or key == other) and _same(mine, words[head.id]):
                groups[statement.id] = head.id
                break
        else:
            groups[statement.id] = statement.id
            heads.append((statement, key))
    return groups


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    shared = len(a & b)
    return shared >= min(MIN_SAME_WORDS, len(a), len(b)) > 0 and shared >= SAME_WORDS * min(len(a), len(b))


def _speakers(
    reading: Reading, roots: Sequence[Statement], groups: dict[str, str], sources: dict[str, Source]
) -> tuple[RootSpeaker, ...]:
    by_id = {s.id: s for s in reading.statements}
    acts = {a.statement for a in reading.allegations}
    claiming = [s for s in roots if s.stance in AFFIRMING and (s.id in acts or s.stance == "allege")]
    # a page that alleges nothing still has origins: whoever affirms anything
    affirming = {s.id for s in (claiming or [s for s in roots if s.stance in AFFIRMING])}
    said: dict[str, list[Statement]] = {}
    for statement in roots:
        if statement.speaker is not None:
            said.setdefault(statement.speaker, []).append(statement)
    speakers = []
    for name, mine in said.items():
        source = sources.get(name) or Source(name)
        if source.kind == "unknown":
            continue  # a claim that "suggests", a situation that "shows"
        different = len({groups[s.id] for s in mine})
        is_origin = source.kind in SAYERS and any(s.id in affirming for s in mine)
        speakers.append(
            RootSpeaker(
                name=name,
                kind=source.kind,
                organisation=source.organisation,
                statements=different,
                restatements=len(mine) - different,
                through=_once(p for s in mine for p in _passed_on_by(s, by_id) if p != name),
                channels=_once(s.channel for s in mine),
                stances=_once(s.stance for s in mine),
                origin=origin_key(source) if is_origin else None,
            )
        )
    speakers.sort(key=lambda s: (s.origin is None, -s.statements - s.restatements))
    return tuple(speakers)


def _passed_on_by(statement: Statement, by_id: dict[str, Statement]) -> list[str]:
    """Speakers of the statements around one, from the innermost."""
    names: list[str] = []
    around = by_id.get(statement.nested_in or "")
    while around is not None and len(names) < 12:
        if around.speaker:
            names.append(around.speaker)
        around = by_id.get(around.nested_in or "")
    return names


def _once(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v))


def origin_key(source: Source | None) -> str | None:
    """What a source counts as: its government, the body it speaks for, else itself. None for no source."""
    if source is None:
        return None
    for name in (source.organisation, source.name):
        country = government_country(name) if name else None
        if country:
            return f"government of {country}"
    if source.kind in ("person", "office") and source.organisation:
        return source.organisation.casefold()
    return source.name.casefold()


def government_country(name: str) -> str | None:
    """The country whose government a name is, or is part of: "Taliban", "Afghan foreign ministry"."""
    bodies = set(load("xray")["government_words"])
    words = name.replace("’s", "").replace("'s", "").split()
    rest = [w for w in words if w.casefold().strip(",.") not in bodies]
    if len(rest) == len(words):
        return country_of_government(name) or country_of_capital(name)
    for end in range(len(rest), 0, -1):
        for start in range(len(rest) - end + 1):
            part = " ".join(rest[start : start + end])
            found = country_of(part) or country_of_demonym(part) or country_of_government(part)
            if found or (found := country_of_capital(part)):
                return found
    return None
