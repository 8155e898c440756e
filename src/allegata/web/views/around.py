"""What stands around a Claim: where it first appeared, what else its documents tell, what is foretold there,
and what became of it over time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

from allegata.linking.assessments import head
from allegata.linking.credits import fold
from allegata.linking.relations import WORDS as WORDS_OF_RELATIONS
from allegata.model import Claim, Document
from allegata.monitoring.changes import Change, Course, Standing, compare
from allegata.monitoring.events import WORDS
from allegata.monitoring.ledger import Outcome, Registered, suggest
from allegata.monitoring.moments import Clock, instant
from allegata.store.base import ClaimQuery, Store
from allegata.store.cards import Card
from allegata.web import paths, words
from allegata.web.passages import name_of

MOST_FIRSTS = 12
"""First appearances of one kind; more are counted."""
MOST_CLAIMS = 8
LOOKED_AT = 30
"""Claims that share documents, and claims between the same two, that are looked at."""
READ = 8
"""Documents of a Claim in which expectations are looked for: those in which it first appeared."""
MOST_FORETOLD = 8
MOST_STEPS = 40
"""Moments of a Claim's history that are compared."""
RELATIONS = {
    **WORDS_OF_RELATIONS,
    "again": "the same accusation, told as another occurrence",
    "beside": "also in these documents",
}
"""How another claim stands to one, in words: what linking found in their story, then what a look at both
says."""

_LAST = datetime.max.replace(tzinfo=UTC)

SILENCE = timedelta(days=60)
"""After so long without a document, a Claim that comes up is told again."""


@dataclass(frozen=True, slots=True)
class First:
    """The first document of one origin, outlet or language. ``number`` is the origin's."""

    name: str
    document: str
    outlet: str
    published: str | None
    held: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Firsts:
    kind: str
    shown: tuple[First, ...]
    more: int


def firsts(claim: Claim, documents: Mapping[str, Document]) -> list[Firsts]:
    """Where a Claim first appeared, by origin, outlet and language."""
    ordered = sorted(claim.mentions, key=lambda m: _time_key(_published(m.document, claim, documents)))

    def first(name: str, document: str, number: int | None = None) -> First:
        return First(
            name,
            document,
            name_of(document, documents),
            _published(document, claim, documents),
            document in documents,
            number,
        )

    outlets: dict[str, str] = {}
    languages: dict[str, str] = {}
    for m in ordered:
        held = documents.get(m.document)
        if outlet := m.outlet or words.host_of(m.url):
            outlets.setdefault(outlet, m.document)
        if held and held.language:
            languages.setdefault(held.language[:2].lower(), m.document)
    origins = [first(o.source, o.first_document, n) for n, o in enumerate(claim.origins, 1)]
    origins.sort(key=lambda f: _time_key(f.published))

    def some(found: Mapping[str, str]) -> list[First]:
        return [first(*pair) for pair in islice(found.items(), MOST_FIRSTS)]

    groups = (
        ("origin", origins[:MOST_FIRSTS], len(origins)),
        ("outlet", some(outlets), len(outlets)),
        ("language", some(languages), len(languages)),
    )
    return [Firsts(kind, tuple(shown), total - len(shown)) for kind, shown, total in groups if shown]


def _published(document: str, claim: Claim, documents: Mapping[str, Document]) -> str | None:
    held = documents.get(document)
    if held is not None and held.published:
        return held.published
    return next((m.published for m in claim.mentions if m.document == document), None)


def _time_key(published: str | None) -> datetime:
    return instant(published) or _LAST


@dataclass(frozen=True, slots=True)
class Beside:
    """Another claim, and how it stands to the first: a relation that linking found, else one of ours."""

    card: Card
    relation: str
    shared: int

    @property
    def words(self) -> str:
        return RELATIONS[self.relation]


def beside(store: Store, claim: Claim) -> list[Beside]:
    """The claims that linking relates to a Claim, those that share documents with it, and what the same
    accuser alleges of the same accused elsewhere: in the order of `RELATIONS`, then those first that share
    most documents."""
    shared = dict(store.claims_beside(claim.id, LOOKED_AT))
    related = {r.claim: r.relation for r in claim.related if r.relation in RELATIONS}
    known = store.cards_of([*shared, *related])
    if claim.accuser and claim.accused and claim.act:
        accuser, accused = head(claim.accuser), head(claim.accused)  # whoever speaks for them
        query = ClaimQuery(accuser=accuser, accused=accused, act=claim.act, limit=LOOKED_AT)
        known |= {c.id: c for c in store.cards(query) if c.id != claim.id and _same_parties(claim, c)}
    voices = _voices(claim)
    found = [
        Beside(c, related.get(c.id) or relation(claim, c, voices), shared.get(c.id, 0))
        for c in known.values()
    ]
    order = tuple(RELATIONS)
    return sorted(found, key=lambda b: (order.index(b.relation), -b.shared, b.card.id))


def relation(claim: Claim, other: Card, voices: Collection[str]) -> str:
    """How ``other`` stands to ``claim``, which ``voices`` put forward. It is opposed where it puts the same
    act to one of these; the same act of the same is alleged again."""
    if claim.act and claim.act == other.act:
        ours, theirs = _folded(claim.accused), _folded(other.accused)
        if ours and theirs and ours != theirs and (theirs in voices or ours == _folded(other.accuser)):
            return "opposed"
        if _same_parties(claim, other):
            return "again"
    return "beside"


def _voices(claim: Claim) -> frozenset[str]:
    """The folded names of who puts a Claim forward."""
    sources = [o.source for o in claim.origins if o.kind != "unattributed"]
    return frozenset(map(_folded, [*sources, claim.accuser])) - {""}


def _folded(name: str | None) -> str:
    return fold(head(name)) if name else ""


def _same_parties(claim: Claim, other: Card) -> bool:
    pairs = ((claim.accuser, other.accuser), (claim.accused, other.accused))
    return all(a and b and _folded(a) == _folded(b) for a, b in pairs)


def told_again(moments: Iterable[datetime]) -> list[tuple[date, int]]:
    """The days on which a Claim came up again after a long silence, with the days of the silence."""
    ordered = sorted(moments)
    return [(b.date(), (b - a).days) for a, b in pairwise(ordered) if b - a >= SILENCE]


@dataclass(frozen=True, slots=True)
class Foretold:
    """An expectation in a document that tells the Claim; nobody counts it before it is registered."""

    text: str
    source: str | None
    deadline: str | None
    outlet: str
    href: str


def foretold(store: Store, claim: Claim, documents: Mapping[str, Document]) -> tuple[list[Foretold], int]:
    """Expectations of the documents in which a Claim first appeared, and how many more there are."""
    wanted = list(dict.fromkeys([*(o.first_document for o in claim.origins), *claim.documents]))[:READ]
    readings = store.readings(wanted)
    found = [
        Foretold(
            words.clip(s.text, 320),
            s.source,
            s.deadline,
            name_of(s.document, documents),
            paths.document(s.document, at=(s.start, s.end)),
        )
        for s in suggest(readings)
        if s.event
    ]
    return found[:MOST_FORETOLD], max(0, len(found) - MOST_FORETOLD)


def registered(store: Store, claim: Claim) -> list[tuple[Registered, Outcome | None]]:
    """The forecasts of the ledger that were made in documents of a Claim."""
    mine = set(claim.documents)
    found = [f for f in store.registered() if f.document in mine]
    outcomes = store.outcomes() if found else {}
    return [(f, outcomes.get(f.number)) for f in found]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that became of a Claim. ``origins`` is how many there were after it, "" where it says
    nothing of them."""

    day: str | None
    what: str
    kind: str
    who: str
    documents: tuple[tuple[str, str, bool], ...]
    origins: str


def history(claim: Claim, documents: Mapping[str, Document]) -> list[Step]:
    """What became of a Claim day by day, oldest first: origins, denials, retractions, amplification."""

    known: dict[str, datetime | None] = {}

    def when(document: str) -> datetime | None:
        if document not in known:
            known[document] = instant(_published(document, claim, documents))
        return known[document]

    return [_step(change, documents) for change in _changes(claim, when)]


def _changes(claim: Claim, when: Clock) -> list[Change]:
    telling = [*(o.first_document for o in claim.origins), *(r.document for r in claim.responses)]
    telling += [d for pair in claim.circular for d in pair] + list(claim.documents)
    moments = sorted({m for d in dict.fromkeys(telling) if (m := when(d)) is not None})
    moments += [m for o in claim.origins if (m := instant(o.withdrawn_at)) is not None]
    ends = sorted(datetime.combine(day, time.max, UTC) for day in {m.date() for m in moments})
    if len(ends) > MOST_STEPS:  # the first days, and steps of equal length between the others
        ends = sorted({*ends[: MOST_STEPS // 2], *ends[:: -(-2 * len(ends) // MOST_STEPS)], ends[-1]})
    course = Course(claim, when)
    before: Standing | None = None
    out: list[Change] = []
    for end in [*ends, None] if len(ends) == 0 else ends:
        after = course.at(end)
        out += compare(claim, before, after, when)
        before = after or before
    return out


def _step(change: Change, documents: Mapping[str, Document]) -> Step:
    named = tuple((d, name_of(d, documents), d in documents) for d in change.documents[:3])
    moved = change.origins_before != change.origins_after
    return Step(
        change.at,
        WORDS[change.kind],
        change.kind,
        "; ".join(change.sources[:3]),
        named,
        f"{change.origins_before} → {change.origins_after}" if moved else "",
    )
