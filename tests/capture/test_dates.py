"""Dates as pages print them. Nothing that is not there is filled in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.capture.dates import from_epoch, iso, parse

NOW = "2025-06-15T12:00:00+00:00"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2024-03-12T14:20:00+03:00", "2024-03-12T14:20:00+03:00"),
        ("2024-03-12 14:20", "2024-03-12T14:20"),
        ("Tue, 12 Mar 2024 14:20:00 +0300", "2024-03-12T14:20:00+03:00"),
        ("12 March 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("12th of March '24", "2024-03-12"),
        ("12-III-2024", "2024-03-12"),
        ("12.iii.24 // A. Author", "2024-03-12"),
        ("12-Mar-2024", "2024-03-12"),
        ("Updated Mar 12, 2024 • 4 min read", "2024-03-12"),
        ("12.03.24 / 20-00", "2024-03-12T20:00:00"),
        ("Tues 12 Mar, 24 @ 1540hrs by Wire", "2024-03-12T15:40:00"),
        ("12 mars 2024 à 14h30", "2024-03-12T14:30:00"),
        ("Dienstag, 12. März 2024, 15.20 Uhr", "2024-03-12T15:20:00"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("12 marzo 2024", "2024-03-12"),
        ("utorak, 12. ožujka 2024.", "2024-03-12"),
        ("12-mart 2024", "2024-03-12"),
        ("12 марта 2024", "2024-03-12"),
        ("March 12, 2024 9:05 PM EST", "2024-03-12T21:05:00-05:00"),
        ("saved on 12 March 2024, at 11:04 (UTC)", "2024-03-12T11:04:00+00:00"),
        ("05/04/2024 Friday", "2024-04-05"),
        ("13/03/2024", "2024-03-13"),
        ("22 Hut 1402", "2024-03-12"),
        ("22/12/1402", "2024-03-12"),
        ("12/03/2024", None),
        ("March 2024", None),
        ("12 March", None),
        ("Tuesday", None),
        ("9:05 PM", None),
        ("4 min read", None),
        ("page 12 of 2024", None),
        ("0000-01-01", None),
        ("0001-01-01T00:00:00Z", None),
        ("31 February 2024", None),
        ("2024-03-12T14:20:00+99:00", "2024-03-12T14:20:00"),
        ("", None),
        (None, None),
        ("12 March 2024 " * 40, None),
    ],
)
def test_printed_dates(printed: str | None, expected: str | None) -> None:
    assert parse(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Wed, 12 March", "2025-03-12"),
        ("Tue, 12 March", "2024-03-12"),
        ("Wednesday, the twelfth of March", "2025-03-12"),
        ("mercredi 12/3", "2025-03-12"),
        ("Saturday, 14 June", "2025-06-14"),
        ("12 March", None),
        ("12/3", None),
        ("Sunday, 29 February", None),
    ],
)
def test_a_weekday_settles_the_year(printed: str, expected: str | None) -> None:
    assert parse(printed, None, NOW) == expected
    assert parse(printed) is None


def test_the_language_settles_the_month() -> None:
    assert parse("5 listopada 2024", "pl") == "2024-11-05"
    assert parse("5 listopada 2024", "hr") == "2024-10-05"
    assert parse("5 listopada 2024") is None


def test_epochs() -> None:
    assert from_epoch("1718697900") == from_epoch("1718697900000") == "2024-06-18T08:05:00+00:00"
    assert from_epoch("12") is None


@given(st.dates(date(1979, 3, 21), date(2060, 1, 1)))
def test_solar_years_follow_each_other(day: date) -> None:
    """Each day of the solar calendar that is written out is one day after the one before."""
    solar = [parse(f"{number}/{month}/{day.year - 621}") for month in (1, 2, 7) for number in (1, 2, 29, 30)]
    days = [date.fromisoformat(text) for text in solar if text]
    assert days == sorted(days)
    assert days[4] - days[3] in (timedelta(1), timedelta(2))


@given(st.text(max_size=80))
def test_anything_is_answered(printed: str) -> None:
    found = parse(printed, None, NOW)
    assert found is None or iso(found) == found
