"""Forecasts: what is one, its condition, horizon, likelihood and speaker."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.model import Document, Forecast, Statement
from allegata.reading.forecasts import find_forecasts
from allegata.reading.parsing import language
from allegata.reading.roles import label_sentences
from allegata.reading.sentences import segment
from allegata.vocab import load


def forecasts(text: str, statements: tuple[Statement, ...] = ()) -> tuple[Forecast, ...]:
    doc, document = language()(text), Document("d", text)
    sentences = label_sentences(document, doc, segment(doc), ())
    return find_forecasts(document, doc, sentences, statements)


@pytest.mark.parametrize(
    ("text", "conditional", "horizon", "likelihood"),
    [
        ("The strike could lead to shortages across the north.", False, None, None),
        ("The dam is likely to burst within two weeks.", False, "within two weeks", "likely"),
        ("If the dam bursts, the town will flood.", True, None, None),
        ("The union threatened to close the port by Friday unless he goes.", True, "by Friday", None),
        ("Prices are expected to rise next month.", False, "next month", "likely"),
        ("The coalition will almost certainly fall before Christmas.", False, "before Christmas",
         "almost certain"),
        ("It is highly unlikely that the talks will resume this year.", False, "this year", "very unlikely"),
        ("The ministry warned that the camp would close in the coming weeks.", False, "in the coming weeks",
         None),
        ("The two sides should meet within three days.", False, "within three days", None),
        ("Residents weighed the likelihood of war by winter.", False, "by winter", None),
    ],
)  # fmt: skip
def test_forecasts(text: str, conditional: bool, horizon: str | None, likelihood: str | None) -> None:
    found = forecasts(text)
    assert [(f.conditional, f.horizon, f.likelihood) for f in found] == [(conditional, horizon, likelihood)]
    assert (found[0].start, found[0].end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "He could have left in March.",
        "The pump can lift nine tonnes of water.",
        "The minister would not comment.",
        "She asked if he had seen the ship.",
        "The ferry sank on Monday.",
        "Will the dam hold?",
        "He may have known of the leak.",
        "Some would argue that the bridge was old.",
        "Guests may take pictures of the tower.",
        "His wife hoped that he would come home.",
        "The fleet planned to sail but stayed in port.",
        "It will be essential to watch the river.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert forecasts(text) == ()


def test_the_horizon_is_the_one_behind_the_verb() -> None:
    text = "The smell was noticed before Christmas, and two members of the board would be heard next week."
    assert [f.horizon for f in forecasts(text)] == ["next week"]


def test_may_is_no_month() -> None:
    assert [f.horizon for f in forecasts("This may lead to a shortage of grain, and it could spread.")] == [
        None
    ]
    assert [f.horizon for f in forecasts("The court will rule in May.")] == ["in May"]


@pytest.mark.parametrize(
    ("text", "consequence", "condition", "actor"),
    [
        ("If the dam bursts, the council will clear the valley.", "the council will clear the valley",
         "If the dam bursts", "the council"),
        ("Dockers threatened to close the port by Friday unless he goes.", "close the port by Friday",
         "unless he goes", "Dockers"),
        ("Should the pumps fail, the mine would flood.", "the mine would flood", "Should the pumps fail",
         None),
        ("Without fresh loans, the school will close.", "the school will close", "Without fresh loans",
         "the school"),
        ("As rain sets in, crops could rot, and prices would soar.", "crops could rot", None, None),
        ("Traders expect the bank to cut rates next month.", "the bank to cut rates next month", None,
         "the bank"),
        ("There is an even chance of frost by May.", "frost by May", None, None),
    ],
)  # fmt: skip
def test_spans(text: str, consequence: str, condition: str | None, actor: str | None) -> None:
    def words(span: tuple[int, int] | None) -> str | None:
        return text[span[0] : span[1]] if span else None

    (found,) = forecasts(text)
    assert [words(s) for s in (found.consequence, found.condition, found.actor)] == [
        consequence,
        condition,
        actor,
    ]


def test_days_of_the_horizon() -> None:
    text = "The ferry will sail by winter, the harbour office in Wellington said."
    doc = language()(text)
    document = Document("d", text, published="2025-03-06T09:00:00Z")
    (found,) = find_forecasts(document, doc, label_sentences(document, doc, segment(doc), ()), ())
    assert (found.earliest, found.latest) == ("2025-03-06", "2025-06-01")
    assert [(f.earliest, f.latest) for f in forecasts(text)] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "likelihood"),
    [
        ("The bank is not expected to cut rates.", "unlikely"),
        ("A certain number of pumps will fail.", None),
        ("If war is likely, the port will close.", None),
    ],
)
def test_words_of_likelihood_in_their_place(text: str, likelihood: str | None) -> None:
    assert [f.likelihood for f in forecasts(text)] == [likelihood]


def test_the_speaker_is_that_of_the_innermost_statement() -> None:
    text = "The agency reported that Rud said the hull will break."
    outer = Statement("s1", (), (), ((20, len(text) - 1),), "assert", None, "agency")
    inner = Statement("s2", (), (), ((33, len(text) - 1),), "predict", "s1", "Rud")
    assert [f.speaker for f in forecasts(text, (outer, inner))] == ["Rud"]
    assert [f.speaker for f in forecasts(text)] == [None]


def test_bands_of_likelihood_are_those_of_the_directive() -> None:
    bands = load("likelihood")["band"]
    assert [b["percent"] for b in bands] == [
        [1, 5],
        [5, 20],
        [20, 45],
        [45, 55],
        [55, 80],
        [80, 95],
        [95, 99],
    ]
    words = [w for b in bands for w in b["words"]]
    assert len(words) == len(set(words))


WORDS = "if will could by Friday in the next weeks unless ? . , likely to go may of risk \n"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(re.findall(r"\S+|\n", WORDS)), max_size=30))
def test_spans_hold_whatever_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for forecast in forecasts(text):
        assert 0 <= forecast.start < forecast.end <= len(text)
        assert forecast.horizon is None or forecast.horizon in " ".join(text.split())
