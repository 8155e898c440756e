from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegata.web.compare import compare, shared_share

words = st.lists(
    st.sampled_from(["the", "mill", "burnt", "night", "of", "guards", "7", "–"]), max_size=25
).map(" ".join)


@given(words, words)
def test_pieces_cover_both_passages(left: str, right: str) -> None:
    for text, pieces in ((left, compare(left, right)), (right, compare(right, left))):
        assert "".join(text[a:b] for a, b, _ in pieces) == text
        assert [a for a, _, _ in pieces] == [0, *(b for _, b, _ in pieces)][: len(pieces)]


@given(words, words)
def test_runs_are_found_on_both_sides(left: str, right: str) -> None:
    ours, theirs = compare(left, right), compare(right, left)
    assert any(kind == "run" for *_, kind in ours) == any(kind == "run" for *_, kind in theirs)


def test_order_is_told_from_mere_sharing() -> None:
    left = "Rural buildings offer natural cover from satellites."
    right = "A satellite sees no rural shed with natural cover from satellites, they say."
    ours = compare(left, right)
    marked = {left[a:b]: kind for a, b, kind in ours if kind}
    assert marked["natural cover from satellites"] == "run"
    assert marked["Rural"] == "word"
    assert "offer" not in marked


def test_words_of_grammar_are_not_marked_alone() -> None:
    left, right = "that it was there", "it is said that nobody was here"
    ours, theirs = compare(left, right), compare(right, left)
    assert shared_share(ours) == shared_share(theirs) == 0.0


def test_the_same_passage_is_all_shared() -> None:
    ours = compare("Walnut trees supply shade", "walnut trees supply shade")
    assert shared_share(ours) == 1.0
