"""Who stands on the accused side, and what the accused say against a Claim."""

import pytest

from allegata.linking.own_voice import answers_accusations
from allegata.linking.parties import Party
from allegata.linking.polarity import core_words, is_contrary, negates
from allegata.linking.settling import settle
from allegata.linking.tellings import Telling
from allegata.model import Document

FIRM = Party("body:tarn foundry", "Tarn Foundry", "organisation", ("Tarn Foundry",))

CORE = core_words(
    [
        "Tarn Foundry emptied its acid tank into the Merle brook, the anglers said",
        "The foundry emptied an acid tank into the brook, an angler said",
    ]
)
FORGED = core_words(
    ["The will of the shipowner was forged by his clerk", "The clerk forged the will, she said"]
)


@pytest.mark.parametrize(
    "passage",
    [
        "The acid tank above the brook is intact.",
        "The acid tank is fully sound and stands where it stood.",
        "What is said of the foundry's acid tank is without foundation.",
        "The picture of the acid tank in the brook is a forgery.",
        "Aucune cuve d'acide n'a été vidée dans le brook.",
    ],
)
def test_what_says_that_it_is_whole_or_forged_or_none_denies(passage: str) -> None:
    assert is_contrary(passage, CORE)


def test_a_soundness_of_the_thing_itself_denies_and_of_another_does_not() -> None:
    assert negates("The acid tank of the foundry is intact", CORE)
    assert not negates("The bridge at Ulm is intact", CORE)


def test_a_forgery_that_is_the_claim_itself_denies_nothing() -> None:
    assert not negates("The will is forged, a second witness said", FORGED)
    assert negates("The tale of the clerk is invented", FORGED)


def telling(document: str, stance: str, *, contrary: bool = False) -> Telling:
    return Telling(document, stance, (FIRM,), (FIRM.name,), (), own=True, contrary=contrary)


def test_of_the_accused_only_an_admission_carries_the_claim() -> None:
    told = {"d1": [telling("d1", "assert")], "d2": [telling("d2", "assert", contrary=True)]}
    accused = frozenset({FIRM.id})
    assert settle(told, accused) == {"d1": [], "d2": [telling("d2", "deny", contrary=True)]}
    assert settle({"d1": [telling("d1", "confirm")]}, accused)["d1"][0].stance == "confirm"
    sound = {"d1": [telling("d1", "confirm", contrary=True)]}
    assert settle(sound, accused)["d1"][0].stance == "deny"


def test_a_statement_published_on_accusations_answers_them() -> None:
    def statement(title: str, kind: str = "statement") -> Document:
        return Document("d1", "Our tanks were full.", kind=kind, outlet="Tarn Foundry", title=title)

    assert answers_accusations(statement("On the accusations against our works"))
    assert not answers_accusations(statement("New opening hours"))
    assert not answers_accusations(statement("On the accusations against our works", "article"))
