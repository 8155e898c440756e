"""The passages of a story side by side: who puts what to whom in each, and how like they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allegata.linking.fingerprints import key
from allegata.linking.identity import Identities
from allegata.linking.naming import opens_as_town, says_nothing
from allegata.linking.stances import stance_in
from allegata.linking.stories import DAY, DAYS, is_far, is_later_occurrence
from allegata.linking.texts import Text, Unit, acts_in
from allegata.linking.words import runs_on, weight
from allegata.model import AFFIRMING, Allegation

_DIMENSIONS = 2048

LEAST_WORDS = 10.0
"""Sum of background weights (nats) that a unit has at least when shared words are measured: two names."""

APART = 0.5
"""What the likeness of two units is worth that tell of two occurrences, or of two documents."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Spot:
    """One unit of one text of the story, with the act found in it, if any."""

    text: int
    unit: Unit
    claimants: frozenset[str]
    answerers: frozenset[str]
    answers: bool
    act: str | None
    accused: str | None
    victim: str | None


def find_spots(index: int, text: Text, identities: Identities) -> list[Spot]:
    """The units of the ``index``-th text with who speaks and what act is found in each."""
    statements = {s.id: s for s in text.reading.statements}
    out = []
    for unit in text.units:
        if unit.span is None or _is_signature(text, unit):
            out.append(Spot(index, Unit(None, unit.text), frozenset(), frozenset(), False, None, None, None))
            continue
        start, end = unit.span
        inside = [
            s for s in statements.values() if any(p[0] < end and start < p[1] for p in (*s.cue, *s.content))
        ]
        claimants = frozenset(
            p.id
            for s in inside
            if s.speaker and s.stance in AFFIRMING
            for p in [identities.party(text.id, s.speaker)]
            if not p.generic and not says_nothing(s.speaker)
        )
        answering = [
            s for s in inside if stance_in(text, s) in ("deny", "doubt", "confirm", "retract", "demand")
        ]
        itself = _publisher(text)
        on_its_own = _answers_itself(text, unit)
        names = {s.speaker or itself for s in answering} | ({itself} if on_its_own else set())
        answerers = frozenset(identities.party(text.id, name).id for name in names if name)
        found = next(acts_in(text.reading, unit.span), None)
        act = found.act if found else None
        accused = found.accused if isinstance(found, Allegation) else found.actor if found else None
        if accused and opens_as_town(accused, text.document.text):
            accused = None
        victim = found.victim if isinstance(found, Allegation) else found.target if found else None
        out.append(
            Spot(
                index,
                unit,
                claimants,
                answerers,
                bool(answering) or on_its_own,
                act,
                accused,
                victim,
            )
        )
    return out


_OURS = re.compile(r"\b(?:we|us|ours?|I|my|mine)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|nor)\b|n['’]t\b", re.IGNORECASE)


_LONGEST_NAME = 10
"""Words of the longest line that is a name with an office."""


def _is_signature(text: Text, unit: Unit) -> bool:
    """Whether a line is a name under a statement or a credit under an article: no sentence."""
    if text.document.kind == "post" or runs_on(unit.text):
        return False
    line = unit.text.strip()
    return len(line.split()) <= _LONGEST_NAME and line[-1:].isalpha() and _ends_line(text, unit)


def _ends_line(text: Text, unit: Unit) -> bool:
    """Whether the line stands alone: a break before it and a break or the end after it."""
    assert unit.span is not None
    body = text.document.text
    before, after = body[: unit.span[0]].rstrip(" "), body[unit.span[1] :].lstrip(" ")
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))


def _publisher(text: Text) -> str | None:
    """Who speaks where a statement or a post names nobody."""
    kind = text.document.kind
    return text.document.outlet if kind == "statement" else text.document.author if kind == "post" else None


def _answers_itself(text: Text, unit: Unit) -> bool:
    """Whether a body says in its own statement what was not, or the author of a post what they did not."""
    kind = text.document.kind
    if kind not in ("statement", "post") or not _NOT.search(unit.text):
        return False
    return kind == "statement" or bool(_OURS.search(unit.text))


def fitness_of(s: Spot) -> float:
    """How fit a passage is to stand for a claim: a sentence of some length that asks nothing and leans on
    nothing, better with an act than without, better put forward than answered."""
    if s.unit.span is None or (len(s.unit.text.split()) < 6 and not runs_on(s.unit.text)):
        return 0.0
    voice = 1.0 if s.claimants else 0.7 if s.answers else 0.85
    whole = (
        0.4 if s.unit.text.rstrip("\"'”’» ").endswith("?") else 0.75 if _LEANS.search(s.unit.text) else 1.0
    )
    return (1.0 if s.act else 0.8) * voice * whole


_LEANS = re.compile(
    r"^\W*(?:[A-Z][A-Z .'-]+:\s+)?\W*(?:he|she|it|they|this|that|these|those|there|then|we|you|his|her|its|"
    r"their|and|but|so|or)\b",
    re.IGNORECASE,
)
"""A sentence that leans on the one before."""


def likeness_of(texts: Sequence[Text], spots: Sequence[Spot]) -> Matrix:
    """(units, units): 0.6 cosine + 0.4 shared telling words over those of the poorer (a unit of few words
    counts as one of `LEAST_WORDS`: one name in common says little); half of it where one tells of a later
    occurrence."""
    rows = np.vstack([t.vectors for t in texts])
    cosine = rows @ rows.T
    terms = np.zeros((len(spots), _DIMENSIONS), np.float32)
    for i, norms in enumerate(u for t in texts for u in t.unit_terms):
        for w in norms:
            column = key(w) % _DIMENSIONS  # two words may share it: the order of a set must not decide
            terms[i, column] = max(terms[i, column], weight(w) ** 0.5)
    sums = (terms**2).sum(axis=1)
    poorer = np.maximum(np.minimum(sums[:, None], sums[None, :]), LEAST_WORDS)
    lexical = np.divide(terms @ terms.T, poorer, out=np.zeros_like(cosine), where=poorer > 0)
    out: Matrix = (0.6 * cosine + 0.4 * lexical).astype(np.float32)
    owner = np.array([s.text for s in spots])
    back = np.array([_looks_back(s.unit.text) for s in spots])
    for i, j in _pairs_apart(texts):
        a, b = texts[i], texts[j]
        apart = np.ix_(owner == i, owner == j)
        if is_later_occurrence(a, b) or _other_paper(a, b):
            out[apart] *= APART
            out.T[apart] *= APART
        else:  # the later one looks back somewhere; elsewhere it tells of its own day
            later, earlier = (i, j) if b.sort_key() < a.sort_key() else (j, i)
            here = np.ix_((owner == later) & ~back & ~_dated(spots, a, b), owner == earlier)
            out[here] *= APART
            out.T[here] *= APART
    return out


def _pairs_apart(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Pairs of texts, the later in the list first, that lie far apart in time or turn on other papers."""
    moments = np.array([t.when.timestamp() if t.when else np.nan for t in texts])
    numbered = np.array([bool(t.numbered) for t in texts])
    for i, a in enumerate(texts):
        worth = np.abs(moments[:i] - moments[i]) > DAYS * DAY - 1
        if numbered[i]:
            worth |= numbered[:i]
        for j in np.flatnonzero(worth):
            b = texts[int(j)]
            if is_far(a, b) or _other_paper(a, b):
                yield i, int(j)


_BACK = re.compile(
    r"\b(?:last|previous|past|earlier|again|repeat\w*|already|first|since|ago|reiterat\w*|maintain\w*|renew\w*|"
    r"still|anniversary|then)\b|\bhad (?:\w+ly )?\w+(?:ed|en|wn|t)\b",
    re.IGNORECASE,
)


def _looks_back(passage: str) -> bool:
    """Whether a passage speaks of what was before the day of its text."""
    return bool(_BACK.search(passage))


def _dated(spots: Sequence[Spot], a: Text, b: Text) -> NDArray[np.bool_]:
    """For each unit whether it names the month or the year of the earlier of two texts."""
    early = min((a, b), key=Text.sort_key).when
    if early is None:
        return np.zeros(len(spots), bool)
    named = re.compile(rf"\b(?:{early:%B}|{early:%Y})\b")
    return np.array([bool(named.search(s.unit.text)) for s in spots])


def _other_paper(a: Text, b: Text) -> bool:
    """Both texts turn on a numbered document, and on none in common ("Directive 14/25", "Directive
    41/25")."""
    return bool(a.numbered) and bool(b.numbered) and not a.numbered & b.numbered
