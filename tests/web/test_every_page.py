"""Every page that there is: nothing in it runs, axe finds nothing serious, it fits a small window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, ConsoleMessage, Page

from allegata.monitoring.ledger import Registered
from allegata.store import Store, open_store
from allegata.store.inbox_records import ItemChange
from allegata.web.app import create_app
from docs.pages import called, every_page, routes
from tests.web import hostile, stories
from tests.web.conftest import serving
from tests.web.test_inbox import put_item

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


def put_rest(store: Store, words: str) -> None:
    """What persons add, with ``words`` in every field."""
    put_item(store, words)
    store.change_item(store.newest_item(), ItemChange(assignee=words, note=words), words)
    store.put_feed(f"https://feed.example/{words}", 900, words, words)
    store.register(Registered(words, "2025-03-07", words, words, words, words, words, 0.5))
    if words == hostile.ATTACK:
        store.put_judgement(words, "edge", words, words, words)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that has something for every page."""
    store = open_store(str(tmp_path_factory.mktemp("pages") / "case.db"))
    stories.put_into(store)
    store.put_judgement("Ana", "edge", json.dumps(["d05", "d04"]), "no", "both heard it at the gate")
    put_rest(store, "camp")
    yield store
    store.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_every_route_has_an_address(full: Store) -> None:
    """One that has none is given it in docs/pages.py, so that it is photographed and tested."""
    found = every_page(full, stories.camp())
    assert {route for route in routes() if called(route) not in found} == set()


def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(full: Store, page: Page) -> None:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "404" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    with serving(full) as address:
        for name, path in every_page(full, stories.camp()).items():
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(address + path)
            if page.locator("h1").count() != 1:
                complaints.append(f"{name}: {page.locator('h1').count()} first headings")
            for violation in Axe().run(page, options=RULES).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    where = "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
                    complaints.append(f"{name}: {violation['id']}: {where}")
            page.set_viewport_size({"width": 320, "height": 800})
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
                complaints.append(f"{name}: {wide} wide in 320")
    assert complaints == []


def test_nothing_that_is_stored_runs_on_any_page(tmp_path: Path) -> None:
    held = hostile.store()
    store = open_store(str(tmp_path / "hostile.db"))
    run = store.start_run("test", "")
    for document in held.documents():
        store.put_document(document)
        if (reading := held.reading(document.id)) is not None:
            store.put_reading(reading, run)
    claims = held.claims()
    store.replace_claims([], claims, run)
    store.refresh_dyads(100)
    put_rest(store, hostile.ATTACK)
    client = TestClient(create_app(store), base_url="http://localhost")
    seen = 0
    for claim in claims:
        for name, path in every_page(store, claim).items():
            answer = client.get(path)
            assert answer.status_code < 500, name
            page = lxml.html.fromstring(answer.text)
            for element in page.iter():
                if not isinstance(element.tag, str):
                    continue
                assert element.tag not in ("img", "iframe", "object", "embed"), name
                if element.tag == "script":
                    assert str(element.get("src", "")).startswith("/static/") and not element.text, name
                for attribute, value in element.items():
                    assert not attribute.lower().startswith("on") and attribute != "style", name
                    assert not value.strip().lower().startswith("javascript:"), name
            seen += hostile.ATTACK[:20] in page.text_content()
    assert seen > 20
    store.close()
