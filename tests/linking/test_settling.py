"""Who is for a Claim and who against, in the light of all that is said."""

import pytest

from allegata.linking.parties import Party
from allegata.linking.polarity import core_words, is_flat_denial, is_negative, means_all, negates
from allegata.linking.settling import settle
from allegata.linking.tellings import Telling

UNION = Party("body:union", "Union", "organisation")
FIRM = Party("body:firm", "Firm", "organisation")
POLICE = Party("state:KEN", "Government of Kenya", "named_official")
SOURCE = Party("anonymous:d1:clerk", "clerk", "anonymous")

CORE = core_words(
    [
        "Guards of the firm fired on porters at the quay of Velmar",
        "Guards fired on the porters at Velmar, the union said",
    ]
)


def telling(document: str, party: Party, stance: str, *, own: bool = False, negated: bool = False) -> Telling:
    return Telling(document, stance, (party,), (party.name,), (), own, negated)


def stances(told: list[Telling], accused: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    by_document: dict[str, list[Telling]] = {}
    for t in told:
        by_document.setdefault(t.document, []).append(t)
    settled = settle(by_document, accused)
    return [(t.chain[0].name, t.stance) for ts in settled.values() for t in ts]


def test_what_a_denier_says_beside_the_denial_carries_the_claim_no_further():
    told = [
        telling("d1", UNION, "allege"),
        telling("d2", FIRM, "deny"),
        telling("d2", FIRM, "deny", own=True),
        telling("d3", FIRM, "assert"),
    ]
    assert stances(told) == [("Union", "allege"), ("Firm", "deny"), ("Firm", "deny")]


def test_an_assent_that_others_report_does_not_outweigh_a_denial_at_first_hand():
    told = [telling("d1", FIRM, "confirm"), telling("d2", FIRM, "deny", own=True)]
    assert stances(told) == [("Firm", "deny")]


def test_who_confirms_after_the_last_denial_has_come_round():
    denials = [telling(d, FIRM, "deny", own=True) for d in ("d1", "d2")]
    told = [telling("d0", UNION, "allege"), *denials, telling("d3", FIRM, "confirm")]
    assert stances(told, frozenset([FIRM.id]))[-1] == ("Firm", "confirm")
    again = [*told, telling("d4", FIRM, "deny", own=True)]
    assert ("Firm", "confirm") not in stances(again, frozenset([FIRM.id]))


def test_a_confirmation_that_a_page_has_from_another_turns_nobody_round():
    told = [telling("d1", FIRM, "deny", own=True), telling("d2", FIRM, "deny")]
    relayed = Telling("d3", "confirm", (FIRM, UNION), ("Firm", "Union"), (), False, False)
    assert ("Firm", "confirm") not in stances([*told, relayed], frozenset([FIRM.id]))


def test_who_asks_for_an_inquiry_in_all_they_say_is_no_origin():
    told = [telling("d1", UNION, "allege"), telling("d2", POLICE, "demand"), telling("d2", POLICE, "assert")]
    assert stances(told) == [("Union", "allege"), ("Government of Kenya", "demand")]


def test_a_negation_of_the_accused_is_a_denial_and_of_the_accuser_a_turn_of_phrase():
    told = [
        telling("d1", UNION, "assert"),
        telling("d2", UNION, "assert"),
        telling("d3", UNION, "assert", negated=True),
        telling("d3", FIRM, "assert", negated=True),
    ]
    want = [("Union", "assert")] * 3 + [("Firm", "deny")]
    assert stances(told, frozenset([FIRM.id])) == want


def test_an_unnamed_voice_denies_only_where_the_sentence_is_a_denial():
    assert stances([telling("d1", SOURCE, "assert", negated=True)]) == [("clerk", "assert")]
    assert stances([telling("d1", SOURCE, "deny")]) == [("clerk", "deny")]


@pytest.mark.parametrize(
    ("passage", "denies"),
    [
        ("The guards did not fire on any porters at Velmar.", True),
        ("That guards fired on porters is a fabrication.", True),
        ("Guards fired on the porters at Velmar and nobody called a doctor.", False),
        ("There is no doubt that guards fired on porters at Velmar.", False),
        ("Guards fired on porters at Velmar, and not only once.", False),
        ("The market at Oberau was closed.", False),
    ],
)
def test_a_negation_counts_in_the_clause_that_speaks_of_the_claim(passage: str, denies: bool):
    assert negates(passage, CORE) is denies


def test_a_claim_of_what_was_not_done_is_not_denied_by_a_negation():
    said = ["Nobody warned the villages of the flood.", "The villages were not warned of the flood."]
    core = core_words(said)
    assert is_negative(said, core)
    assert not negates(said[0], core, negative=True)
    assert negates("It is false that villages were not warned of the flood.", core, negative=True)


def test_a_negation_about_something_else_denies_nothing():
    assert not negates("The choir of Oberau was not feeling well.", CORE)
    assert negates("Nobody fired on any porters.", CORE)


def test_an_accused_that_denies_as_often_as_it_is_said_to_confirm_is_no_origin():
    accused = frozenset({FIRM.id})
    told = [telling("d1", FIRM, "confirm"), telling("d2", FIRM, "deny"), telling("d3", UNION, "allege")]
    assert stances(told, accused) == [("Firm", "deny"), ("Union", "allege")]
    assert ("Firm", "confirm") in stances([telling("d4", FIRM, "confirm"), *told], accused)


@pytest.mark.parametrize(
    ("denied", "whole"),
    [
        ("that the accusation was untrue and unhelpful to both neighbours", True),
        ("these false reports", True),
        ("that its engineers had opened the gates of the reservoir", False),
    ],
)
def test_a_denial_of_the_accusation_as_such_is_known(denied, whole):
    assert means_all(denied) is whole


def test_an_admission_that_another_relays_is_the_word_of_who_relays_it():
    relayed = Telling("d2", "confirm", (FIRM, UNION), ("Firm", "Union"), (), admits=True)
    told = [telling("d1", FIRM, "deny", own=True), relayed, telling("d3", FIRM, "assert")]
    assert stances(told) == [("Firm", "deny"), ("Union", "assert")]


def test_a_flat_denial_needs_no_word_of_the_matter_and_a_remark_on_something_else_is_none():
    assert is_flat_denial("There is no resolution.")
    assert is_flat_denial("None of it happened.")
    assert not is_flat_denial("No doubt.")
    assert not is_flat_denial("The ferry timetable of the harbour company does not change.")
