"""The short lines beside a headline: "By Ann Lee, 3 March 2024" and how else pages say who wrote it and
when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from allegata.capture import dates
from allegata.capture.markup import class_words, fold, words_of
from allegata.vocab import load

_SHORT = 160
_MOST_LINES = 400
_HOLDERS = ("p", "div", "span", "time", "small", "li", "td", "h4", "h5", "h6", "address", "footer", "i", "em")
_SPLIT = re.compile(r"\s(?:[·•|/]|//|[–—-])\s|\s?[|·•]\s?|;|//")
_NAME = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’'-]*|[A-Z]\.)(?:\s(?:[A-ZÀ-Þ][\w.’'-]*|de|da|di|del|van|von|der|bin|ibn|al|el|la|le|y|and)){1,4}\Z"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A short line of the page; ``marked`` where its element is named for a byline or a date."""

    text: str
    marked: bool
    title: str | None


def short_texts(tree: html.HtmlElement) -> Iterator[str]:
    """The short lines of a page that hold no other block, at most a few hundred."""
    count = 0
    for element in tree.iter(*_HOLDERS):
        if count >= _MOST_LINES:
            return
        if len(element) > 8 or any(child.tag in ("p", "div", "ul", "table") for child in element):
            continue
        text = words_of(element)
        if text and len(text) <= _SHORT:
            count += 1
            yield text


def lines_of(tree: html.HtmlElement) -> list[Line]:
    """Short lines that may say who and when: named so, or beginning with a word that says so."""
    wanted = frozenset(load("pages")["meta_classes"])
    out: list[Line] = []
    for element in tree.iter(*_HOLDERS):
        if len(out) >= _MOST_LINES:
            break
        if len(element) > 8 or any(child.tag in ("p", "div", "ul", "table") for child in element):
            continue
        text = words_of(element)
        if not text or len(text) > _SHORT or _within_noise(element):
            continue
        marked = bool(class_words(element) & wanted) or element.tag == "time"
        if marked or len(text) < 80:
            out.append(Line(text, marked, element.get("title")))
    return out


def _within_noise(element: etree._Element) -> bool:
    return any(a.tag in ("aside", "nav", "blockquote", "form") for a in element.iterancestors())


def author_in(lines: list[Line], title: str | None, site: str | None) -> str | None:
    """The first name after "by" in a line of the byline, or that stands alone in one."""
    words = "|".join(re.escape(w) for w in load("pages")["by_words"])
    by = re.compile(rf"(?:^|\s)(?:{words})\s+(?P<name>[^\s].{{1,80}})", re.IGNORECASE)
    for line in lines:
        if line.marked or re.match(rf"(?:{words})\s", line.text, re.IGNORECASE):
            for part in _SPLIT.split(line.text):
                if (found := by.search(part)) and (name := clean_name(found["name"])):
                    return name
    for line in lines:
        if not line.marked or (title and fold(line.text) == fold(title)):
            continue
        for part in (p.strip() for p in _SPLIT.split(line.text)):
            if _NAME.match(part) and fold(part) != fold(site or "") and dates.parse(part) is None:
                return part
    return None


def clean_name(name: str) -> str | None:
    """An author's name without "By", date, counts and what follows it."""
    name = " ".join(_SPLIT.split(name)[0].split())
    name = re.sub(r"\A(?:by|von|par|por)\s+", "", name, flags=re.IGNORECASE)
    name = re.split(
        r",?\s(?:on|at|in|am|le|el|il|published|updated|posted)\s|,\s*\d|\s\d{1,2}[\s./:]|\s\(", name
    )[0]
    name = name.strip(" ,.:;|·•-") if not re.search(r"\b[A-Z]\.\Z", name) else name.strip(" ,:;|·•-")
    return name if 1 < len(name) <= 80 and not name.isdigit() else None


def dates_in(lines: list[Line], language: str | None, retrieved: str) -> list[str]:
    """Dates that the byline prints, the marked lines first; in lines of no mark only after a word like
    "posted"."""
    opening = re.compile(rf"(?:{'|'.join(map(re.escape, load('pages')['date_openings']))})\b")
    out: list[str] = []
    for line in sorted(lines, key=lambda x: not x.marked):
        if not (line.marked or opening.match(fold(line.text)) or len(line.text) < 40):
            continue
        for text in (line.title or "", line.text):
            if found := dates.parse(text, language, retrieved if line.marked else None):
                out.append(found)
    return out[:10]


def marked_dates(tree: html.HtmlElement, language: str | None) -> list[str]:
    """Dates in attributes: of `time` elements, `itemprop`, and the timestamps that scripts read."""
    names = load("pages")["metas"]["times"]
    out: list[tuple[int, str]] = []
    for element in tree.iter("time", "span", "div", "article", "abbr", "p", "meta", "a", "li"):
        if len(out) >= 20:
            break
        for name in names:
            value = element.get(name)
            if not value or len(value) > 40:
                continue
            found = dates.from_epoch(value) or dates.parse(value, language)
            if found and not _within_noise(element):
                published = "pubdate" in element.attrib or element.get("itemprop") in (
                    "datePublished",
                    "dateCreated",
                )
                out.append((0 if published else 1, found))
    return [found for _, found in sorted(out, key=lambda x: x[0])]
