"""Web pages: main text, facts, links; what is not the article stays out; hostile pages end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from allegata.capture import CaptureError, Item, open_source
from allegata.capture.items import Retrieval
from allegata.capture.pages import read_page
from allegata.model import Document

Read = Callable[..., Document]

PARAGRAPHS = [
    "The harbour master said on Monday that two tankers had left without papers.",
    "Customs officers searched a third ship, and found nothing that was not on its list.",
    "“We will ask the owners for an answer,” the harbour master, Ines Vale, told reporters at the quay.",
]
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def html(head: str = "", before: str = "", body: str = BODY, after: str = "") -> str:
    page = f"<body>{before}<article>{body}</article>{after}</body>"
    return f'<!doctype html><html lang="en-GB"><head>{head}</head>{page}</html>'


# our own pages, with the same documents as JSON ------------------------------------------------------------


def expected(pages: Path, document_id: str) -> dict[str, object]:
    rows = map(json.loads, (pages / "documents.jsonl").read_text(encoding="utf-8").splitlines())
    return next(row for row in rows if row["id"] == document_id)


def document_at(path: Path) -> Document:
    (item,) = open_source(str(path))
    assert isinstance(item, Item)
    return item.document


def test_a_newspaper_page_agrees_with_its_json(pages: Path) -> None:
    document, row = document_at(pages / "blood-on-the-quay.html"), expected(pages, "d02")
    assert document.text == row["text"]
    for field in ("url", "outlet", "author", "title", "published", "kind"):
        assert getattr(document, field) == row[field], field
    assert [link.url for link in document.links] == row["links"]
    (link,) = document.links
    assert link.span is not None
    assert document.text[link.span[0] : link.span[1]] == link.text == "Meridian News Agency"
    assert document.language == "en"
    assert document.embeds == ()


def test_a_padded_page_keeps_the_post_it_quotes(pages: Path) -> None:
    document, row = document_at(pages / "mortar-photo.html"), expected(pages, "d06")
    (embed,) = document.embeds
    assert embed.span is not None
    start, end = embed.span
    assert (document.text[:start].rstrip() + "\n\n" + document.text[end:].lstrip()) == row["text"]
    assert embed.text.startswith("This is what the Tajik mortar did at Ak-Suu TODAY.")
    assert embed.text in document.text[start:end]
    assert (embed.ref, embed.handle) == ("https://chirper.example/batkenboy01/status/7001", "@batkenboy01")
    for field in ("outlet", "title", "published", "kind"):
        assert getattr(document, field) == row[field], field
    assert [link.url for link in document.links] == row["links"]


# facts of a page -------------------------------------------------------------------------------------------

LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "#us", "name": "The Quay Courier"},
        {"@type": "WebPage", "url": "https://courier.example/"},
        {
            "@type": ["NewsArticle"],
            "headline": "Tankers left without papers, says harbour master &amp; crew",
            "datePublished": "2025-04-07T09:30:00+02:00",
            "author": [{"@type": "Person", "name": "Ana Bell"}, {"@type": "Person", "name": "By Tom Reed"}],
            "publisher": {"@id": "#us"},
            "inLanguage": "en-GB",
            "mainEntityOfPage": {"@id": "https://courier.example/news/tankers?utm_source=x"},
        },
    ],
}


def test_json_ld_is_read_through_its_references(read: Read) -> None:
    document = read(html(f'<script type="application/ld+json">{json.dumps(LD)}</script>'))
    assert document.outlet == "The Quay Courier"
    assert document.author == "Ana Bell, Tom Reed"
    assert document.title == "Tankers left without papers, says harbour master & crew"
    assert document.published == "2025-04-07T09:30:00+02:00"
    assert document.url == "https://courier.example/news/tankers?utm_source=x"
    assert document.language == "en"
    assert document.text.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("head", "before", "field", "value"),
    [
        ('<meta property="og:site_name" content="Quay Courier">', "", "outlet", "Quay Courier"),
        ("<title>Tankers left - Quay Courier</title>", "<h1>Tankers left</h1>", "outlet", "Quay Courier"),
        ("<title>Quay Courier » Tankers left</title>", "<h1>Tankers left</h1>", "outlet", "Quay Courier"),
        ("<title>Tankers left (All We Know)</title>", "<h1>Tankers left</h1>", "outlet", None),
        ("", '<a href="/">Quay Courier</a>', "outlet", "Quay Courier"),
        ('<link rel="canonical" href="https://quay.example/a/tankers">', "", "outlet", "quay.example"),
        ("<title>Tankers left | Quay Courier</title>", "<h1>Tankers left</h1>", "title", "Tankers left"),
        ('<meta property="og:title" content="Tankers left">', "<h1>Ships</h1>", "title", "Tankers left"),
        ('<meta name="author" content="Ana Bell">', "", "author", "Ana Bell"),
        ('<meta property="article:author" content="https://face.example/ana">', "", "author", None),
        ("", '<p class="byline">By <a rel="author" href="/ana">Ana Bell</a></p>', "author", "Ana Bell"),
        ("", '<div class="meta">Posted 7 April 2025 by Ana Bell · 3 comments</div>', "author", "Ana Bell"),
        ("", '<div class="meta">Posted 7 April 2025 by Ana Bell</div>', "published", "2025-04-07"),
        ("", '<time datetime="2025-04-07T09:30:00Z">today</time>', "published", "2025-04-07T09:30:00Z"),
        ("", '<p>Last updated: 7.4.2025, 15:20</p>', "published", "2025-04-07T15:20:00"),
        ('<meta name="date" content="0000-00-00">', "", "published", None),
        ('<meta name="date" content="0001-01-01T00:00:00Z">', "", "published", None),
        ('<meta name="DC.date" content="2025-04-07">', '<time datetime="2025-04-07T09:30">x</time>',
         "published", "2025-04-07T09:30"),
        ('<link rel="canonical" href="/a/tankers">', "", "url", None),
        ('<link rel="canonical" href="javascript:alert(1)">', "", "url", None),
        ('<meta property="og:locale" content="fr_FR">', "", "language", "en"),
    ],
)  # fmt: skip
def test_facts_from_elsewhere(read: Read, head: str, before: str, field: str, value: str | None) -> None:
    assert getattr(read(html(head, before)), field) == value


def test_a_year_is_taken_from_the_weekday_or_not_at_all(read: Read) -> None:
    without = '<div class="meta">Posted 7 April by Ana Bell</div>'
    assert read(html(before=without)).published is None


def test_the_content_language_and_address_of_the_id(read: Read) -> None:
    canonical = (
        '<link rel="canonical" href="https://www.courier.example/news/Tankers-left.html?utm_source=feed">'
    )
    one = read(html(canonical), "a.html")
    two = read(html(canonical.replace("www.", "").replace("?utm_source=feed", "")), "b.html")
    assert one.id == two.id
    assert re.fullmatch(r"courier-tankers-left-[0-9a-f]{10}", one.id)


# what is not the article -----------------------------------------------------------------------------------

NOISE = [
    '<div class="cookie-wall" role="dialog"><p>We and our 900 partners store cookies for you.</p></div>',
    '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>',
    '<section class="related"><h3>Related stories</h3><ul><li><a href="/x">Ferry prices rise again</a></li>'
    '<li><a href="/y">Storks return to the bay</a></li></ul></section>',
    '<section class="comments"><h3>Comments (2)</h3>'
    "<p><b>salty</b>: My cousin saw at least forty tankers there.</p></section>",
    "<h2>FAQ</h2><h3>Is it true?</h3><p>Sources across the web are reporting that it is true.</p>",
    "<h4>Recent posts</h4><ul><li><a href='/x'>Ferry prices rise again</a></li>"
    "<li><a href='/y'>Storks</a></li></ul>",
    '<aside class="newsletter"><p>Five stories before breakfast. Enter your e-mail address.</p></aside>',
    '<div class="share">Share this: Chirper Facebookish Print</div>',
    "<footer>Terms | Privacy | Corrections: readers@courier.example</footer>",
]  # fmt: skip


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("place", ["before", "after", "within"])
def test_noise_stays_out(read: Read, noise: str, place: str) -> None:
    if place == "within" and noise.startswith(("<h2>", "<h4>")):
        pytest.skip("a heading inside the article opens a part of it")
    first, rest = f"<p>{PARAGRAPHS[0]}</p>", "".join(f"<p>{p}</p>" for p in PARAGRAPHS[1:])
    pages = {
        "before": html(before=noise if not noise.startswith("<h") else f"<div>{noise}</div>"),
        "after": html(after=noise),
        "within": html(body=first + noise + rest),
    }
    assert read(pages[place]).text.split("\n\n") == PARAGRAPHS


def test_headline_byline_and_date_lines_are_no_text(read: Read) -> None:
    top = (
        '<p class="kicker">News</p><h1>Tankers left without papers</h1><p class="byline">By Ana Bell</p>'
        "<p>7 April 2025, 09:30</p><p>Updated Apr 7, 2025 • 4 min read</p>"
    )
    document = read(html("<title>Tankers left without papers</title>", body=top + BODY))
    assert document.text.split("\n\n") == PARAGRAPHS
    assert document.published == "2025-04-07T09:30:00"


def test_lists_and_prose_in_tables_are_kept(read: Read) -> None:
    body = (
        BODY + "<p>The master named three ships that he wanted back in the port:</p>"
        "<ul><li>the Alma, which left first</li><li>the Bora, which left second</li></ul>"
    )
    text = read(html(body=body)).text
    assert "the Alma, which left first\nthe Bora, which left second" in text
    layout = f'<table><tr><td width="600">{BODY}</td></tr></table>'
    assert PARAGRAPHS[1] in read(f"<html><body>{layout}</body></html>").text


@pytest.mark.parametrize(
    "opening",
    [
        '<div class="share-bar-wrapper has-sidebar related">',
        '<div class="elementor-widget elementor-widget-text-editor">',
        '<div class="col-md-push-2 paywall">',
    ],
)
def test_wrappers_with_misleading_names_are_kept(read: Read, opening: str) -> None:
    comments = (
        '<div class="comments">' + "<p>A reader says that it was quite otherwise there.</p>" * 60 + "</div>"
    )
    title = "<title>Tankers left</title>"
    page = (
        f"<html><head>{title}</head><body>{opening}<h1>Tankers left</h1>{BODY}</div>{comments}</body></html>"
    )
    assert read(page).text.split("\n\n") == PARAGRAPHS


def test_tables_of_data_are_not(read: Read) -> None:
    table = (
        "<table><tr><td>Reference</td><td>D11/2025</td></tr><tr><td>Date</td><td>7-Apr-2025</td></tr></table>"
    )
    assert "D11/2025" not in read(html(body=table + BODY)).text


def test_links_are_absolute_and_lie_on_their_words(read: Read) -> None:
    body = BODY.replace("two tankers", '<a href="../tankers#top">two tankers</a>').replace(
        "Ines Vale", '<a href="javascript:x()">Ines Vale</a>'
    )
    canonical = '<link rel="canonical" href="https://courier.example/news/2025/left">'
    (link,) = read(html(canonical, body=body)).links
    assert (link.url, link.text) == ("https://courier.example/news/tankers", "two tankers")
    assert link.span is not None
    assert read(html(canonical, body=body)).text[link.span[0] : link.span[1]] == "two tankers"


def test_a_page_that_names_another_site_as_the_original_is_its_own_document() -> None:
    page = html('<link rel="canonical" href="https://wire.example/story/9">').encode()
    retrieval = Retrieval("x", "x", "test", "2025-04-07T00:00:00+00:00", "https://www.courier.example/copy")
    document = read_page(page, retrieval)
    assert document.url == "https://www.courier.example/copy"
    assert [link.url for link in document.links] == ["https://wire.example/story/9"]
    same = read_page(page.replace(b"wire.example", b"m.courier.example"), retrieval)
    assert (same.url, same.links) == ("https://m.courier.example/story/9", ())


def test_the_id_of_a_file_without_an_address_is_its_name_and_place(read: Read) -> None:
    one, other = read(html(), "d07.html"), read(html(), "d08.html")
    assert re.fullmatch(r"d07-[0-9a-f]{10}", one.id)
    assert other.id.startswith("d08-")
    assert read(html(body=BODY + "<p>An editor added this line at noon.</p>"), "d07.html").id == one.id


# kinds -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (html('<link rel="canonical" href="https://parley.example/ana/status/123456">'), "post"),
        (html('<link rel="canonical" href="https://firm.example/press-releases/tankers">'), "statement"),
        (html('<meta name="DC.publisher" content="Ministry of Ships">', before="<h1>Statement by her</h1>"),
         "statement"),
        (html(body="<h5>TRANSCRIPT (excerpt)</h5>" + BODY), "transcript"),
        (html(body="<p>HOST: Who left the port?</p><p>VALE: Two ships left it, without papers.</p>"
                   "<p>HOST: And who let them?</p><p>VALE: Nobody did, they left.</p>"), "transcript"),
        (html(), "article"),
    ],
)  # fmt: skip
def test_kinds(read: Read, page: str, kind: str) -> None:
    assert read(page).kind == kind


def test_a_post_has_a_handle_a_platform_and_no_title(read: Read) -> None:
    page = (
        '<html><head><meta property="og:title" content="@inesvale on Parley">'
        '<meta property="og:url" content="https://parley.example/inesvale/status/77"></head><body>'
        '<div class="login-wall">Log in to see replies.</div>'
        '<div class="post" data-ts="1744011000"><a class="handle">@inesvale</a>'
        "<p>Two tankers left without papers. We will ask.</p>"
        '<span class="when" title="09:30 - 07 Apr 2025">Apr 07</span>'
        "<span>207 reposts</span><span>2,307 likes</span></div></body></html>"
    )
    document = read(page)
    assert (document.kind, document.outlet, document.author, document.title) == (
        "post",
        "Parley",
        "@inesvale",
        None,
    )
    assert document.text == "Two tankers left without papers. We will ask."
    assert document.published == "2025-04-07T07:30:00+00:00"


# hostile and broken pages ----------------------------------------------------------------------------------


def test_script_in_a_title_is_text_and_nothing_more(read: Read) -> None:
    document = read(html("<title><script>alert(1)</script></title>"))
    assert document.text.split("\n\n") == PARAGRAPHS
    assert "<script" not in document.text


def test_half_characters_and_nulls(read: Read) -> None:
    data = html().replace("two tankers", "two &#xD800; tankers").encode() + b"\xed\xa0\x80"
    read(data).text.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><head><title>x</title></head><body></body></html>", "without text"),
        (
            b"<html><body " + b" ".join(b"a%d" % n for n in range(2_000)) + b"><p>Hello.</p>",
            "hundreds of attributes",
        ),
        (b"<!doctype html>" + b"<div>" * 5_000, "without text"),
    ],
)
def test_pages_that_cannot_be_read(read: Read, data: bytes, words: str) -> None:
    with pytest.raises(CaptureError, match=words):
        read(data)


@pytest.mark.parametrize(
    "middle",
    [
        "<blockquote class='twitter-tweet'>" * 500,
        "<table><tr><td>" * 300,
        "<p><b><i>" * 2_000,
        "<ul><li><a href='/x'>a</a>" * 500,
        "<h2>Related</h2><p>x</p>" * 500,
        "<script type='application/ld+json'>" + "[" * 50_000 + "</script>",
        "<!-- ",
        "<![CDATA[",
        "— " * 20_000,
        "&#1114112;&#xFFFFFFFFF;&#0;",
        "<p>one</p>&#1;<aside>two</aside>&#8;three &#xFFFE;<form>four</form>&#11;",
    ],
)
def test_odd_markup_ends(read: Read, middle: str) -> None:
    try:
        document = read(html(before=middle))
    except CaptureError as error:
        assert "\n" not in str(error)
    else:
        for link in document.links:
            assert link.span is not None and 0 <= link.span[0] < link.span[1] <= len(document.text)


def test_the_charset_of_the_page_is_heeded(read: Read) -> None:
    page = html('<meta charset="windows-1251">', body=f"<p>Начальник порта заявил об этом.</p>{BODY}")
    assert "Начальник порта" in read(page.replace("“", '"').replace("”", '"').encode("cp1251")).text
