"""Who speaks beside a Claim: commentators, pictures that somebody posted, and denials of "the claim"."""

from dataclasses import replace

import pytest

from allegata.linking.answers import find_answers
from allegata.linking.called import find_described
from allegata.linking.linker import link_story
from allegata.linking.parties import Party
from allegata.linking.passing import find_passed_on
from allegata.linking.tellings import Telling
from allegata.model import Source

from .conftest import make_reading

CREW = Source("Red Weir supporters", "anonymous")
DONN = Source("Eno Donn", "person", title="researcher", organisation="Velm Institute")
UNION = Source("Millers' Union", "organisation")
FIRM = Source("Halder Flour", "organisation")
GUILD = Source("Bakers' Guild", "organisation")
POST = Source("photograph", "document")
SAID = "Foremen of Halder Flour opened the sluice at Oberau on Sunday and flooded the lower mills"
AGAIN = "On Sunday the sluice at Oberau was opened by foremen of Halder Flour and the lower mills flooded"


def undated(document_id, lines):
    reading = make_reading(document_id, lines, outlet="x", published=None)
    return replace(reading, document=replace(reading.document, outlet=None, url=None))


def origins(texts, *readings):
    claims = link_story(texts(list(readings)))
    (claim,) = [c for c in claims if len(c.documents) == len(readings)]
    return {o.source for o in claim.origins}


def test_a_researcher_named_after_those_who_say_it_is_no_origin(texts):
    first = undated(
        "n1",
        [
            (f"{SAID}, Red Weir supporters said.", CREW, "assert"),
            (f"{AGAIN}, says Eno Donn.", DONN, "assert"),
        ],
    )
    second = undated(
        "n2",
        [
            (f"{SAID}, according to Red Weir supporters.", CREW, "assert"),
            (f"{AGAIN}, said Donn.", DONN, "assert"),
        ],
    )
    assert origins(texts, first, second) == {"Red Weir supporters"}


def test_a_researcher_whom_they_have_it_from_is_one(texts):
    first = undated("n1", [(f"{SAID}, said Eno Donn.", DONN, "assert")])
    second = undated("n2", [(f"{AGAIN}, according to Eno Donn.", DONN, "assert")])
    assert origins(texts, first, second) == {"Velm Institute (Eno Donn)"}


def test_a_picture_is_an_origin_only_where_nobody_is_named_beside_it(texts):
    lines = [
        (f"{SAID}, the Millers' Union said.", UNION, "allege"),
        (f"A photograph shows that {AGAIN}.", POST, "assert"),
    ]
    beside = undated("n1", lines)
    alone = undated("n2", [(f"A photograph shows that {SAID}.", POST, "assert")])
    assert origins(texts, beside, undated("n3", lines)) == {"Millers' Union"}
    assert len(origins(texts, beside, alone)) == 2


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("Halder Flour denied the union's claim.", "deny"),
        ("These allegations are absolutely, entirely and plainly false, Halder Flour said.", "assert"),
    ],
)
def test_who_denies_the_claim_in_a_document_that_opens_with_it_answers_it(texts, answer, stance):
    first = make_reading("n1", [(f"{SAID}, the Millers' Union said.", UNION, "allege")], outlet="Vale Ledger")
    later = make_reading(
        "n2",
        [
            (f"{AGAIN}, said the Millers' Union.", UNION, "allege"),
            "Bread was dear that week.",
            (answer, FIRM, stance),
        ],
        outlet="Oberau Post",
        published="2025-03-06T08:00:00+00:00",
    )
    (claim,) = [c for c in link_story(texts([first, later])) if len(c.documents) == 2]
    assert ("Halder Flour", "deny") in {(r.source, r.stance) for r in claim.responses}


def test_a_person_heard_at_first_hand_may_still_have_it_from_another(texts):
    clerk, driver = (
        Party("person:clerk", "Ida Roth", "named_person"),
        Party("anonymous:n1:driver", "driver", "anonymous"),
    )
    (text,) = texts([make_reading("n1", ["Barges broke loose."], outlet="Vale Ledger")])
    heard = Telling("n1", "assert", (clerk,), ("Ida Roth",), (), own=True)
    chain = Telling("n1", "assert", (driver, clerk), ("driver", "Ida Roth"), ())
    assert find_passed_on([text], {"n1": [heard, chain]}) == {(driver.id, clerk.id)}
    paper = replace(clerk, kind="outlet_own_reporting")
    told = [replace(heard, chain=(paper,)), replace(chain, chain=(driver, paper))]
    assert find_passed_on([text], {"n1": told}) == set()


def test_who_denies_something_else_answers_nothing(texts):
    lines = [
        (f"{SAID}, the Millers' Union said.", UNION, "allege"),
        ("The Bakers’ Guild denied the cooks a rise.", GUILD, "deny"),
    ]
    (text,) = texts([make_reading("n1", lines, outlet="Vale Ledger")])
    first = (text.reading.sentences[0].start, text.reading.sentences[0].end)
    assert find_answers([text], {"n1": (first,)}) == {"n1": (first,)}


def test_nameless_media_are_one_origin_where_nobody_else_is_known(texts):
    press = Source("local media", "outlet")
    first = undated("n1", [(f"{SAID}, local media said.", press, "assert")])
    second = undated("n2", [(f"{AGAIN}, according to local media.", press, "assert")])
    assert origins(texts, first, second) == {"local media"}
    third = undated("n3", [(f"{SAID}, the Millers' Union said.", UNION, "allege")])
    fourth = undated("n4", [(f"{AGAIN}, said the Millers' Union.", UNION, "allege")])
    assert origins(texts, first, second, third, fourth) == {"Millers' Union"}


def test_a_body_that_denies_by_what_it_is_answers_as_the_one_that_denies_beside_it():
    named = Party("body:mill council", "Mill Council", "organisation")
    called = Party("body:oberau based agency", "Oberau-based agency", "organisation")
    told = {
        d: [Telling(d, "deny", (p,), (p.name,), ()) for p in parties]
        for d, parties in (("n1", [named, called]), ("n2", [named]))
    }
    one, merges = find_described(told, {"n1", "n2"})
    assert one == {called.id: named} and [m.merged for m in merges] == ["Oberau-based agency"]


@pytest.mark.parametrize(
    ("finding", "denies"),
    [
        ("The picture actually shows a mill at Tarn, according to an investigation by Velm Verified.", True),
        (
            "The photograph of the sluice at Oberau was doctored, found Velm Verified, which analysed it.",
            True,
        ),
        ("The picture shows the sluice at Oberau, Velm Verified reported.", False),
    ],
)
def test_an_outlet_that_looked_into_a_picture_and_finds_another_denies(texts, finding, denies):
    desk = Source("Velm Verified", "outlet")
    shown = undated("n1", [(f"A photograph shows that {SAID}.", POST, "assert")])
    again = undated("n2", [(f"A photograph shows that {AGAIN}.", POST, "assert"), (finding, desk, "assert")])
    answers = {(r.source, r.stance) for c in link_story(texts([shown, again])) for r in c.responses}
    assert (("Velm Verified", "deny") in answers) is denies
