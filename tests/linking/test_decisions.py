"""What persons decide outranks what the machine suggests."""

from __future__ import annotations

import json
import time

import pytest

from allegata.linking.decisions import (
    NONE,
    BadJudgementError,
    Decisions,
    Said,
    matter,
    standing,
    subject_of,
)
from allegata.linking.linker import link_story
from allegata.linking.why import explain
from allegata.linking.wording import in_words
from allegata.model import Judgement, Passage, Source

from .conftest import make_reading
from .test_story import copy, rewrite, wire

MAYOR = Source("Nora Pell", "person", title="mayor", organisation="Town of Velm")


def judgement(number: int, kind: str, subject: object, value: str, undoes: int | None = None) -> Judgement:
    words = json.dumps(subject) if not isinstance(subject, str) else subject
    return Judgement(number, "Ana", "2026-11-22T10:00:00+00:00", kind, words, value, "I was there", undoes)


def decided(*made: Judgement) -> Decisions:
    return Decisions.of(made)


def lead_of(reading):
    return [reading.document.id, 0, 20]


def test_an_edge_struck_out_is_gone_and_says_so_in_why(texts):
    story = texts([wire(), copy(1, 9)])
    (claim,) = link_story(story, decided(judgement(1, "edge", ["w1", "c1"], "no")))
    assert not [e for e in claim.edges if (e.upstream, e.downstream) == ("w1", "c1")]
    lines = explain(claim, {t.id: t.document for t in story})
    what = "Gazette 1 (c1) did not have it from Velm News Agency (w1)"
    assert f"Decided: {what} (Ana decided so on 2026-11-22: I was there)." in lines


def test_an_origin_of_its_own_is_counted(texts):
    story = texts([wire(), copy(1, 9), copy(2, 10)])
    (before,) = link_story(story)
    (after,) = link_story(story, decided(judgement(1, "origin", ["c2", 0, 20], "own")))
    assert before.independent_origins.point == 1
    assert after.independent_origins.point == 2
    assert [j.person for j in after.judgements] == ["Ana"]
    (edge,) = [e for e in after.edges if e.downstream == "c2"]
    assert edge.kind == "decided" and "Ana decided so" in edge.reason
    ids = {m.document: m.origin_ids for m in after.mentions}
    assert ids["w1"] == ids["c1"] and not set(ids["w1"]) & set(ids["c2"])


def test_a_page_without_source_gets_an_origin_of_its_own(texts):
    (before,) = link_story(texts([wire(), rewrite()]))
    (after,) = link_story(texts([wire(), rewrite()]), decided(judgement(1, "origin", ["r1", 0, 20], "own")))
    assert before.independent_origins.point == 1
    assert {o.source for o in after.origins} == {"Velm Harbour Office (Ida Roth)", "Trend Page"}


def test_an_edge_drawn_makes_one_origin_of_two(texts):
    bare = make_reading(
        "u1",
        ["Thugs attacked the skipper of the Anneliese at Velm on Monday night, leaving him badly hurt."],
        outlet="Far Page",
        published="2025-03-05T07:00:00+00:00",
    )
    (before,) = link_story(texts([wire(), bare]))
    (after,) = link_story(texts([wire(), bare]), decided(judgement(1, "edge", ["w1", "u1"], "yes")))
    assert before.independent_origins.high == 2
    assert after.independent_origins.high == 1
    (edge,) = [e for e in after.edges if e.downstream == "u1"]
    assert edge.upstream == "w1" and edge.confidence == 1.0 and "Ana" in edge.reason and edge.evidence


def two_voices():
    mayor = make_reading(
        "m1",
        [
            (
                "Masked men boarded the barge Anneliese at Velm and beat the skipper, whom I saw, "
                "mayor Nora Pell told us.",
                MAYOR,
                "assert",
            )
        ],
        outlet="Hall Bulletin",
        published="2025-03-05T12:00:00+00:00",
    )
    return [wire(), mayor]


def test_two_names_are_one_source_and_two_again(texts):
    story = texts(two_voices())
    (before,) = link_story(story)
    assert before.independent_origins.named == 2
    same = judgement(1, "source", [[None, "Ida Roth"], [None, "Nora Pell"]], "same")
    (after,) = link_story(story, decided(same))
    assert after.independent_origins.named == 1
    (undone,) = link_story(story, decided(same, judgement(2, "undo", same.subject, "", undoes=1)))
    assert undone.independent_origins.named == 2
    (again,) = link_story(
        story, decided(same, judgement(3, "source", [[None, "Ida Roth"], [None, "Nora Pell"]], "different"))
    )
    assert again.independent_origins.named == 2


def test_one_name_in_two_documents_is_two_sources(texts):
    story = texts([wire(), copy(1, 9)])
    apart = judgement(1, "source", [["w1", "Ida Roth"], ["c1", "Ida Roth"]], "different")
    (claim,) = link_story(story, decided(apart, judgement(2, "edge", ["w1", "c1"], "no")))
    assert claim.independent_origins.named == 2


def test_a_claim_is_split_and_joined(texts):
    story = texts([wire(), copy(1, 9), copy(2, 10)])
    split = judgement(1, "claim", [["w1", 0, 20], ["c2", 0, 20]], "different")
    claims = link_story(story, decided(split))
    assert sorted(sorted(c.documents) for c in claims) == [["c1", "w1"], ["c2"]]
    other = make_reading(
        "z1",
        ["The ferry timetable at Oberau changes on Thursday, as a notice on the pier says."],
        outlet="Ferry Paper",
        act=None,
    )
    apart = link_story([*story, *texts([other])])
    joined = judgement(1, "claim", [["w1", 0, 20], ["z1", 0, 20]], "same")
    together = link_story([*story, *texts([other])], decided(joined))
    assert not any({"w1", "z1"} <= set(c.documents) for c in apart)
    assert any({"w1", "z1"} <= set(c.documents) for c in together)


def test_a_stance_is_put_right(texts):
    story = texts(two_voices())
    (claim,) = link_story(story, decided(judgement(1, "stance", ["m1", 0, 60], "deny")))
    assert [(r.source.split(" (")[0], r.stance) for r in claim.responses] == [("Town of Velm", "deny")]
    assert claim.independent_origins.named == 1


def test_decisions_on_other_documents_change_nothing(texts):
    story = texts([wire(), copy(1, 9)])
    far = decided(judgement(1, "edge", ["x1", "x2"], "no"), judgement(2, "origin", ["x2", 0, 9], "own"))
    assert link_story(story, far) == link_story(story, NONE)


def test_the_newest_holds_and_undoing_an_undo_restores():
    a = judgement(1, "edge", ["a", "b"], "no")
    b = judgement(2, "edge", ["a", "b"], "yes")
    undo_b = judgement(3, "undo", b.subject, "", undoes=2)
    undo_undo = judgement(4, "undo", b.subject, "", undoes=3)
    assert standing([a, b]) == [b]
    assert standing([a, b, undo_b]) == [a]
    assert standing([undo_undo, undo_b, b, a]) == [b]


def test_a_pair_has_one_spelling_whichever_comes_first():
    one, two = [None, "A"], ["d1", "B"]
    first = judgement(1, "source", [one, two], "same")
    second = judgement(2, "source", [two, one], "different")
    assert matter(first) == matter(second)
    assert standing([first, second]) == [second]
    assert json.loads(subject_of("source", [two, one], "same")) == [two, one]


@pytest.mark.parametrize(
    ("kind", "subject", "value"),
    [
        ("edges", ["a", "b"], "no"),
        ("edge", ["a", "b"], "perhaps"),
        ("edge", ["a", "a"], "no"),
        ("edge", ["a"], "no"),
        ("edge", {"a": "b"}, "no"),
        ("origin", ["a", 5, 5], "own"),
        ("origin", ["a", -1, 5], "own"),
        ("origin", ["a", "0", 5], "own"),
        ("source", [[None, " "], [None, "B"]], "same"),
        ("source", [[None, "B"], [None, "B"]], "same"),
        ("source", [[3, "A"], [None, "B"]], "same"),
        ("claim", [["a", 0, 5]], "same"),
        ("stance", ["a", 0, 5], "shout"),
        ("edge", ["a", "b" * 5000], "no"),
    ],
)
def test_what_cannot_be_obeyed_is_refused(kind, subject, value):
    with pytest.raises(BadJudgementError):
        subject_of(kind, subject, value)


def test_rows_that_cannot_be_read_are_passed_over():
    assert not Decisions.of([judgement(1, "edge", "[", "no"), judgement(2, "grade", "Paper", "B")])
    assert in_words(judgement(1, "edge", "[", "no")) == "edge: [ no"


def test_what_contradicts_an_older_decision_outranks_it(texts):
    story = texts([wire(), copy(1, 9), copy(2, 10)])
    own = ("origin", ["c2", 0, 20], "own")
    drawn = ("edge", ["w1", "c2"], "yes")
    (later_drawn,) = link_story(story, decided(judgement(1, *own), judgement(2, *drawn)))
    (later_own,) = link_story(story, decided(judgement(1, *drawn), judgement(2, *own)))
    assert later_drawn.independent_origins.point == 1
    assert later_own.independent_origins.point == 2
    apart = ("claim", [["w1", 0, 20], ["c2", 0, 20]], "different")
    joined = ("claim", [["w1", 0, 25], ["c2", 0, 25]], "same")
    assert len(link_story(story, decided(judgement(1, *apart), judgement(2, *joined)))) == 1
    assert len(link_story(story, decided(judgement(1, *joined), judgement(2, *apart)))) == 2


def test_the_second_passage_leaves_the_claim_of_the_first(texts):
    story = texts([wire(), copy(1, 9), copy(2, 10)])
    for first, second, left in (("w1", "c1", ["c2", "w1"]), ("c1", "w1", ["c1", "c2"])):
        subject = json.loads(subject_of("claim", [[first, 0, 20], [second, 0, 20]], "different"))
        claims = link_story(story, decided(judgement(1, "claim", subject, "different")))
        assert sorted(sorted(c.documents) for c in claims) == sorted([left, [second]])


def test_what_leaves_one_passage_stays_together_and_can_join_another_claim(texts):
    story = texts([wire(), copy(1, 9), copy(2, 10), copy(3, 11)])
    gone = [
        judgement(n, "claim", [["w1", 0, 20], [c, 0, 20]], "different") for n, c in ((1, "c1"), (2, "c2"))
    ]
    claims = link_story(story, decided(*gone))
    assert sorted(sorted(c.documents) for c in claims) == [["c1", "c2"], ["c3", "w1"]]
    back = judgement(3, "claim", [["c1", 0, 20], ["c3", 0, 20]], "same")
    assert sorted(sorted(c.documents) for c in link_story(story, decided(*gone, back))) == [
        ["c1", "c2", "c3", "w1"]
    ]


def test_a_decision_finds_its_passage_in_an_edited_page_and_is_silent_where_it_is_gone(texts):
    words = "Masked men boarded"
    moved = judgement(1, "origin", ["c2", 400, 460, words], "own")
    (claim,) = link_story(texts([wire(), copy(1, 9), copy(2, 10)]), decided(moved))
    assert claim.independent_origins.point == 2 and claim.judgements == (moved,)
    gone = judgement(1, "origin", ["c2", 0, 20, "Words that were cut"], "own")
    assert link_story(texts([wire(), copy(2, 10)]), decided(gone)) == link_story(texts([wire(), copy(2, 10)]))


@pytest.mark.parametrize(
    ("text", "start"), [("one two one two", 0), ("x one two", 2), ("one two " * 9 + "end", 8), ("two", None)]
)
def test_the_nearest_place_with_the_same_words(text, start):
    found = Said(Passage("d", 9 if len(text) > 20 else 0, 12), "one two").within(text)
    assert (found and found.passage.start) == start


def test_a_name_struck_out_is_no_source_of_that_page(texts):
    story = texts(two_voices())
    struck = judgement(1, "edge", ["Ida Roth", "w1"], "no")
    harbour = judgement(1, "edge", ["Velm Harbour Office", "w1"], "no")
    for each in (struck, harbour):
        (claim,) = link_story(story, decided(each))
        speakers = {e.upstream for e in claim.edges if e.downstream == "w1"}
        assert speakers == set() or each is struck


def test_decisions_on_many_other_matters_cost_a_story_little(texts):
    story = texts([wire(), copy(1, 9)])
    names = [judgement(n, "source", [[None, f"A {n}"], [None, f"B {n}"]], "same") for n in range(1, 3000)]
    edges = [judgement(n, "edge", [f"x{n}", f"y{n}"], "no") for n in range(3000, 6000)]
    many = decided(*names, *edges)
    many.for_documents({})  # reads them once
    start = time.perf_counter()
    for _ in range(20):
        many.for_documents({t.id: t.document.text for t in story})
    assert (time.perf_counter() - start) / 20 < 0.1
    assert link_story(story, many) == link_story(story)
