"""What kind of thing some bytes are, by their beginning first, then by name and media type."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath

KINDS = ("gzip", "warc", "feed", "html", "lines", "text")

_REFUSED = (
    (b"%PDF-", "is a PDF: save it as text or HTML first"),
    (b"PK\x03\x04", "is a ZIP or office file: unpack it, or save the document as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "is an old office file: save the document as text or HTML"),
    (b"{\\rtf", "is an RTF file: save it as text or HTML first"),
    (b"BZh", "is a bzip2 file: unpack it first"),
    (b"\xfd7zXZ\0", "is an xz file: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is a zstd file: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z file: unpack it first"),
    (b"Rar!", "is a RAR file: unpack it first"),
    (b"\x89PNG", "is an image, which holds no text to read"),
    (b"\xff\xd8\xff", "is an image, which holds no text to read"),
    (b"GIF8", "is an image, which holds no text to read"),
    (b"\x7fELF", "is a program, not a text"),
    (b"SQLite format 3\0", "is a database: if it is a store, give it with --store"),
)
"""Beginnings of files that are never read, from the formats' own specifications, and what to do instead."""

_FEED = re.compile(r"<(?:rss|feed|(?:rdf:)?RDF)[\s>]", re.IGNORECASE)
_XML = re.compile(r"<\?xml\s|<!doctype\s+(?!html\b)", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:p|div|article|section|h1|meta|title|table|span|a|br|ul|blockquote)[\s/>]", re.IGNORECASE
)
_PREAMBLE = re.compile(r"(?:<\?xml[^>]{0,300}\?>|<!--.{0,2000}?-->|<\?[^>]{0,300}\?>|\s)*", re.DOTALL)


def refusal(head: bytes) -> str | None:
    """Why bytes that begin so are not read, or None."""
    return next((reason for magic, reason in _REFUSED if head.startswith(magic)), None)


def kind_of(head: bytes, name: str = "", media_type: str | None = None) -> str:
    """One of `KINDS`. ``name`` is a file's name or a URL's path, ``media_type`` what a server said."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    suffix = _suffix(name)
    text = _peek(head)
    start = text[_preamble_end(text) :]
    if _PAGE.match(start):
        return "html"
    begun = start[:4_000]
    is_xml = _FEED.search(begun) or _XML.match(text.lstrip())
    if start.startswith("<") and is_xml and not _PAGE.search(begun):
        return "feed"
    if suffix in (".txt", ".text", ".md"):
        return "text"
    if suffix in (".jsonl", ".ndjson"):
        return "lines"
    if start.startswith("{") and (suffix == ".json" or '"text"' in start or '"id"' in start):
        return "lines"
    if suffix in (".html", ".htm", ".xhtml") or (media_type or "").startswith(
        ("text/html", "application/xhtml")
    ):
        return "html"
    if start.startswith("<") and (_PAGE.search(start) or _MARKUP.search(start[:1_000])):
        return "html"
    return "text"


def _suffix(name: str) -> str:
    path = PurePosixPath(name)
    return PurePosixPath(path.stem).suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()


def _preamble_end(text: str) -> int:
    found = _PREAMBLE.match(text)
    return found.end() if found else 0


def _peek(head: bytes) -> str:
    """The beginning as text, good enough to look for tags in."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")
