from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from allegata.web.timescale import MIN_TICK, fit

moments = st.lists(
    st.datetimes(datetime(1, 1, 2), datetime(9998, 12, 30)).map(lambda m: m.replace(tzinfo=UTC)), max_size=12
)
START = datetime(2025, 9, 8, 15, 30, tzinfo=UTC)


@given(moments)
def test_time_runs_to_the_right_within_the_drawing(given: list[datetime]) -> None:
    scale = fit(given, 100, 900)
    places = [scale.x(m) for m in sorted(given)]
    assert places == sorted(places)
    assert all(100 <= x <= 900 for x in places)
    assert all(b.x - a.x >= 0.7 * MIN_TICK for a, b in zip(scale.ticks, scale.ticks[1:], strict=False))


def test_a_long_silence_is_cut_and_said() -> None:
    days = [START + timedelta(hours=5 * i) for i in range(8)] + [START + timedelta(days=400)]
    scale = fit(days, 0, 1000)
    assert [c.label for c in scale.cuts] == ["13 months"]
    assert scale.x(days[7]) > 700
    assert scale.ticks[-1].label.startswith("13 Oct 2026")


def test_even_gaps_are_not_cut() -> None:
    assert fit([START + timedelta(days=10 * i) for i in range(6)], 0, 1000).cuts == ()


def test_ticks_name_days_once_and_the_year_where_it_begins() -> None:
    scale = fit([START, START + timedelta(days=6)], 0, 700)
    assert [t.label for t in scale.ticks][:3] == ["9 Sep 2025", "10 Sep", "11 Sep"]
    hours = [t.label for t in fit([START, START + timedelta(hours=20)], 0, 700).ticks]
    assert hours[0] == "8 Sep 2025"
    assert "9 Sep" in hours
    assert "18:00" in hours


def test_one_moment_and_none() -> None:
    assert 0 < fit([START], 0, 1000).x(START) < 1000
    assert fit([], 0, 1000).ticks == ()
