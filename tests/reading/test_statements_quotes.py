"""Quotations: where they stand, and whose they are."""

from __future__ import annotations

import pytest

from allegata.reading.statements.quotes import find_quotes
from tests.reading.test_statements import read, told


def inner(text: str, wrapped: bool = False) -> list[str]:
    return [text[slice(*q.inner)] for q in find_quotes(text, wrapped).all]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', ["no"]),
        ("He said “no” twice.", ["no"]),
        ("He said ''they came at night'' twice.", ["they came at night"]),
        ("He said «they came» twice.", ["they came"]),
        ("The guards' boat was 'taken at dawn by smugglers', he said.", ["taken at dawn by smugglers"]),
        ("The workers' union and the pilots' guild met.", []),
        ("The class of '08 and the 'class of '09", []),
        ('An odd " mark and "a pair" of them.', ["a pair"]),
        ('A mark "that never closes.\nAnd "one that does".', ["one that does"]),
        ('"Not closed here\n\nNext paragraph without a mark', []),
        ("“First paragraph.\n\n“Second paragraph.” He left.", ["First paragraph.", "Second paragraph."]),
        ("", []),
    ],
)
def test_where_quotations_stand(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_line_end_is_no_paragraph_where_lines_are_wrapped() -> None:
    text = 'He said "they came\nat night" twice.'
    assert inner(text) == []
    assert inner(text, wrapped=True) == ["they came\nat night"]


def test_quotations_are_found_by_place() -> None:
    quotes = find_quotes('a "b c" d "e f" g')
    assert quotes.holding(3) == 0
    assert quotes.holding(8) is None
    assert quotes.before(9) == 0
    assert quotes.before(1) is None
    assert quotes.after(8) == 1
    assert quotes.after(14) is None
    assert list(quotes.run(1)) == [1]


SPOKEN = [
    (
        '"The men who came," the doctor said, "were no journalists. They took my nurse."',
        [("the doctor", "said", "The men who came | were no journalists. They took my nurse")],
    ),
    (
        '"Do not leave because of rumours," Halima Oumar said, resting under a lorry. "Leave for good now."',
        [("Halima Oumar", "said", "Do not leave because of rumours | Leave for good now")],
    ),
    (
        'The captain told reporters on Tuesday: "They were men of the coast. We know their names."',
        [("The captain", "told", "They were men of the coast. We know their names")],
    ),
    (
        "“They took my sons,” a shopkeeper said.\n\n“The men wore uniforms.”",
        [("a shopkeeper", "said", "They took my sons | The men wore uniforms")],
    ),
    (
        "The mayor said: “They came at night.\n\n“They took the archive.” Nobody slept.",
        [("The mayor", "said", "They came at night | They took the archive")],
    ),
    (
        '"We lost the boat," shouted one of the pilots.',
        [("one of the pilots", "shouted", "We lost the boat")],
    ),
    (
        '"We lost the boat," the cook said. The pilot answered: "Nobody steered it."',
        [("the cook", "said", "We lost the boat"), ("The pilot", "answered", "Nobody steered it")],
    ),
    ('The crew called the boat "old but fast" at first.', [("The crew", "called", 'the boat "old but fast')]),
]


@pytest.mark.parametrize(("text", "expected"), SPOKEN, ids=[text[:40] for text, _ in SPOKEN])
def test_whose_quotations_are(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [row[1:] for row in told(text, read(text))] == expected


def test_a_title_in_quotation_marks_is_nobodys_speech() -> None:
    assert read('The band played "Night over Mero" until two.') == ()
