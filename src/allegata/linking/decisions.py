"""What persons decided, as linking obeys it: a Judgement outranks the machine and survives every re-run.

A Judgement names documents, passages and names of sources, never claims: claims are made anew. Its
``subject`` is JSON:

    edge    [upstream, downstream]                  "no": it did not have it from there; "yes": it had
    origin  PASSAGE                                 "own": what it says has an origin of its own
    source  [[document or null, name], [.., ..]]    "same" or "different"
    claim   [PASSAGE, PASSAGE]                      "same" or "different": the second leaves the first's
    stance  PASSAGE                                 the stance of what is said in the passage

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

WORDS = 120
"""Characters of a passage by which it is found again."""


class BadJudgementError(ValueError):
    """A Judgement that says nothing linking could obey; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Name:
    """A source as a Document names it, or as any does where ``document`` is ``None``."""

    document: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """A passage with the words it began with when it was decided on; "" where they were not kept."""

    passage: Passage
    words: str = ""

    def within(self, text: str) -> Said | None:
        """The same in a version of its Document that has ``text``: where its words stand, nearest to the old
        place. ``None`` where they are gone."""
        start, length = self.passage.start, self.passage.end - self.passage.start
        if not text.startswith(self.words, start):
            places = (text.rfind(self.words, 0, start + len(self.words)), text.find(self.words, start))
            start = min((p for p in places if p >= 0), key=lambda p: abs(p - start), default=len(text))
        end = min(start + length, len(text))
        return Said(Passage(self.passage.document, start, end), self.words) if start < end else None


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


@dataclass(frozen=True, slots=True)
class At:
    """What was decided of one passage: its origin or its stance."""

    said: Said
    judgement: Judgement

    @property
    def passage(self) -> Passage:
        return self.said.passage


Decision = Edges | Names | Passages | At


@dataclass(frozen=True)
class Decisions:
    """The Judgements that hold, by what they decide, each kind oldest first."""

    edges: tuple[Edges, ...] = ()
    origins: tuple[At, ...] = ()
    sources: tuple[Names, ...] = ()
    claims: tuple[Passages, ...] = ()
    stances: tuple[At, ...] = ()

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
        )

    def __bool__(self) -> bool:
        return any(self._all)

    @cached_property
    def _all(self) -> tuple[Decision, ...]:
        return (*self.edges, *self.origins, *self.sources, *self.claims, *self.stances)

    @cached_property
    def _by_document(self) -> Mapping[str | None, Sequence[Decision]]:
        """What names a document; under ``None`` what names none."""
        out: dict[str | None, list[Decision]] = {}
        for decision in self._all:
            for document in _documents(decision) or [None]:
                out.setdefault(document, []).append(decision)
        return out

    def for_documents(self, texts: Mapping[str, str]) -> Decisions:
        """Those that can matter to a story of these documents (id -> text), with the passages as they stand
        in these texts."""
        mine = {d.judgement.id: d for key in (None, *texts) for d in self._by_document.get(key, ())}
        found = (d for d in mine.values() if _documents(d) <= texts.keys())
        return self._sorted(placed for d in found if (placed := _placed(d, texts)))

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
            if c.same and a != b:
                out.setdefault(a, set()).add(b)
                out.setdefault(b, set()).add(a)
        return {d: frozenset(ns) for d, ns in out.items()}

    def own_origin(self, document: str, spans: Sequence[Span]) -> Judgement | None:
        """The newest decision that what ``document`` says in ``spans`` has an origin of its own."""
        found = [a.judgement for a in self.origins if touches(a.passage, document, spans)]
        return found[-1] if found else None

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


def subject_of(kind: str, subject: object, value: str) -> str:
    """The subject as it is stored. BadJudgementError where kind, subject or value are not among those that
    linking obeys."""
    if kind not in VALUES:
        raise BadJudgementError(f"there is no judgement “{kind[:40]}”: choose {', '.join(VALUES)}")
    if value not in VALUES[kind]:
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
    return _documents(parse(judgement))


def _documents(decision: Decision) -> frozenset[str]:
    match decision:
        case Edges():
            return frozenset([decision.downstream])
        case Names():
            return frozenset(d for n in (decision.first, decision.second) if (d := n.document) is not None)
        case Passages():
            return frozenset([decision.first.document, decision.second.document])
        case At():
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
                return Passages(_said(a), _said(b), j)
            case (("origin" | "stance"), [*a]):
                return At(_said(a), j)
    except (ValueError, TypeError, RecursionError):
        pass
    raise BadJudgementError(f"a judgement on {j.kind} cannot be about {j.subject[:80]}")


def _name(parts: Sequence[object]) -> Name:
    match parts:
        case [None | str() as document, str(name)] if name.strip():
            return Name(document, name)
    raise ValueError(parts)


def _said(parts: Sequence[object]) -> Said:
    match parts:
        case [str(document), int(start), int(end), *rest] if 0 <= start < end and len(rest) < 2:
            words = rest[0] if rest else ""
            if isinstance(words, str) and len(words) <= WORDS:
                return Said(Passage(document, start, end), words)
    raise ValueError(parts)


def _placed(decision: Decision, texts: Mapping[str, str]) -> Decision | None:
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
    return decision


def touches(passage: Passage, document: str, spans: Iterable[Span]) -> bool:
    return passage.document == document and any(a < passage.end and passage.start < b for a, b in spans)


def _stance(mine: Iterable[At], spans: Sequence[Span]) -> str | None:
    """Of several decisions the one on the closest passage, of these the newest."""
    hits = [a for a in mine if any(s < a.passage.end and a.passage.start < e for s, e in spans)]
    closest = min(hits, key=lambda a: (a.passage.end - a.passage.start, -a.judgement.id), default=None)
    return closest.judgement.value if closest else None
