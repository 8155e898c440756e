"""Which sources a Document cites for a Claim, and how texts descend from one another without saying so."""

import pytest

from allegata.linking.citations import Told, find_upstream
from allegata.linking.cited import find_cites, sift
from allegata.linking.ground import Ground
from allegata.linking.grounds import timed
from allegata.linking.oddities import Oddities
from allegata.linking.parties import Party
from allegata.linking.tellings import Telling
from allegata.linking.topic import Topic, widen
from allegata.model import Passage, Source

from .conftest import make_reading

ROTH = Source("Ida Roth", "person")
VENN = Source("Karl Venn", "person")


def told(text, span, name, stance="assert"):
    party = Party(f"person:{name}", name, "named_person", (name,))
    return Telling(text.id, stance, (party,), (name,), (Passage(text.id, *span),))


@pytest.fixture
def page(texts):
    """The claim's sentence, its source, forty sentences of something else, and an expert on that."""
    filler = [f"The council also spoke of school buses and lamps on street number {i}." for i in range(40)]
    reading = make_reading(
        "d1",
        [
            ("Two gravel barges broke loose above the Velm weir, Ida Roth said.", ROTH, "assert"),
            *filler,
            ("School buses need lamps before winter, Karl Venn said.", VENN, "assert"),
        ],
        outlet="Hill Post",
    )
    return texts([reading])[0]


def test_the_expert_on_the_background_is_not_cited_for_the_claim(page):
    lines = [s.content[0] for s in page.reading.statements]
    spans = {"d1": (lines[0],)}
    topic = Topic([page], spans)
    here = {"d1": [told(page, lines[0], "Ida Roth")]}
    wider = {"d1": [told(page, lines[0], "Ida Roth"), told(page, lines[1], "Karl Venn")]}
    relevant = sift([page], here, wider, topic)
    cites = [c.source for cs in find_cites(page, here["d1"], relevant["d1"]) for c in cs]
    assert cites == ["Ida Roth"]
    assert lines[1] not in widen([page], spans, topic)["d1"]


def test_a_denial_is_cited_as_one_and_the_page_does_not_cite_itself(page):
    span = page.reading.statements[0].content[0]
    tellings = [told(page, span, "Ida Roth", "deny"), told(page, span, "Hill Post")]
    cites = [c for cs in find_cites(page, tellings, tellings) for c in cs]
    assert [(c.source, c.role) for c in cites] == [("Ida Roth", "denies")]


STORY = [
    "Two barges loaded with gravel broke loose above the weir on Monday and drifted into the old bridge.",
    "Nobody was aboard, and the middle pier lost three courses of stone before the crews could reach it.",
    "The road over it stays shut until divers have looked at the footing and the province pays for a crane.",
]


def upstream(texts, *readings):
    made = timed([Told(t, ((0, 40),), False) for t in texts(list(readings))])
    return {
        t.text.id: [
            (e.upstream, e.kind) for e in find_upstream(t, Ground(made), Oddities([x.text for x in made]))
        ]
        for t in made
    }


def test_without_dates_who_names_the_other_has_it_from_them(texts):
    first = make_reading("z1", STORY, outlet="Lower Ore Courier", published=None)
    relay = make_reading(
        "a1", [*STORY, "So the Lower Ore Courier had it."], outlet="Hill Post", published=None
    )
    found = upstream(texts, first, relay)
    assert found["z1"] == []
    assert [u for u, _ in found["a1"]] == ["z1"]


def test_a_passage_of_each_of_two_pages_shows_both(texts):
    other = [
        "The harbour office has nine tugs, of which six were in dock that night for want of propellers.",
        "A seventh was out at sea with a broken winch, and its master heard of the matter from the radio.",
    ]
    a = make_reading("a", STORY, outlet="Lower Ore Courier", published="2025-03-04T08:00:00+00:00")
    b = make_reading("b", other, outlet="Weir Times", published="2025-03-04T09:00:00+00:00")
    c = make_reading("c", [*STORY, *other], outlet="Hill Post", published="2025-03-04T10:00:00+00:00")
    assert sorted(upstream(texts, a, b, c)["c"]) == [("a", "copy"), ("b", "copy")]


def test_a_correction_speaks_of_its_own_earlier_page(texts):
    a = make_reading("a", STORY, outlet="Hill Post")
    b = make_reading(
        "b",
        ["On 4 March we wrote that two barges broke loose above the weir.", "There was one barge."],
        outlet="Hill Post",
        published="2025-03-06T10:00:00+00:00",
        title="Correction",
    )
    assert upstream(texts, a, b)["b"] == [("a", "credit")]


def test_a_translation_is_known_by_its_names_and_numbers(texts):
    a = make_reading(
        "a",
        [
            "In Zelwick and Ostrahavn 417 barges sank, Brindelmoor said.",
            "Karvanthe and Quillomere sent 32 crews.",
        ],
        outlet="Weir Times",
    )
    b = make_reading(
        "b",
        [
            "À Zelwick et Ostrahavn, 417 péniches ont coulé, selon Brindelmoor.",
            "Karvanthe et Quillomere ont envoyé 32 équipes sur place dans la nuit.",
            "(Avec agences)",
        ],
        outlet="La Berge",
        published="2025-03-04T18:00:00+00:00",
    )
    assert upstream(texts, a, b)["b"] == [("a", "rewrite")]
