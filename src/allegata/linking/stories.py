"""Which documents tell of the same matter. A story is a connected part of the pairs found here.

Every decision about a pair looks at the two texts alone (weights come from a fixed background), so the pairs,
and with them the stories, are the same whatever the order of adding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from allegata.linking.features import ADDRESSES, GRAMS, TERMS, find_keys
from allegata.linking.texts import Text

SAME_WEEKS, SAME_STORY, LONG_APART = 0.28, 0.34, 0.40
"""Least mean of the cosine of telling words and of the mean best cosine of the units for two documents to
tell of one matter: for reports within ``DAYS`` of each other, where a time is unknown, and for those further
apart. Chosen on the development scenarios (nearest distractors 0.26 to 0.40) and on FNC-1 bodies grouped
by claim, which have no dates (pair F1 0.90 at 0.32 and 0.34)."""

DAYS = 30

NAMED_TERMS = 2
"""Telling words that a page must share with an old report that it names by outlet and year."""

SHARED_TERMS = 3
SHARED_GRAMS = 2


class KeyIndex(Protocol):
    """What finding candidates needs of a store."""

    def sharing(self, space: str, keys: Sequence[int], least: int) -> list[str]: ...


def candidates(text: Text, index: KeyIndex) -> list[str]:
    """Documents worth comparing: with some shared text, enough shared telling words, or a link between."""
    keys = find_keys(text.reading)
    out: set[str] = set()
    for space, least in ((GRAMS, SHARED_GRAMS), (TERMS, SHARED_TERMS), (ADDRESSES, 1)):
        out.update(index.sharing(space, keys[space], least))
    out.discard(text.id)
    return sorted(out)


def likeness(a: Text, b: Text) -> float:
    """How much two documents tell of one matter, in [0, 1]."""
    dot = sum(w * b.terms[t] for t, w in a.terms.items() if t in b.terms)
    norm = (sum(w * w for w in a.terms.values()) * sum(w * w for w in b.terms.values())) ** 0.5
    lexical = dot / norm if norm else 0.0
    if not len(a.vectors) or not len(b.vectors):
        return lexical / 2
    cosines = a.vectors @ b.vectors.T
    semantic = float(cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2
    return 0.5 * lexical + 0.5 * semantic


def links_to(a: Text, b: Text) -> bool:
    """Whether ``a`` links to or embeds ``b``."""
    return bool(a.refs) and (b.id in a.refs or (b.url is not None and b.url in a.refs))


def pair(a: Text, b: Text) -> float | None:
    """The score of a pair that belongs to one story, or ``None``. A link alone is not enough: a page links to
    much else; linked pages that share a telling word are one story."""
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
    foreign = (a.language or "en")[:2] != (b.language or "en")[:2]
    return max(score, SAME_WEEKS) if foreign and shared >= 4 else None


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
    return a.when is not None and b.when is not None and abs((a.when - b.when).days) > DAYS


def _least(a: Text, b: Text) -> float:
    if a.when is None or b.when is None:
        return SAME_STORY
    return SAME_WEEKS if abs((a.when - b.when).days) <= DAYS else LONG_APART


def components(ids: Iterable[str], neighbours: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Connected parts that hold any of ``ids``; ``neighbours`` must answer for all that is reached."""
    out, seen = [], set[str]()
    for start in sorted(ids):
        if start in seen:
            continue
        part, todo = [], [start]
        seen.add(start)
        while todo:
            d = todo.pop()
            part.append(d)
            for n in neighbours.get(d, ()):
                if n not in seen:
                    seen.add(n)
                    todo.append(n)
        out.append(sorted(part))
    return out


MOST_LINKED = 60
"""Documents that may hang together by weak pairs; a larger part of the graph is cut at its weakest."""

STEP, CLOSEST = 0.05, 0.60


def find_stories(neighbours: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """Connected parts of the pairs; one of more than ``MOST_LINKED`` documents is taken apart by asking
    for ever closer pairs, so that one conflict's many stories do not chain into one. Copies of one text stay
    together."""
    out: list[list[str]] = []
    todo = [(part, SAME_WEEKS) for part in components(neighbours, neighbours)]
    while todo:
        part, least = todo.pop()
        if len(part) <= MOST_LINKED or least >= CLOSEST:
            out.append(part)
            continue
        least += STEP
        closer = {d: [n for n, s in neighbours[d].items() if s >= least] for d in part}
        todo += [(p, least) for p in components(part, closer)]
    return sorted(out)
