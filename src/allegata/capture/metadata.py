"""Whose a page is, by whom, when, under what title and address, in what language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from lxml import html

from allegata.capture import bylines, dates
from allegata.capture.decoding import mend
from allegata.capture.embeds import post_address
from allegata.capture.identity import clean_url, same_site
from allegata.capture.markup import fold, words_of
from allegata.capture.structured import Structured
from allegata.vocab import load

_SEPARATOR = r"\s*(?:\s[-–—|·•:]\s|\s?[|»«›‹]\s?|::|:\s|\s[-–—]|[-–—]\s)\s*"
_AFTER = re.compile(rf"{_SEPARATOR}(?P<rest>[^|»«]{{2,60}})\Z")
_BEFORE = re.compile(rf"\A(?P<rest>[^|»«]{{2,60}}?){_SEPARATOR}\Z")
_POST_TITLE = re.compile(
    r"(?P<who>.{0,60}?\(?@[\w.]{1,50}\)?)\s+(?:on|sur|auf|en|su|op)\s+(?P<where>[\w .]{1,30})\Z"
)
_LONGEST_NAME = 100
_METAS: dict[str, list[str]] = load("pages")["metas"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a page besides its text. ``address`` is where it says it stands, or was fetched from;
    ``original`` is the page of another site that it says it is a copy of."""

    address: str | None
    outlet: str | None
    author: str | None
    title: str | None
    published: str | None
    language: str | None
    heading: str | None
    is_post: bool
    original: str | None
    types: frozenset[str]


def describe(
    tree: html.HtmlElement, fetched_from: str | None, retrieved: str, headers_language: str | None = None
) -> Facts:
    """The facts of a page. ``fetched_from`` is its address as fetched, ``retrieved`` the time of that."""
    metas = _metas(tree)
    heading, titles = _heading(tree)
    structured = Structured(tree, heading)
    address, original = _address(tree, metas, structured, fetched_from)
    language = _language(tree, metas, structured, headers_language)
    post = _post(address, metas)
    site = None if post else _outlet(tree, metas, structured, titles, heading)
    title = None if post else _title(metas, structured, titles, heading, site)
    lines = bylines.lines_of(tree)
    author = _author(metas, structured, tree, lines, title, site)
    published = _published(metas, structured, tree, lines, language, retrieved)
    if published is None and not post:
        published = _guessed_date(tree, address)
    if post:
        author = post[0] or _handle_in(tree) or author
        site = post[1] or site or _site_name(metas, structured)
    if site is None and address:
        site = (urlsplit(address).hostname or "").removeprefix("www.") or None
    return Facts(
        address, site, author, title, published, language, heading, bool(post), original, structured.types
    )


def _metas(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Content of the meta elements by name, property or itemprop, in lower case."""
    out: dict[str, list[str]] = defaultdict(list)
    for element in list(tree.iter("meta"))[:2_000]:
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = " ".join((element.get("content") or "").split())[:1_000]
        if key and value:
            out[key.strip().lower()].append(mend(value))
    return out


def _first(metas: dict[str, list[str]], kind: str) -> str | None:
    """The best of the meta elements that the vocabulary lists under ``kind``."""
    return next((metas[k][0] for k in _METAS[kind] if k in metas), None)


def _heading(tree: html.HtmlElement) -> tuple[str | None, list[str]]:
    """The main heading, and the texts of the title elements."""
    titles = [t for e in list(tree.iter("title"))[:3] if (t := words_of(e)[:500])]
    headings = [t for e in list(tree.iter("h1"))[:10] if (t := words_of(e)[:500])]
    named = [h for h in headings if any(fold(h) in fold(t) for t in titles)]
    return next(iter(named or headings), None), titles


def _address(
    tree: html.HtmlElement, metas: dict[str, list[str]], structured: Structured, fetched: str | None
) -> tuple[str | None, str | None]:
    canonical = next(
        (e.get("href") for e in list(tree.iter("link"))[:500] if "canonical" in (e.get("rel") or "").lower()),
        None,
    )
    for url in (canonical, _first(metas, "address"), structured.address()):
        found = clean_url(url, fetched)
        # A canonical address that is the front page of the site belongs to a careless theme.
        if found and (urlsplit(found).path.strip("/") or urlsplit(found).query):
            if fetched and not same_site(found, fetched):
                # Republished: two outlets' pages are two Documents, of which one names the other.
                return clean_url(fetched), found
            return found, None
    return clean_url(fetched), None


def _language(
    tree: html.HtmlElement, metas: dict[str, list[str]], structured: Structured, header: str | None
) -> str | None:
    root = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    for value in (
        structured.text("inLanguage"), root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        _first(metas, "language"), header,
    ):  # fmt: skip
        if value and (found := re.match(r"([a-zA-Z]{2,3})(?:[-_,;\s]|\Z)", value.strip())):
            return found[1].lower()
    return None


def _post(address: str | None, metas: dict[str, list[str]]) -> tuple[str | None, str | None] | None:
    """Handle and platform where the page is a post on a platform, else None."""
    titled = _POST_TITLE.fullmatch(_first(metas, "title") or "")
    at = post_address(address)
    if at is None:
        return None
    handle = re.search(r"@[\w.]+", titled["who"]) if titled else None
    return (handle[0] if handle else at[1]), (titled["where"].strip() if titled else None) or at[0]


def _handle_in(tree: html.HtmlElement) -> str | None:
    for element in list(tree.iter("a", "span"))[:2_000]:
        text = words_of(element) if len(element) == 0 else ""
        if re.fullmatch(r"@[\w.]{2,50}", text):
            return text
    return None


def _site_name(metas: dict[str, list[str]], structured: Structured) -> str | None:
    names = structured.names("publisher", "sourceOrganization", "isPartOf", "copyrightHolder", "provider")
    name = names[0] if names else _first(metas, "outlet")
    return name[:_LONGEST_NAME] if name else None


@lru_cache(maxsize=1)
def _phrases() -> list[re.Pattern[str]]:
    name = r"(?P<name>[A-Z0-9À-Þ][\w.&'’ -]{1,58}?)"
    return [
        re.compile(p.replace("{}", name).replace(name, f"(?-i:{name})"), re.IGNORECASE)
        for p in load("pages")["outlet_phrases"]
    ]


def _outlet(
    tree: html.HtmlElement,
    metas: dict[str, list[str]],
    structured: Structured,
    titles: Iterable[str],
    heading: str | None,
) -> str | None:
    return (
        _site_name(metas, structured)
        or next((o for t in titles for h in (heading,) if h and (o := _beside(t, h))), None)
        or _home_link(tree)
        or _phrase(tree)
    )


def _beside(title: str, heading: str) -> str | None:
    """The outlet in "Headline - Outlet" or "Outlet » Headline"."""
    at = title.find(heading)
    if at < 0:
        return None
    for pattern, rest in ((_AFTER, title[at + len(heading) :]), (_BEFORE, title[:at])):
        if found := pattern.fullmatch(rest):
            name = re.split(r"\s[|»·]\s", found["rest"])[-1 if pattern is _AFTER else 0].strip()
            if fold(name) not in load("pages")["not_outlets"]:
                return name
    return None


def _home_link(tree: html.HtmlElement) -> str | None:
    for element in list(tree.iter("a"))[:50]:
        if re.fullmatch(r"/|\./|https?://[^/]+/?", element.get("href") or ""):
            name = words_of(element) or next((i.get("alt") or "" for i in element.iter("img")), "")
            if 2 < len(name) <= 60 and fold(name) not in load("pages")["not_outlets"]:
                return name
    return None


def _phrase(tree: html.HtmlElement) -> str | None:
    for line in bylines.short_texts(tree):
        for pattern in _phrases():
            if found := pattern.search(line):
                return str(found["name"])
    return None


def _title(
    metas: dict[str, list[str]],
    structured: Structured,
    titles: list[str],
    heading: str | None,
    site: str | None,
) -> str | None:
    named = structured.text("headline") if structured.is_article else None
    title = named or _first(metas, "title") or heading
    if title is None and titles:
        title = titles[0]
    if title and site and fold(title) != fold(site) and title is not heading:
        for found in re.finditer(_SEPARATOR, title):
            if fold(title[found.end() :]) == fold(site):
                return title[: found.start()]
            if fold(title[: found.start()]) == fold(site):
                return title[found.end() :]
    return mend(title) if title else None


def _author(
    metas: dict[str, list[str]],
    structured: Structured,
    tree: html.HtmlElement,
    lines: list[bylines.Line],
    title: str | None,
    site: str | None,
) -> str | None:
    names = structured.names("author", "creator") or [
        v for k in _METAS["author"] for v in metas.get(k, ()) if not v.startswith(("http:", "https:"))
    ]
    if not names:
        names = [
            t for e in list(tree.iter("a"))[:3_000] if "author" in (e.get("rel") or "") and (t := words_of(e))
        ]
    if not names and (found := bylines.author_in(lines, title, site)):
        names = [found]
    cleaned = [bylines.clean_name(n) for n in dict.fromkeys(names[:10])]
    return mend(", ".join(dict.fromkeys(n for n in cleaned if n))[:300]) or None


def _published(
    metas: dict[str, list[str]],
    structured: Structured,
    tree: html.HtmlElement,
    lines: list[bylines.Line],
    language: str | None,
    retrieved: str,
) -> str | None:
    created = [structured.text("datePublished", "dateCreated", "uploadDate")]
    created += [v for k in _METAS["created"] for v in metas.get(k, ())]
    printed = bylines.dates_in(lines, language, retrieved)
    marked = bylines.marked_dates(tree, language)
    changed = [structured.text("dateModified"), *(v for k in _METAS["changed"] for v in metas.get(k, ()))]
    best: str | None = None
    for value in (*created, *marked, *printed, *changed):
        found = dates.parse(value, language, retrieved)
        if found and (best is None or (len(best) == 10 and len(found) > 10 and found[:10] == best)):
            best = found
    return best


def _guessed_date(tree: html.HtmlElement, address: str | None) -> str | None:
    """What htmldate finds in the address and in the markup, looking at no running text."""
    from htmldate import find_date

    try:
        return dates.iso(find_date(tree, extensive_search=False, original_date=True, url=address))
    except (ValueError, TypeError, RecursionError, AttributeError):
        return None
