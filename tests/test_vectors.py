"""Sentence vectors: unit length, meaning, and independence of what else is asked for."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.vectors import WIDTH, embed

PAIR = (
    "The ministry accused its neighbour of shelling the dam at Orlo.",
    "Its neighbour had shelled the Orlo dam, the ministry alleged.",
)
OTHERS = (
    "Apricot growers expect a late harvest this year.",
    "The museum of clocks reopens on Sunday.",
    "A long sentence about nothing in particular that goes on for quite some time so that the lengths differ "
    "and the tokens of this one are many more than those of the ones beside it, as a test should have it.",
)


def test_vectors_have_unit_length() -> None:
    vectors = embed([*PAIR, *OTHERS, ""])
    assert vectors.shape == (6, WIDTH)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_sentences_no_rows() -> None:
    assert embed([]).shape == (0, WIDTH)


def test_a_paraphrase_is_nearer_than_other_sentences() -> None:
    vectors = embed([*PAIR, *OTHERS])
    likeness = vectors[0] @ vectors.T
    assert likeness[1] > 0.75
    assert likeness[2:].max() < 0.4


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    alone = {s: embed([s])[0] for s in (*PAIR, *OTHERS)}
    order = [*PAIR, *OTHERS] * 2
    random.Random(4).shuffle(order)
    for sentence, row in zip(order, embed(order), strict=True):
        assert np.array_equal(row, alone[sentence])


def test_words_past_the_limit_are_not_read() -> None:
    start = "word " * 200
    assert np.array_equal(embed([start + "one"])[0], embed([start + "another thing"])[0])


@pytest.mark.parametrize("text", ["\ud800", "\x00", "a" * 1_000_000, "é̀" * 5_000, "\u202e\u200b"])
def test_hostile_text_has_a_vector(text: str) -> None:
    assert np.isfinite(embed([text])).all()


@given(st.text(max_size=200))
@settings(max_examples=25, deadline=None)
def test_any_text_has_a_unit_vector(text: str) -> None:
    assert abs(float(np.linalg.norm(embed([text])[0])) - 1) < 1e-4
