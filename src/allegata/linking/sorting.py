"""Passages and documents that likeness brought to a claim though they tell another one of the story: judged
by whose words they have and by whom they accuse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allegata.linking.attaching import nearness_of
from allegata.linking.counterparts import oppose
from allegata.linking.distinct import Own, own_words, share_of
from allegata.linking.identity import Identities
from allegata.linking.proposals import Proposal, side_of
from allegata.linking.spots import Matrix, Spot
from allegata.model import Span

_Place = tuple[int, Span]

TIMES = 2.0
"""How many times as much a passage has of what is another claim's own, to be rather of that."""


def part_opposed(found: Sequence[Proposal], spots: Sequence[Spot], identities: Identities) -> None:
    """Take from each claim the passages that accuse the side of its opposite instead. Claims keep the
    passages they were found by, and documents that have no other in them."""
    at = {(s.text, s.unit.span): s for s in spots if s.unit.span is not None}
    for mine in found:
        rivals = [o for o in found if o is not mine and oppose(mine, o, spots)]
        for text, span in _places(mine):
            spot = at.get((text, span))
            if spot is None or spot is mine.seed or spot.answers or len(mine.spans[text]) < 2:
                continue
            side = side_of(spot.accused, identities)
            if side in mine.sides:
                continue
            for rival in rivals:
                if side in rival.sides:
                    mine.spans[text].remove(span)
                    if span not in rival.spans[text]:
                        rival.spans[text].append(span)
                    break


OWN, NEAR_MAIN = 0.2, 0.15
"""Share of a lesser claim's own words from which a passage tells it that nobody says and that tells no act,
and likeness to the first claim from which what tells no other is of that one."""


def leave_to_main(found: Sequence[Proposal], spots: Sequence[Spot], likeness: Matrix) -> None:
    """Take from each lesser claim the documents that touch it only in passing: with words of its compound
    sentences ("Ninety a week is real", of a paper that "was signed by the minister and sets a target of
    ninety a week") that are nobody's reported word and tell no act. They are of the first claim or of
    none."""
    own = own_words(found, spots)
    for k, claim in enumerate(found):
        for text in claim.texts() if k else ():
            here = [s for s in spots if s.text == text and s.unit.span in claim.spans[text]]
            if not here or any(s is claim.seed or s.answers or s.claimants or s.act for s in here):
                continue
            if any(share_of(s.unit.text, own[k]) >= OWN for s in here):
                continue
            del claim.spans[text]
            if not any(other.spans.get(text) for other in found):
                _attach_nearest(found[0], text, spots, likeness)


def _attach_nearest(main: Proposal, text: int, spots: Sequence[Spot], likeness: Matrix) -> None:
    near = nearness_of(main, spots, likeness)
    mine = [i for i, s in enumerate(spots) if s.text == text and s.unit.span is not None]
    if near is None or not mine:
        return
    best = max(mine, key=lambda i: (near[i], -i))
    span = spots[best].unit.span
    if near[best] >= NEAR_MAIN and span is not None:
        main.spans[text].append(span)


def mark_distant(found: Sequence[Proposal], spots: Sequence[Spot], identities: Identities) -> None:
    """Mark in each claim the documents of which every passage there tells its opposite (``against``), or
    rather a claim that is told more and that they are in too (``distant``): nobody in them speaks for it."""
    at = {(s.text, s.unit.span): s for s in spots if s.unit.span is not None}
    own = own_words(found, spots)
    for k, mine in enumerate(found):
        opposite = {j for j, o in enumerate(found) if j != k and oppose(mine, o, spots)}
        for text in mine.texts():
            here = [at.get((text, span)) for span in mine.spans[text]]
            if any(s is None or s is mine.seed or s.answers for s in here):
                continue
            whole = [s for s in here if s is not None]
            others = [j for j in range(len(found)) if j != k and found[j].spans.get(text)]
            rivals = [j for j in others if j in opposite]
            before = [j for j in others if j < k and text not in found[j].distant | found[j].against]
            if rivals and all(
                any(
                    _accuses(s, mine, found[j], identities)
                    or (j in before and _stands_in_both(s, found[j], identities))
                    for j in rivals
                )
                for s in whole
            ):
                mine.against.add(text)
            elif all(
                any(_is_main(s, mine, found[j], own[k], own[j], identities) for j in before) for s in whole
            ):
                mine.distant.add(text)


def _stands_in_both(spot: Spot, main: Proposal, identities: Identities) -> bool:
    """Whether a passage of two opposed claims names no side: it counts for the one that is told more."""
    return side_of(spot.accused, identities) is None and spot.unit.span in main.spans[spot.text]


def _accuses(spot: Spot, mine: Proposal, other: Proposal, identities: Identities) -> bool:
    """Whether a passage accuses the side of another claim and not that of this."""
    side = side_of(spot.accused, identities)
    return side in other.sides and side not in mine.sides


def _is_main(
    spot: Spot, mine: Proposal, main: Proposal, ours: Own, theirs: Own, identities: Identities
) -> bool:
    """Whether a passage has more of the own words of a claim that is told more; one that states both of them,
    as much."""
    if side_of(spot.accused, identities) in mine.sides:
        return False
    share, other = share_of(spot.unit.text, ours), share_of(spot.unit.text, theirs)
    if spot.unit.span in main.spans[spot.text]:
        return share <= other
    return TIMES * share < other


def _places(proposal: Proposal) -> Iterator[_Place]:
    for text, spans in sorted(proposal.spans.items()):
        for span in sorted(set(spans)):
            yield text, span
