"""The story that the project promises, in a real browser over the demo collection: a claim that several pages
tell, one origin, why, the passages side by side, a person who disagrees, a count that changes with their name
on it, and the way back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from allegata.library import Library
from allegata.model import Claim
from allegata.store import Store, open_store
from tests.web.conftest import serving
from tests.web.test_pages import CONTRAST, opened

REASON = "Their editor told me on the phone that a stringer of theirs was in Barmal."


@pytest.fixture
def store(demo: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(demo.parent, tmp_path / "copy")
    opened = open_store(str(tmp_path / "copy" / "demo.db"))
    yield opened
    opened.close()


def claim_of(store: Store) -> Claim:
    """The claim that most pages tell."""
    return max(store.claims(), key=lambda c: len(c.documents))


def copied(claim: Claim) -> int:
    """The number of the edge by which one page is taken for a rewrite of another."""
    return next(n for n, e in enumerate(claim.edges, 1) if e.inferred)


def count(page: Page) -> str:
    return page.locator(".big .origins b").inner_text()


def test_a_person_disagrees_and_takes_it_back(browser: Browser, store: Store) -> None:
    claim = claim_of(store)
    with serving(store) as site, opened(browser, site) as (page, complaints):
        page.get_by_role("link", name=claim.proposition[:40]).first.click()
        assert count(page) == "1"
        number = copied(claim)
        page.locator(f"#edge-{number} .number").click()
        page.wait_for_url("**/edges/*")
        assert page.locator(".sides.both .quote").count() >= 2
        assert page.locator("mark").count() > 2
        page.get_by_role("button", name="It has its own origin").click()
        page.wait_for_url("**/judgements/new?*")
        assert page.locator(".effects .origins").first.inner_text().split()[-1] == "2"
        page.get_by_label("Why").fill(REASON)
        page.get_by_label("Your name").fill("Ana Reis")
        page.get_by_role("button", name="Decide so").click()
        page.wait_for_url("**/claims/*?judged=1")
        assert count(page) == "2"
        assert "1 judgement by Ana Reis" in page.locator(".why").inner_text()
        assert REASON in page.locator("#judgement-1").inner_text()
        page.get_by_role("button", name="Undo judgement 1").first.click()
        page.wait_for_url("**/judgements/1/undo?*")
        assert page.get_by_label("Your name").input_value() == "Ana Reis"
        page.get_by_label("Why").fill("I took it for another page.")
        page.get_by_role("button", name="Take it back").click()
        page.wait_for_url("**/claims/*?judged=2")
        assert count(page) == "1"
        assert page.locator("#judgement-1").count() == 0
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Judgements").click()
        assert page.get_by_role("row").count() == 3
        assert complaints == []
    assert [j.person for j in store.judgements()] == ["Ana Reis", "Ana Reis"]


def test_by_keyboard_alone_and_without_scripts(browser: Browser, store: Store) -> None:
    claim = claim_of(store)
    address = f"/claims/{claim.id}/edges/{copied(claim)}"
    with (
        serving(store) as site,
        opened(browser, site + address, java_script_enabled=False) as (page, complaints),
    ):

        def reach(name: str) -> None:
            for _ in range(60):
                page.keyboard.press("Tab")
                if page.locator(":focus").inner_text().startswith(name):
                    return
            pytest.fail(f"the keyboard does not reach “{name}”")

        reach("It has its own origin")
        page.keyboard.press("Enter")
        page.wait_for_url("**/judgements/new?*")
        page.get_by_label("Why").focus()
        page.keyboard.type(REASON)
        page.keyboard.press("Tab")
        page.keyboard.type("Bela Ito")
        page.keyboard.press("Enter")
        page.wait_for_url("**/claims/*?judged=1")
        assert count(page) == "2" and "by Bela Ito" in page.locator(".why").inner_text()
        assert complaints == []


def test_a_page_of_another_site_cannot_decide(browser: Browser, store: Store) -> None:
    """The other site even knows the token that a browser was given, and the name of the cookie."""
    with serving(store) as site, serving(store) as other, opened(browser, site + "/") as (page, _):
        other = other.replace("127.0.0.1", "localhost")
        page.goto(f"{other}/claims/{claim_of(store).id}/edges/{copied(claim_of(store))}")
        page.get_by_role("button", name="It has its own origin").click()
        page.route("**/forged", lambda route: route.fulfill(body=forged, content_type="text/html"))
        fields = page.locator("form.deed input[type=hidden]").evaluate_all("all => all.map(i => i.outerHTML)")
        forged = (
            f'<form method="post" action="{site}/judgements">{"".join(fields)}'
            '<input name="person" value="x"><input name="reason" value="x"><button>win</button></form>'
        )
        page.goto(f"{other}/forged")
        page.get_by_role("button", name="win").click()
        page.wait_for_url(f"{site}/judgements")
        assert "another site: nothing was decided" in page.locator("main").inner_text()
    assert store.judgements() == []


@pytest.mark.parametrize("width", [320, 390, 1280, 2560])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_deciding_can_be_read(browser: Browser, store: Store, width: int, scheme: Any) -> None:
    claim = claim_of(store)
    with Library(store) as library, serving(store) as site:
        p = next(
            p
            for m in claim.mentions
            if m.document == claim.edges[copied(claim) - 1].downstream
            for p in m.passages
        )
        library.judge("Ana Reis", "origin", [p.document, p.start, p.end], "own", REASON)
        now = claim_of(store)
        paths = [
            f"/claims/{now.id}?judged=1",
            f"/claims/{now.id}/mentions/{p.document}",
            "/judgements",
            "/judgements/1/undo",
        ]
        with opened(browser, site, viewport={"width": width, "height": 900}, color_scheme=scheme) as (
            page,
            seen,
        ):
            for path in paths:
                page.goto(site + path)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                assert page.evaluate(CONTRAST) == [], path
                assert page.locator("h1").count() == 1
            assert seen == []


def test_decisions_print_without_their_forms(browser: Browser, store: Store) -> None:
    claim = claim_of(store)
    with serving(store) as site, opened(browser, f"{site}/claims/{claim.id}") as (page, _):
        page.emulate_media(media="print")
        assert page.locator(".decide").first.is_hidden() and page.locator(".disagree").first.is_hidden()
        assert page.locator("#judgements h2").is_visible()


def test_names_that_are_counted_as_one_are_split_where_the_reason_stands(
    browser: Browser, store: Store
) -> None:
    claim = claim_of(store)
    with serving(store) as site, opened(browser, f"{site}/claims/{claim.id}") as (page, complaints):
        page.locator("#all-merges").get_by_role("link", name="are two").last.click()
        page.wait_for_url("**/judgements/new?*kind=source*")
        assert "are two sources" in page.get_by_role("heading", level=1).inner_text()
        assert page.locator(".effects .origins").first.inner_text().split()[-1] == "2"
        assert complaints == []
