"""Quotations: where words stand between quotation marks, over paragraphs too. One pass over the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from allegata.model import Span

MARK = re.compile(r"[“”\"„«»]|''|``|[‘’']|\n+")
MAX_SINGLE = 600
"""Longest quotation between single marks, in characters: an apostrophe that looks like an opening mark
must not swallow a page."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation with its marks; ``inner`` is without. ``goes_on`` where the next one continues it."""

    start: int
    end: int
    inner: Span
    goes_on: bool = False


class Quotes:
    """The quotations of a text in order, found by place."""

    def __init__(self, quotes: list[Quote]) -> None:
        self.all = quotes
        self._starts = [q.start for q in quotes]
        self._ends = [q.end for q in quotes]
        self._runs: list[range] = []
        for i, quote in enumerate(quotes):
            if not quote.goes_on or i + 1 == len(quotes):
                first = len(self._runs)
                self._runs += [range(first, i + 1)] * (i + 1 - first)

    def holding(self, char: int) -> int | None:
        """The quotation that holds a character."""
        i = bisect_right(self._starts, char) - 1
        return i if i >= 0 and char < self.all[i].end else None

    def before(self, char: int) -> int | None:
        """The last quotation that ends at or before a character."""
        i = bisect_right(self._ends, char) - 1
        return i if i >= 0 else None

    def after(self, char: int) -> int | None:
        """The first quotation that begins at or after a character."""
        i = bisect_left(self._starts, char)
        return i if i < len(self.all) else None

    def run(self, i: int) -> range:
        """The quotation with those that continue it in the next paragraphs, and those it continues."""
        return self._runs[i]


def _opens(text: str, at: int, end: int) -> bool:
    """True where a mark that looks the same on both sides is an opening one: space before, none after."""
    before = text[at - 1] if at else " "
    after = text[end] if end < len(text) else " "
    return (
        not after.isspace()
        and not (text[at:end] == "'" and after.isdigit())
        and (before.isspace() or before in "([{—–-:/\u200b\u200e\u200f" or at == 0)
    )


def find_quotes(text: str, wrapped: bool = False) -> Quotes:
    """All quotations. ``wrapped``: single line ends do not end a paragraph.

    A quotation that is still open at the end of its paragraph goes on when the next paragraph opens with
    the same mark; otherwise the mark was stray.
    """
    found: list[Quote] = []
    opened: tuple[int, int, str] | None = None  # start, inner start, family
    for m in MARK.finditer(text):
        mark = m.group()
        if mark[0] == "\n":
            if wrapped and len(mark) < 2:
                continue
            if opened is not None:
                start, inner, family = opened
                following = text[m.end() : m.end() + 2]
                goes_on = family != "'" and bool(following) and _family(following) == family
                if goes_on and m.start() > inner:
                    found.append(Quote(start, m.start(), (inner, m.start()), True))
                opened = None
            continue
        family = _family(mark)
        if opened is None:
            if mark in "”»’" or (mark not in "“„«``‘" and not _opens(text, m.start(), m.end())):
                continue
            if family == "'" and not _single_closes(text, m.end()):
                continue
            opened = (m.start(), m.end(), family)
        elif family == opened[2]:
            start, inner, _ = opened
            if family == "'" and not _closes_single(text, m.start(), m.end()):
                continue
            if mark in "“„«``" or (mark in "\"''" and _opens(text, m.start(), m.end())):
                opened = (m.start(), m.end(), family)  # the first mark was stray
            elif m.start() > inner:
                found.append(Quote(start, m.end(), (inner, m.start())))
                opened = None
            else:
                opened = None
    return Quotes(found)


def _family(mark: str) -> str:
    """Marks of one family close each other."""
    if mark[:2] in ("''", "``"):
        return "''"
    if mark[:1] in "«»":
        return "«"
    if mark[:1] in '“”"„':
        return '"'
    return "'" if mark[:1] in "‘’'" else ""


def _closes_single(text: str, at: int, end: int) -> bool:
    """A single mark closes where no letter follows, but for a plural possessive ("the workers' union")."""
    after = text[end] if end < len(text) else " "
    return not after.isalnum() and at > 0 and (text[at - 1] != "s" or after in ",.;:!?)\n")


def _single_closes(text: str, inner: int) -> bool:
    """True where a single mark opens a quotation: a closing one follows in the paragraph, three words on."""
    stop = text.find("\n", inner, inner + MAX_SINGLE)
    for m in re.finditer("[’']", text[inner : stop if stop >= 0 else inner + MAX_SINGLE]):
        if _closes_single(text, inner + m.start(), inner + m.end()):
            return text.count(" ", inner, inner + m.start()) >= 2
    return False
