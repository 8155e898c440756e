"""The review: questions in order, answered by keyboard alone, taken back, by two at once, by a viewer."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from allegata.library import Library
from allegata.model import Document
from allegata.runs import accounts
from allegata.store import Store, open_store
from allegata.web.app import create_app
from tests.cli.stories import OFFICE, RELAY, document
from tests.web.conftest import copy_of, serving
from tests.web.test_judging import ATTACK, OURS, Form
from tests.web.test_pages import CONTRAST, opened

ECHO = "Gunboats of the Orrin navy fired on two trawlers off Vell on Monday and the crews swam ashore."
MIRROR = "Norland gunboats fired at Vell harbour on Monday and a crane burned down. Schools are closed."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One origin, a relay of it, and two pages that credit nobody: a copy or an origin each."""
    path = tmp_path_factory.mktemp("review") / "case.db"
    with Library(open_store(str(path))) as library:
        library.add(
            Document(**document("d1", OFFICE, 3, "Vell Post")),
            Document(**document("d2", RELAY, 4, "Strait Times")),
            Document(**document("d3", ECHO, 5, "Harbour Echo")),
            Document(**document("d4", MIRROR, 6, "Quay Mirror")),
        )
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with copy_of(made, tmp_path) as opened:
        yield opened


def visitor(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url="http://localhost", follow_redirects=False)


def form_of(page: httpx.Response) -> dict[str, str]:
    """What the form of answers sends, but for the answer."""
    fields = Form(page.text).deed()[1] if "deed" in page.text else {}
    found = page.text.partition('id="answer"')[2].partition("</form>")[0]
    fields |= dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found))
    return fields


def decide(
    client: TestClient, page: httpx.Response, answer: str, person: str = "Ana", reason: str = ""
) -> httpx.Response:
    sent = form_of(page) | {"answer": answer, "person": person, "reason": reason}
    return client.post("/review", data=sent, headers=OURS)


def test_questions_come_in_the_order_of_what_they_move(store: Store) -> None:
    listed = visitor(store).get("/review.json").json()
    ranks = [q["rank"] for q in listed["questions"]]
    assert listed["left"] == len(ranks) >= 2 and ranks == sorted(ranks, reverse=True)
    first = listed["questions"][0]
    assert first["answers"] == ["yes", "no"] and first["question"].startswith("Did ")
    client = visitor(store)
    page = client.get("/review")
    assert page.status_code == 200 and first["question"] in page.text
    effect = client.get(f"/review/effect.json?at={first['id']}").json()
    assert "→" in next(a["effect"] for a in effect["answers"] if a["value"] == "yes")
    after = f"{first['rank']}-{first['id']}"
    skipped = client.get(f"/review.json?after={after}").json()["questions"]
    assert skipped == listed["questions"][1:]
    assert client.get(f"/review?kind=source&after={after}").status_code == 200


def test_what_was_decided_does_not_come_back_unless_undone(store: Store) -> None:
    client = visitor(store)
    page = client.get("/review")
    asked = form_of(page)["at"]
    answer = decide(client, page, "no")
    assert answer.status_code == 303 and answer.headers["location"].endswith("did=1")
    assert asked not in [q["id"] for q in client.get("/review.json").json()["questions"]]
    with Library(store) as library:
        library.add(Document(**document("d9", RELAY.replace("Friday", "Sunday"), 9, "Late Courier")))
        assert asked not in [d.id for d in store.doubts(limit=100)]
        told = client.get(f"/review?at={asked}")
        assert "Decided already" in told.text and "Ana" in told.text
        library.undo("Ana", 1)
        assert asked in [d.id for d in store.doubts(limit=100)]


def test_two_persons_decide_the_same(store: Store) -> None:
    ana, ben = visitor(store), visitor(store)
    hers, his = ana.get("/review"), ben.get("/review")
    assert decide(ana, hers, "yes", "Ana", "Same words.").status_code == 303
    met = decide(ben, his, "no", "Ben", "I rang <b>them</b>.")
    assert met.status_code == 409
    for words in ("Ana", "Same words.", "was not kept", "I rang &lt;b&gt;them&lt;/b&gt;."):
        assert words in met.text
    assert [j.person for j in store.judgements()] == ["Ana"]
    assert decide(ana, hers, "yes", "Ana", "Same words.").status_code == 303  # the same form, sent twice
    assert len(store.judgements()) == 1


def test_bad_input_is_refused_and_nothing_kept(store: Store) -> None:
    client = visitor(store)
    page = client.get("/review")
    for change, status in (
        ({"answer": ""}, 400),
        ({"answer": "perhaps"}, 400),
        ({"person": " "}, 400),
        ({"token": "x"}, 403),
        ({"at": "0" * 12}, 409),
        ({"at": "../x"}, 400),
        ({"seen": "x"}, 400),
        ({"kind": "x"}, 400),
        ({"reason": "x" * 3000}, 400),
    ):
        sent = form_of(page) | {"answer": "yes", "person": "Ana", "reason": ""} | change
        assert client.post("/review", data=sent, headers=OURS).status_code == status, change
    assert (
        client.post("/review", data=form_of(page), headers={"origin": "https://x.example"}).status_code == 403
    )
    for path in ("/review?kind=x", "/review?after=x", "/review?at=x", "/review.json?kind=x"):
        assert client.get(path).status_code == 400
    assert client.get("/review/effect.json?at=" + "0" * 12).status_code == 404
    assert ATTACK not in client.get("/review", params={"claim": ATTACK}).text
    assert store.judgements() == []


def test_a_viewer_reads_and_an_analyst_answers(store: Store) -> None:
    for role in ("viewer", "analyst"):
        accounts.add_user(store, role, f"four tired herons of {role}", role, "root")

    def signed_in(role: str) -> TestClient:
        client = visitor(store)
        action, fields = Form(client.get("/sign-in").text).deed()
        given = fields | {"name": role, "password": f"four tired herons of {role}"}
        assert client.post(action, data=given, headers=OURS).status_code == 303
        return client

    viewer, analyst = signed_in("viewer"), signed_in("analyst")
    page = analyst.get("/review")
    read = viewer.get("/review")
    assert read.status_code == 200 and 'id="answer"' not in read.text and "an analyst" in read.text
    for path in ("/review", "/review/undo"):
        refused = viewer.post(path, data=form_of(page) | {"answer": "yes"}, headers=OURS)
        assert refused.status_code == 403 and "Your role is viewer" in refused.text
    assert viewer.get("/review/effect.json").status_code == 403
    assert store.judgements() == []
    assert decide(analyst, page, "no", "Somebody else").status_code == 303
    assert [j.person for j in store.judgements()] == ["analyst"]


def test_reviewing_by_keyboard_alone(browser: Browser, store: Store) -> None:
    with serving(store) as site, opened(browser, site + "/review") as (page, complaints):
        left = page.locator(".review-head .left b")
        question = page.locator("#h-question")
        before, asked = int(left.inner_text()), question.inner_text()
        yes = page.locator("[data-key=y] .effect")
        page.wait_for_selector("#answer[data-exact]")
        assert re.fullmatch(r"origins \S+ → \S+, unresolved \d → \d", yes.inner_text())
        page.keyboard.press("?")
        assert page.locator("#keys").get_attribute("open") is not None
        page.keyboard.press("y")  # nobody is named yet: the field is reached
        page.keyboard.type("Ana Reis")
        page.keyboard.press("Enter")
        page.keyboard.press("r")
        page.keyboard.type("The same words.")
        page.keyboard.press("Escape")
        page.keyboard.press("y")
        page.wait_for_url("**/review?*did=1")
        assert int(left.inner_text()) == before - 1 and question.inner_text() != asked
        assert "Ana Reis decided" in page.locator(".said-so").inner_text()
        claim = next(c for c in store.claims() if {"d1", "d3"} <= set(c.documents))
        assert any(e.kind == "decided" for e in claim.edges)
        page.keyboard.press("u")
        page.wait_for_url("**/review?*undid=1")
        assert int(left.inner_text()) == before and question.inner_text() == asked
        page.keyboard.press("s")
        page.wait_for_url("**/review?after=*")
        assert question.inner_text() != asked
        assert complaints == []
    assert [(j.person, j.reason) for j in store.judgements()] == [
        ("Ana Reis", "The same words."),
        ("Ana Reis", ""),
    ]


def test_without_scripts_the_buttons_do_it(browser: Browser, store: Store) -> None:
    with (
        serving(store) as site,
        opened(browser, site + "/review", java_script_enabled=False) as (page, _),
    ):
        page.get_by_role("link", name="Work out the effect").click()
        assert "→" in page.locator("[data-key=y] .effect").inner_text()
        page.get_by_label("Your name").fill("Ben Ito")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("Choose one of the answers.")
        page.get_by_role("button", name="No, not from there").click()
        page.get_by_role("button", name="Undo").click()
        page.wait_for_url("**/review?*undid=1")
        for width, scheme in ((320, "dark"), (2560, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(store.judgements()) == 2


def test_the_review_can_be_read_light_and_dark(browser: Browser, store: Store) -> None:
    with serving(store) as site, opened(browser, site + "/review", color_scheme="dark") as (page, _):
        page.wait_for_selector("#answer[data-exact]")
        assert page.evaluate(CONTRAST) == []
        page.emulate_media(color_scheme="light")
        assert page.evaluate(CONTRAST) == []


def test_a_page_moves_to_another_claim_in_one_step(store: Store) -> None:
    def passage(document_id: str) -> list[object]:
        found = (
            p for c in store.claims() for m in c.mentions for p in m.passages if p.document == document_id
        )
        p = next(found)
        return [p.document, p.start, p.end]

    def told_with(document_id: str) -> set[str]:
        return {d for c in store.claims() if document_id in c.documents for d in c.documents}

    client = visitor(store)
    with Library(store) as library:
        library.judge("Ana", "claim", [passage("d1"), passage("d4")], "different")
        assert told_with("d4") == {"d4"}
        here = next(c for c in store.claims() if {"d1", "d3"} <= set(c.documents))
        there = next(c for c in store.claims() if c.documents == ("d4",))
        mention = client.get(f"/claims/{here.id}/mentions/d3")
        leaves = re.search(r'name="second" value="([^"]*)"', mention.text)
        assert leaves is not None
        asked = {
            "kind": "claim",
            "claim": here.id,
            "second": html.unescape(leaves[1]),
            "value": "moves",
            "other": there.id,
        }
        page = client.get("/judgements/new", params=asked)
        action, fields = Form(page.text).deed()
        sent = client.post(action, data=fields | {"person": "Ana", "reason": "The crane."}, headers=OURS)
        assert sent.status_code == 303
        assert told_with("d4") == {"d3", "d4"}
        library.undo("Ana", 2)
        assert told_with("d4") == {"d4"} and "d1" in told_with("d3")
