"""Which passages of a story state one proposition.

Seeds are passages that many other documents of the story have like; around each seed gather the passages that
are like it in meaning and in telling words and that put the act to the same side. What the accused themselves
put to the other side is a counter-claim, not a telling of the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from allegata.linking.fingerprints import key
from allegata.linking.identity import Identities, country_in
from allegata.linking.texts import Text, Unit
from allegata.linking.words import weight, words
from allegata.model import AFFIRMING, Allegation, Event, Span

SAME = 0.45
"""Likeness (0.6 cosine + 0.4 shared telling words) from which two passages state one proposition."""

NEAR = 0.36
"""Likeness from which a document of the story that states nothing closer is taken to tell the main claim."""

DISTANT_DAYS = 45
"""Reports further apart than this tell of another occurrence unless they are very like."""

MOST_TEXTS = 300
"""Documents of one story among which seeds are sought; the rest are matched to the seeds found."""

_DIMENSIONS = 2048

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Spot:
    """One unit of one text of the story, with the act found in it, if any."""

    text: int
    unit: Unit
    claimants: frozenset[str]
    act: str | None
    accused: str | None
    victim: str | None


@dataclass(slots=True)
class Proposal:
    """A claim in the making: the seed and, for each text (by index), the spans that state it."""

    seed: Spot
    spans: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))
    sides: frozenset[str] = frozenset()

    def texts(self) -> list[int]:
        return sorted(self.spans)


def propose(texts: Sequence[Text], identities: Identities) -> list[Proposal]:
    """The claims of a story, the one most told first. ``texts`` must be sorted by `Text.sort_key`."""
    spots = [s for i, t in enumerate(texts) for s in _spots(i, t, identities)]
    if not spots:
        return []
    likeness = _likeness(texts, spots)
    owner = np.array([s.text for s in spots])
    open_to_seed = np.array([_may_seed(s) for s in spots])
    taken = np.zeros(len(spots), bool)
    out: list[Proposal] = []
    while len(out) < 6:
        support = _support(likeness, owner, taken)
        support = support * np.where([s.act is not None for s in spots], 1.15, 1.0) * open_to_seed * ~taken
        best = int(np.argmax(support))
        if support[best] <= 0 and out:
            break
        proposal = _gather(best, spots, likeness, owner, taken, identities)
        taken[best] = True
        if _is_new(proposal, out, texts):
            out.append(proposal)
        if support[best] <= 0:
            break
    if out:
        _attach_rest(out[0], spots, likeness, owner, texts)
        out[1:1] = _counter_claims(out[0], spots, likeness, identities)
    return out


def _spots(index: int, text: Text, identities: Identities) -> list[Spot]:
    statements = {s.id: s for s in text.reading.statements}
    out = []
    for unit in text.units:
        if unit.span is None:
            out.append(Spot(index, unit, frozenset(), None, None, None))
            continue
        start, end = unit.span
        inside = [
            s for s in statements.values() if any(p[0] < end and start < p[1] for p in (*s.cue, *s.content))
        ]
        claimants = frozenset(
            identities.party(text.id, s.speaker).id for s in inside if s.speaker and s.stance in AFFIRMING
        )
        found: Allegation | Event | None = next(
            (a for a in text.reading.allegations if a.span and a.span[0] < end and start < a.span[1]), None
        ) or next((e for e in text.reading.events if e.start < end and start < e.end), None)
        if isinstance(found, Allegation):
            out.append(Spot(index, unit, claimants, found.act, found.accused, found.victim))
        elif found is not None:
            out.append(Spot(index, unit, claimants, found.act, found.actor, found.target))
        else:
            out.append(Spot(index, unit, claimants, None, None, None))
    return out


def _may_seed(s: Spot) -> bool:
    return s.unit.span is not None and len(s.unit.text.split()) >= 6


def _likeness(texts: Sequence[Text], spots: Sequence[Spot]) -> Matrix:
    """(units, units): 0.6 cosine + 0.4 shared telling words over those of the poorer; less for reports that
    lie far apart in time."""
    rows = np.vstack([t.vectors for t in texts])
    cosine = rows @ rows.T
    terms = np.zeros((len(spots), _DIMENSIONS), np.float32)
    for i, s in enumerate(spots):
        for w in {w.norm for w in words(s.unit.text)}:
            if weight(w) > 1.5:
                terms[i, key(w) % _DIMENSIONS] = weight(w) ** 0.5
    sums = (terms**2).sum(axis=1)
    poorer = np.minimum(sums[:, None], sums[None, :])
    lexical = np.divide(terms @ terms.T, poorer, out=np.zeros_like(cosine), where=poorer > 0)
    out: Matrix = (0.6 * cosine + 0.4 * lexical).astype(np.float32)
    days = np.array([t.when.timestamp() / 86400 if t.when else np.nan for t in texts])[
        [s.text for s in spots]
    ]
    with np.errstate(invalid="ignore"):
        distant = np.abs(days[:, None] - days[None, :]) > DISTANT_DAYS
    return np.where(distant, out * 0.75, out).astype(np.float32)


def _support(likeness: Matrix, owner: NDArray[np.int64], taken: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each unit the sum over other documents of how far their likest free unit exceeds the threshold."""
    excess = np.clip(likeness - (SAME - 0.1), 0, None) * ~taken[None, :]
    count = int(owner.max()) + 1
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
    owner: NDArray[np.int64],
    taken: NDArray[np.bool_],
    identities: Identities,
) -> Proposal:
    """The units like the seed, or like its nearest supporters; marks them as taken."""
    order = np.argsort(-likeness[seed], kind="stable")
    core = [int(j) for j in order if likeness[seed, j] >= SAME and not taken[j]][:10] or [seed]
    score = 0.5 * likeness[seed] + 0.5 * np.sort(likeness[core], axis=0)[-min(3, len(core)) :].mean(axis=0)
    proposal = Proposal(spots[seed])
    sides = Counter(side for j in core if (side := side_of(spots[j].accused, identities)) is not None)
    proposal.sides = frozenset([max(sorted(sides), key=lambda k: sides[k])]) if sides else frozenset()
    for j in np.flatnonzero((score >= SAME) & ~taken):
        spot = spots[int(j)]
        if _answers_back(spot, proposal, identities):
            continue
        taken[j] = True
        if spot.unit.span is not None:
            proposal.spans[spot.text].append(spot.unit.span)
    if spots[seed].unit.span is not None and not proposal.spans[spots[seed].text]:
        proposal.spans[spots[seed].text].append(spots[seed].unit.span)  # type: ignore[arg-type]
    return proposal


def side_of(name: str | None, identities: Identities) -> str | None:
    """The side that an actor's name means: a state for its forces and offices, else the party so named."""
    if not name:
        return None
    nation = country_in(name)
    if nation:
        return f"state:{nation}"
    return identities.find(name)


def _answers_back(spot: Spot, proposal: Proposal, identities: Identities) -> bool:
    """The accused side puts an act to somebody else: a counter-claim."""
    if not proposal.sides or spot.act is None:
        return False
    side = side_of(spot.accused, identities)
    return side is not None and side not in proposal.sides and bool(spot.claimants & proposal.sides)


def _is_new(proposal: Proposal, known: Sequence[Proposal], texts: Sequence[Text]) -> bool:
    """Whether a further seed is a claim of its own: told by two documents at least, and not just another
    detail that the same documents give of a claim already found."""
    if not known:
        return True
    mine = set(proposal.texts())
    if len(mine) < 2:
        return False
    main = set(known[0].texts())
    fresh = len(mine - main)
    if any(len(mine & set(k.texts())) > 0.5 * len(mine) and k is not known[0] for k in known):
        return False
    return fresh >= 2 or (fresh >= 1 and len(mine) <= 4)


def _attach_rest(
    main: Proposal, spots: Sequence[Spot], likeness: Matrix, owner: NDArray[np.int64], texts: Sequence[Text]
) -> None:
    """Documents of the story that tell the main claim in words less like: by their likest unit."""
    core = [
        i
        for i, s in enumerate(spots)
        if s.unit.span is not None and s.unit.span in main.spans.get(s.text, [])
    ]
    if not core:
        return
    best = np.sort(likeness[core], axis=0)[-min(3, len(core)) :].mean(axis=0)
    for d in range(len(texts)):
        if main.spans.get(d):
            continue
        mine = [int(i) for i in np.flatnonzero(owner == d) if spots[int(i)].unit.span is not None]
        if not mine:
            continue
        top = max(mine, key=lambda i: (best[i], -i))
        if best[top] >= NEAR:
            span = spots[top].unit.span
            assert span is not None
            main.spans[d].append(span)


def _counter_claims(
    main: Proposal, spots: Sequence[Spot], likeness: Matrix, identities: Identities
) -> list[Proposal]:
    """What the accused side puts to another side, gathered by likeness to its first telling."""
    back = [i for i, s in enumerate(spots) if _answers_back(s, main, identities)]
    if not back:
        return []
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
