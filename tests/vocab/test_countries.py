"""Names of countries, peoples, capitals and governments."""

import pytest

from allegata.vocab.countries import (
    actor_country,
    countries,
    country_name,
    country_of,
    country_of_capital,
    country_of_demonym,
    country_of_government,
    is_capital,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Pakistan", "PAK"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("UK", "GBR"),
        ("Russian Federation", "RUS"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("the Netherlands", "NLD"),
        ("DR Congo", "COD"),
        ("Turkey", "TUR"),
        ("Islamic Republic of Iran", "IRN"),
    ],
)
def test_country_of_its_names(name: str, code: str) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize("name", ["us", "car", "Kabul", "Pakistani", "", "Nowhere"])
def test_country_of_is_only_for_names_of_countries(name: str) -> None:
    assert country_of(name) is None


def test_peoples_capitals_and_governments() -> None:
    assert country_of_demonym("Pakistanis") == "PAK"
    assert country_of_demonym("Chinese") == "CHN"
    assert country_of_demonym("Frenchmen") == "FRA"
    assert country_of_demonym("Dominican") == "DOM"
    assert country_of_capital("Kabul") == "AFG"
    assert country_of_government("the Kremlin") == "RUS"
    assert country_of_government("Taliban") == "AFG"
    assert country_of_government("Downing Street") == "GBR"
    assert is_capital("Islamabad")
    assert not is_capital("Karachi")


def test_actor_country_takes_any_of_them() -> None:
    assert [actor_country(n) for n in ("Moscow", "the White House", "Afghan", "Syria", "Acme")] == [
        "RUS",
        "USA",
        "AFG",
        "SYR",
        None,
    ]


def test_every_country_is_whole() -> None:
    table = countries()
    assert len(table) == 250
    for code, country in table.items():
        assert len(code) == 3 and len(country.iso2) == 2
        assert country_of(country.name) == code
        assert country_name(code) == country.name
        assert -90 <= country.lat <= 90 and -180 <= country.lon <= 180
        assert set(country.borders) <= set(table)
