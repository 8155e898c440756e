"""The X-ray of a Reading: how much of a text is told by whom, and how much is the writer's own.

Each sentence is one of: sourced (within what somebody named or described is said to have said), unattributed
("allegedly", "is said to", by nobody), expectation, evaluation, own (the writer's facts), boilerplate.
Statements that say one thing again are counted once; spokespeople of one government or body are one origin.
Every count is the length, or the sum, of what the X-ray lists.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allegata.model import AFFIRMING, Reading, Sentence, Source, Span, Statement
from allegata.reading.origin_keys import origin_key, origin_keys, origin_name
from allegata.reading.retellings import content_words, merged, root_statements, same_things, told_statements

KINDS = ("sourced", "unattributed", "expectation", "evaluation", "own", "boilerplate")

SAYERS = frozenset(
    ["person", "office", "organisation", "outlet", "agency", "account", "eyewitness", "anonymous"]
)
"""Kinds of sources that can be an origin: not a claim that "suggests", nor a thing that "shows"."""

COVERED = 0.4
"""Share of a sentence that must be within statements, their source and cue with them, to count as told."""

VAGUE = 3
"""Words. Who says no more than this, and nothing that another says ("we always knew"), originates nothing."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many sentences are of a kind, and which part of all that is."""

    kind: str
    sentences: int
    share: float


@dataclass(frozen=True, slots=True)
class RootSpeaker:
    """Who is at the inner end of chains of statements.

    ``statements`` are things said here first, ``restatements`` what this speaker, or another of the same
    origin, had said on the page before; ``through`` are those who pass it on, ``channels`` where it was said.
    ``origin`` names the origin that the speaker is, or speaks for, where it states something alleged.
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
class PageOrigin:
    """One origin of what the page says is alleged, with its speakers."""

    name: str
    anonymous: bool
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """Distinct origins of what the page says is alleged, and statements that nobody is named for."""

    count: int
    named: int
    anonymous: int
    unattributed: int
    found: tuple[PageOrigin, ...] = ()


@dataclass(frozen=True, slots=True)
class Leading:
    """How much goes back to the one who is told from most: sentences, their share of all that is sourced and
    of all that is not boilerplate. ``statements`` are the different things said there."""

    name: str
    sentences: int
    of_sourced: float
    of_story: float
    statements: int


@dataclass(frozen=True, slots=True)
class Xray:
    sentences: int
    shares: tuple[Share, ...]
    speakers: tuple[RootSpeaker, ...]
    statements: int
    restatements: int
    origins: Origins
    leading: Leading | None = None


def xray(reading: Reading) -> Xray:
    """The X-ray of a Reading. Speakers come with the origins first, then with the most things said."""
    sources = {s.name: s for s in reading.sources}
    keys = origin_keys(reading.sources)
    told = told_statements(reading)
    roots = [s for s in root_statements(told) if _is_counted(s, sources)]
    words = {s.id: content_words(reading.document.text, s) for s in roots}
    groups = same_things(roots, words, keys)
    claiming = _claiming(reading, roots, words, keys)
    speakers = _speakers(told, roots, groups, sources, keys, claiming)
    unattributed = [s for s in roots if s.speaker is None and groups[s.id] == s.id]
    kinds = _kinds(reading, told, sources)
    return Xray(
        sentences=len(reading.sentences),
        shares=_shares(kinds),
        speakers=speakers,
        statements=sum(s.statements for s in speakers) + len(unattributed),
        restatements=len(roots) - sum(s.statements for s in speakers) - len(unattributed),
        origins=_origins(speakers, len(unattributed)),
        leading=_leading(reading, kinds, roots, groups, keys),
    )


def _is_counted(statement: Statement, sources: Mapping[str, Source]) -> bool:
    """True for what a speaker said, or nobody is said to have alleged: not for a claim that "suggests"."""
    if statement.speaker is None:
        return statement.stance == "allege"
    source = sources.get(statement.speaker)
    return source is None or not (source.kind == "unknown" or _is_bare(source))


def _is_bare(source: Source) -> bool:
    """ "Statement", "reports": a text of which nothing tells whose it is."""
    return source.kind == "document" and " " not in source.name and source.name.islower()


def _claiming(
    reading: Reading,
    roots: Sequence[Statement],
    words: Mapping[str, frozenset[str]],
    keys: Mapping[str, str],
) -> set[str]:
    """Ids of the statements that make their speakers origins: they allege something; on a page that alleges
    nothing, they affirm something."""
    acts = {a.statement for a in reading.allegations}
    affirming = [s for s in roots if s.speaker is not None and s.stance in AFFIRMING]
    claiming = [s for s in affirming if s.id in acts or s.stance == "allege"] or affirming
    said: dict[str | None, set[str]] = {}
    for statement in claiming:
        said.setdefault(keys.get(statement.speaker or ""), set()).update(words[statement.id])
    kept = set()
    for statement in claiming:
        key = keys.get(statement.speaker or "")
        others = set().union(*(theirs for other, theirs in said.items() if other != key))
        if len(said) == 1 or len(said[key]) > VAGUE or said[key] & others:
            kept.add(statement.id)
    return kept


def _speakers(
    told: Sequence[Statement],
    roots: Sequence[Statement],
    groups: Mapping[str, str],
    sources: Mapping[str, Source],
    keys: Mapping[str, str],
    claiming: set[str],
) -> tuple[RootSpeaker, ...]:
    by_id = {s.id: s for s in told}
    said: dict[str, list[Statement]] = {}
    for statement in roots:
        if statement.speaker is not None:
            said.setdefault(statement.speaker, []).append(statement)
    speakers = []
    for name, mine in said.items():
        source = sources.get(name) or Source(name)
        first = sum(groups[s.id] == s.id for s in mine)
        is_origin = source.kind in SAYERS and any(s.id in claiming for s in mine)
        key = keys.get(name) or origin_key(source) or name
        speakers.append(
            RootSpeaker(
                name=name,
                kind=source.kind,
                organisation=source.organisation,
                statements=first,
                restatements=len(mine) - first,
                through=_once(p for s in mine for p in _passed_on_by(s, by_id) if p != name),
                channels=_once(s.channel for s in mine),
                stances=_once(s.stance for s in mine),
                origin=origin_name(key, sources.values()) if is_origin else None,
            )
        )
    speakers.sort(key=lambda s: (s.origin is None, -s.statements - s.restatements))
    return tuple(speakers)


def _origins(speakers: Sequence[RootSpeaker], unattributed: int) -> Origins:
    by_name: dict[str, list[RootSpeaker]] = {}
    for speaker in speakers:
        if speaker.origin:
            by_name.setdefault(speaker.origin, []).append(speaker)
    found = tuple(
        PageOrigin(name, all(s.kind == "anonymous" for s in mine), tuple(s.name for s in mine))
        for name, mine in by_name.items()
    )
    anonymous = sum(o.anonymous for o in found)
    return Origins(len(found), len(found) - anonymous, anonymous, unattributed, found)


def _kinds(reading: Reading, told: Sequence[Statement], sources: Mapping[str, Source]) -> list[str]:
    """The kind of each sentence."""
    named: list[Span] = []
    unnamed: list[Span] = []
    for statement in told:
        source = sources.get(statement.speaker or "")
        spans = (*statement.source, *statement.cue, *statement.content)
        (named if source is not None and source.kind in SAYERS else unnamed).extend(spans)
    named, unnamed = merged(named), merged(unnamed)
    return [_kind(s, named, unnamed) for s in reading.sentences]


def _kind(sentence: Sentence, named: Sequence[Span], unnamed: Sequence[Span]) -> str:
    if sentence.role == "not_applicable":
        return "boilerplate"
    if _covered(sentence, named) >= COVERED:
        return "sourced"
    if sentence.role in ("expectation", "evaluation"):
        return sentence.role
    return "unattributed" if _covered(sentence, unnamed) >= COVERED else "own"


def _shares(kinds: Sequence[str]) -> tuple[Share, ...]:
    counts, total = Counter(kinds), len(kinds) or 1
    return tuple(Share(kind, counts[kind], counts[kind] / total) for kind in KINDS)


def _leading(
    reading: Reading,
    kinds: Sequence[str],
    roots: Sequence[Statement],
    groups: Mapping[str, str],
    keys: Mapping[str, str],
) -> Leading | None:
    """Who the sourced sentences go back to most. A sentence goes back to whoever covers most of it."""
    by_key: dict[str, list[Statement]] = {}
    for statement in roots:
        key = keys.get(statement.speaker or "")
        if key is not None:
            by_key.setdefault(key, []).append(statement)
    spans = {
        key: merged(span for s in mine for span in (*s.source, *s.cue, *s.content))
        for key, mine in by_key.items()
    }
    sourced = [s for s, kind in zip(reading.sentences, kinds, strict=True) if kind == "sourced"]
    counts: Counter[str] = Counter()
    for sentence in sourced:
        covered = {key: _covered(sentence, theirs) for key, theirs in spans.items()}
        best = max(covered, key=covered.__getitem__, default=None)
        if best is not None and covered[best] > 0:
            counts[best] += 1
    if not counts:
        return None
    key, sentences = counts.most_common(1)[0]
    return Leading(
        name=origin_name(key, reading.sources),
        sentences=sentences,
        of_sourced=sentences / len(sourced),
        of_story=sentences / sum(kind != "boilerplate" for kind in kinds),
        statements=len({groups[s.id] for s in by_key[key]}),
    )


def _covered(sentence: Sentence, spans: Sequence[Span]) -> float:
    """The share of a sentence that lies within `merged` spans."""
    covered = 0
    number = max(bisect_right(spans, (sentence.start, sentence.start)) - 1, 0)
    while number < len(spans) and spans[number][0] < sentence.end:
        start, end = spans[number]
        covered += max(0, min(end, sentence.end) - max(start, sentence.start))
        number += 1
    return covered / max(1, sentence.end - sentence.start)


def _passed_on_by(statement: Statement, by_id: Mapping[str, Statement]) -> list[str]:
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
