"""Document to Reading: sentences and roles, statements, speakers, places, acts, forecasts."""

from typing import Literal

Reader = Literal["tagger", "rules"]
"""What finds statements and roles: trained models beside the rules, or the rules alone."""

DEFAULT: Reader = "tagger"

VERSIONS: dict[Reader, str] = {"tagger": "tagger-1", "rules": "rules-1"}
"""Reader -> its name and version in a Reading, which is made anew when it changes."""


def version(reader: str) -> str:
    """Name and version of a reader; ValueError where there is none of that name."""
    for name, made_by in VERSIONS.items():
        if name == reader:
            return made_by
    raise ValueError(f"there is no reader {reader!r}; there are: {', '.join(VERSIONS)}")
