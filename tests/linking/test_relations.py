"""How the claims of one story stand to each other."""

from allegata.linking.identity import Identities
from allegata.linking.proposals import Proposal
from allegata.linking.relations import Made, relate
from allegata.linking.spots import find_spots
from allegata.model import Claim, Mention, Origin, OriginCount, Source

from .conftest import make_reading

REEVE = Source("Anto Brill", "person", title="reeve")
NORTH, SOUTH = "state:north", "state:south"
DAYS = ("2025-03-04", "2025-03-05", "2025-03-06", "2026-09-01", "2026-09-02")


def made(texts, name: str, told: list[int], *, side: str, voice: str, **more) -> Made:
    identities = Identities(texts)
    spots = [s for i, t in enumerate(texts) for s in find_spots(i, t, identities)]
    proposal = Proposal(next(s for s in spots if s.text == told[0]), sides=frozenset([side]), **more)
    for d in told:
        proposal.spans[d].append((0, 10))
    mentions = tuple(Mention(texts[d].id, None, None, None, "allege") for d in told)
    origin = Origin(voice, voice, "named_official", True, texts[told[0]].id)
    count = OriginCount(1, 1, 1, 0, 0)
    claim = Claim(name, name, "ASSAULT", None, None, None, None, None, mentions, (origin,), count)
    return Made(claim, proposal)


def pages(texts):
    said = [("Guards burned the weir house at Pell, the reeve said.", REEVE, "assert")]
    return texts(
        [
            make_reading(f"d{n}", said, outlet=f"Paper {n}", published=f"{day}T08:00:00+00:00")
            for n, day in enumerate(DAYS)
        ]
    )


def relations(made: list[Made], texts) -> dict[tuple[str, str], str]:
    claims = relate(made, [m.claim for m in made], texts)
    return {(c.id, r.claim): r.relation for c in claims for r in c.related}


def test_two_sides_that_accuse_each_other_in_the_same_pages_are_opposed(texts):
    story = pages(texts)
    a = made(story, "a", [0, 1], side=SOUTH, voice=NORTH)
    b = made(story, "b", [1, 2], side=NORTH, voice=SOUTH)
    assert relations([a, b], story) == {("a", "b"): "opposed", ("b", "a"): "opposed"}
    elsewhere = made(story, "c", [2], side=NORTH, voice=SOUTH)
    assert relations([a, elsewhere], story) == {}


def test_that_it_was_meant_is_a_part_of_the_claim(texts):
    story = pages(texts)
    whole = made(story, "a", [0, 1], side=SOUTH, voice=NORTH)
    part = made(story, "b", [1], side=SOUTH, voice=NORTH, part=True)
    assert relations([whole, part], story) == {("a", "b"): "has_part", ("b", "a"): "part_of"}


def test_a_like_act_of_the_same_side_in_another_year_is_another_time(texts):
    story = pages(texts)
    first = made(story, "a", [0, 1, 2], side=SOUTH, voice=NORTH)
    later = made(story, "b", [3, 4], side=SOUTH, voice=NORTH)
    assert relations([first, later], story) == {("a", "b"): "another_time", ("b", "a"): "another_time"}
    same_days = made(story, "c", [1, 2], side=SOUTH, voice=NORTH)
    assert relations([first, same_days], story) == {}


def test_an_old_report_is_tied_to_the_claim_of_the_pages_that_bring_it_up(texts):
    story = pages(texts)
    new = made(story, "a", [3, 4], side=SOUTH, voice=NORTH)
    old = made(story, "b", [0, 4], side="state:east", voice="state:west", recall={4})
    claims = relate([new, old], [new.claim, old.claim], story)
    assert [(r.claim, r.relation, r.documents) for c in claims for r in c.related] == [
        ("b", "recycles", ("d4",)),
        ("a", "recycled_in", ("d4",)),
    ]
