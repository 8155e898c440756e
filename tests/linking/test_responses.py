"""Who answers a Claim, and in what stance."""

import pytest

from allegata.linking.linker import link_story
from allegata.linking.own_voice import signatory
from allegata.model import Claim, Document, Source, Statement

from .conftest import make_reading

UNION = Source("Millers' Union", "organisation")
FIRM = Source("Halder Flour", "organisation")
CLERK = Source("Dace Holm", "person")
OPENED = "Foremen of Halder Flour opened the sluice at Oberau on Sunday and flooded the lower mills"
FIRST = make_reading("n1", [(f"{OPENED}, the Millers' Union said.", UNION, "allege")], outlet="Vale Ledger")


def responses(texts, *readings) -> set[tuple[str, str]]:
    claims: list[Claim] = link_story(texts([FIRST, *readings]))
    (claim,) = [c for c in claims if "n1" in c.documents]
    return {(r.source, r.stance) for r in claim.responses}


def later(document_id: str, lines, **more):
    more = {"outlet": "Oberau Post", "published": "2025-03-06T08:00:00+00:00"} | more
    return make_reading(document_id, lines, **more)


def statement(body: str, *, outlet: str = "Halder Flour", title: str | None = None):
    return later("s1", [body], outlet=outlet, kind="statement", title=title)


def test_a_negated_sentence_of_a_bodys_own_statement_denies_though_the_tagger_sees_a_speaker_in_it(texts):
    words = "Halder Flour's foremen have not opened the sluice at Oberau and flooded no mills."
    reading = statement(words)
    cue = (words.index("have not"), words.index(" the sluice"))
    false = Statement("s1", ((0, 12),), (cue,), ((cue[1], len(words)),), "assert", None, "foremen")
    reading = type(reading)(
        reading.document, reading.sentences, (false,), sources=(Source("foremen", "anonymous"),)
    )
    assert responses(texts, reading) == {("Halder Flour", "deny")}


def test_the_person_whose_words_a_statement_is_stands_with_the_body(texts):
    reading = statement(
        "No foreman of ours opened the sluice at Oberau on Sunday and the lower mills were not flooded.",
        title="Statement by Director Jonas Vitt",
    )
    assert responses(texts, reading) == {("Halder Flour (Jonas Vitt)", "deny")}


@pytest.mark.parametrize(
    ("title", "person"),
    [
        ("Statement by Director Jonas Vitt", "Jonas Vitt"),
        ("Statement by the Minister of Mills Jonas Vitt", "Jonas Vitt"),
        ("Statement of the Ministry of Mills", None),
        ("Message from Oberau Mills", None),
        ("Sluice at Oberau", None),
    ],
)
def test_a_headline_names_who_a_statement_is_by(title: str, person: str | None):
    document = Document("d", "x", outlet="Ministry of Mills", title=title, kind="statement")
    assert signatory(document) == person


def test_a_union_that_calls_itself_the_union_answers_under_its_full_name(texts):
    union = Source("union", "organisation")
    lines = [("The union demands an inquiry into the sluice opened at Oberau on Sunday.", union, "demand")]
    reading = later("s1", lines, outlet="Foremen's Union of Oberau", kind="statement")
    assert responses(texts, reading) == {("Foremen's Union of Oberau", "demand_investigation")}


def test_a_bare_noun_for_a_body_in_a_bodys_statement_is_that_body(texts):
    office = Source("Federation", "organisation")
    lines = [("The Federation denies that foremen opened the sluice at Oberau on Sunday.", office, "deny")]
    reading = later("s1", lines, outlet="Bund der Müller", kind="statement")
    assert responses(texts, reading) == {("Bund der Müller", "deny")}
    force = Source("Police", "organisation")
    lines = [("Police deny that foremen opened the sluice at Oberau on Sunday.", force, "deny")]
    reading = later("s1", lines, outlet="Bund der Müller", kind="statement")
    assert ("Police", "deny") in responses(texts, reading)


def test_what_somebody_calls_nonsense_they_deny(texts):
    lines = [
        (
            "“The flood of the lower mills is pure nonsense, nobody opened the sluice,” he said.",
            CLERK,
            "assert",
        )
    ]
    assert responses(texts, later("d2", lines)) == {("Dace Holm", "deny")}


def test_an_office_that_only_informs_confirms_nothing_and_one_that_finds_out_does(texts):
    said = f"{OPENED}."
    ministry = statement(said, outlet="Ministry of Mills")
    assert responses(texts, ministry) == set()
    police = Source("Economic Police", "organisation")
    found = "Records show that the sluice at Oberau was opened on Sunday by foremen of Halder Flour"
    lines = [(f"{found}, the Economic Police told Oberau Post.", police, "assert")]
    assert responses(texts, later("d2", lines)) == {("Economic Police", "confirm")}


def test_who_says_to_have_done_it_confirms(texts):
    words = "He opened the sluice above Oberau himself, and mills were flooded, he told Oberau Post"
    assert responses(texts, later("d2", [(words, CLERK, "assert")])) == {("Dace Holm", "confirm")}
    seen = "He saw how foremen opened the sluice at Oberau on Sunday and flooded the lower mills."
    assert responses(texts, later("d2", [(seen, CLERK, "assert")])) == set()


def test_who_admits_what_they_denied_before_is_shown_with_both(texts):
    denial = statement("Halder Flour's foremen did not open the sluice at Oberau and flooded no mills.")
    line = f"Halder Flour acknowledged on Friday that {OPENED[0].lower()}{OPENED[1:]}."
    admission = later(
        "n3", [(line, FIRM, "confirm")], outlet="Vale Ledger", published="2025-03-09T08:00:00+00:00"
    )
    assert responses(texts, denial) == {("Halder Flour", "deny")}
    assert responses(texts, denial, admission) == {("Halder Flour", "deny"), ("Halder Flour", "confirm")}


def test_a_picture_does_not_doubt(texts):
    photo = Source("photograph", "document")
    lines = [
        ("The photograph does not show who opened the sluice at Oberau and flooded mills.", photo, "doubt")
    ]
    assert responses(texts, later("d2", lines)) == set()


def test_a_fact_check_that_calls_up_an_old_report_does_not_doubt_it(texts):
    lines = [
        "A picture of flooded mills is from a report that foremen opened the sluice at Oberau in March 2025."
    ]
    near = later("f1", lines, outlet="Lantern Fact Check")
    late = later("f1", lines, outlet="Lantern Fact Check", published="2026-04-06T08:00:00+00:00")
    assert responses(texts, near) == {("Lantern Fact Check", "doubt")}
    assert responses(texts, late) == set()


def test_one_body_in_two_spellings_answers_once(texts):
    here, there = (Source(f"World Flour Organi{z}ation", "organisation") for z in "sz")
    lines = [("The World Flour Organisation denied that foremen opened the sluice at Oberau.", here, "deny")]
    again = [("The World Flour Organization denied that Halder Flour opened the sluice.", there, "deny")]
    found = responses(texts, later("d2", lines), later("d3", again, outlet="Hill Post"))
    assert [stance for _, stance in found] == ["deny"]


def test_a_paper_that_another_quotes_does_not_deny(texts):
    paper = Source("Hill Post", "outlet")
    lines = [("The Hill Post denied that foremen opened the sluice at Oberau on Sunday.", paper, "deny")]
    assert responses(texts, later("d2", lines)) == set()


def test_a_denial_of_something_else_in_the_same_page_is_no_response(texts):
    lines = [
        (f"{OPENED}, the Millers' Union said.", UNION, "allege"),
        ("Dace Holm denied that choirs rehearse unhappily beneath leaking chapels.", CLERK, "deny"),
    ]
    assert responses(texts, later("d2", lines)) == set()
