"""Which passages of a story state one proposition.

Seeds are passages that many other documents of the story have like; around each seed gather the passages that
are like it in meaning and in telling words and that put the act to the same side. What the accused themselves
put to the other side is a counter-claim, not a telling of the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from allegata.linking.accounts import find_accounts
from allegata.linking.attaching import (
    NEAR,
    attach_answers,
    attach_elsewhere,
    attach_foreign,
    attach_reports_of,
    attach_rest,
    attach_voices,
    drop_early,
    drop_other_papers,
)
from allegata.linking.counterparts import attach_mutual, attach_translations
from allegata.linking.identity import Identities
from allegata.linking.intent import find_intent
from allegata.linking.newness import are_apart, is_new, is_only_language, part_of
from allegata.linking.phrasing import best_said
from allegata.linking.proposals import SAME, Proposal, core_of, side_of
from allegata.linking.sorting import leave_to_main, mark_distant, part_opposed
from allegata.linking.spots import Matrix, Spot, find_spots, fitness_of, likeness_of
from allegata.linking.texts import Text

MOST_SEEDS = 8

CORE = 10
"""Passages nearest the seed by which others are judged."""

IN_PASSING = 0.6
"""Likeness to the seed that a passage without a speaker or an act has at least in a text that tells another
claim: the writer's own words there are mostly of that one."""

MOST_TEXTS = 300
"""Documents of one story among which seeds are sought; the rest are matched to the seeds found."""


def propose(texts: Sequence[Text], identities: Identities) -> list[Proposal]:
    """The claims of a story, the one most told first. ``texts`` must be sorted by `Text.sort_key`."""
    if len(texts) > MOST_TEXTS:
        return _propose_large(texts, identities)
    spots = _without_victims(
        [s for i, t in enumerate(texts) for s in find_spots(i, t, identities)], identities
    )
    if not spots:
        return []
    likeness = likeness_of(texts, spots)
    owner = np.array([s.text for s in spots])
    fitness = np.array([fitness_of(s) for s in spots])
    put_forward = np.array(
        [(bool(s.claimants) or texts[s.text].document.kind != "article") and not s.answers for s in spots]
    )
    taken = np.zeros(len(spots), bool)
    out: list[Proposal] = []
    for _ in range(MOST_SEEDS):
        support = _support(likeness, owner, taken) * fitness * ~taken
        if out:
            support = support * put_forward  # a further claim has somebody behind it, and a denial is none
        best = int(np.argmax(support))
        if support[best] <= 0 and (out or fitness[best] <= 0):
            break
        told = {d for p in out for d in p.texts()}
        proposal = _gather(best, spots, likeness, taken, told, identities)
        taken[best] = True
        together = [k for k in out if not are_apart(proposal, k, texts)]
        whole = part_of(proposal, together, spots)
        new = whole is None and (not together or is_new(proposal, out, spots, likeness))
        if new and together and is_only_language(proposal, texts):
            whole = together[0]
        if whole is not None:
            for d, spans in proposal.spans.items():
                whole.spans[d].extend(spans)
        elif new:
            out.append(proposal)
    if out:
        out[1:1] = _counter_claims(out, spots, likeness, identities)
        attach_rest(out, spots, likeness, owner, texts)
        attach_answers(out, spots, likeness, texts)
        attach_voices(out, spots, likeness)
        attach_elsewhere(out, spots, likeness)
        attach_mutual(out, spots)
        leave_to_main(out, spots, likeness)
        part_opposed(out, spots, identities)
        mark_distant(out, spots, identities)
        parts = (find_intent(p, spots, likeness, texts) for p in out[:1])
        out += [p for p in parts if p is not None]
        out += find_accounts(out, spots, likeness, texts, identities)
        attach_translations(out, texts)
        attach_foreign(out, spots, texts)
        drop_early(out[0], texts)
        for proposal in out:
            drop_other_papers(proposal, texts)
        out = [p for p in out if p.spans]
        for proposal in out:
            proposal.said = best_said(proposal, spots, likeness, texts)
    rest = _left_over(out, spots)
    attach_answers(rest, spots, likeness, texts)
    attach_reports_of(rest, texts)
    return out + rest


def _without_victims(spots: Sequence[Spot], identities: Identities) -> list[Spot]:
    """The passages; what is no party and more often harmed than harming in the story is accused of nothing
    ("the hospital blew itself up", "the shells that hit the hospital")."""
    harming = Counter(side_of(s.accused, identities) for s in spots)
    harmed = Counter(side_of(s.victim, identities) for s in spots)
    out = []
    for s in spots:
        side = side_of(s.accused, identities)
        harmless = side is not None and side.startswith("actor:") and harmed[side] > harming[side]
        out.append(replace(s, accused=None) if harmless else s)
    return out


def _propose_large(texts: Sequence[Text], identities: Identities) -> list[Proposal]:
    """For a story of very many documents: claims are sought among the first half of ``MOST_TEXTS`` and others
    spread evenly over the rest; every other document joins the claims whose passages it has like."""
    half = MOST_TEXTS // 2
    step = (len(texts) - half) / half
    chosen = [*range(half), *(half + int(k * step) for k in range(half))]
    found = propose([texts[i] for i in chosen], identities)
    rows: list[tuple[Proposal, Matrix]] = []
    for p in found:
        sample = [texts[chosen[d]] for d in p.texts()]
        cores = [
            t.vectors[n]
            for d, t in zip(p.texts(), sample, strict=True)
            for n, u in enumerate(t.units)
            if u.span in p.spans[d]
        ]
        if cores:
            rows.append((p, np.vstack(cores[:CORE])))
    for p in found:
        p.spans = defaultdict(list, {chosen[d]: spans for d, spans in p.spans.items()})
        p.distant = {chosen[d] for d in p.distant}
        p.against = {chosen[d] for d in p.against}
        p.recall = {chosen[d] for d in p.recall}
        p.seed = replace(p.seed, text=chosen[p.seed.text])
        p.fullest = replace(p.fullest, text=chosen[p.fullest.text])
        p.said = replace(p.said, text=chosen[p.said.text])
    known = set(chosen)
    for d, text in enumerate(texts):
        if d in known or not len(text.vectors):
            continue
        for p, core in rows:
            near = np.sort(text.vectors @ core.T, axis=1)[:, -3:].mean(axis=1)
            for n in np.flatnonzero(near >= SAME + 0.1):  # by meaning alone, so closer
                span = text.units[int(n)].span
                if span is not None:
                    p.spans[d].append(span)
    return found


def _support(likeness: Matrix, owner: NDArray[np.int64], taken: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each unit the sum over other documents of how far their likest free unit exceeds the threshold."""
    excess = np.clip(likeness - (SAME - 0.1), 0, None) * ~taken[None, :]
    count = int(owner.max()) + 1
    if count == 1:  # one document alone: what it says most often
        alone: NDArray[np.float64] = excess.sum(axis=1).astype(np.float64)
        return alone
    best = np.zeros((len(owner), count))
    for d in range(count):
        mine = owner == d
        if mine.any():
            best[:, d] = excess[:, mine].max(axis=1)
    best[np.arange(len(owner)), owner] = 0.0
    total: NDArray[np.float64] = best.sum(axis=1)
    return total


def _gather(
    seed: int,
    spots: Sequence[Spot],
    likeness: Matrix,
    taken: NDArray[np.bool_],
    told: set[int],
    identities: Identities,
) -> Proposal:
    """The units like the seed, or like its nearest supporters; marks them as taken. In a text that was found
    to tell (``told``) another claim, what nobody says and nobody does must be nearer."""
    order = np.argsort(-likeness[seed], kind="stable")
    core = [int(j) for j in order if likeness[seed, j] >= SAME and not taken[j]][:CORE] or [seed]
    score = 0.5 * likeness[seed] + 0.5 * np.sort(likeness[core], axis=0)[-min(3, len(core)) :].mean(axis=0)
    proposal = Proposal(spots[seed])
    proposal.sides = _accused_side(spots[seed], core, spots, identities)
    acting = [spots[j] for j in core if spots[j].act]
    if acting and side_of(spots[seed].accused, identities) not in (proposal.sides or {None}):
        proposal.fullest = _fullest(spots[seed], acting, proposal.sides, identities)
    for j in np.flatnonzero((score >= SAME) & ~taken):
        spot = spots[int(j)]
        if _answers_back(spot, proposal, identities):
            continue
        voiced = spot.claimants or spot.answers or spot.act
        if spot.text in told and not voiced and likeness[seed, j] < IN_PASSING:
            continue
        taken[j] = True
        if spot.unit.span is not None:
            proposal.spans[spot.text].append(spot.unit.span)
    if spots[seed].unit.span is not None and not proposal.spans[spots[seed].text]:
        proposal.spans[spots[seed].text].append(spots[seed].unit.span)  # type: ignore[arg-type]
    return proposal


def _accused_side(
    seed: Spot, core: Sequence[int], spots: Sequence[Spot], identities: Identities
) -> frozenset[str]:
    """The side that the seed accuses, else the one most often accused among the core passages; one that
    speaks in the story, or is a state, before a bare word such as "guards"."""
    own = side_of(seed.accused, identities) if seed.act else None
    if own is not None and not own.startswith("actor:"):
        return frozenset([own])
    sides = Counter(side for j in core if (side := side_of(spots[j].accused, identities)) is not None)
    known = {k: n for k, n in sides.items() if not k.startswith("actor:")}
    ranked = known or sides
    return frozenset([min(ranked, key=lambda k: (-ranked[k], k))]) if ranked else frozenset()


def _fullest(seed: Spot, acting: Sequence[Spot], sides: frozenset[str], identities: Identities) -> Spot:
    """The nearest core passage with an act that names the accused side, else any accused."""
    named = [s for s in acting if s.accused]
    best = next((s for s in named if side_of(s.accused, identities) in sides), None)
    return best or next(iter(named), acting[0] if not seed.act else seed)


def _answers_back(spot: Spot, proposal: Proposal, identities: Identities) -> bool:
    """The accused side puts an act to somebody else: a counter-claim."""
    if not proposal.sides or spot.act is None:
        return False
    side = side_of(spot.accused, identities)
    return side is not None and side not in proposal.sides and bool(spot.claimants & proposal.sides)


def _counter_claims(
    found: Sequence[Proposal], spots: Sequence[Spot], likeness: Matrix, identities: Identities
) -> list[Proposal]:
    """What the accused side puts to another side, gathered by likeness to its first telling."""
    main = found[0]
    back = [i for i, s in enumerate(spots) if _answers_back(s, main, identities)]
    told = {i for p in found[1:] for i in core_of(p, spots)}
    if not back or 2 * len(told & set(back)) >= len(back):
        return []  # nothing is put back, or it was found as a claim already
    first = max(back, key=lambda i: (float(likeness[i, back].sum()), -i))
    proposal = Proposal(spots[first])
    side = side_of(spots[first].accused, identities)
    proposal.sides = frozenset([side]) if side else frozenset()
    for i, s in enumerate(spots):
        if s.unit.span is None:
            continue
        like = float(likeness[first, i])
        if (i in back and like >= NEAR) or (like >= SAME + 0.05 and s.claimants & spots[first].claimants):
            proposal.spans[s.text].append(s.unit.span)
    return [proposal]


def _left_over(found: Sequence[Proposal], spots: Sequence[Spot]) -> list[Proposal]:
    """A claim of its own for each document that tells none of the others: its first passage with an act, else
    its first."""
    told = {d for p in found for d in p.texts() if p.spans[d]}
    out = []
    for d in sorted({s.text for s in spots} - told):
        mine = [s for s in spots if s.text == d and s.unit.span is not None]
        if mine:
            seed = max(mine, key=lambda s: (bool(s.claimants) + (s.act is not None), bool(s.claimants)))
            assert seed.unit.span is not None
            proposal = Proposal(seed)
            proposal.spans[d].append(seed.unit.span)
            out.append(proposal)
    return out
