from dataclasses import replace

import pytest

from allegata.model import PLOVER_ROOTS, Actor, Document, Event, Reading, Sentence
from allegata.monitoring.names import is_actor
from allegata.monitoring.tension import Mover, Tension, dyads, measure_tension
from allegata.vocab import load
from tests.monitoring.stories import claim, mention, origin, when

ROOTS = load("intensity")["roots"]
ALLEGE = -load("intensity")["modes"]["allege"]


def reading(document: str, *events: Event, text: str = "") -> Reading:
    sentences = (Sentence(0, len(text)),) if text else ()
    return Reading(Document(document, text), sentences, events=events)


def only(tension: list[Tension], series: str = "accusation") -> Tension:
    (found,) = [t for t in tension if t.series == series]
    return found


def test_every_root_has_an_intensity_and_a_series_and_accusing_is_hostile() -> None:
    assert set(ROOTS) == set(load("intensity")["series"]) == set(PLOVER_ROOTS)
    assert all(-10 <= v <= 10 for v in ROOTS.values())
    assert ROOTS["ACCUSE"] < 0 and all(v < 0 for v in load("intensity")["modes"].values())
    assert ROOTS["ASSAULT"] < ROOTS["THREATEN"] < ROOTS["ACCUSE"] < 0 < ROOTS["CONSULT"] < ROOTS["AID"]


def test_mentions_do_not_raise_tension_but_origins_do() -> None:
    once = claim((mention("d1"),), (origin("A", "d1"),))
    loud = claim((mention("d1"), mention("d2"), mention("d3")), (origin("A", "d1"),))
    quiet, loud_ = only(measure_tension([once], [], when)), only(measure_tension([loud], [], when))
    assert (quiet.coverage, loud_.coverage) == (1, 2)  # d3 is of the week after
    assert replace(loud_, coverage=1) == quiet
    two = claim((mention("d1"), mention("d2", origins=("o2",))), (origin("A", "d1"), origin("B", "d2", "o2")))
    accusation = only(measure_tension([two], [], when))
    assert (accusation.source, accusation.target, accusation.period) == ("Vell", "Norland", "2025-03-03")
    assert (accusation.side, accusation.tellings, accusation.volume) == ("hostile", 2, 2)
    assert accusation.value == pytest.approx(2 * ALLEGE)
    assert accusation.rate == pytest.approx(ALLEGE)
    assert accusation.movers == (Mover("c1", 2 * ALLEGE),)


def test_the_alleged_act_is_a_series_of_its_own() -> None:
    story = claim((mention("d1"),), (origin("A", "d1"),))
    assert {t.series: t.value for t in measure_tension([story], [], when)} == {
        "accusation": ALLEGE,
        "alleged_act": -ROOTS["ASSAULT"],
    }


def test_help_that_somebody_is_accused_of_is_no_cooperation_with_the_accuser() -> None:
    arms = replace(claim((mention("d1"),), (origin("A", "d1"),)), act="AID")
    assert [(t.series, t.side) for t in measure_tension([arms], [], when)] == [("accusation", "hostile")]


def test_periods_are_days_or_weeks() -> None:
    story = claim(
        (mention("d1"), mention("d2", origins=("o2",))), (origin("A", "d1"), origin("B", "d2", "o2"))
    )
    days = [t.period for t in measure_tension([story], [], when, "day") if t.series == "accusation"]
    assert days == ["2025-03-03", "2025-03-05"]


def test_the_interval_holds_the_origins_interval_and_is_the_same_twice() -> None:
    parts = (mention("d1"), mention("d2")), (origin("A", "d1"), origin("B", "d2", "o2"))
    sure = only(measure_tension([claim(*parts)], [], when))
    unsure = only(measure_tension([claim(*parts, low=1, high=6)], [], when))
    assert sure.low <= sure.value <= sure.high
    assert unsure.value == sure.value and unsure.high > sure.high and unsure.low <= sure.low
    assert unsure == only(measure_tension([claim(*parts, low=1, high=6)], [], when))


def test_a_sum_over_many_tellings_is_surer_than_one_over_few() -> None:
    def week(n: int) -> Tension:
        told = [replace(claim((mention("d1"),), (origin("A", "d1"),)), id=f"c{i}") for i in range(n)]
        return only(measure_tension(told, [], when))

    few, many = week(3), week(60)
    assert (few.high - few.low) / few.value > 2 * (many.high - many.low) / many.value > 0


def test_an_act_told_by_two_outlets_in_a_week_counts_once() -> None:
    shelling = Event("ASSAULT", "Norland", "Vell", 0, 5)
    same = Event("ASSAULT", "the Norland", "Vell", 0, 5)
    told = measure_tension([], [reading("d1", shelling), reading("d2", same, same)], when)
    act = only(told, "act")
    assert [m.id for m in act.movers] == ["d1", "d2"]
    assert act.value == pytest.approx(-ROOTS["ASSAULT"])
    assert sum(m.weight for m in act.movers) == pytest.approx(act.value)


def test_a_sentence_that_is_reprinted_does_not_widen_the_interval() -> None:
    act = Event("ASSAULT", "Norland", "Vell", 0, 5)
    text = "Norland shelled Vell."
    one = only(measure_tension([], [reading("d1", act, text=text)], when), "act")
    two = only(
        measure_tension([], [reading("d1", act, text=text), reading("d2", act, text=text)], when), "act"
    )
    assert (two.value, two.low, two.high) == (one.value, one.low, one.high)


def test_threats_and_friendly_acts_stand_apart() -> None:
    events = [Event(act, "Norland", "Vell", i, i + 1) for i, act in enumerate(("THREATEN", "AID", "ASSAULT"))]
    told = measure_tension([], [reading("d1", *events)], when)
    assert {(t.series, t.side): t.value for t in told} == {
        ("threat", "hostile"): -ROOTS["THREATEN"],
        ("act", "cooperative"): ROOTS["AID"],
        ("act", "hostile"): -ROOTS["ASSAULT"],
    }
    assert {t.volume for t in told} == {3}


def test_copies_tell_no_act_of_their_own_but_are_coverage() -> None:
    story = claim((mention("d1"), mention("d2", copy_of="d1")), (origin("A", "d1"),))
    act = Event("AID", "Norland", "Vell", 0, 5)
    told = only(measure_tension([story], [reading("d1", act), reading("d2", act)], when), "act")
    assert (told.value, told.coverage) == (ROOTS["AID"], 2)
    assert [m.id for m in told.movers] == ["d1"]


def test_claims_without_a_dyad_or_a_date_are_left_out() -> None:
    undated = claim((mention("undated"),), (origin("A", "undated"),))
    assert measure_tension([undated], [reading("undated", Event("AID", "X", "Y", 0, 1))], when) == []


def test_dyads_hold_one_series_each() -> None:
    story = claim((mention("d1"),), (origin("A", "d1"),))
    tension = measure_tension([story], [], when)
    (dyad,) = dyads(tension, "accusation")
    assert (dyad.source, dyad.target, dyad.series) == ("Vell", "Norland", (("2025-03-03", ALLEGE),))
    assert dyads(tension, "accusation", "cooperative") == []


def test_those_who_speak_for_a_party_do_not_split_it() -> None:
    one = replace(claim((mention("d1"),), (origin("A", "d1"),)), accuser="Government of Vell (Ines Okafor)")
    two = replace(
        claim((mention("d2"),), (origin("B", "d2"),)), id="c2", accuser="Government of Vell (navy; A. B)"
    )
    accusations = [t for t in measure_tension([one, two], [], when) if t.series == "accusation"]
    assert [(t.source, t.value) for t in accusations] == [("Government of Vell", 2 * ALLEGE)]


def test_a_ministry_and_its_state_are_one_party() -> None:
    names = (("Castellan", "Norland"), ("the Castellan defence ministry", "Norland army"))
    told = [
        replace(
            claim((mention("d1"),), (origin("A", "d1"),)),
            id=f"c{n}",
            accuser=accuser,
            accused=accused,
            act=None,
        )
        for n, (accuser, accused) in enumerate(names)
    ]
    (found,) = measure_tension(told, [], when)
    assert (found.source, found.target, found.tellings) == ("Castellan", "Norland", 2)


def test_a_state_is_shown_under_its_name_whoever_acts_for_it() -> None:
    events = [
        Event("COERCE", "Pakistani police", "the Afghan Taliban", 0, 5),
        Event("ASSAULT", "Islamabad", "Kabul", 6, 9),
    ]
    told = measure_tension([], [reading("d1", *events)], when)
    assert {(t.source, t.target) for t in told} == {("Pakistan", "Afghanistan")}
    assert sum(t.tellings for t in told) == 2


def test_a_force_is_its_states_where_the_text_told_whose_it_is() -> None:
    police = Actor("UGA-COP", "UGA", "COP")
    event = Event("COERCE", "police", "Orlan Shield", 0, 5, actor_is=police)
    assert only(measure_tension([], [reading("d1", event)], when), "act").source == "Uganda"


def test_what_a_state_does_to_itself_is_no_dyad() -> None:
    event = Event("COERCE", "Norland police", "Norland army", 0, 5)
    assert measure_tension([], [reading("d1", event)], when) == []


def test_an_act_weighs_what_its_code_does_and_one_told_in_two_ways_counts_once() -> None:
    codes = load("intensity")["codes"]
    arrest = Event("COERCE", "Norland", "Vell", 0, 5, mode="arrest", cameo="173")
    assert only(measure_tension([], [reading("d1", arrest)], when), "act").value == -codes["173"]
    plain = Event("ASSAULT", "Norland", "Vell", 0, 5)
    raid = Event("ASSAULT", "Norland", "Vell", 0, 5, mode="aerial", cameo="195")
    both = only(measure_tension([], [reading("d1", plain), reading("d2", raid)], when), "act")
    assert (both.value, both.tellings) == (-codes["195"], 1)


def test_codes_stay_on_the_side_of_their_root() -> None:
    codes, modes = load("intensity")["codes"], load("modes")["modes"]
    of_root = {m["cameo"]: m["root"] for m in modes if "cameo" in m}
    assert set(codes) <= set(of_root)
    assert all(-10 <= v <= 10 and v * ROOTS[of_root[code]] > 0 for code, v in codes.items())


@pytest.mark.parametrize(
    "name",
    [
        "group",
        "guard post",
        "Militants",
        "200 fighters",
        "Nine dockers",
        "strikers",
        "depot's manager",
        "the gunmen",
    ],
)
def test_common_nouns_are_no_actors(name: str) -> None:
    assert not is_actor(name)


@pytest.mark.parametrize(
    "name",
    [
        "Pakistan",
        "the Taliban",
        "Norland",
        "Castellan army",
        "Tavori Shield guards",
        "Government of Norland (Pavel Drost; navy)",
        "al-Shabaab",
        "Coast Dock and Stevedoring Workers' Union",
        "Pakistani militants",
    ],
)
def test_names_are_actors(name: str) -> None:
    assert is_actor(name)
