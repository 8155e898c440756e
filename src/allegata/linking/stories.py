"""Which pairs of documents tell of the same matter. What makes stories of the pairs is `grouping`.

Every decision about a pair looks at the two texts alone (weights come from a fixed background), so the pairs,
and with them the stories, are the same whatever the order of adding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import fsum
from typing import Protocol

from allegata.linking import sketches
from allegata.linking.copies import containment
from allegata.linking.features import ADDRESSES, GRAMS, RECENT, REFERENCES, TERMS, find_keys, period, recent
from allegata.linking.fingerprints import LENGTH, key
from allegata.linking.sketches import Sketch, meaning
from allegata.linking.texts import Text, Vectors
from allegata.linking.words import weight

SAME_WEEKS, SAME_STORY, LONG_APART = 0.28, 0.34, 0.40
"""Least mean of the cosine of telling words and of the mean best cosine of the units for two documents to
tell of one matter: for reports within ``DAYS`` of each other, where a time is unknown, and for those further
apart. Chosen on the development scenarios (nearest distractors 0.26 to 0.40) and, for those without a time,
on one half of the FNC-1 claims (`evals.fnc`)."""

DAYS = 30

FOREIGN_TERMS = 4
"""Telling words that documents in two languages must share; nothing else of a text outlives translation."""

FEW_FOREIGN, IN_COMMON = 2, 25.0
"""Fewer will do where all that the two have in common weighs this much (nats): a rare name and numbers."""

NAMED_TERMS = 2
"""Telling words that a page must share with an old report that it names by outlet and year."""

NEAR_TERMS, FAR_TERMS = 2, 4
"""Telling words that two documents must share to be compared: of one time (or both without one), and else.
Short ones share no more than two: of a dozen telling words half are names that each writer chose to give.
Over the years the same names come again in ever more stories, so that fewer words would make each document
dearer than the one before."""

SHARED_GRAMS = 2

MOST_NEAR, MOST_LIKE = 64, 256
"""Documents with which one is compared: of those that share text or a link, and of those that share words. A
story has fewer; a thousand copies of one page need no more."""

CARRIERS, FAR_CARRIERS = 1_000, 300
"""Documents that are looked at for one key: for a passage, a link or a word of one time, and for a word of
any time. What more have says little of what a document tells; a store of any size is searched alike."""

CONTAINED, SHARED_WORDS = 0.5, 18
"""Share of one text's 8-grams that another holds, and words in them, from which the two are one story however
much else the longer one tells."""


class KeyIndex(Protocol):
    """What finding candidates needs of a store."""

    def sharing(self, space: str, keys: Sequence[int], least: int, most: int) -> Mapping[str, int]: ...


def candidates(text: Text, index: KeyIndex) -> tuple[set[str], set[str]]:
    """Documents worth comparing: those with shared text or a link between, and those that only share enough
    telling words, of which most tell of something else (see `may_pair`)."""
    keys = find_keys(text.raw)
    near = {
        *_sharing(index, GRAMS, keys[GRAMS], SHARED_GRAMS, CARRIERS, MOST_NEAR),
        *_sharing(index, ADDRESSES, keys[REFERENCES], 1, CARRIERS, MOST_NEAR),
        *_sharing(index, REFERENCES, keys[ADDRESSES], 1, CARRIERS, MOST_NEAR),
    }
    like = {
        *_sharing(index, RECENT, _recent(text), NEAR_TERMS, CARRIERS, MOST_LIKE),
        *_sharing(index, TERMS, keys[TERMS], FAR_TERMS, FAR_CARRIERS, MOST_LIKE),
    }
    return near - {text.id}, like - near - {text.id}


def _sharing(
    index: KeyIndex, space: str, keys: Sequence[int], least: int, carriers: int, most: int
) -> set[str]:
    """The documents that share ``least`` keys; of more than ``most`` those that share twice as many, and so
    on, filled up with the first by a number made of the id: every document meets the same ones, so that a
    story of thousands hangs together whatever the order of adding."""
    found = index.sharing(space, keys, least, carriers) if keys else {}
    if len(found) <= most:
        return set(found)
    return set(sorted(found, key=lambda d: (-(found[d] // least).bit_length(), key(d)))[:most])


def _recent(text: Text) -> list[int]:
    """The keys under which documents of the text's time are found."""
    now = period(text.document)
    numbers = [None] if now is None else [now - 1, now, now + 1]
    return sorted(k for n in numbers for k in recent(text.found_by, n))


def may_pair(a: Sketch, vectors: Vectors, others: Sequence[tuple[Sketch, Vectors]]) -> list[bool]:
    """For each of ``others`` whether `pair` may hold for it and ``a``, where they share no passage and none
    links to the other: never false where it does."""
    least = [_least_by_time(a, b) for b, _ in others]
    asked = [i for i, bound in enumerate(least) if bound is not None]
    out = [False] * len(others)
    scores, shared = sketches.likeness(a, vectors, [others[i] for i in asked])
    for i, score, words in zip(asked, scores.tolist(), shared.tolist(), strict=True):
        other, bound = others[i][0], least[i]
        assert bound is not None
        out[i] = (
            score >= bound - _ROUNDING
            or (words >= NAMED_TERMS and _names_year(a, other))
            or (words >= FEW_FOREIGN and a.language != other.language)
        )
    return out


def _least_by_time(a: Sketch, b: Sketch) -> float | None:
    """The likeness that two documents need; ``None`` where the later one tells of a new occurrence."""
    apart = abs(a.when - b.when)  # not a number where a time is unknown, and then nothing is more or less
    if apart <= DAYS * DAY:
        return SAME_WEEKS
    if not apart > DAYS * DAY:
        return SAME_STORY
    early, late = (a, b) if a.when < b.when else (b, a)
    if late.looks_back or _names_year(a, b):
        return LONG_APART
    return LONG_APART if late.months >> (_then(early).month - 1) & 1 else None


def _names_year(a: Sketch, b: Sketch) -> bool:
    """Whether the later of two documents far apart names the year of the earlier."""
    early, late = (a, b) if a.when < b.when else (b, a)
    return abs(a.when - b.when) > DAYS * DAY and bool(late.years) and _then(early).year in late.years


def _then(made: Sketch) -> datetime:
    return datetime.fromtimestamp(made.when, UTC)


DAY = 86_400.0
"""Seconds."""

_ROUNDING = 0.002
"""By how much a likeness of sketches may be off: their vectors and weights are rounded."""


def likeness(a: Text, b: Text) -> float:
    """How much two documents tell of one matter, in [0, 1]."""
    mine, theirs = a.terms, b.terms
    norm = (a.squares * b.squares) ** 0.5
    lexical = sum([w * theirs[t] for t, w in mine.items() if t in theirs]) / norm if norm else 0.0
    return 0.5 * lexical + 0.5 * meaning(a.vectors, b.vectors)


def links_to(a: Text, b: Text) -> bool:
    """Whether ``a`` links to or embeds ``b``."""
    return bool(a.refs) and (b.id in a.refs or (b.url is not None and b.url in a.refs))


def pair(a: Text, b: Text) -> float | None:
    """The score of a pair that belongs to one story, or ``None``. A link alone is not enough: a page links to
    much else; linked pages that share a telling word are one story. A text that holds most of another is its
    story at any time."""
    if b.id < a.id:
        a, b = b, a  # sums of the same numbers in another order may differ in their last digit
    if holds(a, b):
        return max(likeness(a, b), SAME_WEEKS)
    if is_later_occurrence(a, b) and not (links_to(a, b) or links_to(b, a)):
        return None
    score = likeness(a, b)
    if is_far(a, b) and len(a.found_by & b.found_by) >= NAMED_TERMS:
        early, late = sorted((a, b), key=Text.sort_key)
        if names_report(early, late):
            return max(score, SAME_WEEKS)
    if score >= _least(a, b):
        return score
    shared = len(a.found_by & b.found_by)
    if (links_to(a, b) or links_to(b, a)) and shared >= 1:
        return max(score, SAME_WEEKS)
    if a.tongue == b.tongue or shared < FEW_FOREIGN:
        return None
    if shared >= FOREIGN_TERMS or fsum(sorted(map(weight, a.telling & b.telling))) >= IN_COMMON:
        return max(score, SAME_WEEKS)
    return None


def holds(a: Text, b: Text) -> bool:
    """Whether one text is for the most part a passage of the other."""
    least = min(len(a.all_grams), len(b.all_grams))
    if least + LENGTH - 1 < SHARED_WORDS or not (a.grams & b.grams):
        return False
    return containment(a.all_grams, b.all_grams) >= CONTAINED


def names_report(early: Text, late: Text) -> bool:
    """Whether a later text names the outlet and the year of an earlier one: it speaks of that report."""
    outlet = early.document.outlet
    return (
        outlet is not None
        and early.when is not None
        and early.when.year in late.years
        and outlet.removeprefix("The ") in late.document.text[:20_000]
    )


def is_later_occurrence(a: Text, b: Text) -> bool:
    """Whether the later of two reports lies more than ``DAYS`` after the other and does not look back:
    then it tells of a new occurrence, however like the words."""
    if not is_far(a, b):
        return False
    early, late = sorted((a, b), key=Text.sort_key)
    assert early.when is not None and late.when is not None
    named_year = early.when.year != late.when.year and early.when.year in late.years
    named_month = early.when.month != late.when.month and f"{early.when:%B}" in late.months
    return not named_year and not named_month and not late.looks_back


def is_far(a: Text, b: Text) -> bool:
    """Whether two reports lie more than ``DAYS`` apart."""
    return a.when is not None and b.when is not None and abs(a.when - b.when) > timedelta(days=DAYS)


def _least(a: Text, b: Text) -> float:
    if a.when is None or b.when is None:
        return SAME_STORY
    return LONG_APART if is_far(a, b) else SAME_WEEKS
