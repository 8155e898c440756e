"""Statements written down by their words, for tests that start after `find_statements`."""

from __future__ import annotations

from spacy.tokens import Doc

from allegata.model import Document, Place, Source, Span, Statement
from allegata.reading.parsing import language
from allegata.reading.speakers import resolve_speakers


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


def resolve(text: str, *statements: Statement, **fields: str) -> tuple[list[str | None], dict[str, Source]]:
    document, doc = parsed(text, **fields)
    resolved, sources = resolve_speakers(document, doc, statements)
    assert [s.id for s in resolved] == [s.id for s in statements]
    assert {s.speaker for s in resolved if s.speaker} == {s.name for s in sources}
    return [s.speaker for s in resolved], {s.name: s for s in sources}


def one(text: str, source: str, cue: str = "said", **fields: str) -> Source:
    """The Source of a single statement whose content is the last sentence's rest."""
    at = text.index(cue) + len(cue)
    statement = Statement(
        "s1", (span(text, source),), (span(text, cue),), ((at + 1, len(text) - 1),), "assert"
    )
    _, sources = resolve(text, statement, **fields)
    (found,) = sources.values()
    return found
