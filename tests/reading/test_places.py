"""Places: what is one, which one it is, and how exactly it is known."""

from __future__ import annotations

import math
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.model import Document, Place
from allegata.reading.gazetteer import ADMIN1, CITY, COUNTRY, Entry, fold, gazetteer
from allegata.reading.parsing import language
from allegata.reading.place_mentions import PlaceMention
from allegata.reading.place_resolution import Resolved, resolve
from allegata.reading.place_spelling import alike, skeleton
from allegata.reading.places import find_places, only_places


def places(text: str) -> list[Place]:
    return list(only_places(find_places(Document("d", text), language()(text))))


def named(text: str, words: str) -> Place:
    found = [p for p in places(text) if text[p.start : p.end] == words]
    assert found, f"{words} is not among {[text[p.start : p.end] for p in places(text)]}"
    return found[0]


# the gazetteer ----------------------------------------------------------------------------------------------


def test_primary_names_come_before_aliases() -> None:
    first = gazetteer().look_up("Islamabad")[0]
    assert (first.country, first.primary) == ("PAK", True)
    assert any(e.name == "Chattogram" and not e.primary for e in gazetteer().look_up("Islamabad"))


def test_names_are_found_whatever_their_accents_and_marks() -> None:
    assert fold("  Saint-Étienne ") == "saint etienne"
    assert fold("St. Louis") == "saint louis"
    assert gazetteer().look_up("Sana'a")[0].country == "YEM"
    assert gazetteer().look_up("Kiev")[0].name == "Kyiv"
    assert gazetteer().look_up("nowhere-at-all-xyz") == ()
    assert gazetteer().look_up("1234") == ()
    assert not gazetteer().holds("")


def test_entries_know_what_holds_them() -> None:
    entry = next(e for e in gazetteer().look_up("Mastung") if e.kind == CITY)
    names = [gazetteer().entry(row).name for row in entry.within]
    assert names[-2:] == ["Balochistan", "Pakistan"]
    assert gazetteer().entry(entry.within[-1]).kind == COUNTRY


def test_every_row_lies_on_the_globe() -> None:
    held = gazetteer()
    for row in range(0, len(held), 997):
        entry = held.entry(row)
        assert entry.name
        assert not entry.has_point or (-90 <= entry.lat <= 90 and -180 <= entry.lon <= 180)


def test_other_spellings_are_found_by_their_consonants() -> None:
    assert skeleton(fold("Al Ḩawījah")) == skeleton(fold("Hawija"))
    assert alike(fold("Tall ‘Afar"), fold("Tal Afar")) and not alike("barmal", "birmingham")
    assert skeleton("oo ea") == ""  # too few consonants to tell anything
    found = gazetteer().look_up_alike("Kamishly")
    assert any(e.name == "Al Qāmishlī" and e.loose for e in found)
    assert gazetteer().look_up_alike("Ii") == () == gazetteer().look_up_alike("")


def test_an_area_without_a_point_still_has_its_country() -> None:
    held = gazetteer()
    row = next(r for r in range(len(held)) if not held.entry(r).has_point)
    entry = held.entry(row)
    assert entry.country and entry.geonames_id and entry.within


# which place ------------------------------------------------------------------------------------------------


def test_containment_decides() -> None:
    text = "Shells fell on Mastung, Balochistan, overnight."
    place = named(text, "Mastung")
    assert (place.country, place.precision) == ("PAK", 1)
    assert place.lat == pytest.approx(29.8, abs=0.1) and place.lon == pytest.approx(66.8, abs=0.1)
    assert (named(text, "Balochistan").country, named(text, "Balochistan").precision) == ("PAK", 4)


@pytest.mark.parametrize(
    ("text", "words", "near"),
    [
        ("The mill in Paris, Texas, burned down.", "Paris", (33.7, -95.6)),
        ("The mill in Paris burned down, the French fire brigade said.", "Paris", (48.9, 2.3)),
        ("A bakery in Springfield, Ill., was robbed.", "Springfield", (39.8, -89.6)),
        ("Police in London, Ontario, closed a road near Windsor.", "London", (43.0, -81.2)),
    ],
)
def test_the_same_name_elsewhere(text: str, words: str, near: tuple[float, float]) -> None:
    place = named(text, words)
    assert place.lat == pytest.approx(near[0], abs=0.3) and place.lon == pytest.approx(near[1], abs=0.3)


def test_context_of_the_document_decides() -> None:
    text = "Farmers in Ohio met in Columbus. The road to Dublin was closed, officials in Ohio said."
    assert named(text, "Dublin").country == "USA"


def test_countries_and_seas() -> None:
    text = "The tanker left Yemen and sailed through the Red Sea."
    assert (named(text, "Yemen").country, named(text, "Yemen").precision) == ("YEM", 6)
    assert (named(text, "Red Sea").country, named(text, "Red Sea").precision) == (None, 7)


def test_near_a_town_is_less_exact_than_in_it() -> None:
    assert named("A convoy was hit near Kharkiv in Ukraine.", "Kharkiv").precision == 2
    assert named("A convoy was hit in Kharkiv in Ukraine.", "Kharkiv").precision == 1


def test_an_unknown_district_has_no_point_but_the_country_of_what_holds_it() -> None:
    text = "The camp lies in Qarghundai district of Paktika, Afghanistan."
    found = [p for p in places(text) if text[p.start : p.end].startswith("Qarghundai")]
    assert [(p.lat, p.lon, p.country, p.precision) for p in found] == [(None, None, "AFG", None)]
    assert named(text, "Paktika").country == "AFG"


# what is no place -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kabul has denied the charge.", "Kabul"),
        ("Moscow accused the envoy of lying.", "Moscow"),
        ("Talks between Kabul and Islamabad broke down.", "Islamabad"),
        ("The ministry accused Tehran of sending the drones.", "Tehran"),
        ("Beijing's foreign ministry rejected the report.", "Beijing"),
        ("The Kremlin said it would reply.", "Kremlin"),
        ("Pakistani officials met Afghan traders.", "Pakistani"),
        ("The Taliban said the camp was closed.", "Taliban"),
    ],
)
def test_governments_and_peoples_are_no_places(text: str, words: str) -> None:
    assert words not in [text[p.start : p.end] for p in places(text)]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off in Kabul on Friday.",
        "The minister flew to Kabul.",
        "Streets of Kabul were empty.",
    ],
)
def test_a_capital_is_a_place_where_things_happen(text: str) -> None:
    assert named(text, "Kabul").country == "AFG"


@pytest.mark.parametrize(
    ("text", "words", "use"),
    [
        ("Turkish officials left.", "Turkish", "people"),
        ("Two Chechens were held.", "Chechens", "people"),
        ("Moscow accused the envoy of lying.", "Moscow", "government"),
        ("A bomb went off in Kabul on Friday.", "Kabul", "place"),
        ("The Edmonton Skating Association met in Calgary.", "Edmonton", "name"),
    ],
)
def test_what_a_name_stands_for(text: str, words: str, use: str) -> None:
    named = find_places(Document("d", text), language()(text))
    assert use in [p.use for p in named if text[p.start : p.end] == words]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Gunmen held the bus near Landi Kotal for an hour.", "Landi Kotal", "PAK"),
        ("Lorries waited at Spin Boldak, the customs chief said.", "Spin Boldak", "AFG"),
        ("A drone fell outside Jisr al-Shughur at dawn.", "Jisr al-Shughur", "SYR"),
        ("Residents of Gorom-Gorom in Burkina Faso hid.", "Gorom-Gorom", "BFA"),
        ("The hospital in Lashkar Gah has no power.", "Lashkar Gah", "AFG"),
    ],
)
def test_small_towns_that_parsers_take_for_people(text: str, words: str, country: str) -> None:
    place = named(text, words)
    assert (place.name, place.country) == (words, country)


def test_a_name_that_nobody_holds_is_kept_without_a_point() -> None:
    place = named("Soldiers executed herders in Ouldarazimbo, witnesses said.", "Ouldarazimbo")
    assert (place.lat, place.lon, place.geonames_id, place.precision) == (None, None, None, None)


def test_persons_are_no_places() -> None:
    text = "The letter from Gulnara Iskandar to Paris Whitcombe was read by Jordan Akers."
    assert places(text) == []


def test_four_hundred_namesakes_end_and_hostile_names_do_no_harm() -> None:
    assert len(gazetteer().look_up("San José")) <= 80
    text = "It rained in San José. It rained in " + "Al-" * 4000 + "Qaim. It rained in " + "K" * 5000 + "."
    assert all(0 <= p.start < p.end <= len(text) for p in places(text))
    text = "in Xq Zv\u202eKabul\x00 near '\"><script> Herat"
    assert all(0 <= p.start < p.end <= len(text) for p in places(text))


PARTS = "Paris Kabul , the district of near in Ohio St. - ( ) ’s 漢 Republic NEW YORK — Georgia said . and"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([*PARTS.split(), "\n"]), max_size=25))
def test_spans_hold_whatever_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    last = 0
    for place in places(text):
        assert last <= place.start < place.end <= len(text)
        assert (place.lat is None) == (place.lon is None)
        assert place.lat is not None or place.precision is None
        last = place.end


def test_lists_hold_nothing_and_long_ones_end() -> None:
    text = "Shops closed in Kabul, Herat and Kandahar, Afghanistan."
    assert named(text, "Herat").country == named(text, "Kabul").country == "AFG"
    text = "Shops closed in " + "Paris, Rome, Oslo, " * 1200 + "and Bern."
    found = places(text)
    assert len(found) <= 3000
    assert {p.country for p in found} >= {"FRA", "ITA", "NOR"}


def test_a_place_that_is_held_once_has_its_country_everywhere() -> None:
    text = "The camp lies in Qarghundai, Paktika. Traders walked through Qarghundai on Sunday."
    found = [p.country for p in places(text) if text[p.start : p.end] == "Qarghundai"]
    assert found == ["AFG", "AFG"]


def test_a_facility_stands_in_its_town() -> None:
    mention = PlaceMention(0, 2, "Manila Cathedral", facility=True)
    (entry,) = (r.entry for r in resolve([mention]))
    assert entry is not None and (entry.name, entry.country) == ("Manila", "PHL")
    assert resolve([PlaceMention(0, 2, "Manila Cathedral")]) == [Resolved(None)]


def test_a_name_of_many_places_keeps_the_likeliest_five() -> None:
    (place,) = places("A mill burned in San Antonio.")
    assert len(place.candidates) == 5
    scores = [c.score for c in place.candidates]
    assert scores == sorted(scores, reverse=True) and 0 < sum(scores) <= 1
    assert place.geonames_id in {c.geonames_id for c in place.candidates}


def test_what_holds_a_place_makes_it_the_likeliest() -> None:
    found = places("Two men were shot in San Jose, officials in Costa Rica said.")[0]
    assert found.country == "CRI" == found.candidates[0].country
    assert places("Police in Georgetown, Guyana found four rifles.")[0].candidates == ()


def test_a_place_with_four_hundred_namesakes_is_told_in_bounded_space() -> None:
    entries = [Entry(n, "Arda", True, CITY, n / 10, n / 10, n + 1, "USA", n, ()) for n in range(400)]
    with patch("allegata.reading.place_resolution._candidates", return_value=tuple(entries)):
        (found,) = resolve([PlaceMention(0, 1, "Arda")])
    assert len(found.candidates) == 5
    assert found.entry is not None and found.entry.population == 399
    assert found.candidates[0][1] is found.entry


def test_a_place_without_coordinates_is_a_candidate_without_a_point() -> None:
    nowhere = Entry(1, "Arda", True, ADMIN1, math.nan, math.nan, 1, "USA", 900, ())
    town = Entry(2, "Arda", True, CITY, 1.0, 2.0, 2, "MEX", 900, ())
    with patch("allegata.reading.place_resolution._candidates", return_value=(nowhere, town)):
        (place,) = places("A mill burned in Arda.")
    assert {(c.country, c.lat, c.lon) for c in place.candidates} == {("USA", None, None), ("MEX", 1.0, 2.0)}
    with patch("allegata.reading.place_resolution._candidates", return_value=(nowhere,)):
        (place,) = places("A mill burned in Arda.")
    assert (place.lat, place.lon, place.precision, place.candidates) == (None, None, None, ())


def test_a_name_with_its_number_is_no_place_but_a_place_before_a_count_is() -> None:
    assert places("About 300 strikers refused to leave Berth 11-C after 7 a.m., the union said.") == []
    assert named("In Gaza 17 people were killed on Monday, the ministry said.", "Gaza").country == "PSE"
