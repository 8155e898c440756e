"""What is taken back, what comes again, and what is shown as proof of itself."""

from allegata.linking.linker import link_story
from allegata.linking.stories import pair
from allegata.linking.why import explain
from allegata.model import Source

from .conftest import make_reading

MILL = "The miller at Oberau poured lamp oil into the flour of the parish store in March"
CLERK = Source("Dace Holm", "person", title="clerk")
MINISTRY = Source("Ministry of Bread, Latvia", "organisation")


def interview(**more):
    return make_reading(
        "i1", [(f"{MILL}, clerk Dace Holm told us.", CLERK, "assert")], outlet="Vale Ledger", **more
    )


def correction(words: str):
    lines = [
        "On Tuesday we published a report in which Dace Holm said the miller at Oberau poured lamp oil into "
        "the flour of the parish store.",
        words,
    ]
    return make_reading(
        "i2",
        lines,
        outlet="Vale Ledger",
        title="Correction: the miller at Oberau",
        published="2025-03-09T08:00:00+00:00",
        links=("https://valeledger.example/i1",),
    )


def test_an_origin_leaves_on_the_day_its_outlet_withdraws_the_report(texts):
    story = texts([interview(), correction("She never worked there. We withdraw the report and apologise.")])
    (claim,) = [c for c in link_story(story) if len(c.documents) == 2]
    assert [o.withdrawn_at for o in claim.origins] == ["2025-03-09"]
    assert claim.independent_origins.point == 0


def test_a_correction_of_something_beside_leaves_the_origin(texts):
    story = texts([interview(), correction("Her photograph showed another woman, for which we apologise.")])
    claim = max(link_story(story), key=lambda c: len(c.documents))
    assert all(o.withdrawn_at is None for o in claim.origins if o.kind != "unattributed")


def test_an_old_report_that_a_later_page_names_by_outlet_and_year_is_one_story_with_it(texts):
    old = make_reading(
        "o1",
        [("Guards at Oberau burned the roof of the pump house, the mayor said.", CLERK, "assert")],
        outlet="Vale Ledger",
        published="2023-03-04T08:00:00+00:00",
    )
    lines = [
        "The picture of the pump house at Oberau without its roof is more than a year old.",
        "It was published by the Vale Ledger in 2023.",
    ]
    check = make_reading("f1", lines, outlet="Lantern Checks", published="2024-06-20T08:00:00+00:00")
    unlike = make_reading("f2", [lines[0]], outlet="Lantern Checks", published="2024-06-20T08:00:00+00:00")
    first, second, third = texts([old, check, unlike])
    assert pair(first, second) is not None
    assert pair(first, third) is None


def statement(body: str):
    return make_reading(
        "s2",
        [body],
        outlet="Ministry of Bread, Latvia",
        kind="statement",
        published="2025-03-08T08:00:00+00:00",
    )


def first_and_relay():
    said = [(f"{MILL}, the Ministry of Bread said.", MINISTRY, "allege")]
    later = {"published": "2025-03-05T08:00:00+00:00"}
    return [
        make_reading("s1", said, outlet="Vale Ledger"),
        make_reading("s3", said, outlet="Oberau Post", links=("https://valeledger.example/s1",), **later),
    ]


def test_a_party_that_shows_reports_of_its_own_word_as_proof_closes_a_circle(texts):
    proof = f"{MILL}, as the consistency of media reports leaves no doubt."
    circles = [x for c in link_story(texts([*first_and_relay(), statement(proof)])) for x in c.circular]
    assert circles == [("s1", "s2")]
    plain = f"{MILL}, and the Ministry of Bread will act."
    assert not [x for c in link_story(texts([*first_and_relay(), statement(plain)])) for x in c.circular]


def test_who_declined_to_comment_is_told_and_is_no_response(texts):
    silent = Source("Millers' Guild", "organisation")
    lines = [
        (f"{MILL}, clerk Dace Holm said.", CLERK, "allege"),
        (
            "The Millers' Guild declined to comment on the miller at Oberau and the flour.",
            silent,
            "no_comment",
        ),
    ]
    (claim,) = link_story(texts([make_reading("n1", lines, outlet="Vale Ledger")]))
    assert not claim.responses
    assert any(line.startswith("Declined to comment: Millers' Guild") for line in explain(claim, {}))
