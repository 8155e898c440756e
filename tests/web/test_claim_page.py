"""The page of a claim: as of a day, a stretch of time, what stands around it, and what persons hold of it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from allegata.library import Library
from allegata.model import Claim, Edge, Passage, Related
from allegata.monitoring.moments import instant
from allegata.store import Store, open_store
from allegata.store.cards import card_of
from allegata.web import paths
from allegata.web.app import create_app
from allegata.web.credit_marks import credit_spans, names_of
from allegata.web.lanes import draw
from allegata.web.past import ClaimView, States, cut, read_claim_view
from allegata.web.query import BadQuery
from allegata.web.views.around import beside, firsts, history, relation, told_again
from allegata.web.words import when
from allegata.web.zoom import zoom
from tests.web import stories
from tests.web.conftest import serving
from tests.web.fake_store import FakeStore
from tests.web.test_app import words_of
from tests.web.test_judging import OURS, Form
from tests.web.test_pages import opened


@pytest.fixture
def own(demo: Path, tmp_path: Path) -> Iterator[Store]:
    """The demo's story in a store that may be written to."""
    shutil.copytree(demo.parent, tmp_path / "copy")
    opened = open_store(str(tmp_path / "copy" / "demo.db"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held(demo: Path) -> Iterator[Store]:
    opened = open_store(str(demo))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def site_of_demo(held: Store) -> TestClient:
    return TestClient(create_app(held), base_url="http://localhost", follow_redirects=False)


def claim_of(store: Store) -> Claim:
    return max(store.claims(), key=lambda c: len(c.documents))


def days_of(claim: Claim) -> list[date]:
    return sorted({m.date() for x in claim.mentions if (m := instant(x.published))})


# as of a day -----------------------------------------------------------------------------------------------
def test_the_page_and_its_twins_follow_the_day(held: Store, site_of_demo: TestClient) -> None:
    claim = claim_of(held)
    days = days_of(claim)
    then = Library(held).claim(claim.id, as_of=days[2])
    assert then is not None and len(then.documents) < len(claim.documents)
    address = paths.claim(claim.id, params=[("as_of", days[2].isoformat())])
    page = site_of_demo.get(address).text
    assert "Counted from what was out by then" in words_of(page)
    assert page.count('<td role="cell" data-label="Published"') == len(then.mentions)
    assert "Assess it yourself" not in page and "put right" not in page
    assert f"last seen {when(then.last_seen)}" in words_of(page)
    assert f"last seen {when(claim.last_seen)}" not in words_of(page)
    twin = site_of_demo.get(paths.claim(claim.id, twin=True) + f"?as_of={days[2]}").json()
    assert [m["document"] for m in twin["mentions"]] == [m.document for m in then.mentions]
    assert twin["as_of"] == days[2].isoformat() and twin["id"] == claim.id
    assert twin["days"] == [d.isoformat() for d in days]
    rows = list(
        csv.DictReader(
            site_of_demo.get(paths.claim_table(claim.id, [("as_of", str(days[2]))])).text.splitlines()
        )
    )
    assert [r["document"] for r in rows] == [m.document for m in then.mentions]
    for number in range(1, len(then.edges) + 1):
        edge = site_of_demo.get(paths.edge(claim.id, number, True, [("as_of", str(days[2]))])).json()
        assert edge["upstream"] == then.edges[number - 1].upstream


def test_days_between_and_after(held: Store, site_of_demo: TestClient) -> None:
    claim = claim_of(held)
    days = days_of(claim)
    quiet = next(a + timedelta(days=1) for a, b in pairwise(days) if (b - a).days > 1)
    page = site_of_demo.get(paths.claim(claim.id, params=[("as_of", str(quiet))])).text
    before = max(d for d in days if d < quiet)
    assert f'rel="prev" href="{paths.claim(claim.id)}?as_of={before}"' in page
    later = site_of_demo.get(paths.claim(claim.id, params=[("as_of", "2099-01-01")])).text
    assert "As of the end of 1 Jan 2099" not in words_of(later) and "Assess it yourself" in later


def test_before_all_of_it_the_page_says_so(held: Store, site_of_demo: TestClient) -> None:
    claim = claim_of(held)
    day = days_of(claim)[0] - timedelta(days=3)
    answer = site_of_demo.get(paths.claim(claim.id, params=[("as_of", str(day))]))
    assert answer.status_code == 200
    assert "Nothing of this claim was out by the end of" in words_of(answer.text)
    assert 'id="lanes"' not in answer.text and "Skip the drawing" not in answer.text
    twin = site_of_demo.get(paths.claim(claim.id, True, [("as_of", str(day))])).json()
    assert twin["id"] == claim.id and "mentions" not in twin
    assert site_of_demo.get(paths.edge(claim.id, 1, params=[("as_of", str(day))])).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["as_of=2025-02-30", "as_of=yesterday", "as_of=2025-03-06T12:00", "from=2025-03-07&to=2025-03-06", "to=x",
     "rows=0", "rows=x", "edges=0"],
)  # fmt: skip
def test_views_that_mean_nothing_are_refused(query: str, site_of_demo: TestClient, held: Store) -> None:
    pairs = [tuple(part.split("=")) for part in query.split("&")]
    with pytest.raises(BadQuery):
        read_claim_view(pairs)  # type: ignore[arg-type]
    assert site_of_demo.get(f"{paths.claim(claim_of(held).id)}?{query}").status_code == 400


def test_a_large_claim_is_cut_at_the_day() -> None:
    documents, claim = stories.crowd(500)
    known = {d.id: d for d in documents}
    then = cut(claim, known, date(2025, 5, 1))
    assert then is not None
    out = {d.id for d in documents if (d.published or "")[:10] == "2025-05-01"}
    assert set(then.documents) == out
    assert all(e.downstream in out and (e.upstream in out or e.upstream == "A guard") for e in then.edges)
    assert then.independent_origins.low <= claim.independent_origins.low
    assert then.independent_origins.high <= claim.independent_origins.high
    assert then.last_seen is not None and then.last_seen.startswith("2025-05-01")
    assert cut(claim, known, date(2025, 4, 30)) is None
    assert cut(claim, known, date(2025, 5, 3)) == claim


def test_an_origin_that_is_withdrawn_later_still_counts() -> None:
    documents, claim = stories.crowd(60, 2)
    gone = replace(claim.origins[0], withdrawn_at="2025-05-03T00:00:00+00:00")
    claim = replace(claim, origins=(gone, *claim.origins[1:]))
    then = cut(claim, {d.id: d for d in documents}, date(2025, 5, 1))
    assert then is not None and then.origins[0].withdrawn_at is None


def test_the_large_claim_says_how_its_past_was_made(client: TestClient) -> None:
    page = client.get("/claims/c-crowd?as_of=2025-05-01").text
    assert "Cut out of what is known now" in words_of(page)
    assert "documents more are in the table" in words_of(page)


def test_past_states_are_kept_for_the_next_look(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, states = claim_of(held), States(held)
    documents = {d.id: d for d in held.documents()}
    first, _ = states.of(claim, documents, days_of(claim)[0])
    monkeypatch.setattr(Library, "claim", None)
    assert states.of(claim, documents, days_of(claim)[0])[0] is first


# a stretch of time -----------------------------------------------------------------------------------------
def test_a_stretch_draws_what_was_folded() -> None:
    documents, claim = stories.crowd(500)
    known = {d.id: d for d in documents}
    whole = draw(claim, known)
    start, end = datetime(2025, 5, 2, tzinfo=UTC), datetime(2025, 5, 2, 12, tzinfo=UTC)
    part = draw(claim, known, (start, end))
    inside = {d.id for d in documents if (m := instant(d.published)) and start <= m <= end}
    assert len(whole.dots) == 150 and whole.folded == 350
    assert {d.document for d in part.dots} == inside and part.folded == 0
    assert not inside <= {d.document for d in whole.dots}


def test_the_ways_of_a_zoom_stay_inside_the_time_there_is() -> None:
    documents, _ = stories.crowd(500)
    moments = [m for d in documents if (m := instant(d.published))]
    whole = zoom("c", ClaimView(), moments)
    assert whole is not None and whole.label == "" and whole.outside == 0
    assert (whole.wider, whole.earlier, whole.later) == (None, None, None)
    assert whole.closer is not None and "from=2025-05-0" in whole.closer
    view = read_claim_view([("from", "2025-05-01"), ("to", "2025-05-01")])
    day = zoom("c", view, moments)
    assert day is not None and day.earlier is None and day.later is not None
    assert day.outside == sum(m >= datetime(2025, 5, 2, 0, 1, tzinfo=UTC) for m in moments)
    assert 0 < sum(b.shown for b in day.bars) < len(day.bars)
    assert zoom("c", ClaimView(), moments[:3]) is None


def test_a_stretch_in_which_nothing_came_out(client: TestClient) -> None:
    page = words_of(client.get("/claims/c-crowd?from=2030-01-01").text)
    assert "Nothing of this claim came out in this stretch" in page


# what stands around it -------------------------------------------------------------------------------------
def test_first_appearances_by_origin_outlet_and_language(held: Store) -> None:
    claim = claim_of(held)
    documents = {d.id: d for d in held.documents()}
    groups = {g.kind: g for g in firsts(claim, documents)}
    assert set(groups) == {"origin", "outlet", "language"}
    outlets = [f.name for f in groups["outlet"].shown]
    assert len(outlets) == len(set(outlets))
    seen = [instant(f.published) for f in groups["outlet"].shown]
    assert seen == sorted(seen)  # type: ignore[type-var]
    assert {f.document for f in groups["origin"].shown} == {o.first_document for o in claim.origins}


def test_history_tells_origins_and_denials_in_order(held: Store) -> None:
    claim = claim_of(held)
    steps = history(claim, {d.id: d for d in held.documents()})
    assert steps[0].kind == "new_claim" and steps[0].origins.startswith("0 →")
    assert "first_denial" in [s.kind for s in steps]
    assert [s.day for s in steps] == sorted(s.day or "" for s in steps)


def test_what_opposes_a_claim_and_what_tells_it_again() -> None:
    one = stories.camp()
    voices = {"government of pakistan"}
    turned = card_of(replace(one, id="x", accuser=one.accused, accused=one.accuser))
    assert relation(one, turned, voices) == "opposed"
    assert relation(one, card_of(replace(one, id="y")), voices) == "again"
    assert relation(one, card_of(replace(one, id="z", act="ASSAULT")), voices) == "beside"


def test_what_is_alleged_again_is_found_whoever_speaks_for_the_accuser(own: Store) -> None:
    camp = claim_of(own)
    elsewhere = next(d.id for d in own.documents() if d.id not in camp.documents)
    both = replace(camp, accuser="Government of Pakistan (A. Khan; B. Shah)", accused="Afghan intelligence")
    told = (replace(camp.mentions[0], document=elsewhere),)
    again = replace(both, id="c-again", accuser="Government of Pakistan (Sidra Alvi)", mentions=told)
    own.replace_claims([], [both, again], own.start_run("test", ""))
    assert "again" in {b.relation for b in beside(own, both) if b.card.id == "c-again"}


def test_what_linking_relates_comes_first() -> None:
    told = replace(stories.camp(), related=(Related("c-attack", "recycles"),))
    documents, crowd = stories.crowd(3)
    store = FakeStore(documents, [], [told, stories.attack(), replace(crowd, mentions=told.mentions)])
    found = beside(store, told)  # type: ignore[arg-type]
    assert [(b.card.id, b.relation) for b in found] == [("c-attack", "recycles"), ("c-crowd", "beside")]
    page = TestClient(create_app(store), base_url="http://localhost").get("/claims/c-camp").text  # type: ignore[arg-type]
    assert found[0].words in words_of(page)


def test_a_long_silence_is_told() -> None:
    moments = [
        datetime(2025, 1, 1, tzinfo=UTC),
        datetime(2025, 1, 9, tzinfo=UTC),
        datetime(2026, 1, 9, tzinfo=UTC),
    ]
    assert told_again(moments) == [(date(2026, 1, 9), 365)]


def test_the_credit_is_marked(client: TestClient) -> None:
    claim = stories.camp()
    number, edge = next((n, e) for n, e in enumerate(claim.edges, 1) if e.kind == "credit")
    downstream = stories.DOCUMENTS[edge.downstream]
    names = names_of(claim, edge, stories.DOCUMENTS.get(edge.upstream))
    spans = [
        s
        for p in edge.evidence
        if p.document == downstream.id
        for s in credit_spans(names, p, downstream, None, None)
    ]
    assert spans and all(downstream.text[a:b].casefold() in {n.casefold() for n in names} for a, b in spans)
    assert 'credit">' in client.get(paths.edge("c-camp", number)).text


def test_a_name_of_odd_signs_marks_nothing_else() -> None:
    document = replace(stories.DOCUMENTS["d01"], text="It was (.*) who said so.")
    edge = Edge("(.*)", document.id, "credit", 1.0, "", (Passage(document.id, 0, 24),))
    names = names_of(stories.camp(), edge, None)
    assert all(
        document.text[a:b] in names for a, b in credit_spans(names, edge.evidence[0], document, None, None)
    )


# what persons hold of it -----------------------------------------------------------------------------------
def test_an_assessment_is_kept_shown_and_taken_back(own: Store) -> None:
    claim = claim_of(own)
    client = TestClient(create_app(own), base_url="http://localhost", follow_redirects=False)
    action, fields = Form(client.get(paths.claim(claim.id)).text).deed()
    given = {**fields, "credibility": "3", "likelihood": "likely", "confidence": "low", "person": "Ana Reis",
             "alternatives": "a drill\r\n\r\na parade", "note": "one man <b>only</b>"}  # fmt: skip
    sent = client.post(action, data=given, headers=OURS)
    assert sent.status_code == 303 and "judged=1" in sent.headers["location"]
    page = client.get(sent.headers["location"]).text
    assert "<b>only</b>" not in page
    said = words_of(page)
    assert "Credibility 3 possibly true" in said and "likely 55–80 %" in said and "a parade" in said
    assert claim_of(own) == claim
    twin = client.get(paths.claim(claim.id, twin=True)).json()
    assert twin["assessments"][0]["alternatives"] == ["a drill", "a parade"]
    assert "What persons hold of it" in client.get(f"{paths.claim(claim.id)}/brief").text
    undo, hidden = Form(client.get(paths.undoing(1, claim.id)).text).deed()
    done = client.post(undo, data={**hidden, "person": "Ana Reis", "reason": "too early"}, headers=OURS)
    assert done.status_code == 303
    after = client.get(paths.claim(claim.id)).text
    assert "Nobody has assessed this claim" in after and "taken back by" in after
    assert own.check_acts().broken is None


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"credibility": "1"}, 400, "takes two independent origins"),
        ({"credibility": "seven"}, 400, "no credibility"),
        ({"credibility": "", "likelihood": ""}, 400, "gives a credibility"),
        ({"note": " "}, 400, "Say why"),
        ({"person": ""}, 400, "Say who assesses"),
        ({"token": "x"}, 403, "no longer valid"),
    ],
)
def test_what_cannot_be_assessed_is_said_beside_the_form(
    own: Store, changed: dict[str, str], status: int, says: str
) -> None:
    claim = claim_of(own)
    client = TestClient(create_app(own), base_url="http://localhost", follow_redirects=False)
    action, fields = Form(client.get(paths.claim(claim.id)).text).deed()
    given = {
        **fields,
        "credibility": "2",
        "likelihood": "",
        "note": "keep my words",
        "person": "Ana",
    } | changed
    answer = client.post(action, data=given, headers=OURS)
    assert answer.status_code == status
    assert says in words_of(answer.text)
    if "note" not in changed:
        assert "keep my words</textarea>" in answer.text
    assert own.judgements() == []


def test_a_grade_stands_beside_the_origin(own: Store) -> None:
    claim = claim_of(own)
    source = claim.origins[0].source.split(" (")[0]
    client = TestClient(create_app(own), base_url="http://localhost", follow_redirects=False)
    action, fields = Form(client.get(paths.grading(source)).text).deed()
    for letter, why in (("C", "was wrong before"), ("B", "right twice since")):
        sent = client.post(
            action, data={**fields, "letter": letter, "reason": why, "person": "Ana"}, headers=OURS
        )
        assert sent.status_code == 303
    refused = client.post(
        action, data={**fields, "letter": "Z", "reason": "x", "person": "Ana"}, headers=OURS
    )
    assert refused.status_code == 400 and "choose A to F" in words_of(refused.text)
    origins = client.get(paths.claim(claim.id)).text.partition('id="h-origins"')[2]
    assert "B, usually reliable, by Ana" in words_of(origins) and "C, fairly" not in words_of(origins)
    assert "usually reliable, by Ana" in words_of(client.get(paths.source(source)).text)
    history = client.get(paths.grading(source, twin=True)).json()["grades"]
    assert [(g["letter"], g["state"]) for g in history] == [("B", "holds"), ("C", "replaced")]


def test_nothing_is_kept_where_pages_are_for_reading(held: Store) -> None:
    claim = claim_of(held)
    client = TestClient(create_app(held, writable=False), base_url="http://localhost")
    assert "Assess it yourself" not in client.get(paths.claim(claim.id)).text
    for address in (paths.assessing(claim.id), paths.grading("Anybody")):
        assert client.post(address, data={"note": "x"}, headers=OURS).status_code == 403


# in a browser ----------------------------------------------------------------------------------------------
def test_the_slider_zoom_and_drawer(browser: Browser, held: Store) -> None:
    claim = claim_of(held)
    day = days_of(claim)[1]
    then = Library(held).claim(claim.id, as_of=day)
    assert then is not None
    with serving(held) as site, opened(browser, site + paths.claim(claim.id)) as (page, complaints):
        now = page.locator(".big").inner_text()
        slider = page.get_by_role("slider")
        slider.focus()
        slider.press("Home")
        slider.press("ArrowRight")
        page.locator("#state > .then").wait_for()
        page.wait_for_url(f"**?as_of={day}")
        assert page.locator(".dots a").count() == len(draw(then, {d.id: d for d in held.documents()}).dots)
        assert page.locator(".big").inner_text() != now
        assert page.evaluate("document.activeElement.type") == "range"
        page.get_by_role("link", name="As it stands now").click()
        page.wait_for_url(site + paths.claim(claim.id))
        page.get_by_role("link", name="closer").click()
        page.wait_for_url("**?from=*")
        assert page.locator(".big").inner_text() == now
        page.get_by_role("link", name="all of it").click()
        page.wait_for_url(site + paths.claim(claim.id))
        edge = page.locator(".lines a[data-edge]").first
        edge.focus()
        page.keyboard.press("Enter")
        drawer = page.get_by_role("dialog")
        drawer.locator(".quote").first.wait_for()
        assert page.locator(":focus").inner_text() == "Close"
        assert drawer.locator("mark").count() > 0
        drawer.get_by_role("link", name="Next").click()
        drawer.get_by_text("Evidence 2 of").wait_for()
        page.keyboard.press("Escape")
        assert not drawer.is_visible()
        assert edge.evaluate("e => e === document.activeElement")
        assert page.url == site + paths.claim(claim.id)
        assert complaints == []


def test_without_scripts_days_are_a_form_and_edges_pages(browser: Browser, held: Store) -> None:
    claim = claim_of(held)
    day = days_of(claim)[1]
    with (
        serving(held) as site,
        opened(browser, site + paths.claim(claim.id), java_script_enabled=False) as (page, _),
    ):
        page.get_by_label("As of the end of", exact=True).select_option(str(day))
        page.get_by_role("button", name="Show").click()
        page.wait_for_url(f"**?as_of={day}")
        assert page.locator("#state > .then").is_visible()
        page.get_by_role("link", name="previous day with a change").click()
        page.wait_for_url(f"**?as_of={days_of(claim)[0]}")
        page.get_by_role("link", name="As it stands now").click()
        page.locator(".evidence-links .number").first.click()
        page.wait_for_url("**/edges/*")
        assert page.locator(".quote").count() >= 1


def test_credibility_one_is_refused_in_the_browser(browser: Browser, own: Store) -> None:
    claim = claim_of(own)
    assert claim.independent_origins.low < 2
    with serving(own) as site, opened(browser, site + paths.claim(claim.id)) as (page, complaints):
        page.get_by_text("Assess it yourself").click()
        page.get_by_label("confirmed by other sources").check()
        page.get_by_label("Why (is kept").fill("I am sure")
        page.get_by_label("Your name").fill("Ana Reis")
        page.get_by_role("button", name="Keep this assessment").click()
        assert "takes two independent origins" in page.get_by_role("alert").inner_text()
        page.get_by_label("possibly true").check()
        page.get_by_role("button", name="Keep this assessment").click()
        page.wait_for_url("**judged=1**")
        assert "possibly true" in page.locator(".assessed").inner_text()
        assert [c for c in complaints if "400" not in c] == []
    (made,) = own.judgements()
    assert json.loads(made.value)["credibility"] == 3 and made.person == "Ana Reis"
