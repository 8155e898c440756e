"""Unnamed speakers who go on as "the worker", names with nicknames, subjects of which nobody is meant."""

from __future__ import annotations

import pytest

from allegata.model import Statement
from allegata.reading.speakers import resolve_speakers
from allegata.reading.tagger.decode import Attribution
from allegata.reading.tagger.sieve import sift
from tests.reading.said import parsed, span


def speakers(text: str, *cited: tuple[str, str, str]) -> list[str | None]:
    """Who speaks in statements given as (source, cue, content)."""
    document, doc = parsed(text)
    statements = tuple(
        Statement(f"s{n}", (span(text, source),), (span(text, cue),), (span(text, said),), "assert")
        for n, (source, cue, said) in enumerate(cited)
    )
    return [s.speaker for s in resolve_speakers(document, doc, statements)[0]]


@pytest.mark.parametrize(
    ("brought", "taken"),
    [
        ("A man who unloaded barges for Corvin", "The worker, who asked not to be named,"),
        ("A conscript of the Velmian navy", "The man, who showed a card,"),
        ("A woman who kept the mill", "This woman"),
    ],
)
def test_an_unnamed_person_goes_on_by_a_plain_noun(brought: str, taken: str) -> None:
    text = f"{brought} says the sacks were wet. {taken} told us that nobody looked."
    first, second = speakers(text, (brought, "says", "the sacks were wet"), (taken, "told", "nobody looked"))
    assert first == second


def test_somebody_brought_in_without_speaking_is_taken_up() -> None:
    text = 'It was shown to us by a woman who worked for the mill. "They burned it," this woman said.'
    assert speakers(text, ("this woman", "said", "They burned it")) == ["woman"]


def test_another_person_is_not_the_one_before() -> None:
    text = "A man who kept the mill says it burned. The second woman said it rained."
    one, other = speakers(
        text,
        ("A man who kept the mill", "says", "it burned"),
        ("The second woman", "said", "it rained"),
    )
    assert one != other


def test_a_nickname_does_not_cut_a_name() -> None:
    text = 'Jens "Bolt" Aker keeps a shop by the quay. On Friday, Mr Aker says, two trucks came.'
    assert speakers(text, ("Mr Aker", "says", "two trucks came")) == ["Jens Aker"]


def test_of_no_one_nobody_is_the_speaker() -> None:
    text = "No supplier said that the drums were full."
    assert speakers(text, ("No supplier", "said", "the drums were full")) == [None]


def test_a_compound_is_no_cue() -> None:
    text = "Corvin, a unit of London-listed Aldo, denied it."
    false = Attribution(
        (span(text, "a unit of London"),), (span(text, "listed"),), (span(text, "Aldo"),), 0.9
    )
    true = Attribution((span(text, "Corvin"),), (span(text, "denied"),), (span(text, "it"),), 0.9)
    assert sift(text, [false, true], [None, None])[0] == [true]
