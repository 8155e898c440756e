"""Deciding on the pages: what is shown before, what is refused, what is kept, and how it is undone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from fastapi.testclient import TestClient

from allegata.library import Library
from allegata.model import Claim, Document
from allegata.store import Store, open_store
from allegata.web import paths
from allegata.web.app import create_app
from allegata.web.forms import MAX_BODY
from tests.cli.stories import OFFICE, RELAY, document
from tests.web.conftest import copy_of
from tests.web.test_app import Ids, words_of

OURS = {"sec-fetch-site": "same-origin", "origin": "http://localhost"}
ATTACK = "'\"></textarea><script>window.ran=1</script>"


class Form(HTMLParser):
    """The forms of a page: for each its action, method and hidden fields; and all inputs and labels."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self.labels: set[str] = set()
        self.inputs: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), given.get("method", "get"), {}))
        elif tag == "input" and given.get("type") == "hidden":
            self.forms[-1][2][given["name"]] = given["value"]
        elif tag in ("input", "select", "textarea"):
            self.inputs.append(given.get("id", ""))
        elif tag == "label":
            self.labels.add(given.get("for", ""))

    def deed(self) -> tuple[str, dict[str, str]]:
        (form,) = [(action, fields) for action, method, fields in self.forms if method == "post"]
        return form


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three pages of one story."""
    path = tmp_path_factory.mktemp("judging") / "case.db"
    with Library(open_store(str(path))) as library:
        library.add(
            Document(**document("d1", OFFICE, 3, "Vell Post")),
            Document(**document("d2", RELAY, 4, "Strait Times")),
            Document(**document("d3", OFFICE.replace("eleven", "nine"), 4, "Quay Courier")),
        )
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with copy_of(made, tmp_path) as opened:
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url="http://localhost", follow_redirects=False)


@pytest.fixture
def claim(store: Store) -> Claim:
    return next(c for c in store.claims() if {"d1", "d2"} <= set(c.documents))


def subject(claim: Claim, document_id: str) -> list[object]:
    p = next(p for m in claim.mentions if m.document == document_id for p in m.passages)
    return [p.document, p.start, p.end]


def own(claim: Claim, document_id: str = "d2") -> str:
    """Where it is asked whether a document has an origin of its own."""
    given = {"kind": "origin", "value": "own", "subject": json.dumps(subject(claim, document_id))}
    return paths.judging([*given.items(), ("claim", claim.id)])


def send(client: TestClient, path: str, /, **more: str) -> httpx.Response:
    """Open the page of a decision, fill in its form and send it."""
    action, fields = Form(client.get(path).text).deed()
    said = {"person": "Ana Reis", "reason": "I rang them"}
    return client.post(action, data=fields | said | more, headers=OURS)


def test_an_origin_is_split_off_with_a_name_and_put_back(
    client: TestClient, store: Store, claim: Claim
) -> None:
    page = client.get(own(claim))
    assert "origins 1 → become 2" in words_of(page.text)
    seen = words_of(page.text)
    assert "new origin Vell harbour office, first in Strait Times" in seen
    assert "Strait Times has an origin of its own for “Norland gunboats shelled" in seen
    assert store.judgements() == []
    answer = send(client, own(claim))
    assert answer.status_code == 303
    seen = words_of(client.get(answer.headers["location"]).text)
    assert "2 independent origins" in seen
    assert "1 judgement by Ana Reis" in seen
    assert "Strait Times has an origin of its own for “Norland gunboats" in seen
    assert "Ana Reis decided so on" in seen and "I rang them" in seen
    undo = paths.undoing(1, claim.id)
    assert "origins 2 → become 1" in words_of(client.get(undo).text)
    answer = send(client, undo, person="Bela", reason="a mistake")
    seen = words_of(client.get(answer.headers["location"]).text)
    assert "1 independent origin" in seen and "judgement by" not in seen
    assert "Bela decided: Judgement 1 is taken back" in seen
    restored = send(client, paths.undoing(2, claim.id))
    assert "2 independent origins" in words_of(client.get(restored.headers["location"]).text)


def test_the_twin_of_a_decision_tells_its_effect(client: TestClient, claim: Claim) -> None:
    head, _, query = own(claim).partition("?")
    twin = client.get(f"{head}.json?{query}").json()
    assert twin["says"].startswith("Strait Times has an origin of its own")
    (change,) = twin["changes"]
    assert (change["before"]["independent_origins"]["high"], change["after"]["counts"][-21:]) == (
        1,
        "2 independent origins",
    )
    send(client, own(claim))
    twin = client.get("/judgements/1/undo.json").json()
    assert twin["undoes"] == 1 and twin["kind"] == "undo"
    assert twin["changes"][0]["after"]["independent_origins"]["high"] == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "http://localhost:9"},
        {"origin": "null"},
        {"origin": "http://["},
        OURS | {"content-type": "text/plain"},
        OURS | {"content-type": "application/json"},
    ],
)
def test_only_forms_of_ours_are_taken(
    client: TestClient, store: Store, claim: Claim, headers: dict[str, str]
) -> None:
    action, fields = Form(client.get(own(claim)).text).deed()
    body = urlencode(fields | {"person": "Ana", "reason": "x"})
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post(action, content=body, headers=kind | headers)
    assert answer.status_code in (403, 415)
    assert "nothing was decided" in answer.text or "This is no form" in answer.text
    assert store.judgements() == []


@pytest.mark.parametrize("origin", ["http://localhost", "https://LOCALHOST"])
def test_browsers_that_only_tell_the_origin_are_served(client: TestClient, claim: Claim, origin: str) -> None:
    action, fields = Form(client.get(own(claim)).text).deed()
    said = fields | {"person": "Ana", "reason": "x"}
    assert client.post(action, data=said, headers={"origin": origin}).status_code == 303


def test_a_form_needs_the_token_of_its_own_browser(client: TestClient, store: Store, claim: Claim) -> None:
    action, fields = Form(client.get(own(claim)).text).deed()
    said = fields | {"person": "Ana", "reason": "Because of the tide"}
    other = TestClient(client.app, base_url="http://localhost", follow_redirects=False)
    other.get(own(claim))
    for who, sent in (
        (other, said),
        (client, said | {"token": ""}),
        (client, said | {"token": "ü" * 64}),
        (TestClient(client.app, base_url="http://localhost"), said),
    ):
        answer = who.post(action, data=sent, headers=OURS)
        assert answer.status_code == 403
        assert "no longer valid" in answer.text and "Because of the tide" in answer.text
    assert store.judgements() == []
    again = Form(answer.text).deed()[1]
    assert again["token"] != said["token"]


def test_a_form_is_bounded(client: TestClient, store: Store, claim: Claim) -> None:
    action, fields = Form(client.get(own(claim)).text).deed()
    kind = OURS | {"content-type": "application/x-www-form-urlencoded"}

    def sent(body: str) -> httpx.Response:
        return client.post(action, content=body, headers=kind)

    assert sent(urlencode(fields | {"reason": "x" * MAX_BODY})).status_code == 413
    assert sent("&".join(f"a{n}=1" for n in range(40))).status_code == 400
    assert sent("reason=a&reason=b").status_code == 400
    assert sent("reason=%ED%A0%80").status_code == 400
    assert sent("").status_code in (400, 403)
    assert store.judgements() == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reason": " \r\n "}, "Say why"),
        ({"person": "  "}, "Say who decides"),
        ({"person": "x" * 81}, "80 characters at most"),
        ({"person": "Ana\x07"}, "80 characters at most"),
        ({"reason": "y" * 2001}, "2000 characters at most"),
    ],
)
def test_a_form_that_lacks_something_comes_back_with_what_was_written(
    client: TestClient, store: Store, claim: Claim, said: dict[str, str], words: str
) -> None:
    answer = send(client, own(claim), **({"reason": "kept words"} | said))
    assert answer.status_code == 400
    assert words in answer.text and 'role="alert"' in answer.text
    assert ("kept words" in answer.text) == ("reason" not in said)
    assert store.judgements() == []


BAD = [
    ("kind=origin&value=own&subject=", 400),
    ("kind=origin&value=own&subject=[", 400),
    ("kind=origin&value=own&subject=" + "[" * 3000, 400),
    ('kind=origin&value=own&subject=["nowhere",0,5]', 400),
    ('kind=origin&value=own&subject=["d1",0,99999]', 400),
    ('kind=origin&value=mine&subject=["d1",0,5]', 400),
    ('kind=colour&value=red&subject=["d1",0,5]', 400),
    ('kind=edge&value=no&subject=["Nobody","d1"]', 400),
    ('kind=source&value=same&first=[null,"Vell Post"]&second=[null,"Vell Post"]', 400),
    ('kind=source&value=same&first=[null,"Nobody At All"]&second=[null,"Vell Post"]', 400),
    ('kind=claim&value=same&first=["d1",0,5]&other=nothing', 400),
    ('kind=claim&value=same&first=["d1",0,5]&other=%00', 400),
    ("", 400),
]


@pytest.mark.parametrize(("query", "status"), BAD)
def test_a_decision_that_says_nothing_is_one_line(client: TestClient, query: str, status: int) -> None:
    page, twin = client.get(f"/judgements/new?{query}"), client.get(f"/judgements/new.json?{query}")
    assert (page.status_code, twin.status_code) == (status, status)
    assert set(twin.json()) == {"error", "hint"} and "\n" not in twin.json()["error"]
    assert Ids(page.text).refused == []


@pytest.mark.parametrize("number", ["7", "x", "0", "²", "9" * 30])
def test_there_is_nothing_to_take_back(client: TestClient, number: str) -> None:
    for path in (f"/judgements/{number}/undo", f"/judgements/{number}/undo.json"):
        assert client.get(path).status_code == 404


def test_a_page_that_is_edited_before_the_form_is_sent(
    client: TestClient, store: Store, claim: Claim
) -> None:
    action, fields = Form(client.get(own(claim)).text).deed()
    held = store.document("d2")
    assert held is not None
    store.put_document(replace(held, text=f"Corrected at noon. {held.text}"))
    answer = client.post(action, data=fields | {"person": "Ana", "reason": "x"}, headers=OURS)
    assert answer.status_code == 400 and "was edited since" in answer.text
    assert store.judgements() == []


def test_what_was_taken_back_is_not_taken_back_again(client: TestClient, store: Store, claim: Claim) -> None:
    send(client, own(claim))
    action, fields = Form(client.get(paths.undoing(1)).text).deed()
    said = fields | {"person": "Ana", "reason": "x"}
    assert client.post(action, data=said, headers=OURS).headers["location"] == "/judgements#judgement-2"
    again = client.post(action, data=said, headers=OURS)
    assert again.status_code == 400 and "taken back already" in again.text
    assert len(store.judgements()) == 2


def test_who_decides_the_same_at_once_is_shown_the_other(
    client: TestClient, store: Store, claim: Claim
) -> None:
    no = [("kind", "edge"), ("subject", '["d1", "d2"]'), ("value", "no"), ("claim", claim.id)]
    yes = [(k, "yes" if k == "value" else v) for k, v in no]
    action, fields = Form(client.get(paths.judging(no)).text).deed()
    ana = fields | {"person": "Ana", "reason": "x"}
    assert client.post(action, data=ana, headers=OURS).status_code == 303
    assert client.post(action, data=ana, headers=OURS).status_code == 303  # sent twice: one decision
    assert [j.person for j in store.judgements()] == ["Ana"]
    late = fields | {"person": "Bela", "reason": "y", "value": "yes"}
    answer = client.post(action, data=late, headers=OURS)
    assert answer.status_code == 409 and "Ana decided on the same meanwhile" in answer.text
    assert "Ana decided otherwise on" in words_of(answer.text)
    assert len(store.judgements()) == 1
    assert send(client, paths.judging(yes), person="Bela").status_code == 303
    assert [j.value for j in store.judgements()] == ["no", "yes"]


def test_where_a_claim_moves_the_answer_leads_to_what_took_its_place(
    client: TestClient, store: Store, claim: Claim
) -> None:
    first = claim.documents[0]
    stays = next(d for d in claim.documents if d != first)
    pair = json.dumps([subject(claim, stays), subject(claim, first)])
    asked = paths.judging([("kind", "claim"), ("subject", pair), ("value", "different"), ("claim", claim.id)])
    page = words_of(client.get(asked).text)
    assert "A claim of its own:" in page and "tells of another claim than" in page
    answer = send(client, asked)
    name = paths.decode(answer.headers["location"].partition("/claims/")[2].partition("?")[0])
    now = store.claim(name)
    assert now is not None and stays in now.documents and first not in now.documents
    other = next(c for c in store.claims() if first in c.documents)
    back = paths.judging(
        [
            ("kind", "claim"),
            ("first", json.dumps(subject(claim, stays))),
            ("other", f"http://localhost/claims/{other.id}#who"),
            ("value", "same"),
            ("claim", now.id),
        ]
    )
    answer = send(client, back)
    name = paths.decode(answer.headers["location"].partition("/claims/")[2].partition("?")[0])
    joined = store.claim(name)
    assert joined is not None and {stays, first} <= set(joined.documents)


def test_every_choice_of_the_pages_leads_to_a_decision(
    client: TestClient, claim: Claim, store: Store
) -> None:
    """The forms as a browser without scripts sends them, each button and the first real choice."""
    asked = 0
    for path in (paths.claim(claim.id), paths.edge(claim.id, 1), paths.mention(claim.id, "d2")):
        page = client.get(path).text
        for form in re.findall(r'<form class="decide.*?</form>', page, re.S):
            (_, _, fields) = Form(form).forms[0]
            for name, options in re.findall(r'<select[^>]*name="(\w+)".*?>(.*?)</select>', form, re.S):
                values = [v for v in re.findall(r'<option value="([^"]*)"', options) if v]
                fields[name] = _unescaped(values[1 if name == "second" else 0])
            if 'name="other"' in form:
                fields["other"] = next((c.id for c in store.claims() if c.id != claim.id), claim.id)
            for value in re.findall(r'<button name="value" value="(\w+)"', form) or [fields["value"]]:
                answer = client.get(paths.judging((fields | {"value": value}).items()))
                assert answer.status_code == 200 or "cannot be about" in answer.text, words_of(answer.text)
                asked += answer.status_code == 200
    assert asked >= 8


def _unescaped(text: str) -> str:
    return text.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")


def test_pages_only_to_be_read_refuse_all_writing(store: Store, client: TestClient, claim: Claim) -> None:
    action, fields = Form(client.get(own(claim)).text).deed()
    send(client, own(claim, "d3"))
    now = next(c for c in store.claims() if {"d1", "d2"} <= set(c.documents))
    closed = TestClient(
        create_app(store, writable=False), base_url="http://localhost", cookies=dict(client.cookies)
    )
    for path in (paths.claim(now.id), paths.edge(now.id, 1), paths.mention(now.id, "d2"), "/judgements"):
        page = closed.get(path)
        assert page.status_code == 200
        assert not re.search(r'method="post"|You know better|>Undo<|put right|/judgements/new', page.text)
    assert "Ana Reis" in closed.get(paths.claim(now.id)).text
    for path in (own(claim), "/judgements/1/undo"):
        refused = closed.get(path)
        assert refused.status_code == 403 and "for reading only" in refused.text
    for path in (action, "/judgements/1/undo"):
        answer = closed.post(path, data=fields | {"person": "Ana", "reason": "x"}, headers=OURS)
        assert answer.status_code == 403 and "for reading only" in answer.text
    assert len(store.judgements()) == 1


def test_the_name_is_kept_by_the_browser(client: TestClient, claim: Claim) -> None:
    answer = send(client, own(claim), person="Zoë  D’Arc; x=1")
    kept = [c for c in answer.headers.get_list("set-cookie") if c.startswith("allegata_person=")]
    assert len(kept) == 1 and "HttpOnly" in kept[0] and "SameSite=lax" in kept[0]
    assert 'value="Zoë D’Arc; x=1"' in client.get(paths.undoing(1)).text


@pytest.mark.parametrize("cookie", ["%FF", "x" * 500, "%00", "%3Cb%3E", '"', "%F0%9F"])
def test_odd_cookies_are_no_fault(store: Store, claim: Claim, cookie: str) -> None:
    client = TestClient(create_app(store), base_url="http://localhost")
    page = client.get(own(claim), headers={"cookie": f"allegata_person={cookie}; allegata_form={cookie}"})
    assert page.status_code == 200 and "<b>" not in page.text.partition('<form class="deed"')[2]


def test_what_persons_write_does_not_run(client: TestClient, store: Store, claim: Claim) -> None:
    send(client, own(claim), person=f"A{ATTACK}", reason=ATTACK)
    for path in (paths.claim(claim.id) + "?judged=1", "/judgements", "/judgements/1/undo", own(claim)):
        page = client.get(path).text
        assert "<script>window" not in page
        assert Ids(page).refused == []
    assert store.judgements()[0].reason == ATTACK
    assert client.get(f"/judgements?person={ATTACK}&claim={ATTACK}").status_code == 200


def test_the_history_is_filtered_and_says_what_became_of_each(
    client: TestClient, store: Store, claim: Claim
) -> None:
    assert "No judgement yet" in client.get("/judgements").text
    send(client, own(claim))
    no = [("kind", "edge"), ("subject", '["d1", "d3"]'), ("value", "no"), ("claim", claim.id)]
    send(client, paths.judging(no), person="Bela")
    send(client, paths.judging([(k, "yes" if k == "value" else v) for k, v in no]))
    send(client, paths.undoing(1), person="Bela", reason="a mistake")
    rows = client.get("/judgements.json").json()["judgements"]
    assert [(r["id"], r["state"], r["open"]) for r in rows] == [
        (4, "holds", True),
        (3, "holds", True),
        (2, "replaced by Ana Reis (3)", True),
        (1, "taken back by Bela (4)", False),
    ]
    assert rows[0]["says"].startswith("Judgement 1 is taken back: Strait Times has an origin of its own")

    def numbers(query: str) -> list[int]:
        return [r["id"] for r in client.get(f"/judgements.json?{query}").json()["judgements"]]

    assert numbers("person=Bela") == [4, 2]
    now = next(c for c in store.claims() if {"d1", "d2"} <= set(c.documents))
    assert numbers(f"claim={now.id}") == [4, 3, 2, 1]
    assert numbers("claim=nothing") == numbers("person=Nobody") == numbers("page=9") == []
    assert "There is no claim “nothing”" in words_of(client.get("/judgements?claim=nothing").text)
    page = client.get(f"/judgements?claim={now.id}&person=Bela")
    assert page.text.count('aria-label="Undo judgement') == 1
    assert page.text.count('aria-label="Restore judgement 1"') == 1
    for bad in ("page=0", "page=x", "page=²", "person=" + "x" * 400, "claim=%00"):
        assert client.get(f"/judgements?{bad}").status_code == 400


def test_a_mention_has_its_page(client: TestClient, claim: Claim) -> None:
    page = client.get(paths.mention(claim.id, "d2"))
    assert "What it says" in page.text and "It has its own origin" in page.text
    twin = client.get(paths.mention(claim.id, "d2", twin=True)).json()
    assert twin["document"] == "d2" and twin["mentions"] and twin["edges"][0]["downstream"] == "d2"
    for path in (paths.mention(claim.id, "nowhere"), paths.mention("nothing", "d2")):
        assert client.get(path).status_code == 404
        assert client.get(path + ".json").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        lambda c: paths.claim(c.id),
        lambda c: paths.edge(c.id, 1),
        lambda c: paths.mention(c.id, "d2"),
        own,
        lambda _: "/judgements",
    ],
)
def test_every_input_has_a_label(client: TestClient, claim: Claim, page: Callable[[Claim], str]) -> None:
    found = Form(client.get(page(claim)).text)
    assert found.inputs and set(found.inputs) <= found.labels
