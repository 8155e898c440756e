"""Passages that two opposed claims share, and whose voice they are."""

from __future__ import annotations

from dataclasses import replace

from allegata.linking.attaching import attach_elsewhere
from allegata.linking.identity import Identities
from allegata.linking.parties import Party
from allegata.linking.proposals import Proposal, side_of
from allegata.linking.propositions import propose
from allegata.linking.settling import set_apart
from allegata.linking.sorting import leave_to_main, mark_distant, part_opposed
from allegata.linking.spots import find_spots, likeness_of
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


def test_what_somebody_says_of_another_claim_than_its_page_tells_is_of_that_claim(texts):
    """The page tells of a sale; the office's word there is on the fire that three other pages tell of."""
    fire = "Tovar Guards burned the toll archive at Dunn on Monday night"
    union, office = Source("Toll Keepers Union", "organisation"), Source("Dunn fire office", "organisation")
    sale = "The toll house at Kell was sold in April to the brother of the Kell harbour master for one crown"
    said = (f"{fire}, the Dunn fire office said in a letter.", office, "assert")
    story = texts(
        [
            make_reading(
                "e1", [(f"{sale}, the union said.", union, "allege")], outlet="A", accused="Kell office"
            ),
            make_reading("e2", [(f"{sale}.", union, "allege")], outlet="B", accused="Kell office"),
            *(
                make_reading(
                    f"f{n}",
                    [(f"{fire}, the union said.", union, "allege")],
                    outlet=f"F{n}",
                    accused="Tovar Guards",
                )
                for n in range(3)
            ),
            make_reading(
                "e3", [(f"{sale}, the union said.", union, "allege"), said], outlet="C", accused="Kell office"
            ),
        ]
    )
    spots = [s for i, t in enumerate(story) for s in find_spots(i, t, Identities(story))]
    found = []
    for seed, among in (("The toll house", (0, 1, 5)), ("Tovar Guards", (2, 3, 4))):
        spot = next(s for s in spots if s.unit.text.startswith(seed))
        claim = Proposal(spot)
        for s in spots:
            if s.text in among and s.unit.text.startswith(seed):
                claim.spans[s.text].append(s.unit.span)
        found.append(claim)
    attach_elsewhere(found, spots, likeness_of(story, spots))
    assert 5 in found[1].spans
    few = [found[0], Proposal(found[1].seed)]
    few[1].spans[2] = found[1].spans[2]
    attach_elsewhere(few, spots, likeness_of(story, spots))
    assert 5 not in few[1].spans


def test_a_name_under_a_statement_is_no_passage_and_its_publisher_answers_for_what_was_not(texts):
    lines = ["No guard of ours was at Dunn on Monday.", "Tam Orrel, Managing Director"]
    story = texts([make_reading("p1", lines, outlet="Tovar Guards", kind="statement", act=None)])
    identities = Identities(story)
    first, last = find_spots(0, story[0], identities)
    assert last.unit.span is None and last.unit.text == lines[1]
    assert first.answers and first.answerers == {identities.party("p1", "Tovar Guards").id}


def test_what_is_harmed_more_often_than_it_harms_is_accused_of_nothing(texts):
    hit = "Shells from Vesland hit the hospital at Dunn on Monday and killed a nurse, Orrland said."
    itself = ("The hospital at Dunn blew itself up, a blogger wrote.", Source("@dunn", "account"), "assert")
    pages = [
        make_reading(f"h{n}", [(hit, SOUTH, "allege")], outlet=f"H{n}", accused="Vesland") for n in range(2)
    ]
    pages = [
        replace(p, allegations=tuple(replace(a, victim="hospital at Dunn") for a in p.allegations))
        for p in pages
    ]
    story = texts([*pages, make_reading("h9", [itself], outlet="Chirper", accused="hospital")])
    claims = propose(story, Identities(story))
    assert claims and all("actor:hospital" not in c.sides for c in claims)


def test_what_touches_a_lesser_claim_in_passing_is_left_to_the_first(texts):
    paper = (
        "The border paper orders guards at Dunn to send herders back over the ridge without a written trace"
    )
    signed = "The paper was signed by Orrland's minister Ada Holt"
    both = f"{signed} and sets ninety returns a week"
    lines = {
        "l1": [(f"{paper}.", NORTH, "allege")],
        "l2": [(f"{paper}.", NORTH, "allege"), (f"{both}.", NORTH, "allege")],
        "l3": [(f"{signed}.", NORTH, "allege")],
        "l5": [(f"{signed}, Vesland said.", NORTH, "allege")],
        "l9": ["I am a guard of the ridge at Dunn.", "Ninety a week is real."],
    }
    story = texts([make_reading(n, x, outlet=n, accused="Orrland") for n, x in lines.items()])
    spots = [s for i, t in enumerate(story) for s in find_spots(i, t, Identities(story))]

    def claim(start: str, *more: tuple[int, str]) -> Proposal:
        held = [s for s in spots if s.unit.text.startswith(start)]
        made = Proposal(held[0])
        for s in held + [s for s in spots for at, words in more if s.text == at and s.unit.text == words]:
            made.spans[s.text].append(s.unit.span)
        return made

    found = [claim("The border paper"), claim("The paper was signed", (4, "Ninety a week is real."))]
    leave_to_main(found, spots, likeness_of(story, spots))
    assert found[1].texts() == [1, 2, 3]
    assert 4 in found[0].spans
