"""The pages in a real browser: nothing is refused by the policy, nothing stored runs, all can be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

PAGES = ["/", "/?q=zeppelin", "/claims/c-camp", "/claims/c-crowd", "/documents/d05", "/nothing"]
"""The widest ones; `test_every_page` goes through all."""


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what its console and its policy complain about."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("dialog", lambda d: complaints.append(f"dialog {d.message}"))
    page.goto(address, wait_until="load")
    yield page, complaints
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_without_a_complaint(browser: Browser, site: str, path: str) -> None:
    with opened(browser, site + path) as (page, complaints):
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").count() == 1
        assert [c for c in complaints if "404" not in c or path != "/nothing"] == []


def test_the_policy_holds(browser: Browser, site: str) -> None:
    with opened(browser, site + "/") as (page, complaints):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=p style=\"color: red\">x</p>')")
        page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
            " document.body.append(s) }"
        )
        assert page.evaluate("window.ran") is None
        assert page.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(255, 0, 0)"
        assert len([c for c in complaints if "Content Security Policy" in c]) == 2


@pytest.mark.parametrize(
    "path", ["/", "/?q=camp", "/claims.first", "/claims.second", "/documents.first", "/documents.second"]
)
def test_what_is_stored_does_not_run(browser: Browser, hostile_site: str, path: str) -> None:
    kind, _, which = path.partition(".")
    with opened(browser, hostile_site + ("/" if which else path)) as (page, complaints):
        if which:
            links = page.locator(".claims h2 a")
            page.goto(hostile_site + str(links.nth(0 if which == "first" else 2).get_attribute("href")))
            if kind == "/documents":
                page.goto(hostile_site + str(page.locator(".dots a[href*=d03]").first.get_attribute("href")))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.ran") is None
        assert page.locator("img").count() == 0
        assert page.locator("script:not([src^='/static/'])").count() == 0
        assert page.locator("a[href^='javascript' i]").count() == 0
        assert "<script>" in page.locator("main").inner_text()
        assert complaints == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [768, 2560])
def test_no_page_is_wider_than_its_window(browser: Browser, site: str, path: str, width: int) -> None:
    with opened(browser, site + path, viewport={"width": width, "height": 800}) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_long_words_do_not_widen_a_page(browser: Browser, hostile_site: str) -> None:
    with opened(browser, hostile_site + "/", viewport={"width": 320, "height": 800}) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


CONTRAST = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const ground = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const c = parse(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility()) continue;
    if (node.closest("option, title, desc")) continue;
    const style = getComputedStyle(node);
    const ink = parse(node.closest("svg") ? style.fill : style.color);
    const [a, b] = [light(ink), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const name = node.className.baseVal ?? node.className;
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${name}: ${node.textContent.slice(0, 40)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize(
    "path", ["/?act=AID", "/claims/c-camp#edge-5", "/claims/c-crowd", "/documents/d05", "/documents/d07"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, site: str, path: str, scheme: Any) -> None:
    with opened(browser, site + path, color_scheme=scheme) as (page, _):
        assert page.evaluate(CONTRAST) == []
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) > 384) == (scheme == "light")


def test_every_dot_and_line_of_the_drawing_is_a_link(browser: Browser, site: str) -> None:
    with opened(browser, site + "/claims/c-camp") as (page, _):
        assert page.locator(".dots a[href^='/documents/']").count() == 12
        assert page.locator(".lines a[data-edge]").count() == 13
        page.locator(".lines a[href='/claims/c-camp/edges/5']").focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").locator("article.edge").wait_for()
        page.keyboard.press("Escape")
        page.locator(".dots a[href='/documents/d05']").click()
        assert page.url == site + "/documents/d05"
        assert "Intelligence Sources" in page.locator("h1").inner_text()


def test_labels_of_the_drawing_do_not_overlap(browser: Browser, site: str) -> None:
    with opened(browser, site + "/claims/c-camp") as (page, _):
        boxes = page.locator(".dots text").evaluate_all(
            "all => all.map(t => t.getBoundingClientRect())"
            ".map(b => [b.left, b.top + 3, b.right, b.bottom - 3])"
        )
        assert len(boxes) == 12
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])
        edge = page.locator("svg.lanes").first.bounding_box()
        assert edge is not None
        assert max(b[2] for b in boxes) <= edge["x"] + edge["width"]


def test_pointing_at_a_document_shows_its_way(browser: Browser, site: str) -> None:
    with opened(browser, site + "/claims/c-camp") as (page, _):
        page.locator(".dots a[href='/documents/d05']").focus()
        near = page.locator(".dots a.near").evaluate_all("all => all.map(a => a.dataset.document)")
        assert sorted(near) == ["d01", "d02", "d04", "d05", "d08", "d09"]


def _ground(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor"))


@pytest.mark.parametrize("script", [True, False])
def test_the_legend_shows_and_hides_marks(browser: Browser, site: str, script: bool) -> None:
    with opened(browser, site + "/documents/d05") as (page, complaints):
        if not script:
            page.route("**/*.js", lambda route: route.abort())
            page.reload()
            complaints.clear()
        marked = _ground(page, ".archived .x-content")
        assert marked != "rgba(0, 0, 0, 0)"
        nested = _ground(page, ".archived .x-content.d2")
        assert nested != marked
        page.get_by_label("what is said").uncheck()
        assert _ground(page, ".archived .x-content") == "rgba(0, 0, 0, 0)"
        assert page.locator(".ref.r-content").first.is_hidden()
        if script:
            assert "show=source%2Ccue%2Cplace" in page.url
        else:
            page.get_by_role("button", name="Keep in the address").click()
            page.wait_for_url("**show=source&show=cue&show=place**", wait_until="load")
        page.reload()
        assert not page.get_by_label("what is said").is_checked()
        assert page.get_by_label("speaker").is_checked()
        assert _ground(page, ".archived .x-content") == "rgba(0, 0, 0, 0)"


def test_marks_that_overlap_are_all_seen(browser: Browser, site: str) -> None:
    with opened(browser, site + "/documents/d05") as (page, _):
        style = page.locator(".archived .x-content.x-place").first.evaluate(
            "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.boxShadow] }"
        )
        assert style[0] != "rgba(0, 0, 0, 0)"
        assert style[1] != "none"


def test_a_borrowed_passage_leads_to_where_it_comes_from(browser: Browser, site: str) -> None:
    with opened(browser, site + "/documents/d05") as (page, _):
        page.locator(".ref.r-borrowed").first.click()
        page.wait_for_url("**/documents/d04?at=**", wait_until="load")
        assert "strategic asset" in page.locator("#at").inner_text() + page.locator(".x-at").last.inner_text()


def test_a_search_keeps_its_address_short(browser: Browser, site: str) -> None:
    with opened(browser, site + "/") as (page, _):
        page.get_by_role("searchbox").fill("camp")
        page.get_by_label("Alleged act").select_option("AID")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/?q=camp&act=AID")
        assert page.locator(".claims > li").count() == 1
        page.go_back()
        page.get_by_label("Accuser").fill("Nobody")
        page.keyboard.press("Enter")
        page.wait_for_url("**accuser=Nobody**")
        assert "Nothing found" in page.locator("main").inner_text()


def test_pages_are_read_without_scripts(browser: Browser, site: str) -> None:
    with opened(browser, site + "/", java_script_enabled=False) as (page, _):
        page.get_by_role("searchbox").fill("camp")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Alleged: A camp").click()
        assert page.locator(".dots a").count() == 12
        assert page.get_by_role("row").count() > 12


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: str) -> None:
    with opened(browser, site + "/claims/c-camp") as (page, _):
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.inner_text() == "Skip to the content"
        assert skip.is_visible()
        outline = page.locator(".brand")
        page.keyboard.press("Tab")
        assert (
            outline.evaluate("e => e === document.activeElement && getComputedStyle(e).outlineStyle")
            == "solid"
        )


def test_a_screen_reader_finds_names(browser: Browser, site: str) -> None:
    with opened(browser, site + "/claims/c-camp") as (page, _):
        drawing = page.get_by_role("group", name="Provenance of the claim")
        assert drawing.count() == 1
        assert (
            page.get_by_role("link", name="StratBrief Online had it from GeoPulse Daily: rewrite").count()
            == 1
        )
        assert page.get_by_role("table", name="Every appearance of the claim").count() == 1
        unnamed = page.locator("a:visible").evaluate_all(
            "all => all.filter(a => !(a.getAttribute('aria-label') || a.textContent.trim())).length"
        )
        assert unnamed == 0


def test_narrow_tables_keep_their_meaning(browser: Browser, site: str) -> None:
    with opened(browser, site + "/claims/c-camp", viewport={"width": 320, "height": 800}) as (page, _):
        page.locator("#all-mentions > summary").click()
        table = page.get_by_role("table", name="Every appearance of the claim")
        assert table.get_by_role("columnheader").count() == 6
        assert table.get_by_role("cell", name="Rahim Gul Bettani").count() > 0


def test_tables_of_a_brief_and_of_the_method_fit_a_narrow_page(browser: Browser, site: str) -> None:
    with opened(browser, site + "/claims/c-camp/brief", viewport={"width": 320, "height": 800}) as (page, _):
        boxes = page.locator(".brief .scroll").evaluate_all(
            "all => all.map(b => b.scrollWidth - b.clientWidth)"
        )
        assert boxes and max(boxes) <= 0
        assert page.get_by_role("columnheader", name="published").count() == 1
        page.goto(site + "/method")
        widths = page.locator(".figures-table td:first-child").evaluate_all(
            "all => all.map(c => c.clientWidth)"
        )
        assert min(widths) >= 80


def test_pages_print(browser: Browser, site: str) -> None:
    with opened(browser, site + "/claims/c-camp", color_scheme="dark") as (page, _):
        page.emulate_media(media="print", color_scheme="light")
        assert page.locator(".find").is_hidden()
        assert page.locator("svg.lanes").first.is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.pdf().startswith(b"%PDF")
