"""Passages that two opposed claims share, and whose voice they are."""

from __future__ import annotations

from allegata.linking.identity import Identities
from allegata.linking.parties import Party
from allegata.linking.proposals import Proposal, side_of
from allegata.linking.settling import set_apart
from allegata.linking.sorting import mark_distant, part_opposed
from allegata.linking.spots import find_spots
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.model import Source

from .conftest import make_reading

NORTH, SOUTH = Source("Vesland", "organisation"), Source("Orrland", "organisation")
HERDER = Source("Tam Orrel", "person", title="goatherd")

BY_SOUTH = ("Vesland fired on the toll house at Dunn and killed its keeper, Orrland said.", SOUTH, "allege")
BY_NORTH = ("Orrland ambushed a night patrol below Dunn, Vesland said.", NORTH, "allege")
SEEN = ("There was shooting at the toll house and the keeper fell, Tam Orrel said.", HERDER, "assert")


def story() -> list:
    return [
        make_reading("s1", [BY_SOUTH], outlet="Orr Daily", accused="Vesland"),
        make_reading("s2", [BY_NORTH], outlet="Ves Herald", accused="Orrland"),
        make_reading("s3", [BY_SOUTH, BY_NORTH], outlet="Lakes Agency", accused="Vesland"),
        make_reading("s4", [SEEN], outlet="Hill Radio", act=None),
    ]


class Made:
    """Two opposed claims, both of which likeness gave the passages of ``shared`` documents."""

    def __init__(self, ordered: list[Text], shared: dict[int, int]) -> None:
        self.identities = Identities(ordered)
        self.spots = [s for i, t in enumerate(ordered) for s in find_spots(i, t, self.identities)]
        self.main, self.other = self._claim(0, "Vesland"), self._claim(1, "Orrland")
        for text, number in shared.items():
            span = [s.unit.span for s in self.spots if s.text == text and s.unit.span][number]
            for claim in (self.main, self.other):
                claim.spans[text].append(span)

    def _claim(self, text: int, accused: str) -> Proposal:
        seed = next(s for s in self.spots if s.text == text and s.accused == accused)
        claim = Proposal(seed)
        claim.spans[text].append(seed.unit.span)
        claim.sides = frozenset(filter(None, [side_of(accused, self.identities)]))
        return claim


def test_a_witness_in_both_of_two_opposed_claims_speaks_for_the_main_one(texts):
    made = Made(texts(story()), {3: 0})
    mark_distant([made.main, made.other], made.spots, made.identities)
    assert made.main.against == made.main.distant == set()
    assert made.other.against == {3}


def test_a_passage_goes_to_the_claim_whose_side_it_accuses(texts):
    made = Made(texts(story()), {2: 0})
    made.other.spans[2].append((0, 1))  # it has another passage there
    part_opposed([made.main, made.other], made.spots, made.identities)
    assert made.main.spans[2] and made.other.spans[2] == [(0, 1)]


def test_who_tells_the_opposite_denies_and_who_tells_another_claim_says_nothing():
    herder = Party("person:tam orrel", "Tam Orrel", "named_person", ("Tam Orrel",))
    said = Telling("d", "assert", (herder,), ("Tam Orrel",), ())
    told = {"d": [said], "e": [said], "f": [said]}
    apart = set_apart(told, {"e"}, {"d"})
    assert [t.stance for t in apart["d"]] == ["deny"]
    assert apart["e"] == []
    assert apart["f"] == [said]
