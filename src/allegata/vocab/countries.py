"""Which country a name means: its own names, its people, its capital, or the offices that speak for it.

Codes are ISO 3166-1 alpha-3 (``XKX`` for Kosovo). Look-ups take no account of case, accents, full stops or a
leading "the", save for names written all in capitals: "US" and "CAR" are countries, "us" and "car" are not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from allegata.vocab import load


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory as ``vocab/countries.toml`` gives it; ``lat`` and ``lon`` are its middle."""

    iso3: str
    iso2: str
    name: str
    official: str | None
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    governments: tuple[str, ...]
    borders: tuple[str, ...]
    geonames: int | None
    population: int
    lat: float
    lon: float


def fold(name: str) -> str:
    """A name as it is looked up: one space between words, no accents, and no case unless all in capitals."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = " ".join(plain.replace("’", "'").split()).strip(" ,;:'\"")
    if plain[:4].lower() == "the ":
        plain = plain[4:]
    bare = plain.replace(".", "")
    if len(bare) <= 4 and bare.isupper():
        return bare
    return plain.rstrip(".").casefold()


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """All countries and territories by their alpha-3 code."""
    return {
        row["iso3"]: Country(
            iso3=row["iso3"],
            iso2=row["iso2"],
            name=row["name"],
            official=row.get("official"),
            aliases=tuple(row["aliases"]),
            demonyms=tuple(row["demonyms"]),
            capitals=tuple(row["capitals"]),
            governments=tuple(row["governments"]),
            borders=tuple(row["borders"]),
            geonames=row["geonames"] or None,
            population=row["population"],
            lat=row["lat"],
            lon=row["lon"],
        )
        for row in load("countries")["country"]
    }


@cache
def _index(kind: str) -> dict[str, str]:
    """Folded name to code, for one kind of name. Where countries share one, the most populous has it."""
    index: dict[str, str] = {}
    for country in sorted(countries().values(), key=lambda c: -c.population):
        names: tuple[str, ...]
        if kind == "name":
            names = (country.name, *([country.official] if country.official else []), *country.aliases)
        elif kind == "demonym":
            names = country.demonyms + tuple(plural(d) for d in country.demonyms)
        elif kind == "capital":
            names = country.capitals
        else:
            names = country.governments
        for name in names:
            index.setdefault(fold(name), country.iso3)
    return index


def plural(demonym: str) -> str:
    """The people of a demonym: "Afghans"; the same word where English has no plural ("Chinese", "Swiss")."""
    if demonym.endswith(("man", "woman")) and demonym not in ("German", "Roman", "Turkman", "Oman"):
        return demonym[:-2] + "en"
    return demonym if demonym.endswith(("ese", "ch", "sh", "s")) else demonym + "s"


def country_of(name: str) -> str | None:
    """The country that ``name`` is a name of ("UK", "Islamic Republic of Iran"), or None."""
    return _index("name").get(fold(name))


def country_of_demonym(word: str) -> str | None:
    """The country whose people or adjective ``word`` is ("Pakistani", "Afghans"), or None."""
    return _index("demonym").get(fold(word))


def country_of_capital(name: str) -> str | None:
    """The country whose capital or seat of government ``name`` is ("Kabul"), or None."""
    return _index("capital").get(fold(name))


def country_of_government(name: str) -> str | None:
    """The country whose government an office, seat or ruling body stands for ("the Kremlin"), or None."""
    return _index("government").get(fold(name))


def actor_country(name: str) -> str | None:
    """The country an actor's name means, in any of these ways: "Kabul", "the Taliban", "Afghan"."""
    for look_up in (country_of, country_of_government, country_of_demonym, country_of_capital):
        found = look_up(name)
        if found:
            return found
    return None


def country_name(iso3: str) -> str:
    """The common English name of a code. KeyError where there is no such country."""
    return countries()[iso3].name


def is_capital(name: str) -> bool:
    """True for a capital or seat of government of any country."""
    return country_of_capital(name) is not None
