"""Document to Reading, one Document at a time, batched for speed. Knows no store and no other Document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import tee

from spacy.tokens import Doc

from allegata.model import Document, Reading
from allegata.reading import DEFAULT, Reader, version
from allegata.reading.allegations import Times, find_allegations
from allegata.reading.forecasts import find_forecasts
from allegata.reading.foreign import find_foreign_statements
from allegata.reading.language import detect_language
from allegata.reading.parsing import MAX_CHARACTERS, parse
from allegata.reading.places import find_places, only_places
from allegata.reading.roles import label_sentences
from allegata.reading.sentences import segment
from allegata.reading.speakers import resolve_speakers
from allegata.reading.statements import find_statements as find_by_rules
from allegata.reading.storyline import settle_roles


def read_documents(documents: Iterable[Document], reader: Reader = DEFAULT) -> Iterator[Reading]:
    """One Reading a Document, in order. Of a text in another language than English only who says what is
    read, where the language is one of `foreign.languages`; the rest is left unread, not read wrongly."""
    made_by = version(reader)
    here, there = tee(with_language(d) for d in documents)
    parsed = parse(d.text for d in there if is_english(d))
    for document in here:
        yield (
            read_parsed(document, next(parsed), reader)
            if is_english(document)
            else _read_foreign(document, made_by)
        )


def _read_foreign(document: Document, made_by: str) -> Reading:
    language = (document.language or "").lower()[:2]
    statements, sources = find_foreign_statements(document, language)
    return Reading(document, statements=statements, sources=sources, reader=made_by)


def with_language(document: Document) -> Document:
    """The Document with the language its words show, where it does not say one itself."""
    return document if document.language else replace(document, language=detect_language(document.text))


def is_english(document: Document) -> bool:
    """Whether the reader can read it; where no language can be told, it tries."""
    return (document.language or "en").lower().startswith("en")


def read_parsed(document: Document, doc: Doc, reader: Reader = DEFAULT) -> Reading:
    """The Reading of a Document that spaCy has parsed."""
    spans = segment(doc)
    if reader == "rules":
        statements = find_by_rules(document, doc, spans)
    else:
        from allegata.reading import tagger  # the network is loaded only where it is asked for

        seen = tagger.encode(document.text[:MAX_CHARACTERS], tagger.shipped())
        statements = tagger.find_statements(document, doc, spans, seen)
    statements, sources = resolve_speakers(document, doc, statements)
    times = Times(doc, document.published)
    statements = times.of_statements(statements)
    places = find_places(document, doc)
    sentences = label_sentences(document, doc, spans, statements)
    sentences = settle_roles(document, doc, sentences, statements, sources)
    allegations, events = find_allegations(document, doc, statements, only_places(places), sources, times)
    forecasts = find_forecasts(document, doc, sentences, statements)
    made_by = version(reader)
    return Reading(document, sentences, statements, allegations, events, places, forecasts, sources, made_by)
