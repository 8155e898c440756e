"""Posts quoted inside a page: found, described, and put back in their place in the text as plain words.

An embedded post is lifted out of the tree before the article is looked for, and a paragraph of its words
between two marks is left in its stead; after the extraction the marks say where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from allegata.capture import dates
from allegata.capture.flow import Block, blocks_of
from allegata.capture.identity import clean_url
from allegata.capture.markup import class_words, drop, elements
from allegata.capture.signatures import Signature, split_signature
from allegata.model import Embed
from allegata.vocab import load

_MARKS = "⟦⟧⦃⦄⦅⦆⧼⧽"
"""Brackets of mathematics that pages do not use; two that a page has not are taken."""
_MOST_EMBEDS = 200
_CONTAINERS = ("blockquote", "figure", "div", "section", "article", "iframe", "script")
_TWITTER_EPOCH = 1_288_834_974_657
"""Milliseconds since 1970 from which the ids of posts on X count (their upper bits are the time)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The two characters between which an embed's number stands."""

    left: str
    right: str

    def pattern(self) -> re.Pattern[str]:
        left, right = re.escape(self.left), re.escape(self.right)
        return re.compile(rf"{left}(\d+){right}(.*?)(?:{left}\1{right}|\Z)", re.DOTALL)


def choose_marks(markup: str) -> Marks:
    """Marks that do not occur in a page."""
    free = [c for c in _MARKS if c not in markup]
    return Marks(*(free[:2] if len(free) > 1 else _MARKS[:2]))


@lru_cache(maxsize=1)
def _platforms() -> list[tuple[str | None, re.Pattern[str] | None, re.Pattern[str]]]:
    return [
        (p.get("name"), re.compile(p["host"]) if "host" in p else None, re.compile(p["path"]))
        for p in load("pages")["platforms"]
    ]


def post_address(url: str | None) -> tuple[str | None, str | None] | None:
    """Platform and handle, where known, of the address of a single post; None where it is none."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    for name, site, path in _platforms():
        if site is not None and not site.fullmatch(host):
            continue
        if found := path.match(parts.path):
            handle = found.groupdict().get("handle")
            return name, f"@{handle}" if handle else None
    return None


def lift(tree: html.HtmlElement, base: str | None, marks: Marks, language: str | None = None) -> list[Embed]:
    """Take the embedded posts out of ``tree``, leaving their words between marks. Numbered in order."""
    found: list[Embed] = []
    taken: set[etree._Element] = set()
    for element in elements(tree, *_CONTAINERS):
        if len(found) >= _MOST_EMBEDS:
            break
        if any(ancestor in taken for ancestor in element.iterancestors()):
            continue
        embed = _describe(element, base, language)
        if embed is None:
            continue
        taken.add(element)
        _replace(element, embed, len(found), marks)
        found.append(embed)
    return found


def restore(blocks: Sequence[Block], embeds: Sequence[Embed], marks: Marks) -> list[Block]:
    """``blocks`` with each marked stretch turned into a block of its own: the post's words and signature."""
    pattern = marks.pattern()
    out: list[Block] = []
    seen: set[int] = set()
    for block in blocks:
        at = 0
        for match in pattern.finditer(block.text):
            number = int(match[1])
            if number >= len(embeds) or number in seen:
                continue
            seen.add(number)
            out.append(block.cut(at, match.start()))
            out.append(Block(rendered(embeds[number]), embed=number))
            at = match.end()
        out.append(block.cut(at, len(block.text)) if at else block)
    strip = re.compile(rf"{re.escape(marks.left)}\d+{re.escape(marks.right)}\s?")
    return [b if b.embed is not None else _without(b, strip) for b in out if b.text]


def _without(block: Block, strip: re.Pattern[str]) -> Block:
    return replace(block, text=strip.sub("", block.text), links=()) if strip.search(block.text) else block


def rendered(embed: Embed) -> str:
    """How an embed stands in a Document's text: its words, then its signature."""
    name = embed.author if embed.author and embed.author != embed.handle else None
    who = f"{name} ({embed.handle})" if name and embed.handle else name or embed.handle
    day = (embed.published or "")[:10]
    signature = "— " + ", ".join(p for p in (who, day) if p) if who else ""
    return "\n".join(p for p in (embed.text, signature) if p)


def _describe(element: etree._Element, base: str | None, language: str | None) -> Embed | None:
    attributes: list[str] = load("pages")["embeds"]["attributes"]
    words = class_words(element)
    known = bool(words & set(load("pages")["embeds"]["classes"]))
    address = next((u for a in attributes if (u := _post_url(element, a, base)) and post_address(u)), None)
    if element.tag in ("iframe", "script"):
        address = address or _framed(element, base)
        return _from_address(address, None, None) if address else None
    if element.tag != "blockquote" and not (address or (known and _has_short_post(element, base))):
        return None
    if _holds_article(element):
        return None
    blocks = blocks_of(element)
    links = [u for b in blocks for link, _, _ in b.links if (u := _tidy(clean_url(link, base)))]
    address = address or next((u for u in reversed(links) if post_address(u)), None)
    text, signature = split_signature("\n".join(b.text for b in blocks))
    if signature is None and len(blocks) > 1 and _is_signature(blocks[-1], base):
        last = text.rfind(blocks[-1].text)
        text, signature = text[:last].strip(), Signature(rest=text[last:].strip())
    if not (address or signature) or not (text or known):
        return None
    if element.tag == "blockquote" and not (known or signature):
        # A quotation that only links to a post in its words is a quotation.
        return None
    signature = signature or Signature()
    published = _time_in(element, language) or dates.parse(signature.rest, language)
    embed = _from_address(address, signature.name, signature.handle)
    return replace(embed, text=text, published=_sharpened(embed.published, published))


def _from_address(address: str | None, name: str | None, handle: str | None) -> Embed:
    owner = post_address(address)
    handle = handle or (owner[1] if owner else None)
    return Embed(ref=address, author=name or handle, handle=handle, published=_time_of_id(address))


def _sharpened(exact: str | None, printed: str | None) -> str | None:
    """The time that the post's id carries, where it is no more than a day off what the page prints."""
    if exact is None or printed is None:
        return printed or exact
    try:
        apart = datetime.fromisoformat(exact).date() - datetime.fromisoformat(printed).date()
    except ValueError:
        return printed
    return exact if abs(apart) <= timedelta(days=1) else printed


def _time_of_id(address: str | None) -> str | None:
    if not address:
        return None
    parts = urlsplit(address)
    found = re.search(r"/status(?:es)?/(\d{17,20})\Z", parts.path.rstrip("/"))
    if not found or not re.fullmatch(r"(?:www\.|mobile\.)?(?:twitter|x)\.com", parts.hostname or ""):
        return None
    milliseconds = (int(found[1]) >> 22) + _TWITTER_EPOCH
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return None


def _post_url(element: etree._Element, attribute: str, base: str | None) -> str | None:
    value = element.get(attribute)
    if attribute == "data-telegram-post" and value:
        value = f"https://t.me/{value}"
    if attribute == "data-bluesky-uri" and value:
        found = re.fullmatch(r"at://([\w.:-]+)/app\.bsky\.feed\.post/(\w+)", value)
        value = f"https://bsky.app/profile/{found[1]}/post/{found[2]}" if found else None
    return _tidy(clean_url(value, base))


def _tidy(url: str | None) -> str | None:
    """The address of a post without the query that says where it was embedded."""
    if url and post_address(url):
        return urlsplit(url)._replace(query="").geturl().removesuffix("/embed")
    return url


def _framed(element: etree._Element, base: str | None) -> str | None:
    source = element.get("src") or ""
    if found := re.match(r"https?://platform\.twitter\.com/embed/.{0,300}?[?&]id=(\d+)", source):
        return f"https://x.com/i/status/{found[1]}"
    url = clean_url(source, base)
    if element.tag == "iframe" and url and post_address(url):
        return _tidy(url)
    return None


def _has_short_post(element: etree._Element, base: str | None) -> bool:
    links = [a.get("href") for a in element.iter("a")]
    return len(links) <= 20 and any(post_address(clean_url(u, base)) for u in links)


def _holds_article(element: etree._Element) -> bool:
    """True where so much stands within that it cannot be one post (the page's own wrapper)."""
    paragraphs = 0
    for inner in element.iter():
        if inner.tag in ("article", "main", "h1", "nav") and inner is not element:
            return True
        paragraphs += inner.tag == "p"
        if paragraphs > 40:
            return True
    return False


def _is_signature(block: Block, base: str | None) -> bool:
    return len(block.text) < 120 and any(post_address(clean_url(u, base)) for u, _, _ in block.links)


def _time_in(element: etree._Element, language: str | None) -> str | None:
    for inner in element.iter("time"):
        if found := dates.parse(inner.get("datetime") or "", language):
            return found
    return None


def _replace(element: etree._Element, embed: Embed, number: int, marks: Marks) -> None:
    if not embed.text:
        drop(element)
        return
    mark = f"{marks.left}{number}{marks.right}"
    stand_in: Any = etree.Element("p")
    stand_in.text = f"{mark} {embed.text} {mark}"
    stand_in.tail = element.tail
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.replace(element, stand_in)
