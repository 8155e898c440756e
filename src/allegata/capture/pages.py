"""A web page to a Document: its facts, its main text, and the links and posts in their places."""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import replace

from lxml import etree, html

from allegata.capture import boilerplate, bylines, embeds, identity, metadata
from allegata.capture.decoding import mend
from allegata.capture.flow import Block, blocks_of, joined
from allegata.capture.items import CaptureError, Retrieval
from allegata.capture.kinds import kind_of
from allegata.capture.markup import parse_markup, parse_page
from allegata.model import Document, Embed, Link

_SMALLEST = 25
"""Text shorter than this (trafilatura's own bound) is taken from the pruned page as it stands."""
_MOST_ELEMENTS = 60_000
"""Pages of more elements are no articles; trafilatura takes seconds for them, so they are read as they
stand."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def read_page(body: bytes, retrieval: Retrieval) -> Document:
    """The Document of a page. Raises CaptureError where it holds no text."""
    tree = parse_page(body, retrieval.charset)
    fetched = retrieval.address
    language = next((v for k, v in retrieval.headers if k.lower() == "content-language"), None)
    facts = metadata.describe(tree, fetched, retrieval.retrieved, language)
    base = _base(tree, facts.address or fetched)
    notes = [line for _, line in zip(range(300), bylines.short_texts(tree), strict=False)]
    marks = embeds.choose_marks(etree.tostring(tree, encoding="unicode"))
    posts = embeds.lift(tree, base, marks, facts.language)
    boilerplate.prune(tree, facts.address)
    blocks = embeds.restore(_main_blocks(tree, facts.is_post), posts, marks)
    names = (facts.title, facts.heading, facts.author, facts.outlet)
    blocks = boilerplate.trim(blocks, names, facts.language, retrieval.retrieved)
    text, links, spans = joined(blocks)
    if not text.strip():
        raise CaptureError("is a page without text: it may need JavaScript, save it from a browser")
    kind = kind_of(text.splitlines(), facts.address, facts.title, facts.outlet, facts.types, notes)
    return Document(
        id=_id(facts.address, retrieval),
        text=mend(text),
        url=facts.address,
        outlet=_short(facts.outlet),
        author=_short(facts.author),
        title=_short(facts.title),
        published=facts.published,
        language=facts.language,
        kind="post" if facts.is_post else kind,
        links=(*_absolute(links, base), *((Link(facts.original),) if facts.original else ())),
        embeds=_placed(posts, spans),
    )


def read_fragment(markup: str, base: str | None) -> tuple[str, tuple[Link, ...], tuple[Embed, ...]]:
    """Text, links and embeds of markup that is all main text, as feeds carry it."""
    tree = parse_markup(markup)
    marks = embeds.choose_marks(markup)
    posts = embeds.lift(tree, base, marks)
    blocks = embeds.restore(blocks_of(tree), posts, marks)
    text, links, spans = joined(blocks)
    return mend(text), _absolute(links, base), _placed(posts, spans)


def _id(address: str | None, retrieval: Retrieval) -> str:
    return (
        identity.id_of_url(address)
        if address
        else identity.id_of_key(identity.stem(retrieval.label), retrieval.key)
    )


def _base(tree: html.HtmlElement, address: str | None) -> str | None:
    element = next(iter(tree.iter("base")), None)
    return identity.clean_url(element.get("href") if element is not None else None, address) or address


def _main_blocks(tree: html.HtmlElement, is_post: bool) -> list[Block]:
    """The article as trafilatura finds it; a post, a short or a huge page as it stands once pruned."""
    elements = sum(1 for _ in tree.iter())
    if not is_post and elements <= _MOST_ELEMENTS:
        body = _extract(tree)
        if body is not None and len("".join(str(t) for t in body.itertext()).strip()) >= _SMALLEST:
            return blocks_of(body)
    root = next(iter(tree.iter("body")), tree)
    return blocks_of(root)


def _extract(tree: html.HtmlElement) -> etree._Element | None:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            deepcopy(tree),
            favor_precision=True,
            include_comments=False,
            include_links=True,
            include_tables=True,
            with_metadata=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return None
    return getattr(found, "body", None)


def _absolute(links: tuple[Link, ...], base: str | None) -> tuple[Link, ...]:
    out = []
    for link in links:
        if url := identity.clean_url(link.url, base):
            out.append(replace(link, url=url, text=mend(link.text)))
    return tuple(out)


def _placed(posts: list[Embed], spans: dict[int, tuple[int, int]]) -> tuple[Embed, ...]:
    """The posts that stand in the text, with their spans, and those of which the page has only the
    address."""
    return tuple(
        replace(post, span=spans.get(number), text=mend(post.text))
        for number, post in enumerate(posts)
        if number in spans or not post.text
    )


def _short(value: str | None) -> str | None:
    return mend(value)[:500] if value else None
