"""The made stories with known lines of descent, and the tables of the curve."""

from __future__ import annotations

import pytest

from benchmarks import descent
from benchmarks.corpus import read_by_hand, tell

ROWS = [("0%", dict.fromkeys(descent.WAYS, 1.0)), ("100%", dict.fromkeys(descent.WAYS, 2.0))]


def test_those_who_know_put_it_in_words_of_their_own() -> None:
    for seed in range(5):
        firsts = [p for p in tell(seed, relays=3, origins=3).pages if p.way == "first"]
        assert len({p.lines[0].content for p in firsts}) == 3
        assert len({p.lines[0].text.split(",")[0] for p in firsts}) == 3


def test_every_relay_comes_after_what_it_was_had_from() -> None:
    for page in tell(1, relays=12, origins=2).pages:
        if page.parent is not None:
            assert str(page.document.published) > str(page.parent.document.published)
            assert page.depth == page.parent.depth + 1


def test_a_reading_by_hand_has_the_words_of_its_speakers() -> None:
    page = tell(2, relays=1).pages[0]
    made = read_by_hand(page)
    said = [page.document.text[slice(*s.content[0])] for s in made.statements]
    assert said == [line.content for line in page.lines if line.speaker]
    assert {s.speaker for s in made.statements} == {page.lines[0].speaker.name}  # type: ignore[union-attr]


def test_tables_are_put_between_their_marks() -> None:
    text = f"before\n{descent.BEGIN}old\n{descent.END}after\n"
    tables = [descent.table("hidden", ROWS)]
    made = descent.page(text, tables)
    assert made.startswith("before\n") and made.endswith("after\n") and "old" not in made
    assert "| 100% | 2.00 |" in made
    assert descent.page(made, tables) == made
    with pytest.raises(ValueError, match="no marks"):
        descent.page("nothing", tables)


def test_figures_are_means_over_the_curve() -> None:
    found = descent.figures((ROWS, ROWS[1:]))
    assert (found["origin_error"], found["deep_origin_error"], found["copies_merged"]) == (1.5, 2.0, 1.5)
