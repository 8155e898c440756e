"""What a person is asked about claims: where linking was least sure and the answer would move a count.

Each doubt is a question that one Judgement answers (`decisions`). Which are asked, and about how far an
answer would move the count, is told from the claims alone, so that it is kept beside them whenever they are
made; the count itself is made anew when somebody looks (`runs.judging.effect`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum

from allegata.linking.credits import core, fold
from allegata.linking.recounting import NOTHING, Change, Recount, head, size
from allegata.linking.settled import Settled
from allegata.linking.uncredited import uncredited
from allegata.linking.words import weight, words
from allegata.model import AFFIRMING, OPPOSING, Claim, Mention, Merge, Origin, Passage, Response

KINDS = ("edge", "origin", "source", "claim", "stance")
"""The kinds of Judgements that are asked for."""

SURE = 0.8
"""Confidence of an edge from which on nobody is asked, and score of a merge above which nobody is."""

MOST = 12
"""Questions about one claim."""

MOST_EDGES = 60
"""Edges of one claim that are looked at, the least sure first."""

MOST_CLAIMS = 40
"""Claims of one story that are compared with each other, those that most documents carry."""

ASKED = 2
"""Documents that an unresolved origin is compared with, before it is asked whether it has its own."""

ALIKE = 0.4
"""Share of the weight of the poorer proposition's words that two claims have in common to be asked about."""

UNRESOLVED, PRESUMED, UNNAMED, NAMED, APART = 0.5, 0.2, 0.5, 0.3, 0.6
"""How unsure it is, in [0, 1], that nobody stands behind a document that names nobody; that one which comes
after others rests on these; that two unnamed voices are two; that two names alike are; that a claim like
another is another. Rough: they only order."""

BOTH, DOUBTED, CONFIRMED = 0.5, 0.2, 0.3
"""The same of a response: where the speaker is read to say it too, of a doubt, of a confirmation."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about a Claim. ``subject`` is that of the Judgement which answers it; ``stands`` the value
    that the machine goes by, ``other`` the one that would change most. ``change`` is about what that would
    add to the count. ``unsure`` in [0, 1]."""

    kind: str
    claim: str
    subject: str
    stands: str
    other: str
    why: str
    unsure: float
    change: Change

    @property
    def id(self) -> str:
        """The same for one question however often claims are made anew."""
        return hashlib.sha256(f"{self.kind}\n{self.subject}".encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def moves(self) -> int:
        return size(self.change)

    @property
    def rank(self) -> int:
        """How far the answer is expected to move the count: how far it would, times how unsure it is."""
        return round(1000 * self.unsure * (self.moves + 0.1))

    def sort_key(self) -> tuple[int, str]:
        return (-self.rank, self.id)


def find_doubts(claims: Sequence[Claim]) -> list[Doubt]:
    """What is to be asked about the claims of one story, each question once, in the order of asking."""
    found: dict[str, Doubt] = {}
    for claim in claims:
        for doubt in sorted(_of(claim), key=Doubt.sort_key)[:MOST]:
            held = found.get(doubt.id)
            if held is None or doubt.sort_key() < held.sort_key():
                found[doubt.id] = doubt
    for doubt in _of_pairs(claims):
        found.setdefault(doubt.id, doubt)
    return sorted(found.values(), key=Doubt.sort_key)


def _of(claim: Claim) -> Iterator[Doubt]:
    tried, settled = Recount(claim), Settled(claim.judgements)
    yield from _edges(claim, tried, settled)
    yield from _unresolved(claim, tried, settled)
    yield from _presumed(claim, tried, settled)
    yield from _merged(claim, tried, settled)
    yield from _alike(claim, tried, settled)
    yield from _answers(claim, tried, settled)


# did it have it from there? --------------------------------------------------------------------------------
def _edges(claim: Claim, tried: Recount, settled: Settled) -> Iterator[Doubt]:
    """Citations that linking is not sure of. Where nobody is named, `_unresolved` asks."""
    unresolved = {o.first_document for o in claim.origins if o.kind == "unattributed"}
    unsure = sorted((e for e in claim.edges if e.confidence < SURE), key=lambda e: e.confidence)
    for e in unsure[:MOST_EDGES]:
        if e.kind == "decided" or settled.edge(e.upstream, e.downstream):
            continue
        if e.downstream in unresolved and e.upstream not in claim.documents:
            continue
        subject = _json([e.upstream, e.downstream])
        yield Doubt(
            "edge", claim.id, subject, "yes", "no", e.reason, round(1 - e.confidence, 2), tried.without(e)
        )


def _unresolved(claim: Claim, tried: Recount, settled: Settled) -> Iterator[Doubt]:
    """Origins that may be a copy of another document, or one of their own."""
    for o in claim.origins:
        if o.kind != "unattributed" or o.withdrawn_at:
            continue
        d = o.first_document
        candidates = _before(claim, d, tried)
        asked = [c for c in candidates if settled.edge(c, d)]
        upstream = next((c for c in candidates if c not in asked), None)
        if upstream is not None and len(asked) < ASKED:
            why = "nobody is credited: a hidden copy of this one, or a new origin"
            change = tried.joined(upstream, d)
            yield Doubt("edge", claim.id, _json([upstream, d]), "no", "yes", why, UNRESOLVED, change)
            continue
        passage = next((p for m in claim.mentions if m.document == d for p in m.passages), None)
        if passage is not None and not settled.origin(passage):
            why = "nobody is credited: what it knows itself, or what it took over"
            yield Doubt("origin", claim.id, _at(passage), "", "own", why, UNRESOLVED, tried.resolved(o))


def _presumed(claim: Claim, tried: Recount, settled: Settled) -> Iterator[Doubt]:
    """Documents that were presumed to rest on others, and may know it themselves."""
    bare = set(uncredited(claim))
    first: dict[str, Passage] = {}
    for m in claim.mentions:
        if m.document in bare and m.passages:
            first.setdefault(m.document, m.passages[0])
    for passage in first.values():
        if not settled.origin(passage):
            why = "nobody is credited, and others told it before: presumed to rest on these"
            yield Doubt("origin", claim.id, _at(passage), "borrowed", "own", why, PRESUMED, tried.more())


def _before(claim: Claim, document: str, tried: Recount) -> list[str]:
    """The documents from which one may have the claim: earlier ones of other outlets, those first that most
    others follow, then the earliest."""
    mine = next((m for m in claim.mentions if m.document == document), None)
    if mine is None:
        return []
    earlier: dict[str, str] = {}
    for m in claim.mentions:  # in order of time
        if m.document == document:
            break
        if m.stance in AFFIRMING and (not m.outlet or m.outlet != mine.outlet):
            earlier.setdefault(m.document, m.published or "")
    return sorted(earlier, key=lambda d: (-tried.followers.get(d, 0), earlier[d], d))


# the same source? ------------------------------------------------------------------------------------------
def _merged(claim: Claim, tried: Recount, settled: Settled) -> Iterator[Doubt]:
    """Joins of names that were no more than likely."""
    origins = {n for o in claim.origins for n in (fold(head(o.source)), *map(fold, o.members))}
    heard = {fold(m.speakers[0]) for m in claim.mentions if m.speakers and m.stance in AFFIRMING}
    for m in claim.merges:
        names = (fold(m.kept), fold(m.merged))
        if m.score > SURE or names[0] == names[1] or settled.source(m.kept, m.merged):
            continue
        counts = names[0] in origins and _speaks(m, heard)
        subject = _json([[None, m.kept], [None, m.merged]])
        change = tried.more() if counts else NOTHING
        yield Doubt("source", claim.id, subject, "same", "different", m.reason, round(1 - m.score, 2), change)


def _speaks(merge: Merge, heard: Iterable[str]) -> bool:
    """Whether the merged name would be an origin of its own: somebody is heard under it, or nobody's name
    tells who is heard (unnamed voices go by their common description)."""
    return fold(merge.merged) in heard or merge.kept[:1].islower()


def _alike(claim: Claim, tried: Recount, settled: Settled) -> Iterator[Doubt]:
    """Origins that may be one: unnamed voices, bodies without a name of their own, names with a telling word
    in common."""
    live = [o for o in claim.origins if o.kind != "unattributed" and not o.withdrawn_at and "/" not in o.id]
    for a, b in combinations(live, 2):
        if settled.source(a.source, b.source):
            continue
        shared = _telling(a) & _telling(b)
        nameless = [o for o in (a, b) if _is_nameless(o)]
        if not shared and len(nameless) < 2:
            continue
        if a.kind == b.kind == "document" and not shared:
            continue
        why = "both are unnamed" if len(nameless) == 2 else "one of both is not named" if nameless else ""
        words_of = f"both are called by “{', '.join(sorted(shared)[:3])}”" if shared else ""
        subject = _json([_name(a), _name(b)])
        yield Doubt(
            "source",
            claim.id,
            subject,
            "different",
            "same",
            "; ".join(w for w in (why, words_of) if w),
            UNNAMED if nameless else NAMED,
            tried.less(b if _is_nameless(b) else a),
        )


def _is_nameless(o: Origin) -> bool:
    return o.kind in ("anonymous", "eyewitness") or o.source == o.source.lower()


def _name(o: Origin) -> list[str | None]:
    """An origin as a decision names it: who is not named is known by the document that describes them."""
    return [o.first_document if _is_nameless(o) else None, head(o.source)]


def _telling(o: Origin) -> set[str]:
    """The words by which a source is told from others."""
    return {w.norm for w in words(core(head(o.source))) if weight(w.norm) > 4.0 and len(w.norm) > 3}


# the same claim? -------------------------------------------------------------------------------------------
def _of_pairs(claims: Sequence[Claim]) -> Iterator[Doubt]:
    """For each claim the one that is most like it, where it puts the same to the same."""
    listed = sorted(claims, key=lambda c: (-len(c.documents), c.id))[:MOST_CLAIMS]
    said = {c.id: {w.norm for w in words(c.proposition) if weight(w.norm) > 1.5} for c in listed}
    for n, claim in enumerate(listed):
        settled = Settled(claim.judgements)
        best = max(
            (
                (share, -k, other)
                for k, other in enumerate(listed[:n])
                if (share := _share(said[claim.id], said[other.id])) >= ALIKE
                and _same_parties(claim, other)
                and not settled.claim(_passages(claim), _passages(other))
            ),
            default=None,
            key=lambda found: found[:2],
        )
        first, second = (_first(best[2]), _first(claim)) if best else (None, None)
        if best is None or first is None or second is None or _json(first) == _json(second):
            continue
        subject = f"[{_at(first)}, {_at(second)}]"
        why = f"{best[0]:.0%} of the telling words of one are in the other"
        change = Recount(best[2]).with_others(claim.origins)
        yield Doubt("claim", best[2].id, subject, "different", "same", why, round(best[0] * APART, 2), change)


def _share(a: set[str], b: set[str]) -> float:
    poorer = min(fsum(sorted(map(weight, s))) for s in (a, b))
    return fsum(sorted(map(weight, a & b))) / poorer if poorer else 0.0


def _same_parties(a: Claim, b: Claim) -> bool:
    """Whether two claims may be one by who accuses whom: not where one answers the other."""

    def differ(x: str | None, y: str | None) -> bool:
        mine, theirs = (set(core(head(n or "")).split()) for n in (x, y))
        return bool(mine and theirs) and not mine & theirs

    answers = a.accuser and b.accused and not differ(a.accuser, b.accused)
    back = b.accuser and a.accused and not differ(b.accuser, a.accused)
    return not (answers or back) and not differ(a.accused, b.accused)


def _passages(claim: Claim) -> list[Passage]:
    return [p for m in claim.mentions for p in m.passages]


def _first(claim: Claim) -> Passage | None:
    return next((p for m in claim.mentions if m.stance in AFFIRMING for p in m.passages), None)


# what stance? ----------------------------------------------------------------------------------------------
def _answers(claim: Claim, tried: Recount, settled: Settled) -> Iterator[Doubt]:
    """Responses that are easily misread: doubts, confirmations by who says the same, and denials in a
    document that has the same speaker say it too."""
    sources = {fold(head(o.source)): o for o in claim.origins}
    for r in claim.responses:
        both = _says_both(claim, r)
        asked = r.stance in ("doubt", "confirm") or (r.stance == "deny" and both)
        if not asked or not r.passages or settled.stance(r.passages[0]):
            continue
        origin = sources.get(fold(head(r.source)))
        if r.stance == "confirm":
            other, unsure = "deny", CONFIRMED
            change = tried.less(origin) if origin else NOTHING
            why = "it says what others said before"
        else:
            other, unsure = "assert", BOTH if both else DOUBTED
            change = NOTHING if origin else tried.more()
            why = "the same speaker says it too in this document" if both else "neither for it nor against it"
        yield Doubt("stance", claim.id, _at(r.passages[0]), r.stance, other, why, unsure, change)


def _says_both(claim: Claim, response: Response) -> bool:
    name = fold(head(response.source))

    def by(m: Mention) -> bool:
        return m.document == response.document and any(fold(head(s)) == name for s in m.speakers[:1])

    stances = {m.stance for m in claim.mentions if by(m)}
    return bool(stances & AFFIRMING and stances & OPPOSING)


def _at(passage: Passage) -> str:
    return _json([passage.document, passage.start, passage.end])


def _json(value: object) -> str:
    if isinstance(value, Passage):
        return _at(value)
    return json.dumps(value, ensure_ascii=False)
