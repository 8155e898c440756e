"""What persons put right in a Reading: where a Statement stands, who speaks, in what stance, or that it is
none at all. A new Reading by the machine is put right the same way.

The value of such a Judgement is JSON, and what it leaves out stays as the machine has it:

    "none"                                                    it is no statement
    {"content": [PART, ..], "source": [..], "cue": [..],      where its parts stand
     "speaker": NAME or "", "stance": STANCE}                 who speaks ("" for nobody named), and how

A PART is ``[start, end, words]``, of the document of the subject (`quoting`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from allegata.linking.credits import fold
from allegata.linking.quoting import Said, read_said
from allegata.model import STANCES, Allegation, Reading, Source, Span, Spans, Statement

NO_STATEMENT = json.dumps("none")

MOST_PARTS = 6
LONGEST_NAME = 200
LONGEST_VALUE = 6000
ALIKE = 0.3
"""Share of characters that a statement of another Reading has in common with the one that was put right."""

_PARTS = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Correction:
    """What is other; ``None`` stays as it was. ``none``: it is no statement."""

    none: bool = False
    source: tuple[Said, ...] | None = None
    cue: tuple[Said, ...] | None = None
    content: tuple[Said, ...] | None = None
    speaker: str | None = None
    stance: str | None = None

    def within(self, text: str) -> Correction | None:
        """The same in a version of the document; ``None`` where a part of it is gone."""
        placed = []
        for parts in (self.source, self.cue, self.content):
            found = None if parts is None else [s.within(text) for s in parts]
            if found is not None and None in found:
                return None
            placed.append(None if found is None else tuple(s for s in found if s is not None))
        return replace(self, source=placed[0], cue=placed[1], content=placed[2])


def read_correction(document: str, value: str) -> Correction:
    """ValueError where it cannot be read, or says nothing."""
    if len(value) > LONGEST_VALUE:
        raise ValueError(f"more than {LONGEST_VALUE} characters")
    given = json.loads(value)
    if given == "none":
        return Correction(none=True)
    if not isinstance(given, dict) or not given or given.keys() - {*_PARTS, "speaker", "stance"}:
        raise ValueError(value)
    speaker, stance = given.get("speaker"), given.get("stance")
    if speaker is not None and not (
        isinstance(speaker, str) and len(speaker) <= LONGEST_NAME and (not speaker or speaker.isprintable())
    ):
        raise ValueError(speaker)
    if stance is not None and stance not in STANCES:
        raise ValueError(stance)
    parts = {name: _parts(document, given[name]) for name in _PARTS if name in given}
    if parts.get("content") == () and parts.get("cue") == ():
        raise ValueError("a statement has words, or a word that tells of them")
    return Correction(
        source=parts.get("source"),
        cue=parts.get("cue"),
        content=parts.get("content"),
        speaker=None if speaker is None else " ".join(speaker.split()),
        stance=stance,
    )


def _parts(document: str, given: object) -> tuple[Said, ...]:
    if not isinstance(given, list) or len(given) > MOST_PARTS:
        raise ValueError(given)
    return tuple(sorted((read_said([document, *p]) for p in given), key=lambda s: s.span))


def write_correction(correction: Correction) -> str:
    """The inverse of `read_correction`."""
    if correction.none:
        return NO_STATEMENT
    value: dict[str, object] = {}
    for name in _PARTS:
        parts: tuple[Said, ...] | None = getattr(correction, name)
        if parts is not None:
            value[name] = [[*s.span, s.words] if s.words else [*s.span] for s in parts]
    if correction.speaker is not None:
        value["speaker"] = correction.speaker
    if correction.stance is not None:
        value["stance"] = correction.stance
    return json.dumps(value, ensure_ascii=False)


def extent(statement: Statement) -> Span | None:
    """From the first character of a statement's cue and content to the last: what it is known by."""
    spans = (*statement.cue, *statement.content) or statement.source
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def put_right(reading: Reading, corrections: Iterable[tuple[Span, Correction]]) -> Reading:
    """The Reading with what persons say of its statements, each known by its extent as the machine had it."""
    found: list[tuple[Statement | None, Span, Correction]] = []
    for span, correction in corrections:
        held = statement_at(reading.statements, span)
        found = [f for f in found if held is None or f[0] is not held]  # the later one has its way
        found.append((held, span, correction))
    for held, span, correction in found:
        if held is None:
            reading = _with_new(reading, span, correction)
        elif correction.none:
            reading = _without(reading, held)
        else:
            reading = _changed(reading, held, correction)
    return reading


def statement_at(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The statement of that extent, else the one that has most in common with it."""

    def alike(s: Statement) -> float:
        a, b = extent(s) or (0, 0)
        shared = min(b, span[1]) - max(a, span[0])
        return shared / (max(b, span[1]) - min(a, span[0])) if shared > 0 else 0.0

    best = max(statements, key=alike, default=None)
    return best if best is not None and alike(best) >= ALIKE else None


def _spans(parts: tuple[Said, ...] | None, held: Spans) -> Spans:
    return held if parts is None else tuple(s.span for s in parts)


def _changed(reading: Reading, old: Statement, correction: Correction) -> Reading:
    held = next(s for s in reading.statements if s.id == old.id)
    reading, speaker = _speaking(reading, held.speaker, correction)
    new = replace(
        held,
        source=_spans(correction.source, held.source),
        cue=_spans(correction.cue, held.cue),
        content=_spans(correction.content, held.content),
        stance=correction.stance or held.stance,
        speaker=speaker,
    )
    return replace(
        reading,
        statements=tuple(new if s.id == held.id else s for s in reading.statements),
        allegations=tuple(
            _claimed_by(a, speaker) if a.statement == held.id and correction.speaker is not None else a
            for a in reading.allegations
        ),
    )


def _claimed_by(allegation: Allegation, speaker: str | None) -> Allegation:
    return replace(allegation, claimant=speaker, claimant_is=None)


def _without(reading: Reading, old: Statement) -> Reading:
    """What was nested in it is nested in what it was nested in; what it alleged, the writer says."""
    held = next(s for s in reading.statements if s.id == old.id)
    kept = (s for s in reading.statements if s.id != held.id)
    return replace(
        reading,
        statements=tuple(replace(s, nested_in=held.nested_in) if s.nested_in == held.id else s for s in kept),
        allegations=tuple(
            replace(_claimed_by(a, None), statement=None) if a.statement == held.id else a
            for a in reading.allegations
        ),
    )


def _with_new(reading: Reading, span: Span, correction: Correction) -> Reading:
    """A statement that this Reading lacks, where a person said what its words are."""
    if not correction.content:
        return reading
    reading, speaker = _speaking(reading, None, correction)
    taken = {s.id for s in reading.statements}
    name = f"p{span[0]}"
    while name in taken:
        name += "+"
    new = Statement(
        id=name,
        source=_spans(correction.source, ()),
        cue=_spans(correction.cue, ()),
        content=_spans(correction.content, ()),
        stance=correction.stance or "assert",
        speaker=speaker,
    )
    order = (*reading.statements, new)
    return replace(reading, statements=tuple(sorted(order, key=lambda s: extent(s) or (0, 0))))


def _speaking(reading: Reading, held: str | None, correction: Correction) -> tuple[Reading, str | None]:
    """The Reading with the speaker among its sources, and the speaker's name there."""
    if correction.speaker is None:
        return reading, held
    if not correction.speaker:
        return reading, None
    wanted = fold(correction.speaker)
    known = next((s for s in reading.sources if wanted in (fold(s.name), *map(fold, s.aliases))), None)
    if known is not None:
        return reading, known.name
    added = replace(reading, sources=(*reading.sources, Source(correction.speaker)))
    return added, correction.speaker
