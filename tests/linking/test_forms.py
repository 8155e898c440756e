"""The forms of a body's name, and names that stand for nobody or for somebody else."""

from __future__ import annotations

import pytest

from allegata.linking.forms import find_short, form, is_part
from allegata.linking.voices import is_nameless, is_teller, sender_of


def test_abbreviations_are_what_the_story_explains() -> None:
    short = find_short(
        ["The Orlic Union of Dockers (OUD) said no. Later the OUD met the Harbour Board (HB)."]
    )
    assert short["oud"] == "orlic union of dockers"
    assert form("OUD", short) == form("Orlic Union of Dockers", short)
    assert form("Harbour Board", short) == form("HB", short) != form("OUD", short)


def test_members_and_what_is_sent_out_are_the_body() -> None:
    assert form("Red Dawn militants", {}) == form("Red Dawn", {}) == form("Red Dawn video statement", {})
    assert form("Orlic-based World Harbour Organisation", {}) == form("World Harbour Organization", {})
    assert is_part("orlic league", "orlic league of dockers")
    assert not is_part("orlic", "orlic league of dockers")


@pytest.mark.parametrize("name", ["a Freedonian newspaper", "three local media outlets", "a new report"])
def test_an_outlet_without_a_name_is_nobody(name: str) -> None:
    assert is_nameless(name.removeprefix("a "))


def test_who_sent_it_out_speaks() -> None:
    assert sender_of("statement attributed to the Red Dawn group") == "Red Dawn group"
    assert sender_of("statement") is None


def test_those_of_whom_one_tells_are_no_sources() -> None:
    assert is_teller("hospital official") and is_teller("witnesses near the quay")
    assert not is_teller("fighters") and not is_teller("coalition partners")
