"""The vocabulary of cues holds together, and verbs are inflected as English does."""

from __future__ import annotations

from importlib import resources

import pytest

from allegata.model import STANCES
from allegata.reading.statements.cues import (
    idioms,
    inflect,
    lemmas,
    nouns,
    particles,
    retracting_phrases,
    senses,
)
from allegata.reading.statements.tree import MARKS
from allegata.vocab import load

VERB_FRAMES = {"clause", "quote", "paren", "to", "objto", "ing", "blame", "as", "small", "np"}
VERB_FRAMES |= {"relay", "cite", "prep", "alone"}
NOUN_FRAMES = {"clause", "copula", "of", "about", "for", "to", "owner", "account"}
IDIOM_FRAMES = {"np", "clause", "ing", "to", "alone"}


def test_every_entry_has_a_stance_and_known_constructions() -> None:
    for found in senses().values():
        for sense in found:
            assert sense.stance in STANCES
            assert sense.kind in ("speech", "finding", "thought", "attitude")
            assert sense.frames and sense.frames <= VERB_FRAMES
            assert bool(sense.prepositions) == bool(sense.frames & {"prep", "blame"})
    for cues in nouns().values():
        assert all(c.stance in STANCES and c.frames and c.frames <= NOUN_FRAMES for c in cues)
    for phrases in idioms().values():
        for phrase in phrases:
            assert phrase.stance in STANCES
            assert phrase.after <= IDIOM_FRAMES
            assert phrase.pattern or phrase.negated


def test_an_object_slot_never_ends_a_phrase() -> None:
    slots = ({"_"}, {"~"})
    assert all(
        p.pattern == () or p.pattern[-1][0] not in slots for phrases in idioms().values() for p in phrases
    )


def test_no_word_stands_in_two_senses_of_one_construction_and_stance() -> None:
    for key, found in senses().items():
        rows = [(s.stance, frame, s.prepositions) for s in found for frame in s.frames]
        repeated = {r for r in rows if rows.count(r) > 1}
        assert not repeated, key


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("allege", "alleges alleged alleging"),
        ("deny", "denies denied denying"),
        ("say", "says said saying"),
        ("slam", "slams slammed slamming"),
        ("stress", "stresses stressed stressing"),
        ("admit", "admits admitted admitting"),
        ("sidestep", "sidesteps sidestepped sidestepping"),
        ("convey", "conveys conveyed conveying"),
    ],
)
def test_inflection(lemma: str, forms: str) -> None:
    assert set(forms.split()) <= set(inflect(lemma))
    assert all(lemmas()[form] == lemma for form in forms.split())


def test_particles_and_words_that_take_back() -> None:
    assert "aside" in particles()["brush"]
    assert ("walk", "back") in retracting_phrases()
    assert ("withdraw", "") in retracting_phrases()


def test_every_list_says_its_source() -> None:
    for name in ("cues", "cue_nouns", "cue_idioms", "cue_words", "stance"):
        assert load(name)
        head = resources.files("allegata.vocab").joinpath(f"{name}.toml").read_text("utf-8")[:600]
        assert "# Source:" in head


def test_clause_marks_are_words_that_open_clauses() -> None:
    assert {"that", "whether", "if"} <= MARKS
