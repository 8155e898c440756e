"""A tree of markup to blocks of text: paragraphs, headings and items, each with the places of its links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from allegata.model import Link
from allegata.vocab import load

_ELEMENTS = load("pages")["elements"]
_PARAGRAPHS = frozenset(_ELEMENTS["paragraphs"])
_SKIPPED = frozenset(_ELEMENTS["skipped"])
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_ITEMS = frozenset(("li", "item"))
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_BREAKS = frozenset(("br", "lb"))
_SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of running text. ``kind`` is paragraph, heading, item or row; links are (address, start,
    end)."""

    text: str
    kind: str = "paragraph"
    links: tuple[tuple[str, int, int], ...] = ()
    embed: int | None = None

    def cut(self, start: int, end: int) -> Block:
        """The block between two places, without the space at its edges."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        links = tuple((u, s - start, e - start) for u, s, e in self.links if s >= start and e <= end)
        return replace(self, text=self.text[start:end], links=links)


class _Writer:
    """Collects text with its white space collapsed, and closes blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0
        self._space = False
        self._links: list[tuple[str, int, int]] = []
        self._open: list[tuple[str, int]] = []

    def write(self, text: str | None) -> None:
        if not text:
            return
        words = _SPACE.sub(" ", text)
        if words.startswith(" "):
            self._space = True
        words = words.strip(" ")
        if not words:
            return
        if self._space and self._length:
            self._put(" ")
        self._put(words)
        self._space = text[-1:].isspace()

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def line(self) -> None:
        if self._length:
            self._put("\n")
            self._space = False

    def open_link(self, url: str | None) -> None:
        self._open.append((url or "", self._length))

    def close_link(self) -> None:
        if not self._open:
            return
        url, start = self._open.pop()
        if url and self._length > start:
            self._links.append((url, start, self._length))

    def close(self, kind: str) -> None:
        text = "".join(self._parts)
        links = []
        for url, start, end in self._links:
            while start < end and text[start].isspace():
                start += 1
            if start < end:
                links.append((url, start, end))
        if text.strip():
            self.blocks.append(Block(text, kind, tuple(links)).cut(0, len(text)))
        self._parts, self._links, self._length, self._space = [], [], 0, False
        self._open = [(url, 0) for url, _ in self._open]


def blocks_of(tree: etree._Element) -> list[Block]:
    """The blocks of a tree, in order."""
    out = _Writer()
    kinds: list[str] = ["paragraph"]
    skipping = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not skipping:
                out.write(element.tail)
            continue
        tag = element.tag
        if event == "start":
            if skipping or tag in _SKIPPED:
                skipping += 1
                continue
            _begin(out, kinds, element, tag)
        else:
            if skipping:
                skipping -= 1
                if not skipping and element is not tree:
                    out.write(element.tail)
                continue
            _end(out, kinds, tag)
            if element is not tree:
                out.write(element.tail)
    out.close("paragraph")
    return out.blocks


def _begin(out: _Writer, kinds: list[str], element: etree._Element, tag: str) -> None:
    if tag in _CELLS and kinds[-1] == "row":
        out.write(" ")
    elif tag in _PARAGRAPHS:
        out.close(kinds[-1])
        kinds.append(
            "heading"
            if tag in _HEADINGS
            else "item"
            if tag in _ITEMS
            else "row"
            if tag in _ROWS
            else kinds[-1]
        )
    elif tag in _BREAKS:
        out.line()
    elif tag in ("a", "ref"):
        out.open_link(element.get("href") or element.get("target"))
    out.write(element.text)


def _end(out: _Writer, kinds: list[str], tag: str) -> None:
    if tag in _CELLS and kinds[-1] == "row":
        out.write(" ")
    elif tag in _PARAGRAPHS:
        out.close(kinds[-1])
        if len(kinds) > 1:
            kinds.pop()
    elif tag in ("a", "ref"):
        out.close_link()


def joined(blocks: Iterable[Block]) -> tuple[str, tuple[Link, ...], dict[int, tuple[int, int]]]:
    """Text, links with their spans, and the span of each embed, of blocks set under each other.

    Paragraphs stand apart by an empty line, the items of a list and the rows of a table by a line break.
    """
    parts: list[str] = []
    links: list[Link] = []
    embeds: dict[int, tuple[int, int]] = {}
    at = 0
    before: Block | None = None
    for block in blocks:
        if before is not None:
            gap = "\n" if block.kind == before.kind and block.kind in ("item", "row") else "\n\n"
            parts.append(gap)
            at += len(gap)
        parts.append(block.text)
        for url, start, end in block.links:
            links.append(Link(url, block.text[start:end], (at + start, at + end)))
        if block.embed is not None:
            embeds[block.embed] = (at, at + len(block.text))
        at += len(block.text)
        before = block
    return "".join(parts), tuple(links), embeds
