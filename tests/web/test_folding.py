"""Narrow pages: what is long is folded and can be unfolded, and the drawing of a dyad fits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from allegata.monitoring.tension import Tension
from allegata.web.dyad_chart import Chart, draw

PHONE, DESK = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
CAMP = "/claims/c-camp"
TABLE = "table.who"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def tension(period: str, value: float, coverage: int = 3) -> Tension:
    told = (value, value / 2, value * 2, 2, 5, coverage, 0.4, ())
    return Tension("Norland", "Ostia", period, "week", "accusation", "hostile", *told)


def drawn(weeks: int) -> Chart:
    periods = [f"2025-{1 + w // 4:02}-{1 + 7 * (w % 4):02}" for w in range(weeks)]
    told = [tension(p, 1.0 + n) for n, p in enumerate(periods)]
    return draw([("Norland → Ostia", told), ("Ostia → Norland", [])], periods)


@pytest.mark.parametrize("weeks", [1, 2, 5, 7, 8, 40])
def test_all_weeks_of_a_dyad_stand_in_its_drawing(weeks: int) -> None:
    chart = drawn(weeks)
    for panel in chart.panels:
        assert all(bar.x >= 0 and bar.x + bar.width <= 100.01 for bar in panel.bars)
        assert all(bar.y >= 0 and bar.y + bar.height <= panel.height + 0.2 for bar in panel.bars)
    hostile, none, coverage = chart.panels
    assert [len(p.bars) for p in chart.panels] == [weeks, 0, weeks]
    assert none.name.endswith("nothing hostile was told") and coverage.kind == "cover"
    assert hostile.bars[-1].y > 0  # its interval reaches higher than its value
    days = [label.day for label in chart.labels]
    assert days[-1] == hostile.bars[-1].title.removeprefix("week of ").split(":")[0]
    assert len(set(days)) == len(days) == min(weeks, 7)
    assert len([label for label in chart.labels if label.few]) <= 3


def test_the_drawing_of_a_dyad_fits_a_narrow_window(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/dyads")
    page.locator("table a").first.click()
    page.locator(".dyad rect").first.wait_for(state="attached")
    inside = page.evaluate(
        """() => [...document.querySelectorAll('.dyad rect, .dyad text')]
             .filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())
             .every(r => r.left >= 0 && r.right <= innerWidth)"""
    )
    assert inside


def test_a_long_table_is_folded_where_it_is_narrow_and_nowhere_else(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{CAMP}")
    assert not page.locator(TABLE).is_visible()
    page.locator("#all-mentions > summary").click()
    assert page.locator(TABLE).is_visible()
    page.set_viewport_size(DESK)
    page.goto(f"{site}{CAMP}")
    assert page.locator(TABLE).is_visible() and page.locator(".edge blockquote").first.is_visible()
    assert not page.locator("#all-mentions > summary").is_visible()


def test_paper_has_all_of_it(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{CAMP}")
    page.emulate_media(media="print")
    assert page.locator(TABLE).is_visible() and page.locator(".edge blockquote").first.is_visible()
    page.goto(f"{site}/method")
    assert page.locator(".figures-table").last.is_visible()
    page.emulate_media(media="screen")
    assert not page.locator(".figures-table").last.is_visible()


def test_a_link_leads_into_what_is_folded(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{CAMP}#edge-1")
    page.locator("#edge-1 blockquote").first.wait_for()
    page.locator(".toc a[href='#who']").click()
    page.locator(TABLE).wait_for()
    page.locator("#all-mentions > summary").click()  # and can be folded again
    assert not page.locator(TABLE).is_visible()


def test_a_mark_in_a_text_leads_to_its_statement(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/documents/d05")
    assert not page.locator("#statements tbody").is_visible()
    page.locator("a.ref[href^='#s']").first.click()
    page.locator("#statements tr:target").wait_for()
    page.locator("#all-statements > summary").click()
    assert not page.locator("#statements tbody").is_visible()


def test_nothing_is_lost_without_scripts(unscripted: Page, site: str) -> None:
    unscripted.goto(f"{site}{CAMP}")
    unscripted.locator("#all-edges > summary").click()
    unscripted.locator("#edge-1 summary").click()
    assert unscripted.locator("#edge-1 blockquote").first.is_visible()
    unscripted.goto(f"{site}{CAMP}#who")
    assert unscripted.locator(TABLE).is_visible()


def test_what_was_unfolded_stays_so_on_another_day(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{CAMP}")
    page.locator("#all-mentions > summary").click()
    with page.expect_response(lambda answer: "as_of=" in answer.url):
        page.locator("#as-of-steps a").first.click()
    page.locator("p.then").wait_for()
    assert page.locator(TABLE).is_visible()
