"""RSS and Atom: each entry a Document with the content that the feed carries."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from allegata.capture import dates, identity
from allegata.capture.decoding import mend
from allegata.capture.items import CaptureError, Item, Refusal, Retrieval
from allegata.capture.kinds import kind_of
from allegata.model import Document, Embed, Link

_MOST_ENTRIES = 10_000
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_BEGINNING = re.compile(rb"<(?:item|entry)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z!/]|&[#\w]{2,8};")


def read_feed(body: bytes, retrieval: Retrieval) -> Iterator[Item | Refusal]:
    """An Item an entry. Raises CaptureError where the whole is no feed, or declares entities."""
    if _ENTITY.search(body.replace(b"\0", b"")):  # the zeros are those of UTF-16
        raise CaptureError("is a feed that declares entities, which may expand without end: refused")
    if len(_BEGINNING.findall(body)) > _MOST_ENTRIES:
        raise CaptureError(f"is a feed of more than {_MOST_ENTRIES} entries: split it")
    feed = _parse(body, retrieval)
    capture = retrieval.capture(body, "application/xml")
    channel = feed.get("feed", {})
    for number, entry in enumerate(feed.entries, 1):
        try:
            document = _read_entry(entry, channel, retrieval)
        except CaptureError as error:
            yield Refusal(f"{retrieval.label}, entry {number}", str(error))
        else:
            yield Item(capture, body, replace(document, capture=capture.sha256))


def _parse(body: bytes, retrieval: Retrieval) -> Any:
    import feedparser

    headers = {"content-type": retrieval.media_type} if retrieval.media_type else {}
    try:
        # Always a stream: given a string, feedparser would take it for an address and fetch it.
        feed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, RecursionError, LookupError, AttributeError, TypeError) as error:
        raise CaptureError("is a broken feed: check it with a feed validator") from error
    if not feed.entries:
        if feed.get("version"):
            raise CaptureError("is a feed without entries: there is nothing to read")
        raise CaptureError("is XML but no RSS or Atom feed: give a feed, a page or a text")
    return feed


def _read_entry(entry: Any, channel: Any, retrieval: Retrieval) -> Document:
    base = retrieval.address
    link = identity.clean_url(entry.get("link"), base)
    title = _plain(entry.get("title_detail"), entry.get("title"))
    text, links, embeds = _content(entry, link or base)
    text = text or title or ""
    if not text.strip():
        raise CaptureError("has neither text nor title")
    origin = entry.get("source") or {}
    outlet = _plain(None, origin.get("title")) or _plain(channel.get("title_detail"), channel.get("title"))
    key = link or entry.get("id") or title or text[:200]
    return Document(
        id=identity.id_of_url(link) if link else identity.id_of_key(title or retrieval.label, str(key)),
        text=mend(text),
        url=link,
        outlet=outlet,
        author=_plain(None, entry.get("author")),
        title=title,
        published=_published(entry),
        language=_language(entry, channel),
        kind=kind_of(text.splitlines(), link, title, outlet),
        links=links,
        embeds=embeds,
    )


def _content(entry: Any, base: str | None) -> tuple[str, tuple[Link, ...], tuple[Embed, ...]]:
    """The longest of what the entry carries: whole content before summary."""
    from allegata.capture.pages import read_fragment

    values = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    best = max(values, key=lambda v: len(v.get("value") or ""))
    value = best.get("value") or ""
    if best.get("type") == "text/plain" and not _MARKUP.search(value):
        return mend(value.strip()), (), ()
    return read_fragment(value, base) if value.strip() else ("", (), ())


def _plain(detail: Any, value: Any) -> str | None:
    """A title as text: feeds put markup and entities into them."""
    from allegata.capture.markup import parse_markup, words_of

    text = (detail or {}).get("value") or value
    if not isinstance(text, str):
        return None
    if _MARKUP.search(text):
        text = words_of(parse_markup(f"<div>{text}</div>"))
    return mend(" ".join(text.split()))[:500] or None


def _published(entry: Any) -> str | None:
    for field in ("published", "created", "updated"):
        if found := dates.parse(entry.get(field)):
            return found
        parsed = entry.get(f"{field}_parsed")
        if parsed and (found := dates.iso(time.strftime("%Y-%m-%dT%H:%M:%S+00:00", parsed))):
            return found
    return None


def _language(entry: Any, channel: Any) -> str | None:
    value = (entry.get("title_detail") or {}).get("language") or channel.get("language")
    found = re.match(r"[a-zA-Z]{2,3}(?=[-_]|\Z)", value or "")
    return found[0].lower() if found else None
