"""The inbox: what watches found is read, snoozed, assigned and noted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from allegata.monitoring.events import Event
from allegata.runs import accounts, working
from allegata.store import ClaimQuery, Store, open_store
from allegata.store.records import Watch
from allegata.web.app import create_app
from tests.web.conftest import serving
from tests.web.test_judging import ATTACK, OURS, Form

TOMORROW = (working.now() + timedelta(days=1)).isoformat()


def put_item(store: Store, watch: str | None = None, number: int = 1, kind: str = "new_claim") -> None:
    """An event, in the inbox of a new watch or, if ``watch`` is left out, of the first there is."""
    if watch is not None:
        made = Watch(0, watch, ClaimQuery("oil"), ("new_claim",), (), "none", "Ana", "", "case 7", 0)
        store.put_watch(made)
    held = store.watches()[-1 if watch else 0]
    run = store.start_run("watches", "")
    event = Event(f"k{number}", kind, "c1", f"Alleged: oil number {number}", "documents 0 → 2", "2026-03-02")
    before = store.newest_event()
    store.put_observed((), [event], "claims", 0, "2026-03-02T12:00:00+00:00", run)
    put = max(before, store.newest_event())
    store.deliver(held, [put], put, "2026-03-02", f"2026-03-02T12:0{number}:00+00:00", run)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two watches with three items."""
    store = open_store(str(tmp_path / "case.db"))
    put_item(store, "port", 1)
    put_item(store, "dam", 2)
    put_item(store, None, 3)
    yield store
    store.close()


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url="http://localhost", follow_redirects=False, headers=OURS)


def hidden(client: TestClient, path: str = "/inbox") -> dict[str, str]:
    """The hidden fields that all forms of a page have."""
    forms = [fields for _, method, fields in Form(client.get(path).text).forms if method == "post"]
    return {k: forms[0][k] for k in ("token", "back")}


def shown(client: TestClient, query: str = "") -> list[int]:
    return [i["number"] for i in client.get(f"/inbox.json{query}").json()["inbox"]]


def test_all_that_was_found_is_listed_by_what_is_asked_for(client: TestClient, store: Store) -> None:
    assert shown(client) == [3, 2, 1] and shown(client, "?watch=dam") == [2]
    page = client.get("/inbox").text
    assert "Unread <span" in page and '<b class="count">3<span' in page and "Alleged: oil number 1" in page
    rows = list(csv.DictReader(io.StringIO(client.get("/inbox.csv?watch=port").text)))
    assert [(r["number"], r["state"], r["kind"]) for r in rows] == [
        ("3", "unread", "new_claim"),
        ("1", "unread", "new_claim"),
    ]
    own = client.get("/watches/port").text
    assert own.count('class="what-kind') == 2 and 'href="/watches/port?show=unread"' in own
    assert client.get("/watches/port?show=snoozed").text.count('class="what-kind') == 0
    assert [client.get(p).status_code for p in ("/inbox?show=odd", "/inbox?page=0", "/inbox?watch=no")] == [
        400,
        400,
        404,
    ]


def test_one_is_read_and_all_that_were_seen(client: TestClient, store: Store) -> None:
    given = hidden(client) | {"person": "Ana"}
    answer = client.post("/inbox/1", data=given | {"do": "read"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox#item-1")
    assert shown(client) == [3, 2] and "allegata_person=Ana" in answer.headers["set-cookie"]
    put_item(store, None, 4)
    assert client.post("/inbox", data=hidden(client) | {"through": "3", "watch": ""}).status_code == 303
    assert shown(client) == [4] and shown(client, "?show=all") == [4, 3, 2, 1]
    assert client.post("/inbox/1", data=given | {"do": "unread"}).status_code == 303
    assert shown(client) == [4, 1]
    assert [(a.person, a.act) for a in store.acts(3)] == [("Ana", "inbox")] * 3


def test_one_is_snoozed_assigned_and_noted_at_once(client: TestClient, store: Store) -> None:
    given = hidden(client) | {"person": "Ana", "do": "keep"}
    kept = {"until": TOMORROW, "assignee": "Bela  Kun", "note": f"ring\r\nthe port {ATTACK}"}
    assert client.post("/inbox/2", data=given | kept).status_code == 303
    item = store.item(2)
    assert item is not None
    assert (item.until, item.assignee, item.note[:13]) == (TOMORROW, "Bela Kun", "ring\nthe port")
    assert shown(client) == [3, 1] and shown(client, "?show=snoozed") == [2]
    page = client.get("/inbox?show=snoozed").text
    assert "<script>window" not in page and "Bela Kun" in page
    client.post("/inbox/2", data=given | kept | {"until": ""})
    assert shown(client, "?show=mine&person=Bela+Kun") == [2] and shown(client, "?show=mine") == []


def test_what_cannot_be_is_said_and_what_was_written_is_still_there(client: TestClient, store: Store) -> None:
    given = hidden(client) | {"person": "Ana", "do": "keep", "note": "do not lose me"}
    for wrong, said in (
        ({"until": "2020-01-01"}, "after today"),
        ({"until": "soon"}, "such as 2026-03-09"),
        ({"person": " "}, "Say who you are"),
        ({"do": "burn"}, "what to do"),
        ({"note": "x" * 5001}, "shorten"),
    ):
        answer = client.post("/inbox/1", data=given | wrong)
        assert answer.status_code == 400 and said in answer.text, wrong
        assert "do not lose me" in answer.text or "note" in wrong
    answer = client.post("/inbox/1", data=given | {"token": "none"})
    assert answer.status_code == 403 and "do not lose me" in answer.text
    elsewhere = client.post("/inbox/1", data=given, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    assert [client.post(f"/inbox/{n}", data=given).status_code for n in ("99", "x", "9" * 30)] == [404] * 3
    for back in ("https://evil.example/", "//evil.example", "/sign-out"):
        answer = client.post("/inbox/1", data=given | {"do": "read", "back": back})
        assert answer.headers["location"] == "/inbox#item-1"
    assert store.item(1) is not None and not store.acts(1)[0].detail.count("do not")


def test_where_there_are_users_they_act_under_their_names(client: TestClient, store: Store) -> None:
    accounts.add_user(store, "Ana", "four tired herons", "analyst", "root")
    accounts.add_user(store, "Vera", "four tired herons", "viewer", "root")
    for name, may in (("Vera", False), ("Ana", True)):
        signing = Form(client.get("/sign-in").text).deed()[1]
        client.post("/sign-in", data=signing | {"name": name, "password": "four tired herons"})
        page = client.get("/inbox").text
        assert "Alleged: oil number 1" in page and ('method="post"' in page) == may
        if not may:
            assert client.post("/inbox/1", data={"do": "read"}).status_code == 403
            client.post("/sign-out", data=Form(client.get("/sign-out").text).deed()[1])
    given = hidden(client) | {"do": "keep", "person": "Somebody"}
    assert client.post("/inbox/1", data=given | {"assignee": "Nobody"}).status_code == 400
    assert client.post("/inbox/1", data=given | {"assignee": "vera"}).status_code == 303
    item = store.item(1)
    assert item is not None and (item.assignee, item.person) == ("Vera", "Ana")


def test_programs_work_through_it_too(client: TestClient, store: Store) -> None:
    first = client.get("/api/v1/inbox?limit=2").json()
    assert [i["number"] for i in first["items"]] == [3, 2] and first["items"][0]["page"] == "/claims/c1"
    assert [i["number"] for i in client.get(first["next"]).json()["items"]] == [1]
    sent = {"until": TOMORROW, "assignee": "Bela", "note": "ring", "person": "Ana"}
    told = client.post("/api/v1/inbox/1", json=sent).json()
    assert (told["state"], told["assignee"], told["person"]) == ("snoozed", "Bela", "Ana")
    assert client.get("/api/v1/inbox/1").json() == told
    assert [i["number"] for i in client.get("/api/v1/inbox?show=snoozed").json()["items"]] == [1]
    for number, wrong, status in (
        (1, {"read": True, "until": TOMORROW, "person": "Ana"}, 400),
        (1, {"read": True}, 400),
        (1, {"read": True, "person": "Ana", "odd": 1}, 400),
        (99, {"read": True, "person": "Ana"}, 404),
    ):
        assert client.post(f"/api/v1/inbox/{number}", json=wrong).status_code == status
    assert client.get("/api/v1/inbox/99").status_code == 404
    wake = client.post("/api/v1/inbox/1", json={"until": "", "person": "Ana"})
    assert wake.json()["state"] == "unread"
    for wrong in (
        {"person": "Ana"},
        {"through": 0, "person": "Ana"},
        {"through": 2},
        {"through": 2, "odd": 1},
    ):
        assert client.post("/api/v1/inbox/read", json=wrong).status_code == 400
    seen = {"through": 2, "person": "Ana"}
    assert client.post("/api/v1/inbox/read", json=seen).json() == {"read": 2}
    assert [i["number"] for i in client.get("/api/v1/inbox").json()["items"]] == [3]
    assert client.post("/api/v1/inbox/read", json=seen).json() == {"read": 0}


def test_an_analyst_walks_through_the_inbox(browser: Browser, store: Store) -> None:
    """With scripts shut off: the forms need none."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1000, "height": 800})
    context.set_default_timeout(20_000)
    page = context.new_page()
    with serving(store) as address:
        page.goto(f"{address}/watches/port")
        page.get_by_role("link", name="Inbox 3 unread").click()
        third = page.locator("#item-3")
        page.get_by_label("Your name").first.fill("Ana")
        page.get_by_role("button", name="Work through it").click()
        third.get_by_role("button", name="Mark as read").click()
        expect(page.get_by_role("link", name="Inbox 2 unread")).to_be_visible()
        expect(third).to_have_count(0)
        page.locator("#item-2 summary").click()
        page.get_by_label("Snooze until").nth(0).fill(TOMORROW)
        page.get_by_label("Assign to").nth(0).fill("Ana")
        page.get_by_label("Note", exact=True).nth(0).fill("ask the port again")
        page.get_by_role("button", name="Keep").nth(0).click()
        expect(page.get_by_role("link", name="Inbox 1 unread")).to_be_visible()
        page.get_by_role("link", name="Snoozed 1").click()
        expect(page.locator("#item-2")).to_contain_text("ask the port again")
        expect(page.locator("#item-2")).to_contain_text("assigned to Ana")
        page.get_by_role("link", name="Unread 1").click()
        page.get_by_role("button", name="Mark all 1 unread as read").click()
        expect(page.get_by_text("All read.")).to_be_visible()
    context.close()
