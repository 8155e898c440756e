"""What on a page is not its text: taken out of the tree before the article is looked for, and off its edges
after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from urllib.parse import urlsplit

from lxml import etree, html

from allegata.capture import dates
from allegata.capture.flow import Block
from allegata.capture.identity import clean_url
from allegata.capture.kinds import is_transcript_heading
from allegata.capture.markup import class_words, drop, elements, fold, words_of
from allegata.vocab import load

_SHORT = 160
"""A line of who and when beside a headline is shorter."""
_SHORT_PART = 400
_PROSE_WORDS = 12
_CELL_OF_PROSE = 80
"""A table none of whose cells is as long holds data, not text."""
_MOST_SHARE = 0.4
"""An element with more of the page's words is not taken out for its class alone: themes misname wrappers."""
_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SECTION_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "b", "strong"))
_LINES = frozenset(("p", "div", "span", "time", "small", "a", "ul", "li", "header"))
_WRAPPERS = frozenset(("html", "body", "main", "article"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("pages")[name])


@lru_cache(maxsize=1)
def _counter() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, load("pages")["counters"]), key=len, reverse=True))
    return re.compile(rf"(?:[\d.,]+\s?[kmb]?\s(?:{names})[\s·|•,]*)+", re.IGNORECASE)


def prune(tree: html.HtmlElement, site: str | None) -> None:
    """Take out what is no text of the page: navigation, walls, teasers, comments, tables of data, counts.

    ``site`` is the page's address, to tell links to the same site from others.
    """
    for element in elements(tree, *load("pages")["elements"]["pruned"]):
        drop(element)
    sizes = _sizes(tree)
    _drop_sections(sizes)
    kept = _around_the_article(sizes)
    most = _MOST_SHARE * sizes[tree]
    roles = load("pages")["elements"]["roles"]
    for element, size in sizes.items():
        if element.tag in _WRAPPERS or element.getparent() is None:
            continue
        if (
            element.get("role") in roles
            or element.get("hidden") is not None
            or (size < most and element not in kept and _is_noise(element, size))
        ):
            drop(element)
    prose = {cell: next(cell.iterancestors("table"), None) for cell in sizes if _is_prose_cell(cell, sizes)}
    with_prose = set(prose.values())
    for element in sizes:
        if (element.tag == "table" and element not in with_prose) or (
            element.tag in ("ul", "ol") and _is_list_of_teasers(element, site)
        ):
            drop(element)
    _drop_lines(sizes)


def _is_noise(element: etree._Element, size: int) -> bool:
    words = class_words(element)
    return bool(
        words & _words("noise_classes") or (size < _SHORT_PART and words & _words("noise_classes_short"))
    )


def _around_the_article(sizes: dict[etree._Element, int]) -> set[etree._Element]:
    """What holds the main heading or the body of the article: never noise, whatever its class."""
    kept: set[etree._Element] = set()
    for element in sizes:
        if element.tag in ("h1", "main", "article") or element.get("itemprop") == "articleBody":
            for outer in (element, *element.iterancestors()):
                if outer in kept:
                    break
                kept.add(outer)
    return kept


def _sizes(tree: html.HtmlElement) -> dict[etree._Element, int]:
    """Characters within each element, in the order of the page; one pass, however deep the tree."""
    every = [e for e in tree.iter() if isinstance(e.tag, str)]
    sizes = dict.fromkeys(every, 0)
    for element in reversed(every):
        sizes[element] += len(element.text or "")
        parent = element.getparent()
        if parent is not None and element is not tree:
            sizes[parent] += sizes[element] + len(element.tail or "")
    return sizes


def _is_prose_cell(cell: etree._Element, sizes: dict[etree._Element, int]) -> bool:
    return cell.tag in ("td", "th") and sizes[cell] >= _CELL_OF_PROSE


def is_noise_heading(text: str) -> bool:
    """True for "Related stories", "Comments (14)", "FAQ" and the like."""
    plain = re.sub(r"[\s:»>|+\-–—]+\Z", "", re.sub(r"\s*\(?\d+\)?\s*", " ", fold(text))).strip()
    return plain in _words("noise_headings") or plain.startswith(("related ", "more from ", "most read "))


def _drop_sections(sizes: dict[etree._Element, int]) -> None:
    """Each noise heading goes, with what follows it up to the next heading of its rank or a higher one."""
    for heading, size in sizes.items():
        if heading.tag not in _SECTION_HEADINGS or size > 80:
            continue
        parent = heading.getparent()
        if parent is None or not is_noise_heading(words_of(heading)):
            continue
        rank = _RANKS.get(heading.tag, 7)
        if rank == 7 and (heading.getprevious() is not None or (parent.text or "").strip()):
            continue
        while (follower := heading.getnext()) is not None:
            if _RANKS.get(str(follower.tag), 9) <= rank or follower.tag in _WRAPPERS:
                break
            parent.remove(follower)
        heading.tail = None
        parent.remove(heading)


def _is_list_of_teasers(element: etree._Element, site: str | None) -> bool:
    if element.getparent() is None or next(element.iterancestors("ul", "ol"), None) is not None:
        return False
    items = list(element.iter("li"))
    if len(items) < 2:
        return False
    host = urlsplit(site).hostname if site else None
    for item in items:
        links = list(item.iter("a"))
        if not links or sum(len(words_of(a)) for a in links) < 0.8 * len(words_of(item)):
            return False
        for link in links:
            url = clean_url(link.get("href"))
            if url and urlsplit(url).hostname != host:
                return False
    return True


def _drop_lines(sizes: dict[etree._Element, int]) -> None:
    """Lines of who and when, and counts of likes and shares."""
    counter = _counter()
    for element, size in sizes.items():
        if element.tag not in _LINES or size > 3 * _SHORT or element.getparent() is None:
            continue
        text = words_of(element)
        if not text or len(text) > _SHORT:
            continue
        if counter.fullmatch(text) or (class_words(element) & _words("meta_classes") and not _is_prose(text)):
            drop(element)


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _PROSE_WORDS and text.rstrip("\"'”’)»").endswith((".", "!", "?", ":", "…"))


def trim(
    blocks: Sequence[Block], names: Iterable[str | None], language: str | None, retrieved: str
) -> list[Block]:
    """``blocks`` without headline, byline, date and share lines at their start, and calls and tags at their
    end.

    ``names`` are title, author and outlet, as far as they are known.
    """
    same = {fold(t) for t in names if t}
    first, last = 0, len(blocks)
    while first < last and _is_edge(blocks[first], same, language, retrieved):
        first += 1
    while last > first and _is_tail(blocks[last - 1]):
        last -= 1
    kept = [b for b in blocks[first:last] if not (b.kind == "heading" and fold(b.text) in same)]
    return kept or list(blocks)


def _is_edge(block: Block, same: set[str], language: str | None, retrieved: str) -> bool:
    text = fold(block.text)
    if block.embed is not None:
        return False
    if text in same or text.strip("@ ") in same:
        return True
    if len(text) > _SHORT or _is_prose(block.text):
        return False
    if text.startswith(tuple(_words("line_openings"))) or is_transcript_heading(text):
        return True
    return len(text) < 60 and dates.parse(block.text, language, retrieved) is not None


def _is_tail(block: Block) -> bool:
    text = fold(block.text)
    if block.embed is not None or len(text) > _SHORT:
        return False
    if text in _words("ends") or is_noise_heading(text) or block.kind == "heading":
        return True
    return not _is_prose(block.text) and text.startswith(tuple(_words("line_openings")))
