"""Which documents tell of the same matter. A story is a connected part of the pairs found here.

Every decision about a pair looks at the two texts alone (weights come from a fixed background), so the pairs,
and with them the stories, are the same whatever the order of adding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from allegata.linking.features import ADDRESSES, GRAMS, TERMS, find_keys
from allegata.linking.texts import Text, canonical, telling

SAME_STORY = 0.30
"""Mean of the cosine of telling words and of the mean best cosine of the units, from which two documents
tell of one matter. Chosen on the development scenarios (nearest distractors 0.26 to 0.40)."""

SHARED_TERMS = 3
SHARED_GRAMS = 2


class KeyIndex(Protocol):
    """What finding candidates needs of a store."""

    def documents_with_keys(self, space: str, keys: list[int]) -> dict[int, list[str]]: ...


def candidates(text: Text, index: KeyIndex) -> list[str]:
    """Documents worth comparing: with some shared text, enough shared telling words, or a link between."""
    keys = find_keys(text.reading)
    out: set[str] = set()
    for space, least in ((GRAMS, SHARED_GRAMS), (TERMS, SHARED_TERMS), (ADDRESSES, 1)):
        found = Counter(d for ds in index.documents_with_keys(space, keys[space]).values() for d in ds)
        out |= {d for d, n in found.items() if n >= least}
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
    refs = {canonical(x.url) for x in a.document.links} | {canonical(e.ref) for e in a.document.embeds}
    return (b.url is not None and b.url in refs) or any(e.ref == b.id for e in a.document.embeds)


def pair(a: Text, b: Text) -> float | None:
    """The score of a pair that belongs to one story, or ``None``. A link alone is not enough: a page links to
    much else; linked pages that share a telling word are one story."""
    score = likeness(a, b)
    if score >= SAME_STORY:
        return score
    shared = len(set(telling(a.terms)) & set(telling(b.terms)))
    if (links_to(a, b) or links_to(b, a)) and shared >= 1:
        return max(score, SAME_STORY)
    foreign = (a.document.language or "en") != (b.document.language or "en")
    return SAME_STORY if foreign and shared >= 4 else None


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
