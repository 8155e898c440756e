"""Outlets and unnamed sources that come to a Reading's statements, and speakers that go."""

import pytest

from allegata.linking.relays import add_relays
from allegata.linking.senders import find_sender, is_message
from allegata.linking.voices import is_nameless, is_voice
from allegata.model import Document, Reading, Sentence, Source, Statement


def read(sentences, statements=(), kinds=None, language="en"):
    """Statements as (sentence, source words, cue words, speaker); the content is the whole sentence."""
    text, spans = "", []
    for s in sentences:
        spans.append((len(text), len(text) + len(s)))
        text += s + " "

    def find(i, words):
        at = text.index(words, spans[i][0])
        return ((at, at + len(words)),)

    made = tuple(
        Statement(f"s{n}", find(i, source), find(i, cue), (spans[i],), "assert", None, speaker)
        for n, (i, source, cue, speaker) in enumerate(statements)
    )
    sources = tuple(
        Source(x, (kinds or {}).get(x, "unknown")) for x in dict.fromkeys(s.speaker for s in made)
    )
    document = Document("d", text, language=language)
    return add_relays(Reading(document, tuple(Sentence(*s) for s in spans), made, sources=sources))


def chains(reading: Reading) -> set[tuple[str, ...]]:
    by_id = {s.id: s for s in reading.statements}
    nested = {s.nested_in for s in reading.statements}
    out = set()
    for s in reading.statements:
        if s.id in nested:
            continue
        chain, at = [], s
        while at:
            chain.append(at.speaker)
            at = by_id.get(at.nested_in)
        out.add(tuple(chain))
    return out


def test_who_told_an_outlet_said_it_through_the_outlet():
    found = read(
        ["Ida Roth told the Lower Ore Courier that barges broke loose."],
        [(0, "Ida Roth", "told", "Ida Roth")],
        {"Ida Roth": "person"},
    )
    assert chains(found) == {("Ida Roth", "Lower Ore Courier")}


def test_an_unnamed_teller_is_found_where_no_statement_has_them():
    found = read(["A lock keeper's source at the weir told the Lower Ore Courier so."])
    ((inner, outer),) = chains(found)
    assert outer == "Lower Ore Courier" and "source" in inner


def test_sources_that_an_outlet_cites_stand_behind_it():
    found = read(
        ["Citing two officials at the weir, the Uferbote newspaper reported that barges broke loose."],
        [(0, "Uferbote", "reported", "Uferbote")],
    )
    assert chains(found) == {("two officials at the weir", "Uferbote")}


def test_the_paper_is_the_outlet_named_before_it():
    found = read(
        ["The Uferbote newspaper has the story.", "The paper said that barges broke loose."],
        [(1, "The paper", "said", "paper")],
        {"paper": "outlet"},
    )
    assert ("Uferbote",) in chains(found)


def test_what_is_no_one_says_nothing():
    found = read(
        ["The discussion suggests that barges broke loose."],
        [(0, "The discussion", "suggests", "discussion")],
    )
    assert chains(found) == {(None,)}
    assert found.sources == ()


def test_adding_twice_changes_nothing():
    once = read(["Barges broke loose, the Lower Ore Courier reported."])
    assert len(once.statements) == 1 and add_relays(once) == once


def test_a_foreign_text_has_its_credits():
    found = read(["Selon le journal La Berge, le pont est fermé."], language="fr")
    assert chains(found) == {("La Berge",)}


def test_voices_and_those_that_stand_for_nobody():
    assert is_voice("ferry loyalists", "anonymous") and is_voice("unverified photo", "document")
    assert not is_voice("lack of funds", "anonymous") and not is_voice("press release", "document")
    assert (
        is_nameless("Three local outlets") and is_nameless("news sites") and not is_nameless("Hill Observer")
    )
    assert is_nameless("Supporters") and not is_nameless("Red Weir supporters")


def test_reports_that_appeared_in_an_outlet_are_what_it_alleges():
    found = read(["Reports of loose barges appeared in the Uferbote newspaper."])
    (statement,) = found.statements
    assert (statement.speaker, statement.stance) == ("Uferbote", "allege")
    assert found.document.text[slice(*statement.content[0])].startswith(" of loose barges")


@pytest.mark.parametrize(
    ("sentence", "heard"),
    [
        ("Roth said a licensed lock keeper told her that barges broke loose.", "licensed lock keeper"),
        ("Barges broke loose, Roth said, adding the information came from two drivers.", "two drivers"),
        ("Barges broke loose, said Roth, citing residents’ accounts.", "residents"),
    ],
)
def test_whom_somebody_has_it_from_stands_behind_them(sentence, heard):
    found = read([sentence], [(0, "Roth", "said", "Roth")], {"Roth": "person"})
    assert chains(found) == {(heard, "Roth")}


def test_who_is_told_to_do_something_has_it_from_nobody():
    found = read(
        ["Roth said a keeper told her to leave the weir."], [(0, "Roth", "said", "Roth")], {"Roth": "person"}
    )
    assert chains(found) == {("Roth",)}


def test_a_message_is_its_senders_and_who_brought_it_out_passes_it_on():
    lead = "A Red Weir message published by the Coast Monitor"
    found = read(
        [f"{lead} said that barges broke loose.", "The message said nobody drowned."],
        [(0, lead, "said", "Coast Monitor"), (1, "The message", "said", "Coast Monitor")],
    )
    assert chains(found) == {("Red Weir", "Coast Monitor"), ("Red Weir",)}


def test_what_a_ministry_itself_sent_out_has_no_other_sender():
    assert find_sender("A statement issued by the Ministry of Mills") is None
    assert is_message("the group’s statement") and not is_message("the group")


def test_multiple_sources_are_those_that_they_are_said_to_include():
    lead = "Multiple sources, including two drivers and a former foreman,"
    found = read(
        [f"{lead} told the Lower Ore Courier that barges broke loose."], [(0, lead, "told", "sources")]
    )
    assert ("two drivers and a former foreman", "Lower Ore Courier") in chains(found)
