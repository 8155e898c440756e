"""The list of claims: facets, orders, choosing, tables, and a search saved as a watch."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from allegata.model import Response
from allegata.store import Store, open_store
from allegata.web.app import create_app
from allegata.web.views.claim_list import VALUES, value_words
from tests.store.conftest import claim_of, fill
from tests.web.test_pages import opened

FORMULA = "=HYPERLINK(1)"
LIST_BUDGET = 60_000
"""Bytes of script and style, gzipped, that the first view of a claim may take."""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(str(tmp_path_factory.mktemp("list") / "case.db"))
    run = fill(store, *(f"d{n}" for n in range(4)))
    claims = [
        claim_of(f"c{n:02}", tuple(f"d{i}" for i in range(1 + n % 4)), f"The barge {n} sank at the quay",
                 accuser=f"Speaker {n}", accused=FORMULA if n == 3 else "Drost Guards",
                 country=("PAK", "AFG")[n % 2],
                 first_seen=f"2025-0{1 + n % 3}-01", last_seen=f"2025-0{1 + n % 3}-02")
        for n in range(12)
    ]  # fmt: skip
    claims[5] = replace(claims[5], responses=(Response("Drost", "deny", "d0"),))
    store.replace_claims([], claims, run)
    yield store
    store.close()


@pytest.fixture(scope="module")
def client(harbour: Store) -> TestClient:
    return TestClient(create_app(harbour), base_url="http://localhost", follow_redirects=False)


def links(text: str) -> list[tuple[str, int]]:
    """(address, count) of every facet of a page."""
    found = re.findall(
        r'<li[^>]*><a href="([^"]*)"[^>]*>(?:(?!</li>).)*?<span class="num">([\d,]+)</span>', text, re.S
    )
    return [(address.replace("&amp;", "&"), int(count.replace(",", ""))) for address, count in found]


@pytest.mark.parametrize("query", ["?size=1", "?size=1&q=barge&country=PAK&since=2025-02"])
def test_every_count_opens_that_many_claims(client: TestClient, query: str) -> None:
    text = client.get(f"/{query}").text
    told = [pair for pair in links(text) if "chosen" not in pair[0]]
    assert len(told) > 8
    for address, count in told:
        is_removed = address.count("=") < query.count("=")
        total = client.get(
            address.replace("/?", "/claims.json?") if "?" in address else "/claims.json"
        ).json()["total"]
        assert total == count or is_removed, address


def test_a_facet_shows_more_when_asked(client: TestClient) -> None:
    text = client.get("/").text
    assert text.count("Speaker ") - text.count("accuses") >= 0
    few = client.get("/claims/found").text
    assert "more=accuser" in few
    more = client.get("/claims/found?more=accuser").text
    assert more.count("accuser=%22Speaker") == 12 > VALUES


def test_the_part_that_is_typed_for_is_the_part_of_the_page(client: TestClient) -> None:
    part = client.get("/claims/found?q=barg&sort=oldest").text
    assert part in client.get("/?q=barg&sort=oldest").text
    assert "<html" not in part and part.count("<h2><a") == 12


@pytest.mark.parametrize(
    "query",
    ["status=odd", "stance=odd", "origins=many", "more=q", "sort=best", "country=12", "id=a%00", "size=999"],
)
def test_a_search_that_means_nothing_is_refused(client: TestClient, query: str) -> None:
    for path in ("/", "/claims/found", "/claims.json", "/claims/compare"):
        assert client.get(f"{path}?{query}").status_code == 400


def test_the_table_obeys_the_query_and_is_safe_to_open(client: TestClient) -> None:
    answer = client.get("/claims.csv?q=barge&size=1000&sort=oldest")
    assert (
        answer.headers["content-type"].startswith("text/csv")
        and "attachment" in answer.headers["content-disposition"]
    )
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    twin = client.get("/claims.json?q=barge&sort=oldest&size=100").json()
    assert [r["id"] for r in rows] == [c["id"] for c in twin["claims"]]
    assert {r["accused"] for r in rows} == {f"'{FORMULA}", "Drost Guards"}
    assert len(list(csv.reader(io.StringIO(client.get("/claims.csv?id=c03&id=c05").text)))) == 3


def test_ticked_claims_stand_beside_each_other(client: TestClient) -> None:
    text = client.get("/claims/compare?id=c05&id=c03").text
    assert text.index("barge 5") < text.index("barge 3") and "Alleged:" in text
    assert "=HYPERLINK" in text and "no denial found" in text and "Denied" in text
    assert [c["id"] for c in client.get("/claims/compare.json?id=c05&id=c03").json()["claims"]] == [
        "c05",
        "c03",
    ]
    assert client.get("/claims/compare.json?id=c05&id=c03").json()["shared_documents"] == ["d0", "d1"]
    assert "no longer there" in client.get("/claims/compare?id=c05&id=gone").text
    assert "Tick from 2 to 6" in client.get("/claims/compare").text
    assert client.get("/claims/compare?" + urlencode([("id", str(n)) for n in range(9)])).status_code == 400


def test_a_search_is_saved_as_a_watch(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "case.db"))
    run = fill(store, "d0", "d1")
    store.replace_claims([], [claim_of("c0", ("d0",)), claim_of("c1", ("d1",), country="AFG")], run)
    client = TestClient(create_app(store), base_url="http://localhost", follow_redirects=False,
                        headers={"sec-fetch-site": "same-origin"})  # fmt: skip
    page = client.get("/claims/watch?q=harb&country=AFG&id=c1&sort=newest").text
    assert "1 claim now" in page and "AFG" in page
    fields = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.replace("&amp;", "&"))
    )
    sent = fields | {
        "name": "harbour",
        "person": "Ana",
        "trigger_new_origin": "1",
        "digest": "day",
        "reason": "case 7",
    }
    assert client.post("/claims/watch", data=sent | {"token": "none"}).status_code == 403
    for wrong in ({"name": "?"}, {"trigger_new_origin": ""}, {"person": " "}, {"digest": "year"}):
        answer = client.post("/claims/watch", data=sent | wrong)
        assert answer.status_code == 400 and store.watches() == []
    saved = client.post("/claims/watch", data=sent)
    assert (saved.status_code, saved.headers["location"]) == (303, "/watches/harbour")
    (watch,) = store.watches()
    assert (watch.query.country, watch.query.ids, watch.query.order) == ("AFG", ("c1",), "documents")
    assert (watch.triggers, watch.digest, watch.person) == (("new_origin",), "day", "Ana")
    assert store.claims_among(watch.query, ["c0", "c1"]) == {"c1"}
    assert client.post("/claims/watch", data=sent).status_code == 400  # the name is taken
    closed = TestClient(create_app(store, writable=False), base_url="http://localhost")
    assert closed.get("/claims/watch").status_code == 403
    assert "/claims/watch" not in closed.get("/").text
    store.close()


@pytest.mark.parametrize(
    ("value", "said"), [("1-1", "1"), ("0-2", "0–2"), ("2-6", "2–6 or more"), ("6-6", "6 or more")]
)
def test_intervals_are_said_in_words(value: str, said: str) -> None:
    assert value_words("origins", value) == said


@pytest.mark.parametrize("address", ["/claims/c-camp", "/"])
def test_script_and_style_of_a_first_view_are_small(site: str, browser: Browser, address: str) -> None:
    got: list[bytes] = []
    with opened(browser, "about:blank") as (page, _):
        page.on(
            "response", lambda r: got.append(r.body()) if re.search(r"\.(?:js|css)(?:\?|$)", r.url) else None
        )
        page.goto(site + address, wait_until="networkidle")
    assert got and sum(len(gzip.compress(body)) for body in got) <= LIST_BUDGET


def test_the_list_follows_what_is_typed(browser: Browser, site: str) -> None:
    with opened(browser, site + "/") as (page, complaints):
        whole = page.locator(".claims > li").count()
        assert whole > 1
        page.get_by_role("searchbox").press_sequentially("barmal pakt")
        page.wait_for_url("**/?q=barmal+pakt")
        expect(page.locator(".claims > li")).to_have_count(1)
        assert "1 claim for “barmal pakt”" in page.locator("#announced").inner_text()
        page.reload()
        assert page.get_by_role("searchbox").input_value() == "barmal pakt"
        page.get_by_role("searchbox").fill("")
        expect(page.locator(".claims > li")).to_have_count(whole)
        page.locator(".facets a", has_text="aid").first.click()
        page.wait_for_url("**act=AID**")
        assert page.locator(".facets .chosen").count() == 1
        page.locator(".claims input[type=checkbox]").first.check()
        page.get_by_role("button", name="Show only these").click()
        page.wait_for_url("**id=**")
        assert page.locator(".claims > li").count() == 1
        assert complaints == []
