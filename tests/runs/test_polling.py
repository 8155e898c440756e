"""Feeds that are polled: asked only for what is new, less often while they fail, never against robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from allegata.monitoring.moments import instant
from allegata.runs.polling import MOST, is_late, poll
from allegata.store import Store

from .watched import server, store_at

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
ENTRY = (
    "<item><title>{title}</title><link>https://vellpost.example/{n}</link>"
    "<description>Norland gunboats shelled the fish market of Vell, the harbour office said.</description>"
    "</item>"
)


def feed(*titles: str, name: str = "Vell Post") -> bytes:
    entries = "".join(ENTRY.format(title=t, n=n) for n, t in enumerate(titles))
    return f'<rss version="2.0"><channel><title>{name}</title>{entries}</channel></rss>'.encode()


class Site(BaseHTTPRequestHandler):
    status: int
    body: bytes
    robots: tuple[int, str]
    headers_out: dict[str, str]
    asked: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        cls = type(self)
        if self.path == "/robots.txt":
            status, text = cls.robots
            return self.answer(status, text.encode())
        cls.asked.append((self.path, self.headers["If-None-Match"]))
        if cls.status == 200 and self.headers["If-None-Match"] == cls.headers_out.get("ETag", "none"):
            return self.answer(304, b"")
        return self.answer(cls.status, cls.body)

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        for name, value in type(self).headers_out.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        return None


@pytest.fixture
def site() -> Iterator[tuple[str, type[Site]]]:
    fields = {"status": 200, "body": feed("One", "Two"), "robots": (404, ""), "asked": []}
    made = type("Made", (Site,), {**fields, "headers_out": {"ETag": '"v1"'}})
    with server(made) as address:
        yield address, made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = store_at(tmp_path)
    yield made
    made.close()


def ask(store: Store, now: datetime, **given: object) -> list[str]:
    """One poll at a moment; the outcomes."""
    polled, _ = poll(store, now, reader="rules", allow_private=True, **given)  # type: ignore[arg-type]
    return [one.poll.outcome for one in polled]


def added(store: Store, url: str, every: int = 1800) -> None:
    store.put_feed(url, every, "ana", "case 7")


def test_a_feed_is_read_once_and_asked_for_what_is_new(store: Store, site: tuple[str, type[Site]]) -> None:
    address, made = site
    added(store, f"{address}/rss")
    now = datetime.now(UTC)
    assert ask(store, now) == ["read"]
    assert store.count_documents() == 2 and store.unlinked() == []
    assert len(store.claims()) >= 1
    assert ask(store, now + timedelta(minutes=29)) == []
    assert ask(store, now + timedelta(minutes=31)) == ["unchanged"]
    assert made.asked == [("/rss", None), ("/rss", '"v1"')]
    (one,) = store.feeds()
    assert (one.title, one.etag, one.failures) == ("Vell Post", '"v1"', 0)
    polls = store.polls(one.number)
    assert [(p.outcome, p.status, p.new) for p in polls] == [("unchanged", 304, 0), ("read", 200, 2)]
    assert all(p.run for p in polls)


def test_a_feed_that_answers_500_for_a_day_is_late_and_not_hammered(
    store: Store, site: tuple[str, type[Site]]
) -> None:
    address, made = site
    made.status = 500
    added(store, f"{address}/rss", every=600)
    now = start = datetime.now(UTC)
    while now < start + timedelta(days=1):
        ask(store, now)
        now += timedelta(minutes=5)
    assert 5 <= len(made.asked) <= 9  # asked every ten minutes it would have been 144 times
    (one,) = store.feeds()
    assert is_late(one, now) and one.note == "answered with status 500" and one.failures == len(made.asked)
    assert len(store.polls(one.number, 500)) == len(made.asked)
    made.status = 200
    due = instant(one.due)
    assert due is not None and ask(store, due) == ["read"]
    (one,) = store.feeds()
    assert one.failures == 0 and not is_late(one, due)


def test_the_pause_ends_at_a_day_and_a_site_may_ask_for_a_longer_one(
    store: Store, site: tuple[str, type[Site]]
) -> None:
    address, made = site
    made.status, made.headers_out = 503, {"Retry-After": "7200"}
    added(store, f"{address}/rss", every=300)
    now = datetime.now(UTC)
    ask(store, now)
    assert instant(store.feeds()[0].due) == now + timedelta(seconds=7200)
    for _ in range(12):
        now = instant(store.feeds()[0].due) or now
        ask(store, now)
    assert instant(store.feeds()[0].due) == now + timedelta(seconds=MOST)


@pytest.mark.parametrize(
    ("robots", "outcome"),
    [
        ((200, "User-agent: *\nDisallow: /"), "refused"),
        ((200, "User-agent: *\nDisallow: /*.xml$"), "refused"),
        ((200, "User-agent: allegata\nAllow: /feed.xml\nDisallow: /"), "read"),
        ((500, ""), "failed"),
        ((404, ""), "read"),
    ],
)
def test_robots_are_respected(
    store: Store, site: tuple[str, type[Site]], robots: tuple[int, str], outcome: str
) -> None:
    address, made = site
    made.robots = robots
    added(store, f"{address}/feed.xml")
    assert ask(store, datetime.now(UTC)) == [outcome]
    assert len(made.asked) == (outcome == "read")
    assert bool(store.feeds()[0].note) == (outcome != "read")


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        (b"<html><body>Please log in.</body></html>", "failed", ""),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "failed", ""),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"></rss>', "failed", "entities"),
        (b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>', "read", ""),
    ],
)
def test_what_is_no_feed_is_told_in_one_line(
    store: Store, site: tuple[str, type[Site]], body: bytes, outcome: str, words: str
) -> None:
    address, made = site
    made.body = body
    added(store, f"{address}/rss")
    assert ask(store, datetime.now(UTC)) == [outcome]
    (one,) = store.feeds()
    assert words in one.note and "\n" not in one.note and store.count_documents() == 0
    assert one.etag is None or outcome == "read"


def test_a_hostile_title_is_one_plain_bounded_line(store: Store, site: tuple[str, type[Site]]) -> None:
    address, made = site
    made.body = feed("One", name="&lt;script&gt;alert(1)&lt;/script&gt;\n\u202eVell " + "Post " * 500)
    made.headers_out = {"ETag": '"' + "x" * 5000 + '"'}
    added(store, f"{address}/rss")
    assert ask(store, datetime.now(UTC)) == ["read"]
    (one,) = store.feeds()
    assert one.title and one.title.isprintable() and len(one.title) <= 200 and one.etag is None


def test_private_addresses_are_not_asked_and_one_feed_keeps_no_other_waiting(
    store: Store, site: tuple[str, type[Site]]
) -> None:
    added(store, "http://nowhere.invalid/rss")
    added(store, f"{site[0]}/rss")
    now = datetime.now(UTC)
    polled, _ = poll(store, now, reader="rules")
    assert [one.poll.outcome for one in polled] == ["failed", "failed"] and site[1].asked == []
    assert "not a public address" in polled[1].poll.note
    assert ask(store, now, urls=frozenset([f"{site[0]}/rss"])) == ["read"]
