"""Posts against known claims."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.linking.matching import LONGEST, Matcher, plain

KNOWN = (
    ("Norland's navy laid mines in the strait of Mero.", "Did Norland mine the strait?"),
    ("The ferry Alba sank because its owner had removed the pumps.",),
    ("Vaccines given at Velm harbour were out of date.",),
    ("A gravel barge was boarded by masked men at Tarn Bridge.",),
)


def test_a_post_in_other_words_finds_its_claim() -> None:
    matcher = Matcher(KNOWN)
    posts = (
        "so apparently there are naval mines in the #MeroStrait now, thanks Norland https://a.example/x1",
        "They took the pumps out of the Alba, so the ferry went down — Ada Rune (@ada) May 4, 2025",
        "expired jabs were handed out in Velm",
        "Masked men attacked the crew of a barge near Tarn",
    )
    found = [matcher.rank(post) for post in posts]
    assert [ranked[0].index for ranked in found] == [0, 1, 2, 3]
    assert all(0 < m.score < 1 for ranked in found for m in ranked)
    assert all(a.score >= b.score for ranked in found for a, b in pairwise(ranked))
    assert set(found[0][0].shared) >= {"mine", "norland", "mero"}


def test_what_has_nothing_in_common_is_not_matched() -> None:
    matcher = Matcher((("Quux",), ("", "  "), ()))
    assert matcher.rank("An entirely different sentence") == []
    assert matcher.rank("") == [] and matcher.rank("https://a.example/only") == []
    assert [m.index for m in matcher.rank("quux")] == [0]


def test_a_match_does_not_depend_on_the_other_claims() -> None:
    post = "Norland mined the strait"
    alone, among = Matcher(KNOWN[:1]).rank(post)[0], Matcher(KNOWN).rank(post)[0]
    assert alone == among


def test_what_a_post_says() -> None:
    assert (
        plain("No #BreakingNews here https://t.example/a — Ada (@ada) May 4, 2025") == "No Breaking News here"
    )
    assert plain("a" * (LONGEST + 50)) == "a" * LONGEST


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200), st.lists(st.lists(st.text(max_size=60), max_size=3), max_size=5))
def test_any_text(post: str, known: list[list[str]]) -> None:
    for match in Matcher(known).rank(post):
        assert 0 <= match.index < len(known) and 0 <= match.score <= 1
