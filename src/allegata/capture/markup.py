"""HTML to a tree, and small questions asked of its elements. Hostile pages are bounded in size and depth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree, html

from allegata.capture.decoding import decode
from allegata.capture.items import CaptureError
from allegata.vocab import load

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})["']""", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[a-zA-Z][\w:-]*\s")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 500
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_WORDS = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BUILDERS = tuple(load("pages")["builders"])
_SPACE = re.compile(r"[\s\u00a0]+")


def parse_page(body: bytes, charset: str | None = None) -> html.HtmlElement:
    """The tree of a page. ``charset`` is what the server said. Raises CaptureError where it is no text."""
    head = body[:4_096]
    declared = charset
    if declared is None:
        found = _XML_CHARSET.search(head) or _CHARSET.search(head)
        declared = found[1].decode("ascii") if found else None
    return parse_markup(decode(body, declared))


def parse_markup(markup: str) -> html.HtmlElement:
    """The tree of some markup; of an empty one, an empty page."""
    text = _DECLARATION.sub("", markup).replace("\0", "")
    _refuse_swollen_tags(text)
    # `huge_tree` off: libxml2 then bounds the depth and the length of one text node by itself.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = html.document_fromstring(b"<html><body></body></html>", parser=parser)
    _drop_controls(tree)
    return tree


def _drop_controls(tree: html.HtmlElement) -> None:
    """Control characters, which references may bring in, can be read from a tree but not be put into one."""
    for element in tree.iter():
        if element.text and _CONTROLS.search(element.text):
            element.text = _CONTROLS.sub("", element.text)
        if element.tail and _CONTROLS.search(element.tail):
            element.tail = _CONTROLS.sub("", element.tail)


def _refuse_swollen_tags(text: str) -> None:
    """Raise CaptureError for an element with hundreds of attributes: libxml2 takes quadratic time there."""
    for part in text.split(">"):
        if len(part) > 2 * _MOST_ATTRIBUTES and (tag := _TAG.search(part)):
            rest = _QUOTED.sub("", part[tag.end() :])
            if len(rest.split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES:
                raise CaptureError("has an element with hundreds of attributes, as no page has: refused")


def words_of(element: etree._Element) -> str:
    """All text within an element, its white space collapsed."""
    return _SPACE.sub(" ", "".join(str(t) for t in element.itertext())).strip()


def class_words(element: etree._Element) -> set[str]:
    """The words of an element's class and id: ``post-meta entryTitle`` has post, meta, entry, title."""
    names = f"{element.get('class', '')} {element.get('id', '')}"[:400].split()
    told = " ".join(name for name in names if not name.startswith(_BUILDERS))
    return set(_WORDS.findall(_CAMEL.sub(" ", told).lower()))


def fold(text: str) -> str:
    """Lower case without accents, white space collapsed, for comparison with the vocabulary."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    return _SPACE.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def drop(element: etree._Element) -> None:
    """Take an element out of its tree, leaving the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def elements(tree: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Elements of a tree in the order of the page, as a list of their own, so that some may be dropped."""
    return iter(list(tree.iter(*tags)) if tags else [e for e in tree.iter() if isinstance(e.tag, str)])
