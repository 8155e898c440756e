"""The map: what it counts, how finely it shows where, and its twins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from allegata.model import Claim, Document, Mention, OriginCount, Place
from allegata.store import open_store
from allegata.store.spots import Spot, read_spot, spot_of
from allegata.web.app import create_app

BARE = Claim(
    "c", "The depot was shelled", "ASSAULT", "Vell", "Drost", None, "2025-03-01", "2025-03-02",
    (Mention("d", None, "Courier", "2025-03-01", "allege"),), (), OriginCount(1, 1, 1, 0, 0),
)  # fmt: skip


def at(name: str, lat: float | None, lon: float | None, precision: int | None, country: str | None) -> Place:
    return Place(0, 1, name, lat, lon, None, country, precision)


PLACES = (
    at("Kabul", 34.52, 69.18, 1, "AFG"),
    at("Kabul", 34.52, 69.18, 1, "AFG"),
    at("Paktika", 32.5, 68.8, 4, "AFG"),
    at("=HYPERLINK(1)", 30.2, 67.0, 2, "PAK"),
    at("Lebanon", None, None, 6, "LBN"),
    at("Nowhere", None, None, None, None),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = open_store(str(tmp_path_factory.mktemp("map") / "case.db"))
    store.put_document(Document("d", "The depot was shelled, Vell said."))
    run = store.start_run("test", "")
    claims = [replace(BARE, id=f"c{n}", place=place) for n, place in enumerate(PLACES)]
    store.replace_claims([], [*claims, replace(BARE, id="none", act="AID")], run)
    yield TestClient(create_app(store), base_url="http://localhost")
    store.close()


def test_countries_and_places_are_counted_and_lead_to_their_claims(client: TestClient) -> None:
    twin = client.get("/map.json").json()
    assert {c["country"]: c["claims"] for c in twin["countries"]} == {"AFG": 3, "PAK": 1, "LBN": 1}
    places = {p["name"]: p for p in twin["places"]}
    assert places["Kabul"]["claims"] == 2 and places["Kabul"]["precision"] == "exact place"
    assert "Lebanon" not in places and "Nowhere" not in places
    for country in twin["countries"]:
        listed = client.get(country["page"].replace("/?", "/claims.json?")).json()
        assert listed["total"] == country["claims"]


def test_the_page_says_what_stands_on_it_and_what_does_not(client: TestClient) -> None:
    page = client.get("/map").text
    assert "7 claims</a>, 2 of them without a country" in page
    assert 'aria-label="Kabul (exact place): 2 claims"><circle class="point"' in page
    assert 'aria-label="Paktika (province): 1 claim"><circle class="ring"' in page
    assert 'aria-label="Afghanistan: 3 claims"' in page and "public domain" in page


@pytest.mark.parametrize(
    ("setting", "dashed", "lines"), [("dashed", 1, 1), ("solid", 0, 1), ("hidden", 0, 0)]
)
def test_contested_borders_are_a_setting(client: TestClient, setting: str, dashed: int, lines: int) -> None:
    page = client.get(f"/map?borders={setting}").text
    drawn = page.split("<figcaption>")[0]
    assert bool(drawn.count('class="border contested"')) == bool(dashed)
    assert (drawn.count('class="border') > 1) == bool(lines)
    assert ("Contested: Durand Line" in drawn) == bool(dashed)


def test_it_obeys_the_search_of_the_claims(client: TestClient) -> None:
    assert client.get("/map.json?act=AID").json()["countries"] == []
    assert client.get("/map.json?country=PAK").json()["places"][0]["claims"] == 1
    assert "No claim of this search names a place" in client.get("/map?act=AID").text
    assert client.get("/map?borders=purple").status_code == 400
    assert client.get("/map.json?view=x").json()["error"].startswith("“view” is one of")


def test_the_table_holds_no_formula(client: TestClient) -> None:
    answer = client.get("/map.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {r["kind"] for r in rows} == {"country", "place"}
    assert "'=HYPERLINK(1)" in {r["name"] for r in rows}


def test_the_whole_world_can_be_asked_for(client: TestClient) -> None:
    near, whole = client.get("/map").text, client.get("/map?view=world").text
    assert whole.count('class="land') > 200 > near.count('class="land')


def test_a_store_without_claims_says_what_to_do(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "empty.db"))
    page = TestClient(create_app(store), base_url="http://localhost").get("/map")
    assert page.status_code == 200 and "allegata add" in page.text
    store.close()


def test_a_spot_comes_back_as_it_was() -> None:
    value = spot_of(replace(BARE, place=at("A|B", 1.5, -2.25, None, None)))
    assert value is not None and read_spot(value) == Spot("A|B", 1.5, -2.25, None, "")
    assert read_spot("x|y|z|a|b") is None and read_spot("") is None
    for nowhere in (
        at("X", float("nan"), 1.0, 1, None),
        at("X", 91.0, 1.0, 1, None),
        at("X", 1.0, 1.0, 6, "AFG"),
    ):
        assert spot_of(replace(BARE, place=nowhere)) is None
