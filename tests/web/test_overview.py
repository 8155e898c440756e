"""The pages over the whole store: what they show, their twins, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import allegata
from allegata.monitoring.ledger import Registered
from allegata.store import Store, open_store
from allegata.web import paths
from allegata.web.app import create_app
from tests.cli.stories import document, story, write

HOSTILE = "The mayor of Vell accused <script>window.ran=1</script> Drost of theft."

ADDRESSES = ["situation", "dyads", "sources", "forecasts", "watches", "feeds", "method"]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a story, a watch that found something, a feed, and a registered forecast."""
    folder = tmp_path_factory.mktemp("overview")
    name = str(folder / "case.db")
    with allegata.open(name) as library:
        library.watch("port", person="ana", reason="case 7", targets=[f"json:{folder / 'out.json'}"])
        hostile = document("d9", HOSTILE, 6, "Paper")
        library.add(story(folder), write(folder / "more.jsonl", [hostile]))
        library.watch_run()
        library.store.put_feed("https://vell.example/rss", 900, "ana", "case 7")
        library.register_forecast(
            Registered(
                event="the strait is closed",
                deadline="2025-03-07",
                rule="yes where two outlets report it",
                source="Observers",
                person="ana",
                reason="case 7",
                probability=0.7,
            )
        )
    store = open_store(name)
    yield store
    store.close()


@pytest.fixture(scope="module")
def pages(watched: Store) -> TestClient:
    return TestClient(create_app(watched), base_url="http://localhost", follow_redirects=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_and_its_twin_answer(pages: TestClient, address: str) -> None:
    shown = pages.get(f"/{address}")
    assert shown.status_code == 200 and f'href="/{address}" aria-current="page"' in shown.text
    assert pages.get(f"/{address}.json").json() is not None
    assert "<script>window" not in shown.text


def test_the_situation_tells_what_came_and_what_is_due(pages: TestClient) -> None:
    text = pages.get("/situation?since=2025-01-01").text
    assert "new claim" in text and "first denial" in text and "Alleged:" in text
    assert "the strait is closed" in text  # its day has passed
    only = pages.get("/situation.json?since=2025-01-01&kind=first_denial").json()
    assert {c["kind"] for c in only["changes"]} == {"first_denial"}
    assert pages.get("/situation.json?since=2030-01-01").json()["changes"] == []


@pytest.mark.parametrize("query", ["since=yesterday", "since=2025-02-31", "kind=gossip"])
def test_a_situation_that_means_nothing_is_refused(pages: TestClient, query: str) -> None:
    answer = pages.get(f"/situation?{query}")
    assert answer.status_code == 400 and "“" in answer.text


def test_a_dyad_shows_both_directions_and_what_is_behind(pages: TestClient) -> None:
    listed = pages.get("/dyads.json").json()
    pair = next(row["names"] for row in listed if "Norland" in " ".join(row["names"]))
    page = pages.get(paths.dyad(*pair))
    assert page.status_code == 200 and "<svg" in page.text and "/claims/" in page.text
    back = pages.get(paths.dyad(pair[1], pair[0], twin=True)).json()
    assert back["tension"] == pages.get(paths.dyad(*pair, twin=True)).json()["tension"]


def test_a_source_shows_what_goes_back_to_it(pages: TestClient) -> None:
    listed = {row["source"]: row for row in pages.get("/sources.json").json()}
    name = next(n for n, row in listed.items() if row["origin_of"])
    found = pages.get(paths.source(name, twin=True)).json()
    assert len(found["origin_of"]) == listed[name]["origin_of"]
    assert not listed[name]["answers"]  # its kind says what it is
    denier = next(n for n, row in listed.items() if row["denies"])
    assert listed[denier]["kind"] is None and listed[denier]["answers"] == ["deny"]
    assert "only answers: denies" in pages.get("/sources").text
    assert "known only by its answers" in pages.get(paths.source(denier)).text
    assert pages.get(paths.source(denier, twin=True)).json()["denies"]


def test_a_watch_has_an_inbox(pages: TestClient) -> None:
    found = pages.get("/watches/port.json").json()["found"]
    assert found and pages.get("/watches/port").text.count('class="what-kind') == len(found)


@pytest.mark.parametrize("address", ["/watches/none", "/sources/nobody~20there", "/dyads/x/y"])
def test_what_is_not_there_says_what_to_do(pages: TestClient, address: str) -> None:
    for path in (address, f"{address}.json"):
        answer = pages.get(path)
        assert answer.status_code == 404
    assert answer.json()["hint"]


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "empty.db"))
    client = TestClient(create_app(store), base_url="http://localhost")
    for address in ADDRESSES:
        text = client.get(f"/{address}").text
        assert address == "method" or "allegata " in text or "None" in text
    store.close()


def test_the_method_page_has_the_pinned_figures(pages: TestClient) -> None:
    figures = {m["module"]: m for m in pages.get("/method.json").json()}
    assert figures["scenarios"]["figures"] and "origin" in pages.get("/method").text


def test_the_tour_walks_through_pages_that_are_there(pages: TestClient, tmp_path: Path) -> None:
    steps = pages.get("/tour.json").json()
    assert len(steps) >= 7
    for step in steps:
        assert pages.get(step["href"].partition("#")[0]).status_code == 200, step
    shown = pages.get("/tour").text
    assert all(step["title"] in shown for step in steps)
    empty = open_store(str(tmp_path / "empty.db"))
    alone = TestClient(create_app(empty), base_url="http://localhost")
    assert "make demo" in alone.get("/tour").text and alone.get("/tour.json").json() == []
    empty.close()
