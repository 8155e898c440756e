"""Which documents carry which claim, where one incident holds several."""

from __future__ import annotations

import itertools

from allegata.contract import to_plain
from allegata.linking.linker import link_story
from allegata.model import Claim, Source

from .conftest import make_reading

MINISTER = Source(
    "Petra Lund", "person", title="harbour minister", organisation="Harbour Ministry of Ostland"
)
OWNER = Source("Marrow Lines", "organisation")
MATE = Source("Jon Feld", "person", title="mate")
GUARD = Source("Rovia", "organisation")
GUARD_OTHER = Source("Sedania", "organisation")


def carried(claims: list[Claim], *words: str) -> set[str]:
    """The documents of the one claim whose proposition has all of the words."""
    found = [c for c in claims if all(w in c.proposition for w in words)]
    assert len(found) == 1, [c.proposition for c in claims]
    return set(found[0].documents)


def pipe_story():
    return [
        make_reading(
            "p1",
            [
                (
                    "The tug Corvina tore the gas pipe off Hallund with its anchor, Petra Lund said.",
                    MINISTER,
                    "allege",
                ),
                ("The Corvina tore the gas pipe on purpose, Petra Lund said.", MINISTER, "allege"),
            ],
            outlet="Hallund Post",
            title="Tug tore gas pipe",
        ),
        make_reading(
            "p2",
            [
                (
                    "The gas pipe off Hallund was torn by the anchor of the tug Corvina, Petra Lund said.",
                    MINISTER,
                    "allege",
                ),
                ("The tug tore the pipe deliberately, Petra Lund said.", MINISTER, "allege"),
            ],
            outlet="Sound Courier",
            published="2025-03-04T12:00:00+00:00",
        ),
        make_reading(
            "p3",
            [
                (
                    "The anchor of the tug Corvina tore the gas pipe off Hallund, its mate Jon Feld said.",
                    MATE,
                    "confirm",
                ),
                ("The Corvina tore the pipe by accident, the anchor slipped, Jon Feld said.", MATE, "assert"),
            ],
            outlet="Skerry Radio",
            published="2025-03-06T08:00:00+00:00",
        ),
        make_reading(
            "p4",
            ["The anchor of the tug Corvina had torn the gas pipe off Hallund, pictures of the seabed show."],
            outlet="Depth Watch",
            published="2025-03-07T08:00:00+00:00",
        ),
    ]


def test_that_an_act_was_meant_is_a_claim_of_its_own_where_somebody_says_it_was_not(texts):
    claims = link_story(texts(pipe_story()))
    whole = max(claims, key=lambda c: len(c.documents))
    assert set(whole.documents) == {"p1", "p2", "p3", "p4"}
    part = [c for c in claims if c is not whole]
    assert [set(c.documents) for c in part] == [{"p1", "p2", "p3"}]


def test_where_nobody_says_that_it_was_not_meant_there_is_one_claim(texts):
    story = [r for r in pipe_story() if r.document.id != "p3"]
    assert len(link_story(texts(story))) == 1


def test_the_parts_are_the_same_in_whatever_order_documents_come(texts):
    story = texts(pipe_story())
    want = [to_plain(c) for c in link_story(story)]
    for order in itertools.permutations(story):
        assert [to_plain(c) for c in link_story(order)] == want


def border_story():
    first = (
        "Rovian soldiers fired on the customs post at Teck and killed a clerk, Sedania said.",
        GUARD_OTHER,
    )
    second = (
        "Sedanian customs men stormed a Rovian patrol with knives and wounded two soldiers, Rovia said.",
        GUARD,
    )
    return [
        make_reading("b1", [(*first, "allege")], outlet="Sedan Daily", accused="Rovia"),
        make_reading(
            "b2",
            [(*second, "allege")],
            outlet="Rovian Herald",
            accused="Sedania",
            published="2025-03-04T10:00:00+00:00",
        ),
        make_reading(
            "b3",
            [(*first, "allege")],
            outlet="Lakes Agency",
            accused="Rovia",
            published="2025-03-04T12:00:00+00:00",
        ),
        make_reading(
            "b4",
            [(*second, "allege")],
            outlet="Plain Courier",
            accused="Sedania",
            published="2025-03-04T13:00:00+00:00",
        ),
        make_reading(
            "b5",
            [
                (
                    "Envoys met at the customs post at Teck, where Rovian soldiers fired and killed a clerk.",
                    None,
                    "",
                ),
                ("Rovia and Sedania accused each other again of the shots at the customs post.", None, ""),
            ],
            outlet="Lakes Agency",
            published="2025-03-09T12:00:00+00:00",
        ),
    ]


def test_sides_that_accuse_each_other_are_carried_by_both_claims(texts):
    claims = [c for c in link_story(texts(border_story())) if len(c.documents) > 1]
    assert len(claims) == 2
    assert carried(claims, "Rovian soldiers fired") == {"b1", "b3", "b5"}
    assert carried(claims, "stormed a Rovian patrol") == {"b2", "b4", "b5"}


def test_a_translation_carries_what_the_text_carries_that_it_shares_names_with(texts):
    foreign = make_reading(
        "p5",
        [
            "Laut Ministerin Petra Lund riss der Schlepper Corvina vor Hallund eine Leitung ab.",
            "Der Maat Jon Feld nannte es ein Versehen, so Skerry Radio.",
        ],
        outlet="Kieler Bote",
        published="2025-03-06T18:00:00+00:00",
        act=None,
    )
    claims = link_story(texts([*pipe_story(), foreign]))
    assert all("p5" in c.documents for c in claims if len(c.documents) > 1)


def test_a_later_occurrence_told_by_several_is_a_claim_of_its_own(texts):
    raid = "Masked men robbed the ferry Lena at Grau and wounded its purser, Petra Lund said."
    again = "Masked men robbed the ferry Hulda at Grau and killed its cook, Petra Lund said."
    story = [
        make_reading(
            f"o{n}", [(line, MINISTER, "allege")], outlet=f"Paper {n}", published=f"{day}T08:00:00+00:00"
        )
        for n, (line, day) in enumerate(
            [(raid, "2025-03-04"), (raid, "2025-03-05"), (again, "2025-08-09"), (again, "2025-08-10")]
        )
    ]
    claims = link_story(texts(story))
    assert sorted(sorted(c.documents) for c in claims) == [["o0", "o1"], ["o2", "o3"]]
