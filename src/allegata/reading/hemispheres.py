"""Which half of the earth a text is about, and so when its seasons are."""

from __future__ import annotations

from spacy.tokens import Doc

from allegata.vocab import load
from allegata.vocab.countries import country_of, country_of_capital, country_of_demonym


def is_southern(doc: Doc) -> bool:
    """True where most of the countries that a text names have their winter in June."""
    south = frozenset(load("seasons")["south"]["countries"])
    named = [_country(e.text) for e in doc.ents if e.label_ in ("GPE", "NORP")]
    return sum(n in south for n in named) > sum(bool(n) and n not in south for n in named)


def _country(name: str) -> str | None:
    """The country of a place as an entity has it. Of cities only capitals and a few great ones are known."""
    bare = name.removeprefix("the ").removesuffix("’s").removesuffix("'s")
    cities: dict[str, str] = load("seasons")["south"]["cities"]
    return country_of(bare) or country_of_demonym(bare) or country_of_capital(bare) or cities.get(bare)
