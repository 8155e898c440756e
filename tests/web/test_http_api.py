"""The API for programs: lists in pages, claims as of a day, decisions by scope, and every error a problem."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi.testclient import TestClient

from allegata.contract import claim_json, reading_json
from allegata.library import Library
from allegata.model import Claim, Document
from allegata.runs import accounts
from allegata.store import ClaimQuery, Store, StoreError, open_store
from allegata.web import paths
from allegata.web.api import addresses, shapes
from allegata.web.api.claims import FILTERS
from allegata.web.api.description import operations
from allegata.web.api.paging import encode
from allegata.web.app import create_app
from allegata.web.forms import MAX_BODY
from allegata.web.problems import FIELDS, HOME, KINDS, MEDIA_TYPE
from allegata.web.query import ClaimSearch
from tests.cli.stories import DENIAL, OFFICE, RELAY, document
from tests.web import stories
from tests.web.conftest import copy_of
from tests.web.fake_store import FakeStore
from tests.web.test_app import Ids


def get(client: TestClient, path: str, /, **headers: str) -> Any:
    answer = client.get(path if path.startswith(HOME) else HOME + path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def walk(client: TestClient, path: str) -> list[Any]:
    """The items of all pages of a list."""
    found: list[Any] = []
    following: str | None = path
    while following:
        page = get(client, following)
        found += page["items"]
        following = page["next"]
    return found


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """A problem as RFC 9457 has it, with nothing that it should not tell."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["content-security-policy"]
    told: dict[str, Any] = answer.json()
    assert set(told) <= set(FIELDS)
    assert told["status"] == status and told["type"] == f"{HOME}#{KINDS[status].name}"
    assert told["title"] == KINDS[status].title and "\n" not in told["detail"]
    return told


# reading ---------------------------------------------------------------------------------------------------
def test_lists_come_in_pages_each_item_once(client: TestClient, store: Store) -> None:
    for size in (1, 2, 50):
        assert [c["id"] for c in walk(client, f"/claims?limit={size}")] == [c.id for c in store.claims()]
        ids = [d["id"] for d in walk(client, f"/documents?limit={min(100, 20 * size)}")]
        assert ids == [d.id for d in store.documents()]
    mentions = walk(client, "/claims/c-crowd/mentions?limit=100")
    assert [m["document"] for m in mentions] == [m.document for m in stories.crowd(500)[1].mentions]
    found = walk(client, "/documents?q=camp&limit=2")
    assert len(found) == len({d["id"] for d in found}) > 2


def test_the_filters_are_those_of_the_page(client: TestClient) -> None:
    assert {*FILTERS, "page", "size", "sort", "more"} == {*ClaimSearch.__dataclass_fields__, "more"}
    for query in ("q=camp", "accused=Afghan+Taliban", "act=AID", "country=AFG&q=camp", "until=2024"):
        page = client.get(f"/claims.json?{query}").json()
        assert [c["id"] for c in get(client, f"/claims?{query}")["items"]] == [
            c["id"] for c in page["claims"]
        ]
    offered = {
        p["name"] for p in get(client, "/openapi.json")["paths"][f"{HOME}/claims"]["get"]["parameters"]
    }
    assert offered == {*FILTERS, "limit", "cursor", "as_of"}


def test_a_claim_is_the_contract_and_its_parts_open_the_evidence(client: TestClient) -> None:
    camp = stories.camp()
    whole = get(client, "/claims/c-camp")
    assert json.loads(json.dumps(claim_json(camp))).items() <= whole.items()
    assert (whole["page"], whole["href"], whole["as_of"]) == ("/claims/c-camp", f"{HOME}/claims/c-camp", None)
    (row,) = [c for c in get(client, "/claims")["items"] if c["id"] == "c-camp"]
    assert row["counts"] == whole["counts"] and row["independent_origins"] == whole["independent_origins"]
    edges = walk(client, "/claims/c-camp/edges?limit=5")
    assert [e["number"] for e in edges] == list(range(1, len(camp.edges) + 1))
    edge = get(client, edges[4]["href"])
    assert edge["passages"]["downstream"][0]["text"].startswith("The rural structure")
    mention = walk(client, "/claims/c-camp/mentions")[0]
    passage = mention["passages"][0]
    text = stories.DOCUMENTS[passage["document"]].text
    assert passage["text"] == text[passage["start"] : passage["end"]]
    assert get(client, mention["document_href"])["document"]["id"] == mention["document"]
    assert any("had it from" in line or "Origin" in line for line in get(client, "/claims/c-camp/why")["why"])
    assert get(client, "/claims/c-camp/brief")["title"].startswith("Alleged")
    answers = get(client, "/claims/c-camp/responses")
    assert answers["no_denial"] is None and answers["items"][0]["stance"] == "deny"
    assert get(client, "/claims/c-attack/responses")["no_denial"] == "no denial found in 4 documents"


def test_a_document_is_its_reading(client: TestClient) -> None:
    told = get(client, "/documents/d05")
    reading = next(r for r in stories.readings() if r.document.id == "d05")
    assert json.loads(json.dumps(reading_json(reading))).items() <= told.items()
    assert told["versions"] == [1] and told["xray"]["sentences"] == len(reading.sentences)
    assert "headers" not in (told["capture"] or {}) and "marks" not in told
    assert problem(client.get(f"{HOME}/documents/d05?version=4"), 404)["hint"] == "They go from 1 to 1."


def test_odd_ids_are_reached_by_their_addresses() -> None:
    store = FakeStore([Document("a/../b.json?", "Words.")])
    client = TestClient(create_app(store), base_url="http://localhost")
    address = addresses.document("a/../b.json?")
    assert "/.." not in address
    assert get(client, address)["href"] == address
    for lost in ("/documents/~ED~A0~80", "/claims/%00", "/claims/a%2Fb", "/claims/%ED%A0%80"):
        problem(client.get(HOME + lost), 404)


# what cannot be answered -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("/nothing", 404, "no such address"),
        ("/claims/nothing", 404, "no claim “nothing”"),
        ("/claims/c-camp/edges/99", 404, "no edge 99"),
        ("/claims/c-camp/edges/0", 400, "greater than or equal to 1"),
        ("/claims/c-camp/edges/9999999999999999999999999", 400, "less than"),
        ("/claims?limit=101", 400, "limit"),
        ("/claims?size=5", 400, "size"),
        ("/claims?act=KISS", 400, "act"),
        ("/claims?q=" + "x" * 400, 400, "q"),
        ("/claims?q=%00", 400, "q"),
        ("/claims?until=0065", 400, "until"),
        ("/claims?q=a&q=b", 400, "twice"),
        ("/claims?cursor=%C3%A9", 400, "cursor"),
        ("/claims?cursor=abc", 400, "cursor"),
        (f"/claims?cursor={encode(2**60, '', '')}", 400, "cursor"),
        (f"/claims?cursor={encode('1', '', '')}", 400, "cursor"),
        (f"/documents?cursor={encode(1, 2)}", 400, "cursor"),
        ("/claims/c-camp?as_of=0065-01-01", 400, "as_of"),
        ("/claims/c-camp?as_of=20250101", 400, "as_of"),
        ("/documents/nothing", 404, "no document"),
        ("/sources/nobody", 404, "nobody"),
        ("/dyads/a/b", 404, "told"),
        ("/watches/none", 404, "no watch"),
        ("/judgements/7", 404, "no judgement 7"),
        ("/judgements/x", 400, "number"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(client: TestClient, path: str, status: int, part: str) -> None:
    assert part in problem(client.get(HOME + path), status)["detail"]


def test_other_methods_are_refused_with_those_that_there_are(client: TestClient) -> None:
    for method, path, allowed in (
        ("DELETE", "/claims/c-camp", "GET, HEAD"),
        ("PUT", "/judgements", "GET, HEAD, POST"),
        ("GET", "/effects", "POST"),
    ):
        answer = client.request(method, HOME + path)
        problem(answer, 405)
        assert answer.headers["allow"] == allowed
    assert client.head(f"{HOME}/claims").status_code == 200


def test_faults_tell_nothing_and_other_hosts_are_not_answered() -> None:
    class Broken(FakeStore):
        def claim(self, claim_id: str) -> Claim | None:
            raise RuntimeError("secret detail")

        def document(self, document_id: str, version: int | None = None) -> Document | None:
            raise StoreError("The store is in use: try again.")

    client = TestClient(create_app(Broken()), base_url="http://localhost", raise_server_exceptions=False)
    assert "secret" not in json.dumps(problem(client.get(f"{HOME}/claims/x"), 500))
    assert "in use" in problem(client.get(f"{HOME}/documents/x"), 503)["detail"]
    problem(client.get(f"{HOME}/claims", headers={"host": "evil.example"}), 400)


# what tells of it ------------------------------------------------------------------------------------------
def test_the_document_has_every_field_of_the_contract(client: TestClient) -> None:
    told = get(client, "/openapi.json")
    assert told["openapi"].startswith("3.1")
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    known = told["components"]["schemas"]
    assert set(claim_json(stories.camp())) <= set(known["ClaimObject"]["properties"])
    assert set(get(client, "/documents/d05")) == set(known["DocumentObject"]["properties"])
    named = set(shapes.SHAPES) | {"Problem"}
    used = {r.rpartition("/")[2] for r in _refs(told["paths"])}
    assert named <= set(known) and used <= set(known)
    for path, method, operation in operations(told):
        assert operation["description"], (path, method)
        assert operation["x-scope"] in ("read", "judge", "admin"), (path, method)


@pytest.mark.parametrize(
    "path",
    [
        "/claims",
        "/claims?as_of=2025-09-20",
        "/claims/c-camp",
        "/claims/c-camp?as_of=2025-09-20",
        "/claims/c-camp/brief",
        "/claims/c-camp/edges",
        "/claims/c-camp/edges/5",
        "/claims/c-camp/mentions",
        "/claims/c-camp/responses",
        "/claims/c-camp/why",
        "/documents",
        "/documents/d01",
        "/documents/d05",
        "/sources",
        "/sources/Government~20of~20Pakistan",
        "/dyads",
    ],
)
def test_answers_are_as_the_document_says(client: TestClient, path: str) -> None:
    told = get(client, "/openapi.json")
    route = HOME + path.partition("?")[0].replace("c-camp", "{name}").replace("/5", "/{number}")
    route = re.sub(r"(documents|sources)/.+", r"\1/{name}", route)
    answer = told["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    found = get(client, path)
    assert found.get("items", [0]), "an empty list shows nothing"
    jsonschema.Draft202012Validator(told | answer).validate(found)


def test_every_address_is_documented(client: TestClient) -> None:
    page = (Path(__file__).parents[2] / "docs" / "http-api.md").read_text(encoding="utf-8")
    told = {f"{method} {path}" for path, method, _ in operations(get(client, "/openapi.json"))}
    assert set(re.findall(r"^\| `([A-Z]+ /api/v1[^`]*)`", page, re.MULTILINE)) == told


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        for inner in value.values():
            yield from _refs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _refs(inner)


def test_a_page_for_people_lists_it(client: TestClient) -> None:
    page = client.get(HOME).text
    assert Ids(page).refused == []
    for path in get(client, "/openapi.json")["paths"]:
        assert f"{path}</code>" in page
    assert {k.name for k in KINDS.values()} <= set(Ids(page).ids)


# deciding --------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "case.db"
    with Library(open_store(str(path))) as library:
        library.add(
            Document(**document("d1", OFFICE, 3, "Vell Post")),
            Document(**document("d2", RELAY, 4, "Strait Times")),
            Document(**document("d3", DENIAL, 5, "Norland Gazette")),
        )
    return path


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Iterator[Store]:
    with copy_of(made, tmp_path) as opened:
        yield opened


def judging(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url="http://localhost")


def own(store: Store) -> dict[str, Any]:
    """The decision that the relay has an origin of its own."""
    (claim,) = store.claims(ClaimQuery("gunboats"))
    p = next(p for m in claim.mentions if m.document == "d2" for p in m.passages)
    return {"kind": "origin", "subject": [p.document, p.start, p.end], "value": "own"}


def test_a_claim_as_of_a_day(case: Store) -> None:
    client = judging(case)
    (claim,) = get(client, "/claims?q=gunboats")["items"]
    then = get(client, claim["href"] + "?as_of=2025-03-03")
    assert then["id"] == claim["id"] and {m["document"] for m in then["mentions"]} == {"d1"}
    assert then["recounted"] and then["href"].endswith("?as_of=2025-03-03")
    assert get(client, claim["href"] + "/responses?as_of=2025-03-04")["no_denial"]
    assert not get(client, claim["href"] + "/responses")["no_denial"]
    (row,) = get(client, "/claims?as_of=2025-03-04")["items"]
    assert (row["documents"], row["denials"]) == (2, 0)
    assert get(client, "/claims?as_of=2025-03-02")["items"] == []
    assert problem(client.get(claim["href"] + "/why?as_of=2025-03-02"), 404)["hint"].endswith("3 Mar 2025.")


def test_a_decision_is_shown_made_and_taken_back(case: Store) -> None:
    client, told = judging(case), own(case)
    effect = client.post(f"{HOME}/effects", json=told).json()
    (change,) = effect["changes"]
    lows = (change["before"]["independent_origins"]["low"], change["after"]["independent_origins"]["low"])
    assert lows == (1, 2) and effect["seen"] == 0 and case.judgements() == []
    answer = client.post(
        f"{HOME}/judgements", json=told | {"reason": "I rang them", "person": "Ana", "seen": 0}
    )
    assert answer.status_code == 201 and answer.headers["location"] == f"{HOME}/judgements/1"
    assert get(client, answer.headers["location"]) == answer.json()
    assert (answer.json()["state"], answer.json()["open"]) == ("holds", True)
    (claim,) = get(client, "/claims?q=gunboats")["items"]
    assert claim["independent_origins"]["low"] == 2
    late = client.post(f"{HOME}/judgements", json=told | {"reason": "no", "person": "Bo", "seen": 0})
    assert "Ana decided on the same" in problem(late, 409)["detail"]
    assert get(client, "/judgements/1/undo")["changes"]
    back = client.post(f"{HOME}/judgements/1/undo", json={"reason": "they rang back", "person": "Bo"})
    assert back.status_code == 201 and back.json()["undoes"] == 1
    again = client.post(f"{HOME}/judgements/1/undo", json={"reason": "x", "person": "Bo"})
    assert "taken back already" in problem(again, 400)["detail"]
    assert [j["id"] for j in walk(client, "/judgements?limit=1")] == [2, 1]
    assert [j["id"] for j in walk(client, "/judgements?person=Ana")] == [1]
    assert [j["id"] for j in walk(client, f"/judgements?claim={claim['id']}&limit=1")] == [2, 1]


def test_what_cannot_be_decided_is_refused(case: Store) -> None:
    client, told = judging(case), own(case) | {"reason": "x", "person": "Ana"}
    at = f"{HOME}/judgements"
    headers = {"content-type": "application/json"}
    for wrong in (
        {"person": None},
        {"person": "x" * 81},
        {"reason": ""},
        {"reason": "x" * 2001},
        {"kind": "kiss"},
        {"value": "no"},
        {"subject": []},
        {"subject": ["d2", 0, 10**30]},
        {"subject": ["d2", -5, -1]},
        {"subject": ["d2", 0.5, True]},
        {"subject": [[[[]]]]},
        {"subject": "d2"},
        {"subject": ["nowhere", 0, 5]},
        {"seen": -1},
        {"more": 1},
    ):
        problem(client.post(at, json=told | wrong), 400)
    problem(client.post(at, content=b"{", headers=headers), 400)
    problem(client.post(at, content=b"[" * 60_000, headers=headers), 400)
    problem(client.post(at, content=b'{"reason": "\\ud800"}', headers=headers), 400)
    problem(client.post(at, content=b" " * (MAX_BODY + 1), headers=headers), 413)
    problem(client.post(at, content=json.dumps(told)), 415)
    problem(client.post(at, data=told), 415)
    for elsewhere in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        problem(client.post(at, json=told, headers=elsewhere), 403)
    shut = TestClient(create_app(case, writable=False), base_url="http://localhost")
    problem(shut.post(at, json=told), 403)
    assert shut.post(f"{HOME}/effects", json=own(case)).status_code == 200
    assert case.judgements() == []


def test_tokens_go_as_far_as_their_scope(case: Store) -> None:
    for name, role in (("Ana", "analyst"), ("Bo", "analyst"), ("Root", "admin")):
        accounts.add_user(case, name, "four tired herons", role, "root")
    made = {
        (name, scope): {
            "authorization": f"Bearer {accounts.make_token(case, name, scope, '', None, 'root')[1]}"
        }
        for name in ("Ana", "Bo", "Root")
        for scope in ("read", "judge", "admin")
    }
    client, told = judging(case), own(case) | {"reason": "I rang them"}
    at = f"{HOME}/judgements"
    assert problem(client.get(f"{HOME}/claims"), 401)["hint"].startswith("Send it as")
    assert client.get(f"{HOME}/claims").headers["www-authenticate"] == "Bearer"
    problem(client.post(at, json=told), 401)
    problem(client.post(at, json=told, headers=made["Ana", "read"]), 403)
    problem(client.post(at, json=told | {"person": "Bo"}, headers=made["Ana", "judge"]), 400)
    assert client.post(at, json=told, headers=made["Ana", "judge"]).json()["person"] == "Ana"
    back = {"reason": "no"}
    assert (
        "a reviewer"
        in problem(client.post(f"{at}/1/undo", json=back, headers=made["Bo", "judge"]), 403)["detail"]
    )
    problem(client.get(f"{at}/1/undo", headers=made["Bo", "judge"]), 403)
    assert client.post(f"{at}/1/undo", json=back, headers=made["Root", "judge"]).status_code == 201
    for name, scope in (("Root", "judge"), ("Ana", "admin")):
        problem(client.get(f"{HOME}/acts", headers=made[name, scope]), 403)
    acts = get(client, "/acts?limit=2", **made["Root", "admin"])
    assert [a["act"] for a in acts["items"]] == ["judgement", "judgement"] and acts["next"]
    later = get(client, acts["next"], **made["Root", "admin"])
    assert later["items"][0]["number"] == acts["items"][-1]["number"] - 1
    users = get(client, "/users", **made["Root", "admin"])
    assert [u["name"] for u in users["items"]] == ["Ana", "Bo", "Root"] and len(
        users["items"][0]["tokens"]
    ) == 3
    assert "argon2" not in json.dumps(users)


def test_a_browser_s_session_decides_only_from_our_pages(case: Store) -> None:
    accounts.add_user(case, "Ana", "four tired herons", "analyst", "root")
    found = accounts.sign_in(case, "Ana", "four tired herons", "here")
    assert found is not None
    client, told = judging(case), own(case) | {"reason": "x"}
    client.cookies.set("allegata_session", found[1])
    assert get(client, "/claims")["items"]
    at = f"{HOME}/judgements"
    problem(client.post(at, json=told), 403)
    problem(client.post(at, json=told, headers={"origin": "https://evil.example"}), 403)
    assert client.post(at, json=told, headers={"origin": "http://localhost"}).status_code == 201


def test_addresses_are_spelled_as_those_of_pages() -> None:
    for name in ("a b", "é/~", "d05", "..", "x.json"):
        assert addresses.document(name) == HOME + paths.document(name)
        assert addresses.claim(name) == HOME + paths.claim(name)
