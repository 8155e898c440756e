from datetime import date

import pytest

from allegata.model import Document, Forecast, Reading
from allegata.monitoring.ledger import (
    SPECULATION,
    Outcome,
    Registered,
    check,
    find_open,
    probability_of,
    records,
    suggest,
)

TEXT = "If talks fail, the union will probably strike by Friday. War will come."


def registered(number: int, probability: float | None = 0.8, source: str = "the Union") -> Registered:
    rule = "reported by two papers"
    return Registered("strike", "2026-03-06", rule, source, "ana", "case 7", None, probability, number=number)


def outcome(number: int, word: str) -> Outcome:
    return Outcome(number, word, "d9", "ben", "seen")  # type: ignore[arg-type]


def test_a_suggestion_has_what_the_words_say_and_names_what_is_missing() -> None:
    strike = Forecast(
        0, 56, True, "by Friday", "likely", "the union", consequence=(15, 38), condition=(3, 13),
        latest="2026-03-06",
    )  # fmt: skip
    war = Forecast(57, 71, False, None, None, consequence=(57, 70))
    first, second = suggest([Reading(Document("d1", TEXT, outlet="Paper"), forecasts=(war, strike))])
    assert (first.event, first.condition, first.deadline) == (
        "the union will probably", "talks fail", "2026-03-06"
    )  # fmt: skip
    assert first.probability == pytest.approx(0.675) and first.status == SPECULATION
    assert first.rule and "2026-03-06" in first.rule and first.missing == ("rule, confirmed by a person",)
    assert (second.source, second.rule, second.missing[0]) == ("Paper", None, "deadline")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"event": " "}, "without its event"),
        ({"rule": ""}, "speculation, not counted"),
        ({"deadline": ""}, "without its deadline"),
        ({"deadline": "31 February"}, "no date"),
        ({"deadline": "2026-02-31"}, "no date"),
        ({"source": ""}, "source"),
        ({"probability": 1.5}, "between 0 and 1"),
        ({"probability": float("nan")}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_registered_is_refused_in_one_line(fields: dict[str, object], words: str) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match=words) as caught:
        check(replace(registered(1), **fields))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_due_ones_come_up_until_they_are_decided() -> None:
    held = [registered(1), registered(2)]
    assert find_open(held, {}, date(2026, 3, 6)) == []
    assert [f.number for f in find_open(held, {2: outcome(2, "no")}, date(2026, 3, 7))] == [1]


def test_the_brier_score_is_over_decided_forecasts_with_a_likelihood() -> None:
    held = [*(registered(n) for n in range(1, 5)), registered(5, None), registered(6, source="Other")]
    outcomes = {1: outcome(1, "yes"), 2: outcome(2, "no"), 3: outcome(3, "void"), 5: outcome(5, "yes")}
    union, other = records(held, outcomes)
    assert (union.source, union.registered, union.decided, union.void, union.open) == (
        "the Union",
        5,
        3,
        1,
        1,
    )
    assert union.scored == 2 and union.brier == pytest.approx((0.04 + 0.64) / 2)
    assert (other.scored, other.brier) == (0, None)


def test_likelihood_words_are_the_middle_of_their_band() -> None:
    assert probability_of("almost certain") == pytest.approx(0.97) and probability_of(None) is None
