"""Documents with hand-made readings, so that these tests judge linking alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allegata.linking.features import make_features, restore
from allegata.linking.texts import Text
from allegata.model import Allegation, Document, Embed, Link, Reading, Sentence, Source, Statement

Line = tuple[str, Source | None, str] | str


def make_reading(
    document_id: str,
    lines: list[Line],
    *,
    outlet: str,
    published: str | None = "2025-03-04T08:00:00+00:00",
    kind: str = "article",
    author: str | None = None,
    links: tuple[str, ...] = (),
    embeds: tuple[str | Embed, ...] = (),
    title: str | None = None,
    act: str | None = "ASSAULT",
    accused: str | None = None,
) -> Reading:
    """A line is a sentence, or (sentence, its speaker, stance): the whole sentence is then the content."""
    text, sentences, statements, allegations, sources = "", [], [], [], []
    for line in lines:
        words, speaker, stance = (line, None, "") if isinstance(line, str) else line
        start = len(text)
        text += words
        sentences.append(Sentence(start, len(text), "main_event", bool(speaker)))
        if stance:
            name = speaker.name if speaker else None
            statement = Statement(
                f"s{len(statements) + 1}", (), (), ((start, len(text)),), stance, None, name
            )
            statements.append(statement)
            if act:
                allegations.append(
                    Allegation(statement.id, name, accused, act, None, None, (start, len(text)))
                )
            if speaker:
                sources.append(speaker)
        text += "\n"
    document = Document(
        document_id,
        text,
        url=f"https://{outlet.lower().replace(' ', '')}.example/{document_id}",
        outlet=outlet,
        author=author,
        title=title,
        published=published,
        kind=kind,
        links=tuple(Link(u) for u in links),
        embeds=tuple(Embed(e) if isinstance(e, str) else e for e in embeds),
    )
    return Reading(document, tuple(sentences), tuple(statements), tuple(allegations), sources=tuple(sources))


@pytest.fixture
def texts() -> Callable[[list[Reading]], list[Text]]:
    """Readings to Texts with real sentence vectors."""

    def make(readings: list[Reading]) -> list[Text]:
        rows = make_features(readings)
        return [restore(r, f.vectors) for r, f in zip(readings, rows, strict=True)]

    return make
