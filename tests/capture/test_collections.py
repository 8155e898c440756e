"""JSON Lines, feeds and WARC: each Document an Item, each bad one a Refusal, and the rest goes on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from allegata.capture import CaptureError, Item, Limits, Refusal, open_source
from allegata.model import Embed, Link

ReadAll = Callable[..., list[Item | Refusal]]


def lines(*rows: object) -> bytes:
    return b"".join((r if isinstance(r, bytes) else json.dumps(r).encode()) + b"\n" for r in rows)


# JSON Lines ------------------------------------------------------------------------------------------------

ROW = {
    "id": "d01",
    "url": "https://paper.example/a#top",
    "outlet": "Paper",
    "kind": "statement",
    "author": "Press office",
    "published": "2025-03-01T10:00:00+01:00",
    "title": "",
    "text": "We deny it.\r\n\nAll of it. ",
    "language": "en",
    "links": [
        "https://other.example/b",
        {"url": "https://other.example/c", "text": "deny", "span": [3, 7]},
        7,
    ],
    "embeds": [
        "d02",
        {"ref": "https://x.com/a/status/1", "author": "A", "handle": "@a", "text": "All of it."},
    ],
    "score": {"unknown": True},
}


def test_the_fields_of_a_line_are_kept(read_all: ReadAll) -> None:
    (item,) = read_all(lines(ROW), "documents.jsonl")
    assert isinstance(item, Item)
    document = item.document
    for field in ("id", "url", "outlet", "kind", "author", "published", "text", "language"):
        assert getattr(document, field) == ROW[field], field
    assert document.title is None
    assert document.links == (
        Link("https://other.example/b"),
        Link("https://other.example/c", "deny", (3, 7)),
    )
    assert document.embeds == (
        Embed("d02"),
        Embed("https://x.com/a/status/1", "A", "@a", None, "All of it.", (14, 24)),
    )
    assert item.body == json.dumps(ROW).encode()
    assert document.capture == item.capture.sha256


def test_bad_lines_are_told_and_the_rest_goes_on(read_all: ReadAll) -> None:
    data = lines(
        {"id": "a", "text": "One."},
        b'{"id": "b", "text": "cut',
        b"",
        ["no", "object"],
        {"id": "c"},
        {"id": "d", "text": "  "},
        b'{"id": "e", "text": "deep", "x": ' + b"[" * 100_000,
        {"id": "f", "text": "x" * 2_000},
        {"id": "g" * 400, "text": "Long id."},
        {"id": 8, "text": "Eight."},
    )
    found = read_all(data, "documents.jsonl", Limits(page=500_000))
    small = [
        f.reason for f in read_all(data, "documents.jsonl", Limits(page=1_000)) if isinstance(f, Refusal)
    ]
    assert [i.document.id for i in found if isinstance(i, Item)] == ["a", "f", "8"]
    refusals = [str(r) for r in found if isinstance(r, Refusal)]
    assert [r.split(":")[0] for r in refusals] == [f"documents.jsonl, line {n}" for n in (2, 4, 5, 6, 7, 9)]
    assert "not JSON at character" in refusals[0]
    assert all("\n" not in r for r in refusals)
    assert sum("larger than 1000 bytes" in r for r in small) == 2


def test_hostile_values_do_no_harm(read_all: ReadAll) -> None:
    data = lines(
        b'{"id": "a", "text": "half \\ud800 way", "title": "\\udfff", "published": "0000-01-01"}',
        {
            "id": "b",
            "text": "Two.",
            "published": "9999-99-99",
            "url": "javascript:alert(1)",
            "links": "no list",
        },
        {
            "id": None,
            "text": "Three.",
            "kind": "sermon",
            "links": [{"url": "https://a.example", "span": [5, 999]}],
        },
        {"id": True, "text": "Three.", "embeds": [{}, {"ref": "x", "span": [2, 1]}, None]},
        b'{"id": ' + b"7" * 5_000 + b', "text": "Four."}',
        b'{"id": "z", "text": "a\\u0000b", "published": "Tue, 12 Mar 2024 14:20:00 GMT"}',
    )
    items = [i for i in read_all(data, "d.jsonl") if isinstance(i, Item)]
    a, b, c, d, e, z = (i.document for i in items)
    assert (a.text, a.title, a.published) == ("half \ufffd way", "\ufffd", None)
    assert (b.published, b.url, b.links) == (None, None, ())
    assert c.id == d.id != e.id
    assert (c.kind, c.links[0].span) == ("article", None)
    assert d.embeds == (Embed("x"),)
    assert (z.text, z.published) == ("a\0b", "2024-03-12T14:20:00+00:00")


def test_a_packed_file_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    rows = [{"id": f"d{n}", "text": f"Text {n} " + "about ships " * n} for n in range(400)]
    path = tmp_path / "documents.jsonl.gz"
    path.write_bytes(gzip.compress(lines(*rows))[:-2_000])
    seen = []
    with pytest.raises(CaptureError, match="cut off"):
        for item in open_source(str(path)):
            seen.append(item)
    assert seen and all(isinstance(i, Item) for i in seen)


# feeds -----------------------------------------------------------------------------------------------------

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Quay Courier</title><link>https://courier.example/</link><language>en-gb</language>
<item><title>Tankers &amp;amp; papers</title><link>https://courier.example/news/tankers?utm_source=rss</link>
<dc:creator>Ana Bell</dc:creator><pubDate>Mon, 07 Apr 2025 09:30:00 +0200</pubDate>
<description>Two tankers left.</description>
<content:encoded><![CDATA[<p>Two tankers left, <a href="/master">the master</a> said.</p>
<p>A third stayed.</p>
<script>alert(1)</script>]]></content:encoded></item>
<item><title>Only a title</title><guid isPermaLink="false">x-2</guid></item>
<item><link>https://courier.example/empty</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry of Ships</title>
<entry><title type="html">Press note: &lt;b&gt;tankers&lt;/b&gt;</title><link href="https://ships.example/1"/>
<id>tag:1</id>
<updated>2025-04-07T12:00:00Z</updated><author><name>Press office</name></author>
<content type="text">We did not let them leave.</content></entry></feed>"""


def test_rss(read_all: ReadAll) -> None:
    first, second, third = read_all(RSS.encode(), "feed.xml")
    assert isinstance(first, Item) and isinstance(second, Item) and isinstance(third, Refusal)
    document = first.document
    assert document.text == "Two tankers left, the master said.\n\nA third stayed."
    assert (document.title, document.outlet, document.author) == (
        "Tankers & papers",
        "Quay Courier",
        "Ana Bell",
    )
    assert (document.published, document.language) == ("2025-04-07T09:30:00+02:00", "en")
    (link,) = document.links
    assert (link.url, link.text) == ("https://courier.example/master", "the master")
    assert second.document.text == "Only a title"
    assert "neither text nor title" in third.reason
    assert first.capture == second.capture
    assert first.body == RSS.encode()


def test_atom(read_all: ReadAll) -> None:
    (item,) = read_all(ATOM.encode(), "feed.xml")
    assert isinstance(item, Item)
    document = item.document
    assert document.text == "We did not let them leave."
    assert (document.title, document.kind) == ("Press note: tankers", "statement")
    assert (document.published, document.url) == ("2025-04-07T12:00:00Z", "https://ships.example/1")


def test_an_entry_and_its_page_are_one_document(read_all: ReadAll) -> None:
    first = read_all(RSS.encode(), "feed.xml")[0]
    canonical = b'<link rel="canonical" href="https://courier.example/news/tankers">'
    page = b"<html><head>" + canonical + b"</head><body><p>Hello.</p></body></html>"
    (item,) = read_all(page, "page.html")
    assert isinstance(first, Item) and isinstance(item, Item)
    assert first.document.id == item.document.id


BOMB = """<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel>
<title>&b;</title><item><title>&b;</title></item></channel></rss>"""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f'<?xml version="1.0"?>{BOMB}'.encode(), "declares entities"),
        (f'<?xml version="1.0" encoding="utf-16"?>{BOMB}'.encode("utf-16"), "declares entities"),
        (BOMB.encode(), "declares entities"),
        (RSS.replace("item>", "thing>").replace("<item", "<thing").encode(), "without entries"),
        (b'<?xml version="1.0"?><urlset><url><loc>https://a.example</loc></url></urlset>', "no RSS or Atom"),
        (b"<rss><channel>" + b"<item>" * 10_001, "more than 10000 entries"),
    ],
)
def test_feeds_that_are_refused(read_all: ReadAll, data: bytes, words: str) -> None:
    with pytest.raises(CaptureError, match=words):
        read_all(data, "feed.xml")


# WARC ------------------------------------------------------------------------------------------------------

WORDS = "Two tankers left without papers, he said."
PAGE = f"<html><head><title>Tankers</title></head><body><p>{WORDS}</p></body></html>"


def record(
    body: bytes, url: str, kind: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = ""
) -> bytes:
    http = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n"
        f"Set-Cookie: secret=1\r\n\r\n"
    ).encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-04-07T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url))}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    ).encode() + http + b"\r\n\r\n"  # fmt: skip


RECORDS = (
    record(PAGE.encode(), "https://a.example/1"),
    record(b"\x89PNG", "https://a.example/logo.png", "image/png"),
    record(PAGE.encode(), "https://a.example/gone", status="404 Not Found"),
    record(gzip.compress(PAGE.encode()), "https://a.example/2", extra="Content-Encoding: gzip\r\n"),
    record(b"<html><body></body></html>", "https://a.example/3"),
    record(b"Just a text, that is all.", "https://a.example/4.txt", "text/plain"),
    record(gzip.compress(b"a" * 3_000_000), "https://a.example/5", extra="Content-Encoding: gzip\r\n"),
)


@pytest.mark.parametrize("packed", [False, True])
def test_warc(read_all: ReadAll, packed: bool) -> None:
    data = b"".join(gzip.compress(r) if packed else r for r in RECORDS)
    found = read_all(data, "crawl.warc.gz" if packed else "crawl.warc", Limits(page=1_000_000))
    items = [f for f in found if isinstance(f, Item)]
    assert [i.document.url for i in items] == [f"https://a.example/{n}" for n in ("1", "2", "4.txt")]
    assert items[0].document.text == items[1].document.text == WORDS
    assert items[2].document.text == "Just a text, that is all."
    capture = items[0].capture
    assert capture.retrieved == "2025-04-07T10:00:00Z"
    assert (capture.url_reached, capture.status, capture.size) == ("https://a.example/1", 200, len(PAGE))
    assert "set-cookie" not in dict(capture.headers)
    refusals = [f for f in found if isinstance(f, Refusal)]
    assert [(r.source, r.reason.split(":")[0]) for r in refusals] == [
        ("https://a.example/3", "is a page without text"),
        ("https://a.example/5", "is larger than 1 MB"),
    ]


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_a_warc_that_is_cut_off(read_all: ReadAll, cut: int) -> None:
    data = (RECORDS[0] + RECORDS[5])[:-cut]
    found = read_all(data, "crawl.warc")
    assert isinstance(found[0], Item)
    assert isinstance(found[-1], Refusal)
    assert "cut off" in found[-1].reason


@pytest.mark.parametrize(
    "data",
    [b"WARC/", b"WARC/1.0\r\n" + b"\xff" * 200,
     b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nabc",
     b"WARC/1.0\r\nX: " + b"y" * 300_000 + b"\r\n\r\n",
     b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nabc"],
)  # fmt: skip
def test_broken_warcs_are_told_in_one_line(read_all: ReadAll, data: bytes) -> None:
    try:
        found = read_all(data, "crawl.warc")
    except CaptureError as error:
        assert "\n" not in str(error)
    else:
        assert found and all(isinstance(f, Refusal) for f in found)
