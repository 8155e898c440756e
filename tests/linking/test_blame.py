"""Whom a Claim accuses, also where no act is coded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allegata.linking.blame import is_blamed, name_accused
from allegata.linking.identity import Identities
from allegata.linking.tellings import Telling
from allegata.linking.texts import Text
from allegata.model import Source

from .conftest import make_reading

MAYOR = Source("Ana Brill", "person", title="mayor", organisation="town of Tolm")
FIRM = Source("Tarn Foundry", "organisation")

Make = Callable[..., list[Text]]


def accused_of(texts: list[Text], coded: str | None = None) -> str | None:
    """Every sentence tells the Claim, as its speaker says it."""
    identities = Identities(texts)
    spans = {t.id: tuple((s.start, s.end) for s in t.reading.sentences) for t in texts}
    told = {
        t.id: [
            Telling(t.id, s.stance, (identities.party(t.id, s.speaker),), (s.speaker,), ())
            for s in t.reading.statements
            if s.speaker
        ]
        for t in texts
    }
    return name_accused(coded, texts, spans, told, identities)


def pages(texts: Make, *lines: tuple[str, Source, str]) -> list[Text]:
    return texts(
        [
            make_reading(f"d{n}", [line], outlet=f"Weir Gazette {n}", act=None)
            for n, line in enumerate(lines, 1)
        ]
    )


@pytest.mark.parametrize(
    ("first", "second", "accused"),
    [
        ("The clerk Jon Tamm took the money.", "It was taken by Jon Tamm.", "Jon Tamm"),
        ("The brook was fouled by Tarn Foundry.", "Tarn Foundry let acid run out.", "Tarn Foundry"),
        ("She was bribed on Monday near Ulm.", "Money was paid on 9 March in Ulm.", None),
        ("She accused Norwegian police of selling keys.", "Keys were sold.", "Norwegian police"),
    ],
)
def test_who_is_blamed_or_does_it_is_accused(
    texts: Make, first: str, second: str, accused: str | None
) -> None:
    assert accused_of(pages(texts, (first, MAYOR, "allege"), (second, MAYOR, "allege"))) == accused


def test_who_speaks_or_publishes_is_not_the_accused(texts: Make) -> None:
    told = "Ana Brill saw how acid ran into the brook, as Weir Gazette 1 wrote."
    assert accused_of(pages(texts, (told, MAYOR, "allege"), (told, MAYOR, "allege"))) is None


def test_of_two_that_are_named_the_one_who_denies_is_accused(texts: Make) -> None:
    both = "Ulm Works filled what Tarn Foundry let run into the brook."
    lines = [(both, MAYOR, "allege"), (both, MAYOR, "allege")]
    assert accused_of(pages(texts, *lines)) == "Ulm Works"
    answer = ("No acid ran out at our works.", FIRM, "deny")
    assert accused_of(pages(texts, *lines, answer)) == "Tarn Foundry"


def test_the_accused_of_the_coded_act_stays_unless_another_stands_out(texts: Make) -> None:
    lines = [("Tarn Foundry let acid run out.", MAYOR, "allege")] * 3
    assert accused_of(pages(texts, *lines), coded="its director") == "Tarn Foundry"
    assert accused_of(pages(texts, lines[0]), coded="guards of the foundry") == "guards of the foundry"


def test_nobody_is_accused_of_help_that_none_disputes() -> None:
    def told(*stances: str) -> dict[str, list[Telling]]:
        return {f"d{n}": [Telling(f"d{n}", stance, (), (), ())] for n, stance in enumerate(stances)}

    assert not is_blamed("AID", told("assert", "assert"))
    assert is_blamed("AID", told("assert", "deny")) and is_blamed("AID", told("allege"))
    assert is_blamed("ASSAULT", told("assert")) and is_blamed(None, told("assert"))
