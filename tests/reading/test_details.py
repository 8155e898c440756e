"""Whom the parties of an act mean, the mode of an act, and when it was; in invented texts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.model import Allegation, Document, Event, Reading, Source
from allegata.reading.allegations.actors import resolve_actor
from allegata.reading.allegations.identities import identify, party_of
from allegata.reading.allegations.modes import find_mode
from allegata.reading.datings import find_datings
from allegata.reading.parsing import parse
from allegata.reading.pipeline import read_documents
from allegata.vocab import load

PUBLISHED = "2025-11-18"  # a Tuesday


def read(text: str, published: str | None = PUBLISHED) -> Reading:
    (reading,) = read_documents([Document("d", text, published=published, language="en")], "rules")
    return reading


def first_event(text: str, published: str | None = PUBLISHED) -> Event:
    return read(text, published).events[0]


def first_allegation(text: str) -> Allegation:
    return read(text).allegations[0]


@pytest.mark.parametrize(
    ("names", "identity"),
    [
        (("Kabul", "Afghanistan", "the Afghan Taliban"), "AFG"),
        (("the Foreign Ministry in Kabul", "Afghan foreign minister"), "AFG-GOV-foreign"),
        (("Turkish defence ministry", "Turkey's Defense Minister Yasar Guler"), "TUR-GOV-defence"),
        (("Pakistan Army spokesman", "the Pakistani military"), "PAK-MIL"),
        (("Hezbollah", "Hizbullah fighters", "a Hizbollah spokesman"), "hezbollah"),
        (("ISIS-K", "Daesh-K", "Islamic State Khorasan Province"), "islamic-state-khorasan"),
        (("AFP", "Agence France-Presse"), "agence-france-presse"),
        (("the U.N.", "United Nations", "UN"), "united-nations"),
        (("Turkish daily Birlik",), "TUR-MED-birlik"),
        (("Pakistani traders",), "PAK-CVL"),
        (("Kenya Airways",), "KEN-airways"),
        (("the mayor of Lyon",), "FRA-GOV-local-lyon"),
        (("Castellan", "the Castellan"), "name:castellan"),
    ],
)
def test_spellings_offices_and_holders_are_one_actor(names: tuple[str, ...], identity: str) -> None:
    assert {identify(name).id for name in names} == {identity}


def test_an_ambiguous_actor_keeps_its_candidates_and_an_unknown_one_its_name() -> None:
    daesh = identify("Daesh")
    assert (daesh.country, daesh.sector, daesh.candidates) == (None, "REB", ("AFG", "IRQ", "SYR"))
    nobody = identify("Orlan Shield")
    assert (nobody.id, nobody.country, nobody.sector, nobody.candidates) == (
        "name:orlan shield",
        None,
        None,
        (),
    )


def test_outlets_are_actors() -> None:
    assert (identify("Reuters").country, identify("Reuters").sector) == ("GBR", "MED")
    found = identify("The Marda Post", Source("The Marda Post", "outlet"))
    assert (found.id, found.sector) == ("name:marda post", "MED")


def test_an_official_is_known_by_the_office_that_the_text_gives() -> None:
    source = Source("Sami Ruz", "person", title="spokesperson", organisation="Afghan interior ministry")
    assert identify("Sami Ruz", source).id == "AFG-GOV-interior"
    assert identify("Sami Ruz").country is None


def test_the_only_country_of_a_passage_is_that_of_an_office() -> None:
    assert identify("police", None, "Police in Uganda beat a printer.").id == "UGA-COP"
    passage = "The interior ministry in Ankara said Greece had turned back a boat."
    both = identify("the interior ministry", None, passage)
    assert both.country is None and set(both.candidates) == {"TUR", "GRC"}
    assert identify("the interior ministry", None, passage, ["GRC"]).id == "TUR-GOV-interior"
    assert identify("residents", None, "Residents in Uganda fled.").country is None


@pytest.mark.parametrize(
    ("names", "party"),
    [
        (("Islamabad", "Pakistan Army", "the Pakistani foreign minister"), "PAK"),
        (("Castellan", "the Castellan defence ministry", "spokesman for the Castellan army"), "castellan"),
        (("Government of Norland", "Norland", "Ministry of Defence of Norland"), "norland"),
        (("Castellan rebels",), "castellan rebels"),
        (("the Ministry",), "ministry"),
        (("Pakistani Taliban", "TTP"), "tehrik-i-taliban-pakistan"),
    ],
)
def test_a_state_acts_by_its_ministries_and_forces(names: tuple[str, ...], party: str) -> None:
    assert {party_of(name) for name in names} == {party}


def test_every_spelling_in_the_vocabulary_is_a_listed_actor_with_one_id() -> None:
    for line in load("actors")["spellings"]["names"]:
        spellings = line.split("|")
        assert {resolve_actor(s).entry for s in spellings} == {spellings[0]}


@given(st.text(max_size=400))
def test_any_name_has_an_actor_and_a_party(name: str) -> None:
    assert len(identify(name, None, name).id) <= 80
    assert isinstance(party_of(name), str)


def test_acts_carry_whom_their_parties_mean() -> None:
    found = first_allegation("Kabul accused the Pakistani army of shelling farmers in Kunar.")
    assert found.claimant_is is not None and found.claimant_is.id == "AFG"
    assert found.accused_is is not None and found.accused_is.id == "PAK-MIL"
    assert found.victim_is is not None and found.victim_is.sector == "CVL"
    event = first_event("Turkish police arrested six students.")
    assert event.actor_is is not None and event.actor_is.id == "TUR-COP"


@pytest.mark.parametrize(
    ("text", "mode", "code"),
    [
        ("Raiders kidnapped two surveyors near Dalo.", "abduct", "181"),
        ("Jets bombed a hospital in Vell.", "aerial", "195"),
        ("Rebels shelled a school in Arda.", "heavy-weapons", "194"),
        ("A car bomb killed four policemen.", "explosives", "183"),
        ("A suicide bomber killed four policemen.", "suicide-attack", "1831"),
        ("Soldiers killed a farmer.", None, None),
        ("Jets and artillery attacked a village.", None, None),
        ("The junta imposed a curfew on the capital.", "curfew", "1723"),
        ("Norland harassed a reporter.", None, "17"),
    ],
)
def test_a_mode_is_given_where_it_is_certain(text: str, mode: str | None, code: str | None) -> None:
    event = first_event(text)
    assert (event.mode, event.cameo) == (mode, code)


def test_a_threat_has_the_mode_of_what_is_threatened() -> None:
    (doc,) = parse(["Vell threatened to bomb the port."])
    verb = next(t for t in doc if t.lemma_ == "threaten")
    assert find_mode(verb, "THREATEN") == ("violence", "138")
    assert find_mode(verb, None) == (None, None)


def test_codes_and_roots_of_modes_are_of_cameo_and_plover() -> None:
    data = load("modes")
    roots = set(load("intensity")["roots"])
    assert {m["root"] for m in data["modes"]} | set(data["roots"]) <= roots
    codes = [m["cameo"] for m in data["modes"] if "cameo" in m]
    assert all(c.isdigit() and 2 <= len(c) <= 4 and 1 <= int(c[:2]) <= 20 for c in codes)


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("Guards beat a printer on Monday.", "on Monday", ("2025-11-17", "2025-11-17", "day")),
        ("Guards beat a printer on Tuesday.", "on Tuesday", ("2025-11-18", "2025-11-18", "day")),
        ("Guards beat a printer last night.", "last night", ("2025-11-17", "2025-11-18", "day")),
        ("Guards beat a printer in May 2021.", "in May 2021", ("2021-05-01", "2021-05-31", "month")),
        ("Guards beat a printer in December.", "in December", ("2024-12-01", "2024-12-31", "month")),
        ("Guards beat a printer two years ago.", "two years ago", ("2023-01-01", "2023-12-31", "year")),
        ("Guards beat a printer this week.", "this week", ("2025-11-17", "2025-11-18", "week")),
        ("Guards beat a printer on 31 February.", "on 31 February", (None, None, None)),
        ("Guards beat a printer three days before the vote.", "three days before the vote", (None,) * 3),
        ("They beat him between 30 December and 2 January.", None, ("2024-12-30", "2025-01-02", "week")),
        ("Guards beat a printer on 29 February.", "on 29 February", ("2024-02-29", "2024-02-29", "day")),
    ],
)  # fmt: skip
def test_an_act_has_the_days_that_its_words_allow(
    text: str, words: str | None, days: tuple[str | None, str | None, str | None]
) -> None:
    when = first_event(text).when
    assert when is not None
    assert words is None or text[when.start : when.end] == words
    assert (when.earliest, when.latest, when.precision) == days


def test_a_day_may_rest_on_another_that_the_text_names() -> None:
    text = "The vote was held on 9 November. Guards beat a printer three days before the vote."
    when = read(text).events[-1].when
    assert when is not None and when.earliest == when.latest == "2025-11-06"
    text = "Troops entered Arda on 4 November. Two days later they arrested a teacher."
    when = read(text).events[-1].when
    assert when is not None and (when.earliest, when.precision) == ("2025-11-06", "day")


def test_without_a_day_of_publication_only_full_dates_are_days() -> None:
    monday = first_event("Guards beat a printer on Monday.", None).when
    assert monday is not None and monday.earliest is None
    full = first_event("Guards beat a printer on 3 May 2021.", None).when
    assert full is not None and full.earliest == "2021-05-03"


def test_when_it_was_said_is_not_when_it_was() -> None:
    text = "Gunmen killed a judge on Saturday, police said on Monday."
    reading = read(text)
    when, said = reading.allegations[0].when, reading.statements[0].said
    assert when is not None and when.earliest == "2025-11-15"
    assert said is not None and said.earliest == "2025-11-17"
    alone = read("Police said on Monday that gunmen had killed a judge.")
    assert alone.allegations[0].when is None


def test_dates_of_other_acts_are_left_to_them() -> None:
    assert first_event("Guards beat a printer who had left prison in March.").when is None
    assert first_event("Guards beat the March winners.").when is None


@given(st.text(alphabet="on 312thMayFebruary2021weekdays ago before the vote,.", max_size=300))
def test_any_words_are_read_without_error(text: str) -> None:
    for dating in find_datings(text, date(2025, 11, 18)):
        assert dating.days is None or dating.days[0] <= dating.days[1] <= date(2025, 11, 18)


def test_two_states_at_once_are_neither_and_both_are_kept() -> None:
    found = identify("Kyrgyzstan and Tajikistan")
    assert (found.country, found.candidates) == (None, ("KGZ", "TJK"))


def test_who_accuses_is_not_taken_for_one_of_the_accused() -> None:
    found = first_allegation("Intelligence sources said Afghan soldiers had shot two farmers.")
    assert found.claimant_is is not None and found.claimant_is.country is None
    assert found.accused_is is not None and found.accused_is.id == "AFG-MIL"


def test_a_force_without_a_name_is_no_state() -> None:
    assert party_of("our guards") == "our guards"
    assert identify("Private guards").sector == "BUS"
    assert identify("Kyrgyzstan's Border Service").id == "KGZ-MIL"


def test_boards_and_commissions_of_a_state_are_its_government() -> None:
    assert identify("Kenya's electoral commission").id == "KEN-GOV"
    assert party_of("the Castellan fisheries board") == "castellan"
    assert identify("a French aid agency").sector == "NGO"
    assert identify("the Belta news agency").sector == "MED"
