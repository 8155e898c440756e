from datetime import date, timedelta

import numpy as np
import pytest

from allegata.monitoring.alarms import LEARN, find_alarms
from allegata.monitoring.breaks import find_breaks, tracks
from allegata.monitoring.dispersion import PRIOR, dispersion
from allegata.monitoring.history import find_changes_of_level
from allegata.monitoring.periods import MOST, periods_between
from allegata.monitoring.tension import Mover, Tension


def counts(*levels: tuple[float, int], size: float = 4.0) -> list[float]:
    """Negative binomial counts with a mean for so many periods each; the same ones for the same levels."""
    random = np.random.default_rng(11)
    return [
        float(n) for mean, number in levels for n in random.poisson(random.gamma(size, mean / size, number))
    ]


def point(week: int, tellings: int, names: tuple[str, str] = ("Vell", "Norland")) -> Tension:
    period = (date(2024, 1, 1) + timedelta(weeks=week)).isoformat()
    value = 3.5 * tellings
    movers = (Mover(f"c{week}", value),)
    return Tension(
        *names, period, "week", "accusation", "hostile", value, value, value, tellings, tellings,
        2 * tellings, 3.5, movers,
    )  # fmt: skip


def test_a_rise_is_alarmed_soon_and_dated_near_its_beginning() -> None:
    series = counts((3, 60), (15, 20))
    (alarm,) = find_alarms(series, "week")
    assert alarm.direction == "rise" and 60 <= alarm.at <= 64 and 57 <= alarm.since <= alarm.at
    assert alarm.before == pytest.approx(3, abs=1.2) and alarm.after > 6


def test_a_fall_is_alarmed_too() -> None:
    (alarm,) = find_alarms(counts((12, 60), (0.5, 12)), "week")
    assert alarm.direction == "fall" and 60 <= alarm.at <= 68


def test_one_outburst_in_a_long_silence_is_an_alarm() -> None:
    assert [a.at for a in find_alarms([0.0] * 50 + [10.0], "week")] == [50]


def test_nothing_is_measured_against_a_level_that_is_not_learnt() -> None:
    assert find_alarms([0.0] * (LEARN["week"] - 1) + [40.0], "week") == []


def test_a_collection_that_grows_is_no_alarm() -> None:
    growth = [1.0] * 60 + [4.0] * 40
    mean = sum(growth) / len(growth)
    exposures = [g / mean for g in growth]
    series = counts((3, 60), (12, 40))
    assert find_alarms(series, "week", exposures) == []
    assert find_alarms(series, "week") != []


def test_history_finds_the_beginning_of_a_level() -> None:
    (at,) = find_changes_of_level(counts((3, 60), (12, 60)), "week")
    assert abs(at - 60) <= 2
    assert find_changes_of_level(counts((3, 120)), "week") == []


def test_dispersion_is_that_of_the_counts_and_no_level_moves_it() -> None:
    steady = counts((10, 4000), size=2.0)
    assert dispersion(steady) == pytest.approx(0.5, abs=0.1)
    moved = counts((5, 2000), (20, 2000), size=2.0)
    assert dispersion(moved) == pytest.approx(0.5, abs=0.12)
    assert dispersion(counts((10, 4000), size=1000.0)) < 0.06
    assert dispersion([]) == dispersion([3.0]) == dispersion([0.0] * 50) == PRIOR


def test_breaks_name_the_parties_the_levels_and_what_moved_them() -> None:
    weeks = [point(i, n) for i, n in enumerate([2, 1, 2, 3, 1, 2] * 6 + [12, 15, 11, 14, 13, 12])]
    found = find_breaks(weeks)
    assert {b.found_by for b in found} == {"alarm", "history"}
    for b in found:
        assert (b.source, b.target, b.series, b.direction) == ("Vell", "Norland", "accusation", "rise")
        assert b.since == weeks[36].period and b.since <= b.at
        assert b.after > 3 * b.before and b.coverage_after > b.coverage_before
        assert b.movers[0].id in {f"c{i}" for i in range(36, 42)}
        assert all(b.movers[i].weight >= b.movers[i + 1].weight for i in range(len(b.movers) - 1))


def test_a_dyad_of_three_events_has_a_track_and_no_break() -> None:
    few = [point(0, 1), point(30, 1), point(60, 1)]
    (track,) = tracks(few)
    assert not track.is_told and len(track.periods) == 61 and sum(p is not None for p in track.points) == 3
    assert find_breaks(few) == [] and find_breaks([]) == []


def test_tracks_go_on_to_the_newest_period() -> None:
    (track,) = tracks([point(0, 4)], last="2024-02-05")
    assert track.periods[-1] == "2024-02-05" and len(track.counts) == 6


def test_a_page_from_the_year_3_sets_no_length() -> None:
    assert len(periods_between("0003-01-01", "2025-03-03", "day")) == MOST
