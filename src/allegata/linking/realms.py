"""Which state a state's body speaks for where its name does not say: "the army", "Defence Minister Ulla
Brandt", and bodies of a state that no list knows ("the Kordavian army", "Kordavia's defence ministry")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allegata.linking.naming import body_phrases, country_in
from allegata.linking.texts import Text
from allegata.vocab import load
from allegata.vocab.countries import country_of_capital

_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]{3,}")

STEM = 5
"""Letters that "Kordavia" and "Kordavian" have in common at least."""

ENDING = 4
"""Letters by which a country and its adjective may differ."""


@dataclass(frozen=True, slots=True)
class Body:
    """A state's body as one document names it: all that is said of it, its kind ("army"), the state if known,
    and whether it is a plain name without the name of a person."""

    document: str
    name: str
    said: str
    standing: str
    state: str | None


def unlisted_realms(bodies: Sequence[Body]) -> dict[str, str]:
    """Name of a body -> the realm its name holds, for realms that no list of countries knows: a capitalised
    word that two kinds of bodies have in common, but for its ending."""
    words_of: dict[str, set[str]] = {}
    for b in bodies:
        if not b.state:
            plain = body_phrases("government").sub(" ", re.sub(r"['’]s\b", "", b.said))
            words_of[b.name] = {w for w in _NAME.findall(plain) if w.lower() not in _not_realms()}
    standings: dict[str, set[str]] = defaultdict(set)
    for b in bodies:
        for w in words_of.get(b.name, ()):
            standings[w].add(b.standing)
    out: dict[str, str] = {}
    for name, own in sorted(words_of.items()):
        for w in sorted(own):
            alike = sorted(o for o in standings if _one_root(w, o))
            if len(set().union(*(standings[o] for o in alike))) > 1 and len(alike) > 1:
                out[name] = min(alike, key=lambda o: (len(o), o))
                break
    return out


def _one_root(a: str, b: str) -> bool:
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return n >= STEM and max(len(a), len(b)) - n <= ENDING


def _not_realms() -> frozenset[str]:
    return frozenset(load("bodies")["no_realm"])


def fill_states(bodies: Sequence[Body], texts: Mapping[str, Text]) -> dict[tuple[str, str], str]:
    """(document, name) of a body without a state -> the state it speaks for: that of the publisher of a
    statement, the only one known for its kind of body, the only one heard in its document, the only one heard
    in the story; save those that the body itself speaks of as another."""
    by_standing: dict[str, set[str]] = defaultdict(set)
    by_document: dict[str, set[str]] = defaultdict(set)
    every: set[str] = set()
    for b in bodies:
        if b.state:
            by_standing[b.standing].add(b.state)
            by_document[b.document].add(b.state)
            if b.standing or not country_of_capital(b.name):  # "London" may only be where a paper is
                every.add(b.state)
    out: dict[tuple[str, str], str] = {}
    for b in bodies:
        if b.state:
            continue
        d = texts[b.document].document
        publisher = country_in(d.outlet) if d.outlet and d.kind == "statement" else None
        others = _spoken_of(texts[b.document], b.name)
        for known in (
            {publisher} if publisher else set(),
            by_standing.get(b.standing, set()),
            by_document.get(b.document, set()),
            every,
        ):
            left = known if known is every and len(every) == 1 else known - others
            if len(left) == 1:
                out[b.document, b.name] = next(iter(left))
                break
    return out


def _spoken_of(text: Text, name: str) -> set[str]:
    """The states that a speaker names in what they say."""
    body = text.document.text
    said = (body[a:b][:400] for s in text.reading.statements if s.speaker == name for a, b in s.content)
    return {c for passage in said if (c := country_in(passage))}
