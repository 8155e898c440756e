"""What persons decided, as linking obeys it: a Judgement outranks the machine and survives every re-run.

A Judgement names documents, passages and names of sources, never claims: claims are made anew. Its
``subject`` is JSON:

    edge    [upstream, downstream]                        "no": it did not have it from there; "yes": it had
    origin  [document, start, end]                        "own": what it says has an origin of its own
    source  [[document or null, name], [.., ..]]          "same" or "different"
    claim   [[document, start, end], [.., .., ..]]        "same" or "different"
    stance  [document, start, end]                        the stance of what is said in the passage

The newest Judgement on a subject holds, unless it was taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

from allegata.linking.texts import Text
from allegata.model import STANCES, Judgement, Passage, Span

VALUES: Mapping[str, tuple[str, ...]] = {
    "edge": ("no", "yes"),
    "origin": ("own",),
    "source": ("same", "different"),
    "claim": ("same", "different"),
    "stance": STANCES,
}
"""The kinds that linking obeys, with what may be decided."""

DECIDED = "decided:"
"""How the ids of parties begin that a person set apart."""

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
    first: Passage
    second: Passage
    judgement: Judgement

    @property
    def same(self) -> bool:
        return self.judgement.value == "same"


@dataclass(frozen=True, slots=True)
class At:
    """What was decided of one passage: its origin or its stance."""

    passage: Passage
    judgement: Judgement


@dataclass(frozen=True)
class Decisions:
    """The Judgements that hold, by what they decide."""

    edges: tuple[Edges, ...] = ()
    origins: tuple[At, ...] = ()
    sources: tuple[Names, ...] = ()
    claims: tuple[Passages, ...] = ()
    stances: tuple[At, ...] = ()

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Decisions:
        """What holds of ``judgements``. Other kinds, and what cannot be read, are passed over."""
        found: dict[str, list[Any]] = {kind: [] for kind in VALUES}
        for j in standing(judgements):
            if j.kind in VALUES:
                try:
                    found[j.kind].append(_parse(j))
                except BadJudgementError:
                    continue
        return cls(
            tuple(found["edge"]),
            tuple(found["origin"]),
            tuple(found["source"]),
            tuple(found["claim"]),
            tuple(found["stance"]),
        )

    def __bool__(self) -> bool:
        return bool(self.edges or self.origins or self.sources or self.claims or self.stances)

    def for_documents(self, documents: frozenset[str]) -> Decisions:
        """Those that can matter to a story of these documents."""
        return Decisions(
            tuple(e for e in self.edges if e.downstream in documents),
            tuple(a for a in self.origins if a.passage.document in documents),
            tuple(
                s
                for s in self.sources
                if {n.document for n in (s.first, s.second) if n.document is not None} <= documents
            ),
            tuple(c for c in self.claims if {c.first.document, c.second.document} <= documents),
            tuple(a for a in self.stances if a.passage.document in documents),
        )

    @cached_property
    def joined(self) -> Mapping[str, frozenset[str]]:
        """Documents that a person put into one claim: they are of one story, whatever their texts share."""
        out: dict[str, set[str]] = {}
        for c in self.claims:
            a, b = c.first.document, c.second.document
            if c.same and a != b:
                out.setdefault(a, set()).add(b)
                out.setdefault(b, set()).add(a)
        return {d: frozenset(ns) for d, ns in out.items()}

    def own_origin(self, document: str, spans: Sequence[Span]) -> Judgement | None:
        """The decision that what ``document`` says in ``spans`` has an origin of its own."""
        return next((a.judgement for a in self.origins if _touches(a.passage, document, spans)), None)

    def corrected(self, text: Text) -> Text:
        """The text with the stances that persons gave to what is said in it."""
        mine = [a for a in self.stances if a.passage.document == text.id]
        if not mine:
            return text
        statements = tuple(
            replace(s, stance=right) if (right := _stance(mine, (*s.cue, *s.content))) else s
            for s in text.raw.statements
        )
        return Text(replace(text.raw, statements=statements), text.units, text.vectors)


NONE = Decisions()


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The Judgements that hold, oldest first: not taken back, and the newest on their kind and subject. One
    that takes back another is no decision itself; taking it back in turn lets the first hold again."""
    listed = sorted(judgements, key=lambda j: j.id)
    undone: set[int] = set()
    for j in reversed(listed):
        if j.undoes is not None and j.id not in undone:
            undone.add(j.undoes)
    newest = {(j.kind, j.subject): j for j in listed if j.undoes is None and j.id not in undone}
    return sorted(newest.values(), key=lambda j: j.id)


def subject_of(kind: str, subject: object, value: str) -> str:
    """The subject as it is stored, in one spelling. BadJudgementError where kind, subject or value are not
    among those that linking obeys."""
    if kind not in VALUES:
        raise BadJudgementError(f"there is no judgement “{kind}”: choose {', '.join(VALUES)}")
    if value not in VALUES[kind]:
        raise BadJudgementError(f"a judgement on {kind} says one of {', '.join(VALUES[kind])}, not “{value}”")
    words = json.dumps(subject, ensure_ascii=False)
    if len(words) > LONGEST:
        raise BadJudgementError(f"the subject has more than {LONGEST} characters")
    parsed = _parse(Judgement(0, "", "", kind, words, value, ""))
    if isinstance(parsed, Names | Passages):  # "a is b" and "b is a" are one decision
        words = json.dumps(sorted(cast("list[Any]", subject), key=json.dumps), ensure_ascii=False)
    return words


def documents_of(judgement: Judgement) -> frozenset[str]:
    """The documents that a Judgement names, none where it is about a name wherever it occurs. What an edge
    comes from may be a source and is left out."""
    found = _parse(judgement)
    if isinstance(found, Edges):
        return frozenset([found.downstream])
    if isinstance(found, Names):
        return frozenset(d for d in (found.first.document, found.second.document) if d is not None)
    if isinstance(found, Passages):
        return frozenset([found.first.document, found.second.document])
    return frozenset([found.passage.document])


def names_of(judgement: Judgement) -> tuple[str, ...]:
    """The names of sources that a Judgement is about, whatever the document."""
    found = _parse(judgement)
    if not isinstance(found, Names):
        return ()
    return tuple(n.name for n in (found.first, found.second) if n.document is None)


def _parse(j: Judgement) -> Edges | Names | Passages | At:
    try:
        subject = json.loads(j.subject)
        match j.kind, subject:
            case "edge", [str(up), str(down)] if up != down:
                return Edges(up, down, j)
            case "source", [[*a], [*b]] if a != b:
                return Names(_name(a), _name(b), j)
            case "claim", [[*a], [*b]] if a != b:
                return Passages(_passage(a), _passage(b), j)
            case (("origin" | "stance"), [*a]):
                return At(_passage(a), j)
    except (ValueError, TypeError, RecursionError):
        pass
    raise BadJudgementError(f"a judgement on {j.kind} cannot be about {j.subject[:80]}")


def _name(parts: Sequence[object]) -> Name:
    match parts:
        case [None | str() as document, str(name)] if name.strip():
            return Name(document, name)
    raise ValueError(parts)


def _passage(parts: Sequence[object]) -> Passage:
    match parts:
        case [str(document), int(start), int(end)] if 0 <= start < end:
            return Passage(document, start, end)
    raise ValueError(parts)


def _touches(passage: Passage, document: str, spans: Iterable[Span]) -> bool:
    return passage.document == document and any(a < passage.end and passage.start < b for a, b in spans)


def _stance(mine: Iterable[At], spans: Sequence[Span]) -> str | None:
    """Of several decisions the one on the closest passage."""
    hits = [a for a in mine if any(s < a.passage.end and a.passage.start < e for s, e in spans)]
    closest = min(hits, key=lambda a: (a.passage.end - a.passage.start, a.judgement.id), default=None)
    return closest.judgement.value if closest else None


def said_by(judgement: Judgement) -> str:
    """Who decided it, when and why, in a line."""
    reason = f": {judgement.reason}" if judgement.reason else ""
    return f"{judgement.person} decided so on {judgement.at[:10]}{reason}"


def in_words(judgement: Judgement) -> str:
    """What was decided, as a sentence."""
    try:
        found = _parse(judgement) if judgement.kind in VALUES else None
    except BadJudgementError:
        found = None
    match found:
        case Edges(up, down):
            return f"{down} {'had' if found.drawn else 'did not have'} it from {up}"
        case Names(first, second):
            return (
                f"{_called(first)} and {_called(second)} are {'one source' if found.same else 'two sources'}"
            )
        case Passages(first, second):
            return (
                f"{_where(first)} and {_where(second)} tell of {'one claim' if found.same else 'two claims'}"
            )
        case At(passage) if judgement.kind == "origin":
            return f"what {_where(passage)} says has an origin of its own"
        case At(passage):
            return f"the stance of {_where(passage)} is {judgement.value}"
    if judgement.undoes is not None:
        return f"judgement {judgement.undoes} is taken back"
    return f"{judgement.kind}: {judgement.subject} {judgement.value}".strip()


def _called(name: Name) -> str:
    return name.name if name.document is None else f"{name.name} in {name.document}"


def _where(passage: Passage) -> str:
    return f"{passage.document}:{passage.start}-{passage.end}"
