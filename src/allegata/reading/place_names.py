"""What names of places are made of, and what they stand under in the gazetteer (``vocab/places.toml``)."""

from __future__ import annotations

import re
from functools import lru_cache

from allegata.vocab import load
from allegata.vocab.countries import (
    countries,
    country_of_capital,
    country_of_demonym,
    country_of_government,
)

_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+\.?$")


@lru_cache(maxsize=1)
def place_words() -> dict[str, frozenset[str]]:
    """Word lists by what they tell: "near", "acts", "civic" …"""
    data = load("places")
    words = {kind: frozenset(values) for kind, values in data["around"].items()}
    words |= {kind: frozenset(values) for kind, values in data["government"].items()}
    words["abbreviations"] = frozenset(data["abbreviations"])
    words["after_comma"] = frozenset(data["after_comma"]["only"])
    return words


def is_other(name: str) -> bool:
    """True for names of peoples, offices, movements and companies."""
    if name in place_words()["never"] or country_of_demonym(name):
        return True
    return bool(country_of_government(name)) and not country_of_capital(name)


def people_of(word: str) -> str | None:
    """The country or region that a people or adjective is of, by a name that the gazetteer has."""
    region = load("places")["peoples"].get(word.removesuffix("s")) or load("places")["peoples"].get(word)
    if region:
        return str(region)
    code = country_of_demonym(word)
    return countries()[code].name if code else None


def looked_up_as(name: str) -> list[str]:
    """What a mention's name may stand under in the gazetteer, the likeliest first."""
    data = load("places")
    name = name[:-2] if name.endswith(("'s", "’s")) else name
    short = data["abbreviations"].get(name.replace(".", ""))
    names = [short] if short else [name]
    names = [data["same"].get(n.casefold(), n) for n in names]
    if _INITIALS.match(name):
        names.append(name.replace(".", ""))
    parts = name.split()
    words = place_words()
    if len(parts) > 1:
        if parts[-1].lower() in words["area_kinds"] | words["town_kinds"]:
            names.append(" ".join(parts[:-1]))
        if parts[0].lower() in words["modifiers"]:
            names.append(" ".join(parts[1:]))
        if (
            parts[1].lower() == "of"
            and len(parts) > 2
            and parts[0].lower() in words["area_kinds"] | words["town_kinds"]
        ):
            names.append(" ".join(parts[2:]))
    return names
