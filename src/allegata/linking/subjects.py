"""What one Judgement says, read from its subject and value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allegata.linking.corrections import Correction, read_correction
from allegata.linking.quoting import Said, read_said
from allegata.model import STANCES, Judgement, Passage

VALUES: Mapping[str, tuple[str, ...]] = {
    "edge": ("no", "yes"),
    "origin": ("own", "borrowed"),
    "source": ("same", "different"),
    "claim": ("same", "different", "moves"),
    "stance": STANCES,
    "reading": (),
}
"""The kinds that linking obeys, with what may be decided; of a reading whatever `corrections` can read."""

LONGEST = 4000
"""Characters of a subject."""


class BadJudgementError(ValueError):
    """A Judgement that says nothing linking could obey; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Name:
    """A source as a Document names it, or as any does where ``document`` is ``None``."""

    document: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Edges:
    """An edge that a person drew ("yes") or struck out ("no")."""

    upstream: str
    downstream: str
    judgement: Judgement

    @property
    def drawn(self) -> bool:
        return self.judgement.value == "yes"


@dataclass(frozen=True, slots=True)
class Names:
    first: Name
    second: Name
    judgement: Judgement

    @property
    def same(self) -> bool:
        return self.judgement.value == "same"


@dataclass(frozen=True, slots=True)
class Passages:
    left: Said
    right: Said
    judgement: Judgement

    @property
    def first(self) -> Passage:
        return self.left.passage

    @property
    def second(self) -> Passage:
        return self.right.passage

    @property
    def same(self) -> bool:
        return self.judgement.value == "same"

    @property
    def moves(self) -> bool:
        return self.judgement.value == "moves"


@dataclass(frozen=True, slots=True)
class At:
    """What was decided of one passage: its origin or its stance."""

    said: Said
    judgement: Judgement

    @property
    def passage(self) -> Passage:
        return self.said.passage


@dataclass(frozen=True, slots=True)
class Readings:
    """What was decided of a statement, known by its extent as the machine read it."""

    said: Said
    correction: Correction
    judgement: Judgement

    @property
    def passage(self) -> Passage:
        return self.said.passage


Decision = Edges | Names | Passages | At | Readings


def subject_of(kind: str, subject: object, value: str) -> str:
    """The subject as it is stored. BadJudgementError where kind, subject or value are not among those that
    linking obeys."""
    if kind not in VALUES:
        raise BadJudgementError(f"there is no judgement “{kind[:40]}”: choose {', '.join(VALUES)}")
    if kind != "reading" and value not in VALUES[kind]:
        raise BadJudgementError(
            f"a judgement on {kind} says one of {', '.join(VALUES[kind])}, not “{value[:40]}”"
        )
    try:
        words = json.dumps(subject, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadJudgementError("the subject of a judgement is made of lists, words and numbers") from error
    if len(words) > LONGEST:
        raise BadJudgementError(f"the subject has more than {LONGEST} characters")
    parse(Judgement(0, "", "", kind, words, value, ""))
    return words


def documents_of(judgement: Judgement) -> frozenset[str]:
    """The documents that a Judgement names, none where it is about a name wherever it occurs. What an edge
    comes from may be a source and is left out."""
    return named_by(parse(judgement))


def named_by(decision: Decision) -> frozenset[str]:
    match decision:
        case Edges():
            return frozenset([decision.downstream])
        case Names():
            return frozenset(d for n in (decision.first, decision.second) if (d := n.document) is not None)
        case Passages():
            return frozenset([decision.first.document, decision.second.document])
        case At() | Readings():
            return frozenset([decision.passage.document])


def parse(j: Judgement) -> Decision:
    """What a Judgement says. BadJudgementError where its subject cannot be read."""
    try:
        subject = json.loads(j.subject)
        match j.kind, subject:
            case "edge", [str(up), str(down)] if up.strip() and down.strip() and up != down:
                return Edges(up, down, j)
            case "source", [[*a], [*b]] if a != b:
                return Names(_name(a), _name(b), j)
            case "claim", [[*a], [*b]] if a[:3] != b[:3]:
                return Passages(read_said(a), read_said(b), j)
            case (("origin" | "stance"), [*a]):
                return At(read_said(a), j)
            case "reading", [str(document), *_]:
                return Readings(read_said(subject), read_correction(document, j.value), j)
    except (ValueError, TypeError, RecursionError):
        pass
    raise BadJudgementError(f"a judgement on {j.kind} cannot be about {j.subject[:80]}")


def _name(parts: Sequence[object]) -> Name:
    match parts:
        case [None | str() as document, str(name)] if name.strip():
            return Name(document, name)
    raise ValueError(parts)


def placed(decision: Decision, texts: Mapping[str, str]) -> Decision | None:
    """A decision with its passages as they stand in ``texts``; ``None`` where one is gone."""
    match decision:
        case At(said, judgement):
            here = said.within(texts[said.passage.document])
            return At(here, judgement) if here else None
        case Passages(left, right, judgement):
            both = (s.within(texts[s.passage.document]) for s in (left, right))
            match tuple(both):
                case (Said() as a, Said() as b):
                    return Passages(a, b, judgement)
            return None
        case Readings(said, correction, judgement):
            text = texts[said.passage.document]
            spot, other = said.within(text), correction.within(text)
            return Readings(spot, other, judgement) if spot and other else None
    return decision
