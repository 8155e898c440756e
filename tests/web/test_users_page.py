"""Users looked after on the pages: by admins only, logged, and never so that nobody is left to do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from allegata.runs import accounts
from allegata.store import Store, open_store
from allegata.web.app import create_app
from tests.web.test_judging import ATTACK, OURS, Form

WORDS = "four tired herons wade"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "case.db"))
    accounts.add_user(opened, "Root", WORDS, "admin", "shell")
    yield opened
    opened.close()


def visitor(
    store: Store, name: str | None = None, password: str = WORDS, writable: bool = True
) -> TestClient:
    app = create_app(store, writable=writable)
    client = TestClient(app, base_url="http://localhost", follow_redirects=False)
    if name is not None:
        action, fields = Form(client.get("/sign-in").text).deed()
        sent = client.post(action, data=fields | {"name": name, "password": password}, headers=OURS)
        assert sent.status_code == 303
    return client


def do(client: TestClient, what: str, **fields: str) -> httpx.Response:
    found = re.search(r'name="token" value="([^"]*)"', client.get("/users").text)
    token = found[1] if found else ""
    return client.post("/users", data={"token": token, "do": what, **fields}, headers=OURS)


def test_an_admin_lets_in_changes_and_shuts_out(store: Store) -> None:
    root = visitor(store, "Root")
    made = do(root, "add", name="Ana", role="analyst", password=WORDS, again=WORDS)
    assert made.status_code == 303 and "may sign in now" in root.get(made.headers["location"]).text
    ana = visitor(store, "Ana")
    assert ana.get("/users").status_code == 403
    assert (
        ana.post("/users", data={"do": "role", "name": "Ana", "role": "admin"}, headers=OURS).status_code
        == 403
    )
    assert do(root, "role", name="ana", role="reviewer").status_code == 303
    assert do(root, "password", name="Ana", password="other odd words here", again="other odd words here")
    assert ana.get("/").status_code == 303  # signed out
    assert visitor(store, "Ana", "other odd words here").get("/").status_code == 200
    assert do(root, "disable", name="Ana").status_code == 303
    assert {(u.name, u.role, u.disabled is None) for u in store.users()} == {
        ("Root", "admin", True),
        ("Ana", "reviewer", False),
    }
    assert do(root, "enable", name="Ana").status_code == 303
    mine = [a for a in store.acts() if a.act.startswith(("user", "role", "password"))]
    assert {a.person for a in mine if a.subject == "Ana"} == {"Root"}
    assert store.check_acts().broken is None


def test_a_token_is_shown_once_and_stopped(store: Store) -> None:
    root = visitor(store, "Root")
    made = do(root, "token", name="Root", scope="read", label=ATTACK, days="3")
    secret = re.search(r"allegata_[\w-]{20,}", made.text)
    assert made.status_code == 200 and secret and made.headers["cache-control"] == "no-store"
    assert "<script>window" not in made.text and secret[0] not in root.get("/users").text
    carried = {"authorization": f"Bearer {secret[0]}"}
    machine = visitor(store)
    assert machine.get("/claims.json", headers=carried).status_code == 200
    assert machine.post("/users", data={"do": "revoke", "number": "1"}, headers=carried).status_code == 403
    assert do(root, "revoke", number="1").status_code == 303
    assert machine.get("/claims.json", headers=carried).status_code == 401


def test_what_cannot_be_is_refused_and_nobody_is_locked_out(store: Store) -> None:
    root = visitor(store, "Root")
    for what, fields in (
        ("disable", {"name": "ROOT"}),
        ("role", {"name": "Root", "role": "viewer"}),
        ("role", {"name": "Root", "role": "king"}),
        ("role", {"name": "Nobody", "role": "admin"}),
        ("add", {"name": "Root", "role": "viewer", "password": WORDS, "again": WORDS}),
        ("add", {"name": "Ben", "role": "viewer", "password": WORDS, "again": "x"}),
        ("add", {"name": "Ben", "role": "viewer", "password": "short", "again": "short"}),
        ("add", {"name": " ", "role": "viewer", "password": WORDS, "again": WORDS}),
        ("token", {"name": "Root", "scope": "all"}),
        ("token", {"name": "Root", "scope": "read", "days": "9999999"}),
        ("revoke", {"number": "7"}),
        ("revoke", {"number": "x"}),
        ("dance", {}),
    ):
        answer = do(root, what, **fields)
        assert answer.status_code == 400, (what, fields)
        assert WORDS not in answer.text
    assert do(root, "disable", name="Root", token="x").status_code == 403
    assert [(u.role, u.disabled) for u in store.users()] == [("admin", None)]
    shut = visitor(store, "Root", writable=False)
    assert 'id="add"' not in shut.get("/users").text
    assert do(shut, "add", name="Ben", role="viewer", password=WORDS, again=WORDS).status_code == 403


def test_the_first_user_is_an_admin(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "new.db"))
    client = visitor(store)
    assert do(client, "add", name="Ana", role="viewer", password=WORDS, again=WORDS).status_code == 400
    assert do(client, "add", name="Ana", role="admin", password=WORDS, again=WORDS).status_code == 303
    assert client.get("/users").status_code == 303  # signs in first
    assert store.acts(1)[0].person == "Ana"
    store.close()
