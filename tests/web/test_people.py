"""Signing in, roles over all routes, tokens, and what is kept from whom."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from allegata.library import Library
from allegata.model import Claim, Document
from allegata.runs import accounts
from allegata.store import Store, open_store
from allegata.store.user_records import ROLES
from allegata.web import paths, rights, signing
from allegata.web.app import create_app
from allegata.web.attempts import ADDRESS, NAME, Attempts
from allegata.web.problems import HOME, MEDIA_TYPE
from allegata.web.signing import WRONG, inside
from tests.cli.stories import OFFICE, RELAY, document
from tests.web.conftest import copy_of
from tests.web.test_app import Ids, words_of
from tests.web.test_judging import ATTACK, OURS, Form, own

PASSWORDS = {role: f"four tired herons of the {role}" for role in ROLES}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two pages of one story and a user of each role, called by it."""
    path = tmp_path_factory.mktemp("people") / "case.db"
    with Library(open_store(str(path))) as library:
        library.add(
            Document(**document("d1", OFFICE, 3, "Vell Post")),
            Document(**document("d2", RELAY, 4, "Strait Times")),
        )
        for role in ROLES:
            accounts.add_user(library.store, role, PASSWORDS[role], role, "root")
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with copy_of(made, tmp_path) as opened:
        yield opened


@pytest.fixture
def app(store: Store) -> FastAPI:
    return create_app(store)


def visitor(app: FastAPI, role: str | None = None) -> TestClient:
    client = TestClient(app, base_url="http://localhost", follow_redirects=False)
    if role is not None:
        assert sign_in(client, role, PASSWORDS[role]).status_code == 303
    return client


def sign_in(client: TestClient, name: str, password: str, **more: str) -> httpx.Response:
    action, fields = Form(client.get("/sign-in").text).deed()
    return client.post(action, data=fields | {"name": name, "password": password} | more, headers=OURS)


def claim_in(store: Store) -> Claim:
    return next(c for c in store.claims() if {"d1", "d2"} <= set(c.documents))


def decide(client: TestClient, path: str) -> httpx.Response:
    action, fields = Form(client.get(path).text).deed()
    return client.post(action, data=fields | {"person": "Somebody", "reason": "I rang them"}, headers=OURS)


# every route -----------------------------------------------------------------------------------------------
def routes(app: FastAPI) -> list[tuple[str, str]]:
    found = []
    for route in app.routes:
        methods = getattr(route, "methods", None) or {"GET"}
        found += [(m, route.path) for m in sorted(methods - {"HEAD"})]  # type: ignore[attr-defined]
    return found


def test_the_table_has_every_route_and_no_other(app: FastAPI) -> None:
    assert sorted(routes(app)) == sorted(rights.LEAST)
    assert set(rights.LEAST.values()) <= {*ROLES, rights.EVERYBODY}


def filled(path: str, store: Store) -> str:
    claim = claim_in(store)
    head = path.replace("{name:path}", "d1")
    room = head.removeprefix(HOME).split("/")[1:2]
    name = claim.id if room == ["claims"] else "d1" if room == ["documents"] else "x"
    parts = {"name": name, "document": "d2", "first": "a", "second": "b", "form": "md"}
    parts["number"] = "1"
    return re.sub(r"\{(\w+)\}", lambda m: parts[m[1]], head).replace("/static", "/static/allegata.css")


def test_every_route_refuses_what_a_role_may_not_do(app: FastAPI, store: Store) -> None:
    store.put_judgement("viewer", "source", "[]", "same", "")
    clients = {"": visitor(app), **{role: visitor(app, role) for role in ROLES}}
    for (method, path), least in rights.LEAST.items():
        if path in ("/sign-in", "/sign-out"):
            continue
        for role, client in clients.items():
            answer = client.request(method, filled(path, store), headers=OURS)
            refused = "Your role is" in answer.text or answer.status_code == 401
            refused |= answer.headers.get("location", "").startswith("/sign-in")
            assert refused != rights.reaches(role, least), (method, path, role, answer.status_code)
            if refused:
                told = method == "POST" or path.endswith(".json") or path.startswith(f"{HOME}/")
                expected = 403 if role else 401 if told else 303
                if path.startswith(f"{HOME}/"):
                    assert answer.headers["content-type"] == MEDIA_TYPE
                    assert answer.json()["status"] == expected
                assert answer.status_code == expected, (method, path, role)
                assert not answer.headers.get("set-cookie")


def test_a_route_that_the_table_lacks_is_shut(app: FastAPI) -> None:
    @app.get("/new-door")
    def new_door() -> str:
        return "open"

    assert visitor(app).get("/new-door").status_code == 303
    assert visitor(app, "admin").get("/new-door").status_code == 403


@pytest.mark.parametrize("path", ["/", "/claims.json", "/documents/d1", "/judgements/new.json", "/users"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_is_told_before_signing_in(app: FastAPI, path: str, method: str) -> None:
    answer = visitor(app).request(method, path)
    assert answer.status_code in (303, 401)
    assert "gunboats" not in answer.text and "Vell" not in answer.text
    assert visitor(app).get("/healthz").json() == {"status": "ok"}


# signing in ------------------------------------------------------------------------------------------------
def test_signing_in_leads_to_the_page_that_was_asked_for(app: FastAPI) -> None:
    client = visitor(app)
    asked = client.get("/?q=camp&sort=newest")
    assert asked.status_code == 303
    form = Form(client.get(asked.headers["location"]).text).deed()[1]
    answer = sign_in(client, "ANALYST", PASSWORDS["analyst"], next=form["next"])
    assert answer.headers["location"] == "/?q=camp&sort=newest"
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("allegata_session="))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie
    page = client.get("/")
    assert page.status_code == 200 and "analyst, analyst · Sign out" in words_of(page.text)
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("headers", [{"origin": "https://localhost"}, OURS | {"x-forwarded-proto": "https"}])
def test_over_https_the_cookie_is_secure(app: FastAPI, headers: dict[str, str]) -> None:
    client = visitor(app)
    fields = Form(client.get("/sign-in").text).deed()[1]
    said = fields | {"name": "viewer", "password": PASSWORDS["viewer"]}
    answer = client.post("/sign-in", data=said, headers=headers)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("allegata_session="))
    assert "; Secure" in cookie


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "/\t/evil", "/sign-out", "", None],
)
def test_signing_in_never_leads_elsewhere(target: str | None) -> None:
    assert inside(target) == "/"


def test_unknown_names_wrong_passwords_and_disabled_users_are_answered_alike(
    app: FastAPI, store: Store
) -> None:
    accounts.set_disabled(store, "reviewer", True, "root")
    answers = [
        sign_in(visitor(app), name, password)
        for name, password in (
            ("viewer", "not the password at all"),
            ("nobody at all", "not the password at all"),
            ("reviewer", PASSWORDS["reviewer"]),
            ("viewer", ""),
            ("viewer", "x" * 60_000),
        )
    ]
    assert {a.status_code for a in answers} == {403}
    assert all(WRONG in a.text and "allegata_session" not in str(a.headers) for a in answers)
    texts = {re.sub(r'value="[^"]*"', "", a.text) for a in answers}
    assert len(texts) == 1
    refused = [a for a in store.acts(10) if a.act == "sign-in refused"]
    assert [a.person for a in refused] == ["viewer", "viewer", "reviewer", "", "viewer"]


def test_a_form_of_another_site_or_browser_signs_nobody_in(app: FastAPI) -> None:
    client = visitor(app)
    fields = Form(client.get("/sign-in").text).deed()[1]
    said = fields | {"name": "viewer", "password": PASSWORDS["viewer"]}
    for who, sent, headers in (
        (client, said, {"origin": "https://evil.example"}),
        (client, said | {"token": "x"}, OURS),
        (visitor(app), said, OURS),
    ):
        answer = who.post("/sign-in", data=sent, headers=headers)
        assert answer.status_code == 403 and "allegata_session" not in str(answer.headers)


def test_after_some_failures_one_waits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "Attempts", lambda store: Attempts(store, lambda: 0.0))  # no time goes by
    client = visitor(create_app(store))
    for _ in range(NAME.free):
        assert sign_in(client, "viewer", "not the password").status_code == 403
    for name, password in (("viewer", PASSWORDS["viewer"]), ("Viewer ", "not the password")):
        answer = sign_in(client, name, password)
        assert answer.status_code == 429 and int(answer.headers["retry-after"]) >= 1
        assert "Too many tries" in answer.text
    assert sign_in(client, "analyst", PASSWORDS["analyst"]).status_code == 303


def test_the_wait_doubles_is_bounded_and_ends(store: Store) -> None:
    now = [0.0]
    attempts = Attempts(store, lambda: now[0])
    waits = []
    for _ in range(20):
        while (wait := attempts.begin("ana", "192.0.2.1")) > 0:
            waits.append(wait)
            now[0] += wait
    assert waits[:6] == [1, 2, 4, 8, 16, 32] and max(waits) == NAME.longest
    now[0] += 4000
    assert attempts.begin("ana", "192.0.2.1") == 0
    attempts.succeeded("ana", "192.0.2.1")
    assert attempts.begin("ana", "192.0.2.1") == 0


def test_an_address_waits_whatever_the_names(store: Store) -> None:
    attempts = Attempts(store, lambda: 0.0)
    for n in range(ADDRESS.free):
        assert attempts.begin(f"name {n}", f"2001:db8::{n + 1:x}") == 0
    assert attempts.begin("another", "2001:db8::ffff") > 0
    assert attempts.begin("another", "2001:db8:1::1") == 0


def test_processes_count_failures_together_and_a_clock_set_back_keeps_nobody_out(store: Store) -> None:
    for n in range(NAME.free):
        assert Attempts(store, lambda: 5000.0).begin("ana", f"192.0.2.{n}") == 0
    assert 0 < Attempts(store, lambda: 5000.0).begin("ana", "198.51.100.1") <= NAME.longest
    assert Attempts(store, lambda: 1000.0).begin("ana", "198.51.100.1") <= NAME.longest


def test_signing_out_ends_the_session_everywhere(app: FastAPI, store: Store) -> None:
    client = visitor(app, "viewer")
    session = client.cookies["allegata_session"]
    action, fields = Form(client.get("/sign-out").text).deed()
    client.post(action, data=fields | {"token": "x"}, headers=OURS)
    assert client.get("/").status_code == 200
    assert client.post(action, data=fields, headers=OURS).headers["location"] == "/sign-in"
    other = visitor(app)
    other.cookies.set("allegata_session", session)
    assert other.get("/").status_code == client.get("/").status_code == 303
    assert store.acts(1)[0].act == "signed out"


def test_a_session_ends_with_the_user_and_the_password(app: FastAPI, store: Store) -> None:
    viewer, analyst = visitor(app, "viewer"), visitor(app, "analyst")
    accounts.set_disabled(store, "viewer", True, "root")
    accounts.set_password(store, "analyst", "another few odd words", "root")
    assert viewer.get("/").status_code == analyst.get("/").status_code == 303


def test_a_session_is_not_used_for_too_long(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    client = visitor(app, "viewer")
    assert client.get("/").status_code == 200
    monkeypatch.setattr(accounts, "IDLE", -accounts.IDLE)
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "é", "x" * 8000, '"', "%00"])
def test_odd_sessions_are_nobody_s(app: FastAPI, cookie: str) -> None:
    headers = [(b"cookie", b"allegata_session=" + cookie.encode())]
    assert visitor(app).get("/", headers=headers).status_code == 303


# deciding --------------------------------------------------------------------------------------------------
def test_who_is_signed_in_decides_under_that_name(app: FastAPI, store: Store) -> None:
    client = visitor(app, "analyst")
    path = own(claim_in(store))
    page = client.get(path).text
    assert 'name="person"' not in page and "As analyst" in words_of(page)
    assert decide(client, path).status_code == 303
    (made,) = store.judgements()
    assert (made.person, made.value) == ("analyst", "own")
    act = store.acts(1)[0]
    assert (act.person, act.act, act.subject) == ("analyst", "judgement", "1")


def test_a_viewer_sees_no_forms_and_is_told_why(app: FastAPI, store: Store) -> None:
    client, claim = visitor(app, "viewer"), claim_in(store)
    for path in (
        paths.claim(claim.id),
        paths.edge(claim.id, 1),
        paths.mention(claim.id, "d2"),
        "/judgements",
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert not re.search(r'method="post"|You know better|put right|/judgements/new', page.text)
    refused = client.get(own(claim))
    assert refused.status_code == 403
    assert "Your role is viewer: this takes an analyst." in words_of(refused.text)


def test_an_analyst_takes_back_only_what_is_theirs(app: FastAPI, store: Store) -> None:
    claim = claim_in(store)
    accounts.add_user(store, "Bela", "some other odd words", "analyst", "root")
    analyst, bela, reviewer = visitor(app, "analyst"), visitor(app), visitor(app, "reviewer")
    sign_in(bela, "Bela", "some other odd words")
    decide(analyst, own(claim))
    fields = Form(analyst.get("/judgements/1/undo").text).deed()[1]
    for answer in (
        bela.get("/judgements/1/undo"),
        bela.get("/judgements/1/undo.json"),
        bela.post("/judgements/1/undo", data=fields | {"reason": "x"}, headers=OURS),
    ):
        assert answer.status_code == 403 and "a reviewer takes back" in answer.text
    assert len(store.judgements()) == 1
    assert decide(reviewer, "/judgements/1/undo").status_code == 303
    assert decide(analyst, own(claim)).status_code == 303
    assert decide(analyst, "/judgements/3/undo").status_code == 303
    assert [j.person for j in store.judgements()] == ["analyst", "reviewer", "analyst", "analyst"]


# machines --------------------------------------------------------------------------------------------------
def test_a_token_reads_and_no_further_than_its_scope(app: FastAPI, store: Store) -> None:
    client, claim = visitor(app), claim_in(store)
    secrets = {
        s: accounts.make_token(store, "admin", s, "", None, "root")[1] for s in ("read", "judge", "admin")
    }
    narrow = accounts.make_token(store, "viewer", "admin", "", None, "root")[1]

    def status(secret: str, path: str) -> int:
        return client.get(path, headers={"authorization": f"Bearer {secret}"}).status_code

    for secret in (*secrets.values(), narrow):
        assert status(secret, "/claims.json") == 200
    path = own(claim).replace("/new?", "/new.json?")
    assert [status(secrets[s], path) for s in ("read", "judge", "admin")] == [403, 200, 200]
    assert [status(secrets[s], "/users.json") for s in ("read", "judge", "admin")] == [403, 403, 200]
    assert status(narrow, "/users.json") == status(narrow, path) == 403
    accounts.revoke_token(store, 1, "root")
    for wrong in (secrets["read"], "allegata_nothing", "", "é"):
        answer = client.get("/claims.json", headers=[(b"authorization", b"Bearer " + wrong.encode())])
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
        assert "takes a token" in answer.json()["error"]
    assert client.get("/claims.json", headers={"authorization": "Basic eDp5"}).status_code == 401


def test_a_wrong_token_is_not_made_good_by_a_session(app: FastAPI) -> None:
    client = visitor(app, "admin")
    assert client.get("/claims.json", headers={"authorization": "Bearer x"}).status_code == 401


def test_a_machine_decides_without_a_form_s_token(app: FastAPI, store: Store) -> None:
    client, claim = visitor(app), claim_in(store)
    secret = accounts.make_token(store, "analyst", "judge", "", None, "root")[1]
    draft = {"kind": "edge", "subject": '["d1", "d2"]', "value": "no", "claim": claim.id}
    sent = draft | {"reason": "I rang them", "seen": "0"}
    assert client.post("/judgements", data=sent).status_code == 401
    answer = client.post("/judgements", data=sent, headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 303 and [j.person for j in store.judgements()] == ["analyst"]


# what is shown and kept ------------------------------------------------------------------------------------
def test_admins_see_users_and_acts_and_no_secret(app: FastAPI, store: Store) -> None:
    accounts.add_user(store, f"A{ATTACK}", "some other odd words", "viewer", "root")
    secret = accounts.make_token(store, f"A{ATTACK}", "read", ATTACK, 9, "root")[1]
    client = visitor(app, "admin")
    page, twin = client.get("/users"), client.get("/users.json")
    assert "<script>window" not in page.text and Ids(page.text).refused == []
    assert {u["name"] for u in twin.json()["users"]} >= set(ROLES)
    assert twin.json()["acts"][0]["act"] == "signed in"
    kept = store.user("admin")
    assert kept is not None
    for text in (page.text, json.dumps(twin.json())):
        for hidden in (secret, kept[1], "argon2", PASSWORDS["admin"], client.cookies["allegata_session"]):
            assert hidden not in text


def test_names_are_shown_escaped(app: FastAPI, store: Store) -> None:
    accounts.add_user(store, f"A{ATTACK}", "some other odd words", "viewer", "root")
    client = visitor(app)
    refused = sign_in(client, ATTACK, "wrong as can be")
    sign_in(client, f"A{ATTACK}", "some other odd words")
    for page in (refused.text, client.get("/").text, client.get("/sign-out").text):
        assert "<script>window" not in page and Ids(page).refused == []


def test_nothing_secret_is_logged(
    app: FastAPI, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = visitor(app, "viewer")
    sign_in(visitor(app), "my password by mistake", "another secret here")
    told = caplog.text + "".join(capfd.readouterr())
    for secret in (PASSWORDS["viewer"], client.cookies["allegata_session"], "another secret", "by mistake"):
        assert secret not in told


def test_without_users_everything_is_open_until_the_first(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "case.db"))
    client = visitor(create_app(store))
    assert client.get("/").status_code == client.get("/users").status_code == 200
    assert "This store has no users" in client.get("/sign-in").text
    accounts.add_user(store, "Ana", "some other odd words", "viewer", "root")
    assert client.get("/").status_code == 303
    store.close()
