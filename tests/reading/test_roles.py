"""Roles of sentences: boilerplate by rule, the rest by the shipped weights; speech."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.model import ROLES, Document, Sentence
from allegata.reading.boilerplate import mark_boilerplate
from allegata.reading.parsing import language
from allegata.reading.role_features import sentence_features
from allegata.reading.roles import in_context, label_sentences, role_model
from allegata.reading.sentences import segment

PAGE = """Why the Tarvik Ferry Sank
TARVIK (Coastal Press) - A ferry with 40 people on board sank off Tarvik on Monday, the coast guard said.
By Ana Petrova and Li Wei
Divers recovered nine bodies from the hull on Tuesday. "We will search until dark," said Captain Ole Rud.
- YOU MAY ALSO LIKE: ten lighthouses you must see. Number four is haunted.
What Comes Next for the Ferry Line?
The accident could lead to a ban on older ships and will likely cost the company its licence.
In 1987 a ferry of the same line ran aground near the port, and 12 people died.
File photo: the ferry in dock last year.
Subscribe to our newsletter for daily updates.
— Harbour Watch (@harbourwatch) May 4, 2024
"""


def labelled(text: str, title: str | None = None) -> dict[str, Sentence]:
    doc = language()(text)
    sentences = label_sentences(Document("d", text, title=title), doc, segment(doc), ())
    return {text[s.start : s.end]: s for s in sentences}


def role(start: str) -> str:
    return next(s.role for text, s in labelled(PAGE).items() if text.startswith(start))


@pytest.mark.parametrize(
    "start",
    [
        "Why the Tarvik",
        "By Ana",
        "- YOU MAY",
        "Number four",
        "What Comes",
        "File photo",
        "Subscribe",
        "— Harbour",
    ],
)
def test_headings_teasers_credits_and_signatures_are_not_applicable(start: str) -> None:
    assert role(start) == "not_applicable"


def test_the_story_is_told_apart() -> None:
    assert role("TARVIK") == "main_event"
    assert role("The accident could") == "expectation"
    assert role("In 1987") == "historical_event"


def test_speech() -> None:
    found = {text[:12]: s.speech for text, s in labelled(PAGE).items()}
    assert found['"We will sea']
    assert not found["In 1987 a fe"]
    assert not found["By Ana Petro"]


def test_the_title_said_again_is_not_applicable() -> None:
    text = "Ferry sinks off Tarvik, nine dead.\nDivers recovered nine bodies on Tuesday."
    assert labelled(text)["Ferry sinks off Tarvik, nine dead."].role != "not_applicable"
    again = labelled(text, title="Ferry sinks off Tarvik, nine dead")
    assert again["Ferry sinks off Tarvik, nine dead."].role == "not_applicable"


def test_a_call_marks_its_own_sentence_and_no_other_of_the_paragraph() -> None:
    text = "Traders say the market will close. Follow us for more. The mayor was not there."
    spans = segment(language()(text))
    assert mark_boilerplate(text, spans, None) == [False, True, False]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(Agency/Ole Rud)", True),
        ("($1 = 6.7 crowns)", True),
        ("Gallery (12 Images)", True),
        ("May 4, 2024 at 10:15", True),
        ("5 min read", True),
        ("Photo: Ole Rud", True),
        ("Mia Lund contributed reporting from Oslo.", True),
        ("Watch how the crane lifts the hull, he told them.", False),
        ("Sources said the crane was hired in March.", False),
        ("By Monday the hull had been lifted.", False),
        ("The hull was lifted on May 4, 2024.", False),
    ],
)
def test_lines_of_the_page(line: str, expected: bool) -> None:
    assert mark_boilerplate(line, [(0, len(line))], None) == [expected]


def test_headings_that_ask_or_stack_and_boxes_of_facts() -> None:
    lines = [
        "Frequently Asked Questions",
        "When is the vote?",
        "It is planned for the last Sunday of the month, said the registrar.",
        "Key Facts",
        "Who is accused: the port company",
        "Who ordered the ship to sail? he asked the crew of the second boat.",
    ]
    text = "\n".join(lines)
    spans = [(text.index(line), text.index(line) + len(line)) for line in lines]
    assert mark_boilerplate(text, spans, None) == [True, True, False, True, True, False]


def test_no_sentences() -> None:
    assert label_sentences(Document("d", ""), language()(""), (), ()) == ()


def test_the_shipped_weights_fit_the_code() -> None:
    model = role_model()
    assert model.first.shape == (len(model.vocabulary), len(ROLES) + 1)
    width = in_context(np.full((1, len(ROLES)), 1 / len(ROLES)), np.zeros((1, 1))).shape[1]
    assert model.second.shape == (width, len(ROLES))
    doc = language()("The ferry sank on Monday, the coast guard said.")
    (features,) = sentence_features(doc, segment(doc))
    assert sum(f in model.vocabulary for f in features) > 20


def test_context_of_each_sentence_is_its_own_neighbourhood() -> None:
    roles = np.eye(len(ROLES))[[0, 1, 2]]
    seen = in_context(roles, np.zeros((3, 1)))
    n = len(ROLES)
    before, after = seen[1, n + 1 : 2 * n + 1], seen[1, 2 * n + 2 : 3 * n + 2]
    assert before.argmax() == 0 and after.argmax() == 2
    assert not seen[0, n + 1 : 2 * n + 1].any()


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from('aZ .\n"“”1?—(@)#|'), max_size=150))
def test_every_sentence_gets_one_role(text: str) -> None:
    doc = language()(text)
    spans = segment(doc)
    labels = label_sentences(Document("d", text), doc, spans, ())
    assert [(s.start, s.end) for s in labels] == list(spans)
    assert all(s.role in ROLES for s in labels)
