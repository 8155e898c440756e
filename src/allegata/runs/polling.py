"""Feeds, asked again and again: with conditional requests, less and less often while they fail, each time on
record. What they carry goes the way of everything that is added."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

from allegata.capture.asking import Answer, ask
from allegata.capture.feeds import read_feed
from allegata.capture.identity import clean_url
from allegata.capture.items import CaptureError, Item, Limits, Refusal, Retrieval, tool_name
from allegata.capture.streams import GZIP, unzip
from allegata.monitoring.moments import instant
from allegata.reading import DEFAULT, Reader
from allegata.runs import local
from allegata.runs.local import Added, Failure
from allegata.runs.robots import Leave, Robots
from allegata.store.base import Store
from allegata.store.records import Feed, Poll, PollOutcome

LEAST, USUAL, MOST = 300, 1_800, 86_400
"""Seconds between two polls: at least, if nothing is said, and at most, while the feed fails."""

LIMITS = Limits(page=20_000_000, connect=10.0, read=20.0, total=60.0)

LATE = 3
"""Polls that a feed may miss before it is called late."""

_KEPT = ("content-type", "last-modified", "date", "etag", "server", "via")

Ask = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of one feed, and when it is asked next."""

    feed: Feed
    poll: Poll


def poll(
    store: Store,
    now: datetime,
    *,
    urls: frozenset[str] = frozenset(),
    reader: Reader = DEFAULT,
    jobs: int | None = 1,
    allow_private: bool = False,
    asking: Ask = ask,
    failed: Callable[[Failure], None] = lambda failure: None,
) -> tuple[list[Polled], Added]:
    """Ask every feed that is due (or those of ``urls``, due or not), then read and link what they brought."""
    feeds = [f for f in store.feeds() if (f.url in urls if urls else (instant(f.due) or now) <= now)]
    if not feeds:
        return [], Added()
    get = partial(asking, limits=LIMITS, allow_private=allow_private)
    robots = Robots(lambda url: get(url))
    out = []
    run = store.start_run("feeds", f"{len(feeds)} to ask")
    status = "failed"
    try:
        for feed in feeds:
            polled = _ask_one(store, feed, now, get, robots, failed)
            store.put_poll(polled.feed, polled.poll, run)
            out.append(polled)
        status = "done"
    finally:
        store.finish_run(run, status)
    return out, local.complete(store, reader=reader, jobs=jobs, failed=failed)


def is_late(feed: Feed, now: datetime) -> bool:
    """Whether it has not answered well for the time of some polls."""
    last = instant(feed.answered) or instant(feed.at) or now
    return now - last > timedelta(seconds=LATE * feed.every)


def _ask_one(
    store: Store,
    feed: Feed,
    now: datetime,
    get: Callable[..., Answer],
    robots: Robots,
    failed: Callable[[Failure], None],
) -> Polled:
    leave = robots.leave(feed.url)
    if not leave.allowed:
        return _fail(feed, now, "refused" if leave.known else "failed", None, leave.note)
    headers = {"If-None-Match": feed.etag or "", "If-Modified-Since": feed.modified or ""}
    try:
        answer = get(feed.url, headers={k: v for k, v in headers.items() if v})
    except CaptureError as error:
        return _fail(feed, now, "failed", None, str(error))
    if answer.status == 304:
        return _well(feed, now, leave, "unchanged", answer, 0)
    if answer.status != 200:
        wait = _retry_after(answer.headers, now)
        return _fail(feed, now, "failed", answer.status, f"answered with status {answer.status}", wait)
    try:
        new, title = _take(store, feed, answer, now, failed)
    except CaptureError as error:
        return _fail(feed, now, "failed", answer.status, str(error))
    named = replace(feed, title=title or feed.title)
    named = replace(
        named, etag=_short(answer.headers.get("etag")), modified=_short(answer.headers.get("last-modified"))
    )
    return _well(named, now, leave, "read", answer, new)


def _take(
    store: Store, feed: Feed, answer: Answer, now: datetime, failed: Callable[[Failure], None]
) -> tuple[int, str | None]:
    """Store what the feed carries. Gives how many Documents are new or changed, and the feed's name."""
    body = unzip(answer.body, LIMITS) if answer.body.startswith(GZIP) else answer.body
    retrieval = Retrieval(
        label=feed.url,
        key=feed.url,
        tool=tool_name(),
        retrieved=now.isoformat(timespec="seconds"),
        address=clean_url(answer.url),
        url_asked=feed.url,
        url_reached=answer.url,
        media_type=answer.headers.get("content-type", "").split(";")[0].strip().lower() or None,
        status=answer.status,
        headers=tuple((k, v) for k, v in answer.headers.items() if k in _KEPT),
    )
    new, title = 0, None
    for item in _entries(body, retrieval):
        if isinstance(item, Refusal):
            failed(Failure(item.source, item.reason))
            continue
        _, put = local.put_item(store, item)
        new += put != "same"
        title = title or item.document.outlet
    return new, _line(title)


def _entries(body: bytes, retrieval: Retrieval) -> Iterator[Item | Refusal]:
    try:
        yield from read_feed(body, retrieval)
    except CaptureError as error:
        if "without entries" not in str(error):  # an empty feed is a feed
            raise


def _well(feed: Feed, now: datetime, leave: Leave, outcome: PollOutcome, answer: Answer, new: int) -> Polled:
    pause = timedelta(seconds=min(MOST, max(feed.every, leave.delay)))
    at = now.isoformat(timespec="seconds")
    after = replace(feed, failures=0, due=(now + pause).isoformat(), answered=at, note="")
    return Polled(after, Poll(feed.number, at, outcome, answer.status, new, ""))


def _fail(
    feed: Feed, now: datetime, outcome: PollOutcome, status: int | None, note: str, wait: float = 0.0
) -> Polled:
    """Ask again after twice the time, four times the time, and so on to a day; later where the site says
    so."""
    failures = feed.failures + 1
    pause = min(MOST, max(feed.every * 2.0 ** min(failures, 30), wait))
    at, line = now.isoformat(timespec="seconds"), _line(note) or ""
    after = replace(feed, failures=failures, due=(now + timedelta(seconds=pause)).isoformat(), note=line)
    return Polled(after, Poll(feed.number, at, outcome, status, 0, line))


def _retry_after(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds that the site asks to be left alone (RFC 9110, 10.2.3); 0 where it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _short(value: str | None) -> str | None:
    """A validator, to be sent back as it came; none that is too long or that a header cannot hold."""
    return value if value and len(value) <= 500 and value.isprintable() and value.isascii() else None


def _line(words: str | None) -> str | None:
    """One line, without controls, of bounded length: a feed can name itself anything."""
    if not words:
        return None
    line = " ".join("".join(c if c.isprintable() else " " for c in words[:2_000]).split())
    return line[:200] or None
