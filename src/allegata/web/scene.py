"""What the provenance drawing shows: which documents, in which lane each, on which edge each hangs. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from allegata.model import AFFIRMING, EDGE_KINDS, Claim, Document, Edge, Origin
from allegata.monitoring.moments import instant
from allegata.web import words

MAX_DRAWN = 150
MAX_LABELLED = 60
"""Up to so many documents all carry a label; beyond, only those that others rest on or that respond."""

LABEL = 28
UNRESOLVED, RESPONSES, CITED = "?", "!", ""
"""Lanes that are no origin: unresolved roots, documents that only respond, documents that are only cited."""


@dataclass(frozen=True, slots=True)
class Hang:
    """The edge by which a document is drawn to have it; edges are numbered from 1."""

    number: int
    edge: Edge


class Scene:
    """A Claim's documents, sorted for drawing. Only documents in ``drawn`` are drawn, in order of time; none
    outside of ``stretch``, where one is given."""

    def __init__(
        self,
        claim: Claim,
        documents: Mapping[str, Document],
        stretch: tuple[datetime | None, datetime | None] = (None, None),
    ) -> None:
        self.claim = claim
        self.documents = documents
        self.origins = {o.id: o for o in claim.origins if o.kind != "unattributed"}
        self._said: dict[str, list[str]] = defaultdict(list)
        self._origins: dict[str, list[str]] = defaultdict(list)
        self._facts: dict[str, tuple[str | None, str | None]] = {}
        for mention in sorted(claim.mentions, key=lambda m: m.stance not in AFFIRMING):
            self._said[mention.document].append(mention.stance)
            self._origins[mention.document] += [o for o in mention.origin_ids if o in self.origins]
            self._facts.setdefault(mention.document, (mention.outlet, mention.published))
        self._responses = {r.document: r.stance for r in reversed(claim.responses)}
        cited = [i for e in claim.edges for i in (e.upstream, e.downstream) if i in documents]
        known = list(dict.fromkeys([*words.documents_of(claim), *cited]))
        self.moments = {d: m for d in known if (m := instant(self.published(d)))}
        self._times = {d: (False, m.timestamp(), d) for d, m in self.moments.items()}
        known = [d for d in known if self._is_within(d, *stretch)]
        self._names: dict[str, Origin] = {}
        for origin in self.origins.values():
            for name in (origin.source, *origin.members):
                self._names.setdefault(name.casefold(), origin)
        self._first = {o.first_document: o.id for o in reversed(self.origins.values())}
        self.lane_of = {d: self._lane(d) for d in known}
        self.downstream = Counter(e.upstream for e in claim.edges)
        self._key = set(self._first) | {d for pair in claim.circular for d in pair}
        self.drawn = self._choose(known)
        self.labelled = self._choose_labels()
        self.hangs = self._choose_hangs()

    def _is_within(self, document: str, start: datetime | None, end: datetime | None) -> bool:
        moment = self.moments.get(document)
        if moment is None:
            return start is None and end is None
        return (start is None or start <= moment) and (end is None or moment <= end)

    def published(self, document: str) -> str | None:
        held = self.documents.get(document)
        return (held.published if held else None) or self._facts.get(document, (None, None))[1]

    def name(self, node: str) -> str:
        """A document by its outlet, a source by its name."""
        held = self.documents.get(node)
        outlet = self._facts.get(node, (None, None))[0]
        return words.clip((held and (held.outlet or held.title)) or outlet or node, 80)

    def response(self, document: str) -> str | None:
        """The stance by which a document answers the Claim, if it does."""
        answers = [s for s in self._said[document] if s not in AFFIRMING and s != "predict"]
        return self._responses.get(document) or next(iter(answers), None)

    def label(self, document: str) -> str:
        if document not in self.labelled:
            return ""
        stance, name = self.response(document), words.clip(self.name(document), LABEL)
        return f"{name} · {words.STANCE_WORDS.get(stance, stance)}" if stance else name

    def title(self, document: str) -> str:
        """All about a dot in one line."""
        held, hang, stance = self.documents.get(document), self.hangs.get(document), self.response(document)
        parts = [self.name(document)]
        if held and held.title and held.outlet:
            parts.append(words.clip(held.title, 90))
        parts.append(words.when(self.published(document)))
        if hang:
            parts.append(words.EDGE_WORDS.get(hang.edge.kind, hang.edge.kind))
        if stance:
            parts.append(words.STANCE_WORDS.get(stance, stance))
        return " · ".join(parts)

    def edge_title(self, edge: Edge) -> str:
        inferred = " (inferred from the texts)" if edge.inferred else ""
        kind = words.EDGE_WORDS.get(edge.kind, edge.kind)
        return f"{self.name(edge.downstream)} had it from {self.name(edge.upstream)}: {kind}{inferred}"

    def kind(self, document: str) -> str | None:
        """The kind of the citation by which a document had it; ``None`` where none was found."""
        hang = self.hangs.get(document)
        return hang.edge.kind if hang and hang.edge.kind in EDGE_KINDS else None

    def lanes(self) -> list[str]:
        """The lanes in use from top to bottom: origins by their first document, then the others."""
        used = set(self.lane_of.values())
        ranked = sorted(self.origins.values(), key=lambda o: self._time_key(o.first_document))
        return [o.id for o in ranked if o.id in used] + [
            k for k in (UNRESOLVED, CITED, RESPONSES) if k in used
        ]

    def origin_named(self, name: str) -> Origin | None:
        """The origin that a source's name stands for."""
        return self._names.get(name.casefold())

    def _lane(self, document: str) -> str:
        origin = next(iter(self._origins[document]), None) or self._first.get(document)
        if origin:
            return origin
        if any(s in AFFIRMING for s in self._said[document]):
            return UNRESOLVED
        return RESPONSES if self._said[document] or document in self._responses else CITED

    def _time_key(self, document: str) -> tuple[bool, float, str]:
        return self._times.get(document) or (True, 0.0, document)

    def _choose(self, known: list[str]) -> list[str]:
        """At most MAX_DRAWN documents, those that explain most first, then the earliest; in time order."""

        def rank(document: str) -> tuple[bool, bool, int, tuple[bool, float, str]]:
            rests = -min(self.downstream[document], 50)
            return (
                document not in self._key,
                document not in self._responses,
                rests,
                self._time_key(document),
            )

        return sorted(sorted(known, key=rank)[:MAX_DRAWN], key=self._time_key)

    def _choose_labels(self) -> set[str]:
        if len(self.drawn) <= MAX_LABELLED:
            return set(self.drawn)
        key = self._key | {d for d in self.drawn if self.response(d)}
        ranked = sorted(self.drawn, key=lambda d: (d not in key, -self.downstream[d], self._time_key(d)))
        return {d for d in ranked[: MAX_LABELLED // 2] if d in key or self.downstream[d] > 1}

    def _choose_hangs(self) -> dict[str, Hang]:
        """From an earlier document of its lane, before from a source, before from any other document."""
        drawn = set(self.drawn)
        chosen: dict[str, tuple[tuple[int, float], Hang]] = {}
        for number, edge in enumerate(self.claim.edges, 1):
            if edge.downstream not in drawn:
                continue
            if edge.upstream not in self.lane_of:
                rank = 1
            elif edge.upstream in drawn and self._leads(edge):
                rank = 0
            else:
                rank = 2
            key = (rank, -edge.confidence)
            if edge.downstream not in chosen or key < chosen[edge.downstream][0]:
                chosen[edge.downstream] = (key, Hang(number, edge))
        return {document: hang for document, (_, hang) in chosen.items()}

    def _leads(self, edge: Edge) -> bool:
        """Whether an edge goes from an earlier document to a later one in the same lane."""
        if self.lane_of[edge.upstream] != self.lane_of[edge.downstream]:
            return False
        return self._time_key(edge.upstream) < self._time_key(edge.downstream)
