"""The days that the words of a horizon allow."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.reading.horizons import find_horizons
from allegata.reading.periods import period

THURSDAY = date(2025, 3, 6)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("within two weeks", "2025-03-06", "2025-03-20"),
        ("by the end of the month", "2025-03-06", "2025-03-31"),
        ("in the coming days", "2025-03-06", "2025-03-20"),
        ("in a matter of weeks", "2025-03-06", "2025-05-06"),
        ("over the coming months", "2025-03-06", "2026-03-06"),
        ("over the next decade", "2025-03-06", "2035-03-06"),
        ("next month", "2025-04-01", "2025-04-30"),
        ("next year", "2026-01-01", "2026-12-31"),
        ("this year", "2025-03-06", "2025-12-31"),
        ("in May", "2025-05-01", "2025-05-31"),
        ("in early May", "2025-05-01", "2025-05-10"),
        ("before 2027", "2025-03-06", "2026-12-31"),
        ("until April", "2025-03-06", "2025-03-31"),
        ("on 9 April", "2025-04-09", "2025-04-09"),
        ("by Friday", "2025-03-06", "2025-03-07"),
        ("next Friday", "2025-03-07", "2025-03-14"),
        ("Thursday", "2025-03-06", "2025-03-13"),
        ("tomorrow", "2025-03-07", "2025-03-07"),
        ("over the weekend", "2025-03-08", "2025-03-09"),
        ("before Christmas", "2025-03-06", "2025-12-24"),
        ("from Monday", "2025-03-10", None),
        ("after Easter", "2025-04-21", None),
        ("soon", None, None),
        ("for years", None, None),
        ("before the election", None, None),
        ("on 30 February", None, None),
    ],
)
def test_days(words: str, first: str | None, last: str | None) -> None:
    assert [d.isoformat() if d else None for d in period(words, THURSDAY)] == [first, last]


@pytest.mark.parametrize(
    ("words", "southern", "first", "last"),
    [
        ("by winter", False, "2025-03-06", "2025-12-01"),
        ("by winter", True, "2025-03-06", "2025-06-01"),
        ("before winter", False, "2025-03-06", "2025-11-30"),
        ("this summer", False, "2025-06-01", "2025-08-31"),
        ("next summer", True, "2025-12-01", "2026-02-28"),
    ],
)
def test_a_season_is_that_of_its_half_of_the_world(words: str, southern: bool, first: str, last: str) -> None:
    assert [d.isoformat() for d in period(words, THURSDAY, southern) if d] == [first, last]


def test_january_is_in_the_winter_that_began_last_year() -> None:
    assert period("this winter", date(2026, 1, 14)) == (date(2026, 1, 14), date(2026, 2, 28))


def test_nothing_is_known_without_a_day_of_publication() -> None:
    assert period("within two weeks", None) == (None, None)


WORDS = [
    *("by", "before", "in", "within", "the", "next", "coming", "end of", "two", "31", "February", "May"),
    *("winter", "2026", "weeks", "month", "year", "Friday", "a", "few"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=8), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_period_never_ends_before_it_begins(words: list[str], published: date) -> None:
    first, last = period(" ".join(words), published)
    assert first is None or last is None or first <= last


def test_where_a_horizon_stands() -> None:
    text = "The pier should open as early as Monday, or at least within a few days."
    assert [text[a:b] for a, b, _ in find_horizons(text)] == ["as early as Monday", "within a few days"]
    assert find_horizons("He left last Friday, two weeks ago.") == []
