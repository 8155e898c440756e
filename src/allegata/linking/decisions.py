"""What persons decided, as linking obeys it: a Judgement outranks the machine and survives every re-run.

A Judgement names documents, passages and names of sources, never claims: claims are made anew. Its
``subject`` is JSON:

    edge    [upstream, downstream]                  "no": it did not have it from there; "yes": it had
    origin  PASSAGE                                 "own": what it says has an origin of its own;
                                                    "borrowed": it is another's, though nobody knows whose
    source  [[document or null, name], [.., ..]]    "same" or "different"
    claim   [PASSAGE, PASSAGE]                      "same" or "different": the second leaves the first's;
                                                    "moves": it leaves its own and joins the first's
    stance  PASSAGE                                 the stance of what is said in the passage
    reading PASSAGE                                 what a statement there is, or none: `corrections`

A PASSAGE is ``[document, start, end, words]`` with the words it begins with, by which it is found again when
the page was edited; where these are gone, the decision says nothing any more. ``words`` may be left out.

The newest Judgement on a subject holds, unless it was taken back. Where two contradict each other otherwise,
the newer one has its way: they are obeyed in the order in which they were made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from allegata.linking.assessments import OPINIONS, matter_of
from allegata.linking.corrections import put_right
from allegata.linking.credits import fold
from allegata.linking.parties import Party
from allegata.linking.quoting import WORDS as WORDS
from allegata.linking.quoting import Said as Said
from allegata.linking.quoting import touches as touches
from allegata.linking.subjects import LONGEST as LONGEST
from allegata.linking.subjects import VALUES as VALUES
from allegata.linking.subjects import At as At
from allegata.linking.subjects import BadJudgementError as BadJudgementError
from allegata.linking.subjects import Decision as Decision
from allegata.linking.subjects import Edges as Edges
from allegata.linking.subjects import Name as Name
from allegata.linking.subjects import Names as Names
from allegata.linking.subjects import Passages as Passages
from allegata.linking.subjects import Readings as Readings
from allegata.linking.subjects import documents_of as documents_of
from allegata.linking.subjects import named_by, placed
from allegata.linking.subjects import parse as parse
from allegata.linking.subjects import subject_of as subject_of
from allegata.linking.texts import Text
from allegata.model import Judgement, Reading, Span

DECIDED = "decided:"
"""How the ids of parties begin that a person set apart."""


@dataclass(frozen=True)
class Decisions:
    """The Judgements that hold, by what they decide, each kind oldest first."""

    edges: tuple[Edges, ...] = ()
    origins: tuple[At, ...] = ()
    sources: tuple[Names, ...] = ()
    claims: tuple[Passages, ...] = ()
    stances: tuple[At, ...] = ()
    readings: tuple[Readings, ...] = ()

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Decisions:
        """What holds of ``judgements``. Other kinds, and what cannot be read, are passed over."""
        found: list[Decision] = []
        for j in standing(judgements):
            if j.kind in VALUES:
                try:
                    found.append(parse(j))
                except BadJudgementError:
                    continue
        return cls._sorted(found)

    @classmethod
    def _sorted(cls, found: Iterable[Decision]) -> Decisions:
        kinds: dict[str, list[Any]] = {kind: [] for kind in VALUES}
        for decision in sorted(found, key=lambda d: d.judgement.id):
            kinds[decision.judgement.kind].append(decision)
        return cls(
            tuple(kinds["edge"]),
            tuple(kinds["origin"]),
            tuple(kinds["source"]),
            tuple(kinds["claim"]),
            tuple(kinds["stance"]),
            tuple(kinds["reading"]),
        )

    def __bool__(self) -> bool:
        return any(self._all)

    @cached_property
    def _all(self) -> tuple[Decision, ...]:
        return (
            *self.edges, *self.origins, *self.sources, *self.claims, *self.stances, *self.readings
        )  # fmt: skip

    @cached_property
    def _by_document(self) -> Mapping[str | None, Sequence[Decision]]:
        """What names a document; under ``None`` what names none."""
        out: dict[str | None, list[Decision]] = {}
        for decision in self._all:
            for document in named_by(decision) or [None]:
                out.setdefault(document, []).append(decision)
        return out

    def for_documents(self, texts: Mapping[str, str]) -> Decisions:
        """Those that can matter to a story of these documents (id -> text), with the passages as they stand
        in these texts."""
        mine = {d.judgement.id: d for key in (None, *texts) for d in self._by_document.get(key, ())}
        found = (d for d in mine.values() if named_by(d) <= texts.keys())
        return self._sorted(here for d in found if (here := placed(d, texts)))

    def about(self, documents: Iterable[str]) -> frozenset[int]:
        """The numbers of the Judgements that name any of ``documents``, or none at all."""
        keys: tuple[str | None, ...] = (None, *documents)
        return frozenset(d.judgement.id for key in keys for d in self._by_document.get(key, ()))

    @cached_property
    def joined(self) -> Mapping[str, frozenset[str]]:
        """Documents that a person put into one claim: they are of one story, whatever their texts share."""
        out: dict[str, set[str]] = {}
        for c in self.claims:
            a, b = c.first.document, c.second.document
            if (c.same or c.moves) and a != b:
                out.setdefault(a, set()).add(b)
                out.setdefault(b, set()).add(a)
        return {d: frozenset(ns) for d, ns in out.items()}

    def own_origin(self, document: str, spans: Sequence[Span]) -> Judgement | None:
        """The decision that what ``document`` says in ``spans`` has an origin of its own, where that is the
        newest on it."""
        return self._origin(document, spans, "own")

    def borrowed(self, document: str, spans: Sequence[Span]) -> Judgement | None:
        """The same of the decision that it is another's."""
        return self._origin(document, spans, "borrowed")

    def _origin(self, document: str, spans: Sequence[Span], value: str) -> Judgement | None:
        found = [a.judgement for a in self.origins if touches(a.passage, document, spans)]
        return found[-1] if found and found[-1].value == value else None

    def apart(self, one: Party, other: Party) -> Judgement | None:
        """The decision by which two parties are two, where it is the newest on their names."""
        last = None
        for d in self.sources:
            if any(
                _is_called(one, a) and _is_called(other, b)
                for a, b in ((d.first, d.second), (d.second, d.first))
            ):
                last = d.judgement
        return last if last is not None and last.value == "different" else None

    def corrected(self, text: Text) -> Text:
        """The text with what persons put right in what was read of it."""
        right = self.put_right(text.raw)
        return text if right is text.raw else Text(right, text.units, text.vectors)

    def put_right(self, reading: Reading) -> Reading:
        """A Reading with what persons said of its statements, and of their stances."""
        document = reading.document.id
        read = [r for r in self.readings if r.passage.document == document]
        mine = [a for a in self.stances if a.passage.document == document]
        if read:
            reading = put_right(reading, ((r.said.span, r.correction) for r in read))
        if not mine:
            return reading
        statements = tuple(
            replace(s, stance=right) if (right := _stance(mine, (*s.cue, *s.content))) else s
            for s in reading.statements
        )
        return replace(reading, statements=statements)


NONE = Decisions()


def undone(judgements: Iterable[Judgement]) -> dict[int, int]:
    """The numbers of the Judgements that were taken back, each with the number of what took it back. One that
    takes back another is no decision itself; taking it back in turn lets the first hold again."""
    out: dict[int, int] = {}
    for j in sorted(judgements, key=lambda j: -j.id):
        if j.undoes is not None and j.id not in out:
            out[j.undoes] = j.id
    return out


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The Judgements that hold, oldest first: not taken back, and the newest on their kind and subject."""
    listed = sorted(judgements, key=lambda j: j.id)
    gone = undone(listed)
    newest = {matter(j): j for j in listed if j.undoes is None and j.id not in gone}
    return sorted(newest.values(), key=lambda j: j.id)


def matter(j: Judgement) -> tuple[str, str]:
    """What a Judgement is about, the same for all on one subject: "a is b" and "b is a" are one matter. What
    somebody holds of a claim or a source is a matter of that person alone."""
    if j.kind in OPINIONS:
        return matter_of(j)
    if j.kind in ("source", "claim"):
        try:
            return j.kind, json.dumps(sorted(json.loads(j.subject), key=json.dumps))
        except (ValueError, TypeError, RecursionError):
            pass
    return j.kind, j.subject


def placed_reading(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """A Reading as it stands after what persons decided of its document."""
    document = reading.document
    mine = (j for j in judgements if j.kind in ("reading", "stance") or j.undoes is not None)
    return Decisions.of(mine).for_documents({document.id: document.text}).put_right(reading)


def _is_called(party: Party, name: Name) -> bool:
    """Whether a decision's name means a party. An unnamed one is known by the document that describes it."""
    if (
        name.document is not None
        and party.anonymous
        and not party.id.startswith(f"anonymous:{name.document}:")
    ):
        return False
    wanted = fold(name.name)
    return any(fold(n.split(" (")[0]) == wanted for n in (party.name, *party.members))


def _stance(mine: Iterable[At], spans: Sequence[Span]) -> str | None:
    """Of several decisions the one on the closest passage, of these the newest."""
    hits = [a for a in mine if any(s < a.passage.end and a.passage.start < e for s, e in spans)]
    closest = min(hits, key=lambda a: (a.passage.end - a.passage.start, -a.judgement.id), default=None)
    return closest.judgement.value if closest else None
