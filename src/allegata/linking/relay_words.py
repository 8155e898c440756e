"""Words by which a speaker is an outlet, or is none."""

from __future__ import annotations

import re
from functools import lru_cache

from allegata.vocab import load


def is_many(name: str) -> bool:
    return bool(re.search(r"\b(?:media|sources|outlets|websites|newspapers|papers|sites|including)\b", name))


@lru_cache(maxsize=1)
def of_outlets() -> frozenset[str]:
    """Words that go on with an outlet's name: "the Courier Newspaper"."""
    form = load("outlets")["form"]
    return frozenset(w.lower() for w in (*form["nouns"], *form["endings"]))


@lru_cache(maxsize=1)
def people() -> frozenset[str]:
    """Nouns for people who do not work for an outlet."""
    return frozenset(load("citations")["voices"]["people"]) | frozenset(load("bodies")["unnamed_people"])


@lru_cache(maxsize=1)
def taken_up() -> frozenset[str]:
    return frozenset(load("outlets")["form"]["taken_up"])
