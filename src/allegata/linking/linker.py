"""Links what has been read: finds the stories that new documents belong to and makes their claims anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol

from allegata.linking.assembly import assemble, next_id
from allegata.linking.decisions import NONE, Decisions
from allegata.linking.features import restore
from allegata.linking.forgeries import find_forgeries
from allegata.linking.grouping import find_stories
from allegata.linking.identity import Identities
from allegata.linking.judging import obey_claims
from allegata.linking.opposites import answer_each_other
from allegata.linking.propositions import propose
from allegata.linking.relations import Made, relate
from allegata.linking.screening import Screen
from allegata.linking.spots import find_spots
from allegata.linking.stories import candidates, pair
from allegata.linking.texts import Text
from allegata.model import Claim, Judgement, Reading


class LinkStore(Protocol):
    """What linking needs of a store (`allegata.store.base.Store` has it)."""

    def features(self, ids: Iterable[str]) -> dict[str, bytes]: ...

    def readings(self, ids: Sequence[str]) -> list[Reading]: ...

    def vectors_of(self, ids: Iterable[str]) -> dict[str, bytes]: ...

    def sharing(self, space: str, keys: Sequence[int], least: int, most: int) -> dict[str, int]: ...

    def unlinked(self) -> list[str]: ...

    def put_pairs(self, pairs: Iterable[tuple[str, str, float]]) -> None: ...

    def neighbours(self, ids: Iterable[str]) -> dict[str, dict[str, float]]: ...

    def remove_pairs(self, ids: Iterable[str]) -> None: ...

    def claims_of(self, document_id: str) -> list[Claim]: ...

    def judgements(self, subject: str | None = None) -> list[Judgement]: ...

    def replace_claims(self, documents: Iterable[str], claims: Sequence[Claim], run: int) -> None: ...


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What one linking did: documents linked, stories made anew, claims in them."""

    documents: int
    stories: int
    claims: int


def link(store: LinkStore, run: int, progress: Callable[[int, int], None] | None = None) -> LinkReport:
    """Link all documents that are read but not linked. Only the stories they touch are made anew; an
    interrupted run is completed by the next."""
    fresh = set(store.unlinked())
    if not fresh:
        return LinkReport(0, 0, 0)
    judged = store.judgements()
    decisions = Decisions.of(judged)
    old = _closure(store, fresh, decisions)  # an edited page may leave the story it was in
    store.remove_pairs(fresh)
    texts, screen = _Texts(store), Screen(store)
    met: dict[str, set[str]] = {d: set() for d in fresh}
    for n, document_id in enumerate(screen.in_order(fresh)):
        text = texts.get(document_id)
        if text is not None:
            store.put_pairs(_pairs(text, texts, screen, store, met))
        if progress:
            progress(n + 1, len(fresh))
    now = _closure(store, {*fresh, *old}, decisions)
    stand = _standing(store, now, old, fresh)
    # Those without a fresh document first: while one is left, a run that is killed is made again by the next.
    stories = sorted(
        (s for s in find_stories(now) if tuple(s) not in stand), key=lambda s: (not fresh.isdisjoint(s), s)
    )
    claims = 0
    for story in stories:
        made = link_story(texts.all_of(story), decisions)
        claims += len(made)
        store.replace_claims(story, made, run)
    _catch_up(store, stories, judged, run)
    return LinkReport(len(fresh), len(stories), claims)


def stories_of(store: LinkStore, documents: Iterable[str], decisions: Decisions) -> list[list[str]]:
    """The stories of what hangs together with ``documents``, their own and those beside them."""
    return find_stories(_closure(store, documents, decisions))


def preview(store: LinkStore, stories: Iterable[Sequence[str]], decisions: Decisions) -> list[Claim]:
    """The claims of ``stories`` as they would be under ``decisions``. Nothing is stored."""
    texts = _Texts(store)
    return [claim for story in stories for claim in link_story(texts.all_of(story), decisions)]


def as_of(store: LinkStore, claim: Claim, day: date) -> Claim | None:
    """A Claim as it stood at the end of ``day`` (UTC), from those of its documents that were out by then.
    What nobody can date counts as known from the start. ``None`` where nothing of it was out."""
    texts = _Texts(store).all_of(claim.documents)
    known = [t for t in texts if t.when is None or t.when.date() <= day]
    found = link_story(known, Decisions.of(store.judgements())) if known else []
    there = {t.id for t in known}
    return max(found, key=lambda c: (len(there & set(c.documents)), c.id == claim.id, c.id), default=None)


def make_anew(store: LinkStore, documents: Iterable[str], judged: Sequence[Judgement], run: int) -> None:
    """Make the claims of the stories of ``documents`` anew under the Judgements ``judged``; their pairs stay.
    What was decided meanwhile is obeyed too."""
    decisions, wanted, texts = Decisions.of(judged), set(documents), _Texts(store)
    stories = [s for s in stories_of(store, wanted, decisions) if not wanted.isdisjoint(s)]
    for story in stories:
        store.replace_claims(story, link_story(texts.all_of(story), decisions), run)
    _catch_up(store, stories, judged, run)


def _catch_up(
    store: LinkStore, stories: Iterable[Sequence[str]], judged: Sequence[Judgement], run: int
) -> None:
    """Make those of ``stories`` anew that persons decided on while they were made: the claims just put would
    not know of it, though whoever decided may have made them anew before."""
    now = store.judgements()
    if len(now) == len(judged):
        return
    old, new = Decisions.of(judged), Decisions.of(now)
    changed = {d for story in stories for d in story if old.about(story) != new.about(story)}
    if changed:
        make_anew(store, changed, now, run)


def _pairs(
    text: Text, texts: _Texts, screen: Screen, store: LinkStore, met: dict[str, set[str]]
) -> list[tuple[str, str, float]]:
    """The pairs of one document with those that tell of the same matter. ``met`` says for each document whose
    turn is still to come with which it was compared already."""
    near, like = candidates(text, store)
    known = met.pop(text.id)
    for other_id in (near | like) & met.keys():
        met[other_id].add(text.id)
    out = []
    for other in texts.all_of(sorted((*(near - known), *screen.likely(text, like - known)))):
        score = pair(text, other)
        if score is not None:
            out.append((min(text.id, other.id), max(text.id, other.id), score))
    return out


def _standing(
    store: LinkStore,
    now: Mapping[str, Mapping[str, float]],
    old: Mapping[str, Mapping[str, float]],
    fresh: set[str],
) -> set[tuple[str, ...]]:
    """The stories that were there before the fresh documents came and of which the claims still stand: those
    are not made anew. The pairs of a fresh document may be those of an edited page's old story or of a run
    that was killed, so a story must have been there both with and without them. A claim that mentions an
    edited page falls with the new story of that page."""
    without = {d: {n: s for n, s in ns.items() if n not in fresh} for d, ns in now.items() if d not in fresh}
    falling = {d for f in fresh for c in store.claims_of(f) for d in c.documents} | fresh
    sure = {tuple(s) for s in find_stories(without) if falling.isdisjoint(s)}
    if not any(old.values()):
        return sure  # nothing hung on them before
    return sure & {tuple(s) for s in find_stories({**without, **old}) if falling.isdisjoint(s)}


def link_story(texts: Sequence[Text], decisions: Decisions = NONE) -> list[Claim]:
    """The claims of one story. A pure function of the set of its documents and of what persons decided."""
    mine = decisions.for_documents({t.id: t.document.text for t in texts}) if decisions else NONE
    ordered = sorted(_without_forgeries(map(mine.corrected, texts)), key=Text.sort_key)
    identities = Identities(ordered, mine)
    proposals = propose(ordered, identities)
    if mine.claims:
        spots = cache(lambda: [s for i, t in enumerate(ordered) for s in find_spots(i, t, identities)])
        proposals = obey_claims(proposals, spots, ordered, mine)
    made: dict[str, Made] = {}
    for proposal in proposals:
        claim = assemble(proposal, ordered, identities, mine) if proposal.spans else None
        if claim is None or not claim.mentions:
            continue  # everything in it turned out to be said by nobody
        while claim.id in made:  # two claims that start in one sentence
            claim = replace(claim, id=next_id(claim.id))
        made[claim.id] = Made(claim, proposal)
    claims = answer_each_other([m.sided for m in made.values()], ordered)
    return relate(list(made.values()), claims, ordered)


def _without_forgeries(texts: Iterable[Text]) -> Iterable[Text]:
    """The texts, those marked that show posts which prove nothing."""
    held = list(texts)
    forged = find_forgeries([t.document for t in held])
    return (replace(t, forged=forged[t.id]) if t.id in forged else t for t in held)


def _closure(store: LinkStore, ids: Iterable[str], decisions: Decisions) -> dict[str, dict[str, float]]:
    """Neighbours of all documents reached from ``ids`` by pairs, and by what persons put into one claim."""
    known: dict[str, dict[str, float]] = {}
    todo = sorted(set(ids))
    while todo:
        found = store.neighbours(todo)
        for d in todo:
            known[d] = found.get(d, {}) | dict.fromkeys(decisions.joined.get(d, ()), 1.0)
        todo = sorted({n for d in todo for n in known[d]} - known.keys())
    return known


class _Texts:
    """Texts by document id, loaded from the store when asked for and held up to a number."""

    _MOST, _AT_ONCE = 2000, 200

    def __init__(self, store: LinkStore) -> None:
        self._store = store
        self._held: dict[str, Text | None] = {}

    def all_of(self, ids: Iterable[str]) -> list[Text]:
        wanted = list(ids)
        out: list[Text] = []
        for start in range(0, len(wanted), self._AT_ONCE):
            part = wanted[start : start + self._AT_ONCE]
            self._hold(part)
            out += [t for d in part if (t := self._held[d]) is not None]
        return out

    def get(self, document_id: str) -> Text | None:
        self._hold([document_id])
        return self._held[document_id]

    def _hold(self, ids: Sequence[str]) -> None:
        """Load those that are not held; what was loaded first makes room for them."""
        missing = [d for d in dict.fromkeys(ids) if d not in self._held]
        if not missing:
            return
        for d in [d for d in ids if d in self._held]:
            self._held[d] = self._held.pop(d)  # not among the first
        readings = {r.document.id: r for r in self._store.readings(missing)}
        rows = self._store.vectors_of(missing)
        for d in missing:
            self._held[d] = restore(readings[d], rows.get(d, b"")) if d in readings else None
        while len(self._held) > self._MOST:
            self._held.pop(next(iter(self._held)))
