import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.monitoring.horizons import deadline

WEDNESDAY = date(2024, 6, 19)
WORDS = re.findall(
    r"\S+",
    "by before in the next within end of 3 two 9999 days weeks year march friday winter easter 2025 31 ( . ' "
    "0000-00-00",
)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by Friday", date(2024, 6, 21)),
        ("before Friday", date(2024, 6, 20)),
        ("next Friday", date(2024, 6, 28)),
        ("on Wednesday", date(2024, 6, 26)),
        ("tomorrow", date(2024, 6, 20)),
        ("this weekend", date(2024, 6, 23)),
        ("this week", date(2024, 6, 23)),
        ("next week", date(2024, 6, 30)),
        ("within three days", date(2024, 6, 22)),
        ("in the next 48 hours", date(2024, 6, 21)),
        ("within a fortnight", date(2024, 7, 3)),
        ("by the end of the month", date(2024, 6, 30)),
        ("by the end of next month", date(2024, 7, 31)),
        ("by the end of the year", date(2024, 12, 31)),
        ("in March", date(2025, 3, 31)),
        ("before March 2026", date(2026, 2, 28)),
        ("by 15 March 2025", date(2025, 3, 15)),
        ("on March 15", date(2025, 3, 15)),
        ("2024-07-01", date(2024, 7, 1)),
        ("this summer", date(2024, 8, 31)),
        ("next summer", date(2025, 8, 31)),
        ("by winter", date(2024, 12, 31)),
        ("before Easter", date(2025, 4, 19)),
        ("by Christmas", date(2024, 12, 25)),
        ("in 2026", date(2026, 12, 31)),
        ("early 2026", date(2026, 4, 30)),
        ("within ten years", date(2034, 6, 19)),
    ],
)
def test_a_horizon_is_the_last_day_its_words_allow(words: str, day: date) -> None:
    assert deadline(words, WEDNESDAY) == day


@pytest.mark.parametrize(
    "words",
    [
        None,
        "",
        "soon",
        "within days",
        "for months",
        "in the coming weeks",
        "within two weeks of the verdict",
        "by 31 February",
        "9999 years",
        "99999 years",
    ],
)
def test_words_that_set_no_day_have_no_deadline(words: str | None) -> None:
    assert deadline(words, WEDNESDAY) is None


def test_without_a_date_of_publication_there_is_no_deadline() -> None:
    assert deadline("by Friday", None) is None


def test_january_belongs_to_the_winter_that_began_last_year() -> None:
    assert deadline("this winter", date(2025, 1, 10)) == date(2025, 2, 28)
    assert deadline("next winter", date(2025, 1, 10)) == date(2026, 2, 28)


@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=12,
    ),
    st.dates(),
)
def test_no_words_break_it(words: list[str], published: date) -> None:
    assert isinstance(deadline(" ".join(words), published), date | None)
