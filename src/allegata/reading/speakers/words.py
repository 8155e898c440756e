"""The vocabularies of sources (titles, offices, pronouns, channels) as sets, read once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from allegata.vocab import load


def _split(text: str) -> frozenset[str]:
    return frozenset(w.strip() for w in text.split(",") if w.strip())


@dataclass(frozen=True, slots=True)
class SourceWords:
    """All lower case. ``groups`` gives, for a role, the names of the groups of like roles it belongs to."""

    honorifics: frozenset[str]
    ranks: frozenset[str]
    offices: frozenset[str]
    officials: frozenset[str]
    roles: frozenset[str]
    beside: frozenset[str]
    held_somewhere: frozenset[str]
    """Short titles with which the place of the office stands where a name would ("DC North Waziristan")."""
    prepositions: frozenset[str]
    particles: frozenset[str]
    groups: dict[str, frozenset[str]]
    gender: dict[str, str]
    """Word (title, role, pronoun or given name) to ``male`` or ``female``."""
    surnames_first: frozenset[str]
    pronouns: dict[str, str]
    organisations: frozenset[str]
    first_of_body: frozenset[str]
    """First words of the names of bodies in languages that put the kind first ("Frente", "Harakat")."""
    outlets: frozenset[str]
    outlet_names: frozenset[str]
    agencies: frozenset[str]
    agency_names: frozenset[str]
    before_agency: frozenset[str]
    documents: frozenset[str]
    witnesses: frozenset[str]
    saw: frozenset[str]
    anonymous: frozenset[str]
    anonymous_phrases: tuple[str, ...]
    things: dict[str, frozenset[str]]
    sayings: frozenset[str]
    """Nouns for what somebody said: whose they are is the source."""
    moderators: frozenset[str]
    bylines: frozenset[str]
    states: dict[str, str]
    """Names and aliases of countries to the country's name."""
    countries: dict[str, str]
    """Names, demonyms and capitals to the country's name."""

    def kinds_of(self, noun: str | None) -> list[str]:
        """The kinds of things that a noun may stand for, in the order of the vocabulary."""
        return [kind for kind, nouns in self.things.items() if noun in nouns]


@lru_cache(maxsize=1)
def source_words() -> SourceWords:
    """The vocabularies, laid out for lookup."""
    titles, offices, pronouns = load("titles"), load("offices"), load("pronouns")
    honorifics = {k: _split(v) for k, v in titles["honorifics"].items()}
    gender: dict[str, str] = {}
    for sex in ("male", "female"):
        for name in pronouns["given_names"][sex].split():
            gender.setdefault(name, sex)
    for sex in ("male", "female"):
        for word in honorifics[sex] | _split(titles["gendered"][sex]) | _split(pronouns["personal"][sex]):
            gender[word] = sex
    groups: dict[str, set[str]] = {}
    for group, words in titles["same"].items():
        for word in _split(words):
            groups.setdefault(word, set()).add(group)
    return SourceWords(
        honorifics=frozenset(w for v in honorifics.values() for w in v),
        ranks=_split(titles["ranks"]["words"]),
        offices=_split(titles["offices"]["words"]),
        officials=_split(titles["roles"]["officials"]),
        roles=_split(titles["roles"]["officials"]) | _split(titles["roles"]["persons"]),
        beside=_split(titles["parts"]["beside"]),
        held_somewhere=_split(titles["parts"]["held_somewhere"]),
        prepositions=_split(titles["parts"]["prepositions"]),
        particles=_split(titles["parts"]["particles"]),
        groups={k: frozenset(v) for k, v in groups.items()},
        gender=gender,
        surnames_first=_split(pronouns["surnames"]["first"]),
        pronouns={w: k for k, v in pronouns["personal"].items() for w in _split(v)},
        organisations=_split(offices["organisation"]["heads"]),
        first_of_body=_split(offices["organisation"]["first"]),
        outlets=_split(offices["outlet"]["heads"]),
        outlet_names=_split(offices["outlet"]["names"]),
        agencies=_split(offices["agency"]["heads"]),
        agency_names=_split(offices["agency"]["names"]),
        before_agency=_split(offices["agency"]["before_agency"]),
        documents=_split(offices["document"]["heads"]),
        witnesses=_split(offices["eyewitness"]["heads"]),
        saw=_split(offices["eyewitness"]["verbs"]),
        anonymous=_split(offices["anonymous"]["heads"]),
        anonymous_phrases=tuple(sorted(_split(offices["anonymous"]["phrases"]))),
        things={k: _split(v) for k, v in offices["classes"].items()},
        sayings=_split(offices["sayings"]["heads"]),
        moderators=_split(offices["outlet"]["moderators"]),
        bylines=_split(offices["outlet"]["bylines"]),
        states=_states(load("countries")),
        countries=_countries(load("countries")),
    )


def _states(data: dict[str, Any]) -> dict[str, str]:
    """Lower-case names and aliases of countries to the longest of them ("u.s." to "United States")."""
    out: dict[str, str] = {}
    for row in data["country"]:
        for word in (row["name"], *row["aliases"]):
            out.setdefault(word.lower(), row["name"])
    return out


def _countries(data: dict[str, Any]) -> dict[str, str]:
    """Lower-case names, aliases, demonyms and capitals to the country's name."""
    out: dict[str, str] = {}
    for row in data["country"]:
        for word in (row["name"], *row["aliases"], *row["demonyms"], *row["capitals"]):
            out.setdefault(word.lower(), row["name"])
    return out


def as_pronoun(token: Token) -> str:
    """The word in lower case where it may be a pronoun; as it stands where its capitals make it a name among
    words that have none ("WHO said", "US said")."""
    if len(token.text) < 2 or not token.text.isupper():
        return token.lower_
    beside = (token.nbor(k) for k in (1, -1) if 0 <= token.i + k < len(token.doc))
    shouted = next((t.text.isupper() for t in beside if t.is_alpha and len(t.text) > 1), False)
    return token.lower_ if shouted else token.text
