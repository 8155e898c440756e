"""Roles on pages that turn one allegation over."""

from __future__ import annotations

from allegata.model import Document, Sentence, Source, Statement
from allegata.reading.parsing import language
from allegata.reading.storyline import find_story, settle_roles

LINES = [
    ("Harbour Row", "not_applicable", "not_applicable"),
    (
        "Port chief Ana Ruiz alleged that the Lagos Line dumped oil in the harbour.",
        "evaluation",
        "main_event",
    ),
    ("She repeated the charge on Monday.", "current_context", "main_event"),
    ("The charge raises awkward questions for the port.", "current_context", "evaluation"),
    ("Insurers may walk away from the line.", "evaluation", "expectation"),
    ("In the 1990s the line lost two tankers.", "evaluation", "historical_event"),
    ("Public Reaction", "not_applicable", "not_applicable"),
    ("Fishermen blocked the quay on Tuesday.", "current_context", "consequence"),
    ("The port lies at the mouth of the river.", "current_context", "current_context"),
]
TEXT = "\n".join(line for line, _, _ in LINES)


def sentences() -> tuple[Sentence, ...]:
    return tuple(Sentence(TEXT.index(line), TEXT.index(line) + len(line), role) for line, role, _ in LINES)


def said(stance: str = "allege") -> tuple[Statement, ...]:
    def span(words: str) -> tuple[tuple[int, int], ...]:
        return ((TEXT.index(words), TEXT.index(words) + len(words)),)

    content = span("the Lagos Line dumped oil in the harbour")
    first = Statement("s1", span("Port chief Ana Ruiz"), span("alleged"), content, stance, None, "Ana Ruiz")
    again = Statement("s2", span("She"), span("repeated"), span("the charge"), stance, None, "Ana Ruiz")
    return first, again


SOURCES = (Source("Ana Ruiz", "person"),)


def settled(statements: tuple[Statement, ...]) -> list[str]:
    doc = language()(TEXT)
    return [s.role for s in settle_roles(Document("d", TEXT), doc, sentences(), statements, SOURCES)]


def test_roles_are_put_right_on_a_page_about_an_allegation() -> None:
    assert settled(said()) == [after for _, _, after in LINES]


def test_other_pages_stay_as_they_are() -> None:
    assert settled(()) == [before for _, before, _ in LINES]
    assert settled(said("assert")) == [before for _, before, _ in LINES]


def test_the_story_is_whose_allegation_the_lead_tells() -> None:
    story = find_story(Document("d", TEXT), sentences(), said(), SOURCES)
    assert story is not None and story.speakers == {"Ana Ruiz"} and "harbour" in story.words
