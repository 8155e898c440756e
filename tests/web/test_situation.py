"""What changed since somebody last looked: whose look, by which clock, how far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from allegata.monitoring.ledger import Outcome, Registered
from allegata.runs import accounts
from allegata.store import Store
from allegata.web.app import create_app
from tests.runs.watched import claim, put, store_at
from tests.web.conftest import serving
from tests.web.test_judging import OURS, Form
from tests.web.test_people import PASSWORDS, visitor

OLD = replace(claim(("d1", "d2"), ("Vell", "Red Cross"), denied_in="d2"), id="c0", last_seen="2026-03-02")
LATER = replace(claim(("d0",), ("Sud",)), id="later", proposition="Sudland mined the strait.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = store_at(tmp_path)
    put(made, OLD)
    yield made
    made.close()


@pytest.fixture
def pages(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url="http://localhost", follow_redirects=False)


def mark(client: TestClient) -> None:
    action, fields = Form(client.get("/situation").text).deed()
    answer = client.post(action, data=fields, headers=OURS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/situation")


def kinds(client: TestClient, query: str = "") -> list[str]:
    return [c["kind"] for c in client.get(f"/situation.json{query}").json()["changes"]]


def test_a_first_visit_shows_the_week_before_the_last_change(pages: TestClient) -> None:
    text = pages.get("/situation").text
    assert "What changed since 23 Feb 2026" in text and "since I last looked" not in text
    assert "Counted by when it was published" in text and "begins there the next time" in text
    found = pages.get("/situation.json").json()
    assert (found["by"], found["last_look"]) == ("published", None)
    assert found["counts"] == {"new_claim": 1, "first_denial": 1}
    assert [c["kind"] for c in found["changes"]] == ["first_denial", "new_claim"]


def test_what_came_in_after_a_look_is_shown_however_old_it_is(pages: TestClient, store: Store) -> None:
    mark(pages)
    text = pages.get("/situation").text
    assert "What came in since you last looked" in text and "You have seen all that was added" in text
    assert "Mark all as seen" not in text and kinds(pages) == []
    put(store, LATER)  # published before what was seen
    assert kinds(pages) == ["new_claim"]
    text = pages.get("/situation").text
    assert "Sudland mined the strait" in text and "Norland shelled" not in text and "published 1 Mar" in text
    assert kinds(pages, "?by=published") == ["first_denial", "new_claim", "new_claim"]
    assert sorted(kinds(pages, "?since=2026-03-02")) == ["first_denial", "new_origin"]
    assert kinds(pages, "?since=1d&by=added").count("new_claim") == 2
    mark(pages)
    assert kinds(pages) == []


def test_what_comes_in_while_a_person_reads_is_not_marked_as_seen(pages: TestClient, store: Store) -> None:
    action, fields = Form(pages.get("/situation").text).deed()
    put(store, LATER)
    pages.post(action, data=fields, headers=OURS)
    assert kinds(pages) == ["new_claim"]


def test_everybody_has_a_look_of_their_own(store: Store) -> None:
    for role in ("viewer", "analyst"):
        accounts.add_user(store, role, PASSWORDS[role], role, "root")  # type: ignore[arg-type]
    app = create_app(store)
    one, other = visitor(app, "viewer"), visitor(app, "analyst")
    mark(one)
    assert kinds(one) == [] and kinds(other) == ["first_denial", "new_claim"]
    assert one.get("/situation.json").json()["last_look"] is not None
    assert other.get("/situation.json").json()["last_look"] is None


def test_a_look_is_kept_only_for_a_form_of_ours(pages: TestClient, store: Store) -> None:
    action, fields = Form(pages.get("/situation").text).deed()
    assert pages.post(action, data=fields, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    for wrong in ({"token": "x"}, {"seen": "soon"}):
        answer = pages.post(action, data=fields | wrong, headers=OURS)
        assert answer.status_code == 403 and "no longer valid" in answer.text
    assert store.last_look("") is None
    ahead = (datetime.now(UTC) + timedelta(days=9)).isoformat()
    assert pages.post(action, data=fields | {"seen": ahead}, headers=OURS).status_code == 303
    look = store.last_look("")
    assert look is not None and look <= datetime.now(UTC)
    closed = TestClient(create_app(store, writable=False), base_url="http://localhost")
    assert "Mark all as seen" not in closed.get("/situation").text
    assert closed.post(action, data=fields, headers=OURS).status_code == 403


def test_dyads_that_wait_for_a_look_are_counted(pages: TestClient, store: Store) -> None:
    assert pages.get("/situation.json").json()["dyads_unchecked"] == 0
    assert "for a look at" not in pages.get("/situation").text
    told = [replace(OLD, id=f"n{n}", proposition=f"Norland shelled port {n}") for n in range(6)]
    store.replace_claims([], told, store.start_run("test", ""))
    store.refresh_dyads()
    assert pages.get("/situation.json").json()["dyads_unchecked"] == 1
    text = pages.get("/situation").text
    assert "1 dyad waits for a look at its breaks" in text and "as far as dyads were looked at" in text
    store.refresh_dyads(1)
    assert pages.get("/situation.json").json()["dyads_unchecked"] == 0


def test_changes_come_a_page_at_a_time(pages: TestClient, store: Store) -> None:
    run = store.start_run("test", "")
    claims = [replace(OLD, id=f"n{n}", proposition=f"Norland shelled port {n}") for n in range(60)]
    store.replace_claims(OLD.documents, claims, run)
    found = [pages.get(f"/situation.json?page={n}").json() for n in (1, 2, 3)]
    assert [len(f["changes"]) for f in found] == [50, 50, 20] and found[0]["pages"] == 3
    seen = [(c["kind"], c["claim"]) for f in found for c in f["changes"]]
    assert len(set(seen)) == 120
    text = pages.get("/situation?page=2&kind=new_claim").text
    assert "Page 2 of 2" in text and "kind=new_claim" in text
    assert "There is no page 9" in pages.get("/situation?page=9").text
    assert "Show all 120 changes" in pages.get("/situation?kind=retraction").text


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=99999999", "by=rumour", "since=soon", f"since={'1' * 50}"]
)
def test_what_means_nothing_is_refused(pages: TestClient, query: str) -> None:
    assert pages.get(f"/situation?{query}").status_code == 400


def test_forecasts_that_are_due_are_counted_to_a_bound(pages: TestClient, store: Store) -> None:
    for n in range(22):
        store.register(Registered(f"event {n}", f"2026-01-{n + 1:02}", "a paper", "Union", "ana", "why"))
    store.put_outcome(Outcome(1, "yes", "seen", "ana", "why"))
    assert "event 0," not in pages.get("/situation").text
    assert [f["event"] for f in pages.get("/situation.json").json()["forecasts_due"]] == [
        f"event {n}" for n in range(1, 21)
    ]
    assert "and more" in pages.get("/situation").text


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    empty = store_at(tmp_path)
    client = TestClient(create_app(empty), base_url="http://localhost")
    text = client.get("/situation").text
    assert "This store is empty" in text and "Mark all as seen" not in text
    empty.close()


def test_a_person_marks_all_as_seen(store: Store, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    context.set_default_timeout(20_000)
    page = context.new_page()
    with serving(store) as address:
        page.goto(f"{address}/situation")
        assert page.locator(".news > li").count() == 2
        page.get_by_role("button", name="Mark all as seen").click()
        page.get_by_role("heading", name="What came in since you last looked").wait_for()
        assert page.locator(".news > li").count() == 0
        page.get_by_role("link", name="the last week").click()
        page.get_by_role("heading", name="What came in since").wait_for()
        assert page.locator(".news > li").count() == 2
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
