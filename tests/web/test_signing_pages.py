"""Signing in with a real browser: a viewer is refused, an analyst decides, both sign out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from allegata.library import Library
from allegata.model import Document
from allegata.runs import accounts
from allegata.store import open_store
from allegata.web import paths
from tests.cli.stories import OFFICE, RELAY, document
from tests.web.conftest import serving
from tests.web.test_judging import own
from tests.web.test_pages import opened

PASSWORD = "four tired herons wade"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """The address of a site with users, of a claim in it and of a decision on that."""
    path = tmp_path_factory.mktemp("signing") / "case.db"
    with Library(open_store(str(path))) as library:
        library.add(
            Document(**document("d1", OFFICE, 3, "Vell Post")),
            Document(**document("d2", RELAY, 4, "Strait Times")),
        )
        for name, role in (("Vera", "viewer"), ("Ana", "analyst"), ("Root", "admin")):
            accounts.add_user(library.store, name, PASSWORD, role, "test")
        claim = next(c for c in library.store.claims() if {"d1", "d2"} <= set(c.documents))
        with serving(library.store) as address:
            yield address, paths.claim(claim.id), own(claim)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_viewer_reads_and_is_refused_to_judge(browser: Browser, guarded: tuple[str, str, str]) -> None:
    site, claim, judging = guarded
    with opened(browser, site + claim) as (page, complaints):
        assert page.get_by_role("heading", name="Sign in").is_visible()
        sign_in(page, "Vera", "not the password")
        assert page.get_by_role("alert").inner_text() == "This name and password do not go together."
        assert page.get_by_label("Name").input_value() == "Vera"
        assert page.get_by_label("Password").input_value() == ""
        sign_in(page, "Vera")
        assert page.url == site + claim
        assert page.get_by_text("Vera, viewer").is_visible()
        assert page.locator('form[method="post"]').count() == 0
        page.goto(site + judging)
        told = page.get_by_role("heading", level=1).inner_text()
        assert told == "Your role is viewer: this takes an analyst."
        page.get_by_role("link", name="Sign out").click()
        page.get_by_role("button", name="Sign out").click()
        page.goto(site + claim)
        assert page.get_by_role("heading", name="Sign in").is_visible()
        assert [c for c in complaints if "403" not in c] == []


def test_an_analyst_judges_by_keyboard(browser: Browser, guarded: tuple[str, str, str]) -> None:
    site, _, judging = guarded
    with opened(browser, site + judging) as (page, complaints):
        page.get_by_label("Name").focus()
        page.keyboard.type("ana")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/judgements/new**")
        assert page.get_by_label("Your name").count() == 0
        page.get_by_label("Why").fill("I rang them")
        page.get_by_role("button", name="Decide so").click()
        page.wait_for_url("**/claims/**")
        assert page.get_by_text("1 judgement by Ana").first.is_visible()
        assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_persons_fit(
    browser: Browser, guarded: tuple[str, str, str], width: int, scheme: str
) -> None:
    site = guarded[0]
    size = {"width": width, "height": 800}
    with opened(browser, site + "/sign-in", viewport=size, color_scheme=scheme) as (page, complaints):
        for path in ("/sign-in", "/users", "/sign-out"):
            if path == "/users":
                sign_in(page, "Root")
            page.goto(site + path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert page.locator("h1").count() == 1
        assert complaints == []
