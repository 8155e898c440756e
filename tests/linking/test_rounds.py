"""The same party that says it again is one origin with several rounds."""

from dataclasses import replace

from allegata.linking.linker import link_story
from allegata.linking.rounds import with_rounds
from allegata.linking.why import explain
from allegata.model import Source

from .conftest import make_reading

ROTH = Source("Ida Roth", "person", title="harbour master", organisation="Velm Harbour Office")
SUNK = "Owners of the Anneliese sank the barge on purpose at Velm"


def told(document_id: str, words: str, day: str, **more):
    more = {"outlet": "Hill Post"} | more
    return make_reading(document_id, [(words, ROTH, "allege")], published=f"{day}T08:00:00+00:00", **more)


FIRST = told("d1", f"{SUNK}, harbour master Ida Roth told Hill Post.", "2025-09-08")
SAME_DAYS = told("d2", f"{SUNK}, Ida Roth told Lock Radio.", "2025-09-09", outlet="Lock Radio")
SPRING = told(
    "d3",
    f"{SUNK} last September, Ida Roth told the Ledger in an interview.",
    "2026-03-02",
    outlet="Vale Ledger",
)
AGAIN = told(
    "d4",
    "Ida Roth repeated on Monday that the owners sank the barge Anneliese on purpose at Velm in September.",
    "2026-10-05",
    outlet="Oberau Daily",
)
LOOKS_BACK = told(
    "d5",
    "Harbour master Ida Roth had said that owners of the Anneliese sank the barge on purpose at Velm.",
    "2025-09-20",
    outlet="Trend Page",
)


def rounds_of(texts, *readings):
    (claim,) = [c for c in link_story(texts(list(readings))) if "d1" in c.documents]
    (origin,) = claim.origins
    return claim, [(r.document, r.documents) for r in origin.rounds]


def test_words_of_the_same_days_are_one_round(texts):
    _, rounds = rounds_of(texts, FIRST, SAME_DAYS)
    assert rounds == [("d1", ("d1", "d2"))]


def test_an_interview_half_a_year_on_is_a_round_and_no_origin(texts):
    claim, rounds = rounds_of(texts, FIRST, SAME_DAYS, SPRING, AGAIN)
    assert claim.independent_origins.high == 1
    assert [first for first, _ in rounds] == ["d1", "d3", "d4"]


def test_a_page_that_looks_back_at_the_old_word_is_no_round(texts):
    _, rounds = rounds_of(texts, FIRST, LOOKS_BACK)
    assert [first for first, _ in rounds] == ["d1"]


def test_a_round_says_who_spoke_when_and_by_what_means(texts):
    readings = [FIRST, SPRING]
    channel = replace(SPRING.statements[0], channel="interview")
    readings[1] = replace(SPRING, statements=(channel,))
    (claim,) = link_story(texts(readings))
    first, second = claim.origins[0].rounds
    assert (first.published, first.speaker, first.channel) == ("2025-09-08T08:00:00+00:00", "Ida Roth", None)
    assert (second.document, second.channel) == ("d3", "interview")
    lines = explain(claim, {r.document.id: r.document for r in readings})
    assert "    Said on 2 occasions, which are one origin:" in lines
    assert "        2026-03-02: Ida Roth, interview, in Vale Ledger (d3)." in lines


def test_one_occasion_is_not_told_as_rounds(texts):
    claim, _ = rounds_of(texts, FIRST, SAME_DAYS)
    assert not any("occasions" in line for line in explain(claim, {}))


def test_no_denial_is_no_assent(texts):
    claim, _ = rounds_of(texts, FIRST, SAME_DAYS)
    assert explain(claim, {})[-1] == "No response found in 2 documents; that is not assent."


def test_undated_pages_and_unnamed_voices_have_no_rounds(texts):
    undated = make_reading(
        "d1", [(f"{SUNK}, Ida Roth said.", ROTH, "allege")], outlet="Hill Post", published=None
    )
    (claim,) = link_story(texts([undated]))
    assert claim.origins[0].rounds == ()
    unnamed = replace(claim.origins[0], kind="anonymous")
    assert with_rounds([unnamed], [], {}, set()) == (unnamed,)
