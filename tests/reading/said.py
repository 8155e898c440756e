"""Statements written down by their words, for tests that start after `find_statements`."""

from __future__ import annotations

from spacy.tokens import Doc

from allegata.model import Document, Place, Span, Statement
from allegata.reading.parsing import language


def span(text: str, words: str, after: int = 0) -> Span:
    """Where ``words`` stand in ``text``, from ``after`` on."""
    at = text.index(words, after)
    return (at, at + len(words))


def says(
    text: str,
    source: str,
    cue: str,
    content: str | tuple[str, ...],
    stance: str = "assert",
    *,
    key: str = "s1",
    inside: str | None = None,
    after: int = 0,
) -> Statement:
    """A Statement whose parts are given by their words. Empty words are an empty part."""
    pieces = (content,) if isinstance(content, str) else content
    return Statement(
        id=key,
        source=(span(text, source, after),) if source else (),
        cue=(span(text, cue, after),) if cue else (),
        content=tuple(span(text, piece, after) for piece in pieces if piece),
        stance=stance,
        nested_in=inside,
    )


def parsed(text: str, **fields: str) -> tuple[Document, Doc]:
    return Document("d", text, **fields), language()(text)


def place(text: str, name: str, country: str | None = None, after: int = 0) -> Place:
    start, end = span(text, name, after)
    return Place(start, end, name, country=country)
