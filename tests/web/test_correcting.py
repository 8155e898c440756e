"""A statement is put right on the page of its document: parts, speaker, stance, or that it is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from allegata.library import Library
from allegata.linking.corrections import extent
from allegata.model import Document
from allegata.store import Store, open_store
from allegata.web.app import create_app
from allegata.web.views.correcting import find_words
from tests.cli.stories import OFFICE, RELAY, document
from tests.web.conftest import copy_of, serving
from tests.web.test_judging import OURS, Form
from tests.web.test_pages import CONTRAST, opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("correcting") / "case.db"
    with Library(open_store(str(path))) as library:
        library.add(
            Document(**document("d1", OFFICE, 3, "Vell Post")),
            Document(**document("d2", RELAY, 4, "Strait Times")),
        )
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with copy_of(made, tmp_path) as opened:
        yield opened


def visitor(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url="http://localhost", follow_redirects=False)


def send(client: TestClient, page: str) -> None:
    action, fields = Form(page).deed()
    sent = client.post(action, data=fields | {"person": "Ana", "reason": "I read it"}, headers=OURS)
    assert sent.status_code == 303, sent.text


def test_a_person_s_reading_outranks_the_machine_s_and_survives_it(store: Store) -> None:
    read = store.reading("d1")
    assert read is not None
    first = read.statements[0]
    client = visitor(store)
    asked = {
        "kind": "reading",
        "subject": json.dumps(["d1", *(extent(first) or ())]),
        "speaker": "Ines Okafor",
        "stance": "deny",
    }
    before = max(c.independent_origins.point for c in store.claims())
    page = client.get("/judgements/new", params=asked)
    assert page.status_code == 200 and "stance deny" in page.text and "said by Ines Okafor" in page.text
    send(client, page.text)
    shown = client.get("/documents/d1.json").json()["statements"][0]
    assert (shown["speaker"], shown["stance"]) == ("Ines Okafor", "deny")
    store.put_reading(read, store.start_run("again", ""))  # the machine reads it anew
    with Library(store) as library:
        library.add()
        again = library.reading("d1")
        assert again is not None and again.statements[0].stance == "deny"
        assert store.acts(1)[0].person == "Ana"
        send(client, client.get("/judgements/1/undo").text)
        assert library.reading("d1") == read
        assert max(c.independent_origins.point for c in store.claims()) == before


def test_what_cannot_be_is_refused(store: Store) -> None:
    client = visitor(store)
    form = client.get("/readings/d1/1")
    assert form.status_code == 200 and "It is no statement" in form.text
    for path in ("/readings/d1/99", "/readings/nowhere/1", "/readings/d1/x", "/readings/d1/0"):
        assert client.get(path).status_code == 404, path
    assert client.get("/readings/d1/0?at=10-40").status_code == 200
    read = store.reading("d1")
    assert read is not None
    subject = json.dumps(["d1", *(extent(read.statements[0]) or ())])
    for more in (
        {},
        {"content": "9-x"},
        {"content": "5-999999"},
        {"stance": "shout"},
        {"value": "{}"},
        {"value": '{"content": 1}'},
        {"value": '{"speaker": "' + "x" * 300 + '"}'},
    ):
        asked = {"kind": "reading", "subject": subject} | more
        assert client.get("/judgements/new", params=asked).status_code == 400, more


def test_a_statement_that_was_missed_is_added_by_its_words(store: Store) -> None:
    client = visitor(store)
    said = "The boats lay still."
    with Library(store) as library:
        library.add(Document(**document("d7", f"{OFFICE}\n\n{said}", 5, "Quay Courier")))
    held = store.reading("d7")
    assert held is not None
    start = held.document.text.index(said)
    span = (start, start + len(said))
    assert all((extent(s) or (0, 0))[1] <= start for s in held.statements)
    form = Form(client.get("/documents/d7").text)
    assert ("/readings/d7/0", "get", {"near": ""}) in form.forms and "missed-words" in form.labels
    to = client.get("/readings/d7/0", params={"words": f"  {said} ".replace(" ", "\n ")})
    assert (to.status_code, to.headers["location"]) == (303, f"/readings/d7/0?at={span[0]}-{span[1]}")
    page = client.get(to.headers["location"]).text
    assert "A statement that was missed" in page and "stands at these words" not in page
    fields = next(f for action, _, f in Form(page).forms if action == "/judgements/new")
    given = {"content": f"{span[0]}-{span[1]}", "source": "", "cue": "", "speaker": "", "stance": "assert"}
    send(client, client.get("/judgements/new", params=fields | given).text)
    with Library(store) as library:
        read = library.reading("d7")
        assert read is not None and len(read.statements) == len(held.statements) + 1
        assert (span,) in [s.content for s in read.statements]
    again = client.get(f"/readings/d7/0?at={span[0]}-{span[1]}").text
    assert "stands at these words already" in again
    for wrong in ("no such words at all", "x" * 2001):
        assert client.get("/readings/d7/0", params={"words": wrong}).status_code == 400


def test_the_place_of_words_that_stand_twice() -> None:
    text = "He said so. " + "Nothing came. " * 20 + "He said so."
    assert find_words(text, "said so") == (3, 10)
    assert find_words(text, "said\nso", "950")[0] > 250 and find_words(text, "said so", "x") == (3, 10)


def test_selecting_words_in_the_browser(browser: Browser, store: Store) -> None:
    with serving(store) as site, opened(browser, site + "/documents/d1") as (page, complaints):
        page.locator("#text p").nth(1).click(click_count=3)
        page.get_by_role("button", name="Add as a statement").click()
        page.wait_for_url("**/readings/d1/0?at=*")
        page.go_back()
        page.get_by_role("link", name="Put statement 1 right").click()
        page.evaluate(
            """words => {
                const passage = document.querySelector("#passage");
                const walk = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
                for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                    const at = node.data.indexOf(words);
                    if (at < 0) continue;
                    getSelection().setBaseAndExtent(node, at, node, at + words.length);
                    return;
                }
            }""",
            "Vell harbour office",
        )
        page.locator(".take[data-part=source]").click()
        at = OFFICE.index("Vell harbour office")
        assert page.locator("#part-source").input_value() == f"{at}-{at + len('Vell harbour office')}"
        assert page.evaluate(CONTRAST) == []
        page.get_by_role("button", name="It is no statement").click()
        page.wait_for_url("**/judgements/new?*")
        assert "is no statement" in page.locator("h1").inner_text()
        page.get_by_label("Why").fill("A caption.")
        page.get_by_label("Your name").fill("Ana Reis")
        page.get_by_role("button", name="Decide so").click()
        page.wait_for_url("**/judgements*")
        page.goto(site + "/documents/d1")
        assert "1 statement more that the machine read is none" in page.locator("#statements").inner_text()
        assert complaints == []
