from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from allegata.contract import claim_json, reading_json
from allegata.model import Claim, Document, Forecast, Reading, Sentence, Statement
from allegata.store.base import StoreError
from allegata.web import paths
from allegata.web.app import create_app
from tests.web import stories
from tests.web.fake_store import FakeStore

PAGES = [
    "/",
    "/claims/c-camp",
    "/claims/c-camp/edges/5",
    "/documents/d05",
    "/claims/c-crowd",
    "/claims/c-camp/mentions/d05",
    "/judgements",
]
ERRORS = [
    ("/nothing", 404),
    ("/claims/nothing", 404),
    ("/documents/nothing", 404),
    ("/claims/c-camp/edges/99", 404),
    ("/claims/c-camp/edges/x", 404),
    ("/static/nothing.css", 404),
    ("/?page=none", 400),
    ("/documents/d05?show=all", 400),
    ("/documents/d05?at=9-2", 400),
    ("/documents/d05?at=99999-100000", 400),
    ("/documents/d05?version=7", 400),
]


class Ids(HTMLParser):
    """Ids and addresses of a page, and what a strict policy would refuse."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.refused: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.hrefs.append(str(given["href"]))
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            self.refused.append(self.get_starttag_text() or tag)
        if tag == "script" and not given.get("src"):
            self.refused.append("script")


def words_of(page: str) -> str:
    """What a reader sees of a page, on one line."""
    text = re.sub(r"<[^>]*>", "", re.sub(r"<(head|svg).*?</\1>|</t[dh]>", " ", page, flags=re.S))
    return " ".join(text.replace("&#39;", "'").replace("&#34;", '"').split())


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_together(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    page = Ids(answer.text)
    assert page.refused == []
    assert len(page.ids) == len(set(page.ids))
    for href in page.hrefs:
        if href.startswith("#"):
            assert href[1:] in page.ids, href


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_ours_leads_somewhere(client: TestClient, path: str) -> None:
    links = {h.partition("#")[0] for h in Ids(client.get(path).text).hrefs if h.startswith("/")}
    links = set(sorted(links)[:40])
    assert links
    for link in links:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    "path", [*PAGES, *(p for p, _ in ERRORS), "/healthz", "/static/allegata.css", "/claims"]
)
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(("path", "status"), ERRORS)
def test_errors_say_what_to_do(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert Ids(answer.text).refused == []
    assert "All claims" in answer.text
    head, _, query = path.partition("?")
    twin = client.get(f"{'/claims' if head == '/' else head}.json?{query}")
    assert twin.status_code == status
    assert set(twin.json()) == {"error", "hint"}
    assert "\n" not in twin.json()["error"]


def test_a_fault_of_ours_is_told_without_detail_and_under_the_policy() -> None:
    class Broken(FakeStore):
        def claim(self, claim_id: str) -> Claim | None:
            raise RuntimeError("secret detail")

        def document(self, document_id: str, version: int | None = None) -> Document | None:
            raise StoreError("The store is in use: try again.")

    client = TestClient(create_app(Broken()), base_url="http://localhost", raise_server_exceptions=False)
    answer = client.get("/claims/x")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    held = client.get("/documents/x")
    assert held.status_code == 503
    assert "The store is in use" in held.text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8008", "localhost.evil.example", "", "127.0.0.1.x"]
)
def test_other_hosts_are_not_served(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "default-src" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8008", "127.0.0.1:1", "[::1]", "[::1]:8008"])
def test_loopback_is_served(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_a_host_given_is_served() -> None:
    client = TestClient(
        create_app(stories.walnut(), hosts=["news.internal"]), base_url="http://news.internal:8008"
    )
    assert client.get("/healthz").json() == {"status": "ok", "documents": 16}


def test_only_reading(client: TestClient) -> None:
    assert client.post("/").status_code == 405
    assert client.head("/claims/c-camp").status_code == 200


# the list ------------------------------------------------------------------------------------------------
def test_the_list_says_alleged_and_counts_and_who_denies(client: TestClient) -> None:
    seen = words_of(client.get("/").text)
    assert "Alleged: A camp in Barmal district, Paktika" in seen
    assert (
        "9 mentions · 8 outlets · 1 independent origin 8 Sep 2025 – 26 Sep 2025 Denied by Zakir Hotaki"
        in seen
    )
    assert "4 mentions · 4 outlets · 1–2 independent origins" in seen
    assert "no denial found in 4 documents" in seen


def test_the_twin_obeys_the_same_query(client: TestClient) -> None:
    query = "q=camp&act=AID&country=AFG&since=2025-09&min_documents=5"
    page, twin = client.get(f"/?{query}"), client.get(f"/claims.json?{query}").json()
    assert twin["total"] == 1
    assert [c["id"] for c in twin["claims"]] == ["c-camp"]
    assert twin["claims"][0]["counts"] == "9 mentions · 8 outlets · 1 independent origin"
    assert page.text.count('class="what"') == 1
    assert client.get(f"/.json?{query}").json() == twin
    assert f'href="/claims.json?{query.replace("&", "&amp;")}"' in page.text


def test_filters_can_be_removed_one_by_one(client: TestClient) -> None:
    hrefs = Ids(client.get("/?q=camp&act=AID&country=AFG&min_documents=2").text).hrefs
    assert "/?q=camp&country=AFG&min_documents=2" in hrefs
    assert "/?q=camp&act=AID&country=AFG" in hrefs


def test_orders_and_pages(client: TestClient) -> None:
    def ids(query: str) -> list[str]:
        return [c["id"] for c in client.get(f"/claims.json?{query}").json()["claims"]]

    assert ids("sort=newest") == ["c-camp", "c-attack", "c-crowd"]
    assert ids("sort=oldest") == ["c-crowd", "c-attack", "c-camp"]
    assert ids("sort=origins") == ["c-crowd", "c-attack", "c-camp"]
    assert ids("sort=few-origins") == ["c-camp", "c-attack", "c-crowd"]
    assert ids("size=1&page=2") == ["c-camp"]
    assert ids("size=2&page=2&sort=newest") == ["c-crowd"]
    page = client.get("/?size=1&page=2").text
    assert 'rel="prev" href="/?size=1"' in page
    assert 'rel="next" href="/?page=3&amp;size=1"' in page


def test_empty_states_say_what_to_do(client: TestClient) -> None:
    assert "Nothing found" in client.get("/?q=zeppelin").text
    assert "There is no page 9" in client.get("/?page=9").text
    nothing = TestClient(create_app(FakeStore()), base_url="http://localhost").get("/").text
    assert "This store is empty" in nothing
    assert "allegata add" in nothing
    unclaimed = (
        TestClient(create_app(FakeStore([Document("a", "x")])), base_url="http://localhost").get("/").text
    )
    assert "No claims yet" in unclaimed


def test_claims_of_old_move_to_the_list(client: TestClient) -> None:
    answer = client.get("/claims?q=camp")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/?q=camp"


# a claim -------------------------------------------------------------------------------------------------
def test_a_claim_shows_who_says_what_and_why_the_count(client: TestClient) -> None:
    seen = words_of(client.get("/claims/c-camp").text)
    assert "Rahim Gul Bettani → then Tochi TV → then Iqbal Mehsood" in seen
    assert "Why 1: 1 named, 0 anonymous; 3 merges; 13 citations." in seen
    assert "spokeswoman of the Foreign Office of Pakistan 0.97" in seen
    assert "party to the dispute" in seen
    assert "Circular reporting" in seen
    assert "Zakir Hotaki denies in Hindukush National Television" in seen
    assert "StratBrief Online had it from GeoPulse Daily" in seen


def test_an_origin_that_says_it_again_is_shown_with_its_rounds(client: TestClient) -> None:
    page = client.get("/claims/c-camp").text
    seen = words_of(page)
    assert "One origin in 2 rounds:8 Sep 2025: Rahim Gul Bettani, interview, in Tochi TV and 1 more" in seen
    assert "26 Sep 2025: Government of Pakistan, in Orbis Press" in seen
    assert "One origin in" not in client.get("/claims/c-attack").text


def test_a_mention_opens_the_passage_it_was_read_from(client: TestClient) -> None:
    at = stories.span("d01", "There is a camp on the other side")
    assert f'href="/documents/d01?at={at[0]}-{at[1]}#at"' in client.get("/claims/c-camp").text


def test_no_response_is_not_assent(client: TestClient) -> None:
    seen = words_of(client.get("/claims/c-attack").text)
    assert "No response found in 4 documents; no denial found in 4 documents. That is not assent." in seen


def test_the_twin_of_a_claim_is_the_contract(client: TestClient) -> None:
    twin = client.get("/claims/c-camp.json").json()
    assert json.loads(json.dumps(claim_json(stories.camp()))).items() <= twin.items()
    assert twin["page"] == "/claims/c-camp"


def test_evidence_marks_what_two_passages_share(client: TestClient) -> None:
    page = client.get("/claims/c-camp/edges/5").text
    assert page.count('<mark class="run">natural cover from satellites</mark>') == 2
    assert "Shares unusual wording" in page
    twin = client.get("/claims/c-camp/edges/5.json").json()
    assert twin["inferred"] is True
    assert twin["passages"]["downstream"][0]["text"].startswith("The rural structure")


def test_edges_have_anchors_however_many_there_are(client: TestClient) -> None:
    found = []
    for n in range(1, 21):
        page = client.get(f"/claims/c-crowd?edges={n}").text
        found += [i for i in Ids(page).ids if i.startswith("edge-")]
        assert ('edges=21#evidence"' in page) == (n == 21)
    assert found == [f"edge-{n}" for n in range(1, 501)]
    assert "citations 26–50 of 500" in words_of(client.get("/claims/c-crowd?edges=2").text)
    assert 'href="/claims/c-crowd?edges=2#edge-26"' in client.get("/claims/c-crowd/edges/26").text
    assert "no such page; 500 citations in all" in words_of(client.get("/claims/c-crowd?edges=21").text)


def test_many_mentions_are_all_in_the_table_and_the_fold_is_said(client: TestClient) -> None:
    page = client.get("/claims/c-crowd").text
    assert page.count("<tbody") - 1 == 50
    pages = [client.get(f"/claims/c-crowd?rows={n}").text for n in range(1, 11)]
    told = [re.findall(r'<td role="cell" data-label="Outlet"><a href="(.*?)"', p) for p in pages]
    documents = {paths.document(d) for d in stories.crowd(500)[1].documents}
    assert [len(t) for t in told] == [50] * 10 and {d for t in told for d in t} == documents
    assert 'rel="next" href="/claims/c-crowd?rows=2#who"' in page
    assert "documents 451–500 of 500" in words_of(pages[-1]) and "rows=11" not in pages[-1]
    assert "350 documents more are in the table" in words_of(page)
    assert page.count("data-document=") == 150


def test_a_passage_that_the_text_no_longer_has_is_said_not_shown() -> None:
    edited = {k: replace(d, text="Gone.") for k, d in stories.DOCUMENTS.items()}
    store = FakeStore(edited.values(), [], [stories.camp()])
    page = TestClient(create_app(store), base_url="http://localhost").get("/claims/c-camp")
    assert page.status_code == 200
    assert "no longer in the store" in page.text


# a document ----------------------------------------------------------------------------------------------
def test_the_xray_keeps_the_text_and_marks_it(client: TestClient) -> None:
    page = client.get("/documents/d05").text
    archived = page[page.index('class="archived"') : page.index("</section>", page.index('class="archived"'))]
    plain = words_of(re.sub(r'<a class="ref.*?</a>', "", archived.partition(">")[2]))
    assert plain == " ".join(stories.DOCUMENTS["d05"].text.split())
    assert 'class="x-content d2"' in archived
    assert ">↖" not in archived
    assert f'href="{paths.document("d04", at=stories.span("d04", "rural buildings"))[:16]}' in archived
    assert "StratBrief Online" in page
    assert stories.CAPTURE in page


def test_statements_have_chains(client: TestClient) -> None:
    assert "Rahim Gul Bettani → then Sidra Alvi" in words_of(client.get("/documents/d07").text)


def test_the_figures_of_the_xray(client: TestClient) -> None:
    seen = words_of(client.get("/documents/d07").text)
    assert "Rahim Gul Bettani through Sidra Alvi (television) 1" in seen
    assert "expectation 1 sentence 33 %" in seen
    twin = client.get("/documents/d07.json").json()
    assert twin["xray"]["sentences"] == 3
    assert twin["xray"]["speakers"][0]["name"] == "Rahim Gul Bettani"


def test_expectations_are_listed_with_their_condition_and_days() -> None:
    text = "If the pumps fail, the council will clear the quay by Friday."
    begin = text.index("the council")
    forecast = Forecast(
        0,
        len(text),
        True,
        "by Friday",
        "likely",
        consequence=(begin, len(text) - 1),
        condition=(0, 17),
        actor=(begin, begin + 11),
        earliest="2025-03-06",
        latest="2025-03-07",
    )
    sentence = Sentence(0, len(text), "expectation")
    held = Document("quay", text, published="2025-03-06")
    store = FakeStore([held], [Reading(held, (sentence,), forecasts=(forecast,))], [])
    page = TestClient(create_app(store), base_url="http://localhost").get("/documents/quay").text
    seen = words_of(page)
    assert "the council will clear the quay by Friday who would act: the council If the pumps fail" in seen
    assert "“by Friday” 6 Mar 2025 to 7 Mar 2025 likely the writer" in seen
    assert re.search(r"expectation or forecast ?1\b", seen)  # the sentence and its forecast are one mark


def test_the_address_says_which_marks_are_shown(client: TestClient) -> None:
    page = client.get("/documents/d05?show=cue&show=place").text
    assert re.findall(r'value="(\w+)" id="show-[\w-]+" checked', page) == ["cue", "place"]
    twin = client.get("/documents/d05.json?show=cue,place").json()
    assert {m["layer"] for m in twin["marks"]} == {"cue", "place"}


def test_a_passage_can_be_pointed_at(client: TestClient) -> None:
    at = stories.span("d05", "natural cover")
    page = client.get(f"/documents/d05?at={at[0]}-{at[1]}").text
    assert page.count('id="at"') == 1
    assert re.search(r'id="at">natural cover<', page)


def test_the_twin_of_a_document_is_a_reading(client: TestClient) -> None:
    twin = client.get("/documents/d05.json").json()
    reading = next(r for r in stories.readings() if r.document.id == "d05")
    assert json.loads(json.dumps(reading_json(reading))).items() <= twin.items()
    assert twin["claims"][0]["id"] == "c-camp"
    assert twin["version"] == 1


def test_documents_without_a_reading_and_older_versions() -> None:
    first = Document("a/b.json", "Old words.", url="ftp://x", title="T")
    store = FakeStore([first, replace(first, text="New words.", version=2)])
    client = TestClient(create_app(store), base_url="http://localhost")
    page = client.get(paths.document("a/b.json"))
    assert "New words." in page.text
    assert "has not been read yet" in page.text
    assert "ftp://x" in page.text
    assert 'href="ftp' not in page.text
    assert client.get("/documents/a/b.json.json").json()["text"] == "New words."
    old = client.get(paths.document("a/b.json", version=1)).text
    assert "Old words." in old
    assert "Marks are kept for the newest version" in old


def test_links_leave_without_a_trace(client: TestClient) -> None:
    page = client.get("/documents/d05").text
    link = re.search(r'<a [^>]*href="https://stratbriefonline[^>]*>', page)
    assert link
    assert 'rel="noopener noreferrer nofollow"' in link[0]


def test_odd_text_is_served() -> None:
    text = "A \ud800 lone\x00 \u202e surrogate\r\n\r\nand <b>tags</b> &amp; all."
    document = Document("odd", text, title="\udfff", outlet="\u202eevil", published="0000-00-00")
    reading = Reading(
        document, statements=(Statement("s", ((0, 99),), ((5, 5),), ((9, 3),), "odd", nested_in="s"),)
    )
    client = TestClient(create_app(FakeStore([document], [reading])), base_url="http://localhost")
    page = client.get("/documents/odd")
    assert page.status_code == 200
    assert "&lt;b&gt;tags&lt;/b&gt; &amp;amp; all." in page.text
    assert client.get("/documents/odd.json").json()["text"] == text
    assert client.get("/documents/~ED~A0~80").status_code == 404


def test_a_long_text_is_cut_and_said() -> None:
    document = Document("long", "word " * 200_000)
    page = (
        TestClient(create_app(FakeStore([document])), base_url="http://localhost").get("/documents/long").text
    )
    assert "The first 400,000 of 1,000,000 characters are shown" in page
