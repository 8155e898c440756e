from dataclasses import replace

import pytest

from allegata.model import PLOVER_ROOTS, Document, Event, Reading
from allegata.monitoring.tension import dyads, weekly_tension
from allegata.vocab import load
from tests.monitoring.stories import claim, mention, origin, when

ROOTS = load("intensity")["roots"]
ALLEGE = load("intensity")["modes"]["allege"]


def reading(document: str, *events: Event) -> Reading:
    return Reading(Document(document, ""), events=events)


def test_every_root_has_an_intensity_and_accusing_is_hostile() -> None:
    assert set(ROOTS) == set(PLOVER_ROOTS)
    assert all(-10 <= v <= 10 for v in ROOTS.values())
    assert ROOTS["ACCUSE"] < 0 and all(v < 0 for v in load("intensity")["modes"].values())
    assert ROOTS["ASSAULT"] < ROOTS["THREATEN"] < ROOTS["ACCUSE"] < 0 < ROOTS["CONSULT"] < ROOTS["AID"]


def test_mentions_do_not_raise_tension_but_origins_do() -> None:
    once = claim((mention("d1"),), (origin("A", "d1"),))
    loud = claim((mention("d1"), mention("d2"), mention("d3")), (origin("A", "d1"),))
    assert weekly_tension([once], [], when) == weekly_tension([loud], [], when)
    two = claim((mention("d1"), mention("d2", origins=("o2",))), (origin("A", "d1"), origin("B", "d2", "o2")))
    accusation = next(t for t in weekly_tension([two], [], when) if t.series == "accusation")
    assert (accusation.source, accusation.target, accusation.week) == ("Vell", "Norland", "2025-03-03")
    assert accusation.value == pytest.approx(2 * ALLEGE)
    assert accusation.evidence == ("c1",)


def test_the_alleged_act_is_a_series_of_its_own() -> None:
    story = claim((mention("d1"),), (origin("A", "d1"),))
    assert {t.series: t.value for t in weekly_tension([story], [], when)} == {
        "accusation": ALLEGE,
        "alleged_act": ROOTS["ASSAULT"],
    }


def test_the_interval_is_kept_and_adds_up_over_the_weeks() -> None:
    story = claim(
        (mention("d1"), mention("d2"), mention("d3")),
        (origin("A", "d1"), origin("B", "d2", "o2"), origin("C", "d3", "o3")),
        low=1,
        high=5,
    )
    weeks = [t for t in weekly_tension([story], [], when) if t.series == "accusation"]
    assert [t.week for t in weeks] == ["2025-03-03", "2025-03-10"]
    assert sum(t.low for t in weeks) == pytest.approx(1 * ALLEGE)
    assert sum(t.value for t in weeks) == pytest.approx(3 * ALLEGE)
    assert sum(t.high for t in weeks) == pytest.approx(5 * ALLEGE)
    assert all(abs(t.low) <= abs(t.value) <= abs(t.high) for t in weeks)


def test_an_act_told_by_two_outlets_in_a_week_counts_once() -> None:
    shelling = Event("ASSAULT", "Norland", "Vell", 0, 5)
    same = Event("ASSAULT", "the Norland", "Vell", 0, 5)
    told = weekly_tension([], [reading("d1", shelling), reading("d2", same, same)], when)
    assert len(told) == 1
    assert told[0].series == "act" and told[0].evidence == ("d1", "d2")
    assert told[0].value == told[0].low == pytest.approx(ROOTS["ASSAULT"])
    assert told[0].high == pytest.approx(2 * ROOTS["ASSAULT"])


def test_copies_tell_no_act_of_their_own() -> None:
    story = claim((mention("d1"), mention("d3", copy_of="d1")), (origin("A", "d1"),))
    act = Event("AID", "Norland", "Vell", 0, 5)
    told = weekly_tension([story], [reading("d1", act), reading("d3", act)], when)
    assert [(t.week, t.value) for t in told if t.series == "act"] == [("2025-03-03", ROOTS["AID"])]


def test_claims_without_a_dyad_or_a_date_are_left_out() -> None:
    undated = claim((mention("undated"),), (origin("A", "undated"),))
    assert weekly_tension([undated], [reading("undated", Event("AID", "X", "Y", 0, 1))], when) == []


def test_dyads_hold_one_series_each() -> None:
    story = claim((mention("d1"),), (origin("A", "d1"),))
    tension = weekly_tension([story], [], when)
    (dyad,) = dyads(tension, "accusation")
    assert (dyad.source, dyad.target, dyad.series) == ("Vell", "Norland", (("2025-03-03", ALLEGE),))


def test_those_who_speak_for_a_party_do_not_split_it() -> None:
    one = replace(claim((mention("d1"),), (origin("A", "d1"),)), accuser="Government of Vell (Ines Okafor)")
    two = replace(
        claim((mention("d2"),), (origin("B", "d2"),)), id="c2", accuser="Government of Vell (navy; A. B)"
    )
    accusations = [t for t in weekly_tension([one, two], [], when) if t.series == "accusation"]
    assert [(t.source, t.value) for t in accusations] == [("Government of Vell", 2 * ALLEGE)]
