"""What only few documents of a Claim have while others have it otherwise: a name in another spelling, another
number of the same things. Two who share an error share a source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from allegata.linking.numbers import counted
from allegata.linking.texts import Text
from allegata.linking.words import weight
from allegata.model import Passage

LEAST_NAME, NAME = 5, 4.5
"""Letters of a name that may be misspelt, and its background weight (nats)."""

MOST_SHARING = 40
"""Documents that may share an error; what more have is how they call it."""

LEAST_DOCUMENTS = 5
"""Documents from which it says something that only two have a thing: two against three at least."""

COUNTED = 1.0
"""Background weight from which a word says what a number counts."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """``shown`` is what its ``documents`` write, ``instead`` what more others write; ``kind`` is "name" or
    "number"."""

    kind: str
    shown: str
    instead: str
    documents: frozenset[str]

    def reason(self) -> str:
        """In words, of two documents that share it."""
        others = "nobody else does" if len(self.documents) == 2 else f"so do {len(self.documents) - 2} others"
        return f"both write “{self.shown}” where most have “{self.instead}”; {others}"


class Oddities:
    """The oddities of the documents of one Claim. Texts in one language are compared with one another."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts

    def of(self, document: str) -> tuple[Oddity, ...]:
        """The oddities that a document shares with another, those of names first."""
        return self._by_document.get(document, ())

    def shared(self, a: str, b: str) -> tuple[Oddity, ...]:
        return tuple(o for o in self.of(a) if b in o.documents)

    def details(self, a: Text, b: Text) -> list[str]:
        """The telling words that of all documents only these two have, the rarest first; none of few
        documents, where every two share some."""
        if len(self._texts) < LEAST_DOCUMENTS:
            return []
        both = [w for w in a.telling & b.telling if self._having[w] == 2]
        return sorted(both, key=lambda w: (-weight(w), w))

    @cached_property
    def _having(self) -> Counter[str]:
        return Counter(w for t in self._texts for w in t.telling)

    @cached_property
    def _by_document(self) -> Mapping[str, tuple[Oddity, ...]]:
        tongues: dict[str, list[Text]] = defaultdict(list)
        for t in self._texts:
            tongues[t.tongue].append(t)
        found: dict[str, list[Oddity]] = defaultdict(list)
        for mine in tongues.values():
            for oddity in (*_names(mine), *_numbers(mine)) if len(mine) >= LEAST_DOCUMENTS else ():
                for d in oddity.documents:
                    found[d].append(oddity)
        return {d: tuple(found[d]) for d in sorted(found)}


def _names(texts: Sequence[Text]) -> Iterable[Oddity]:
    """Names in two spellings one letter apart, of which the rarer is the odd one. What ends otherwise may be
    another form of the word."""
    having: dict[str, set[str]] = defaultdict(set)
    printed: dict[str, str] = {}
    for t in texts:
        for w in t.words:
            if w.capital and len(w.norm) >= LEAST_NAME and w.norm.isalpha() and weight(w.norm) >= NAME:
                having[w.norm].add(t.id)
                printed.setdefault(w.norm, t.document.text[w.start : w.end])
    near: dict[str, set[str]] = defaultdict(set)
    for name in having:
        for k in range(len(name)):
            near[name[:k] + name[k + 1 :]].add(name)
        near[name].add(name)
    pairs = {(a, b) for names in near.values() if len(names) > 1 for a in names for b in names if a != b}
    for odd, usual in sorted(pairs):
        if odd.startswith(usual) or usual.startswith(odd):
            continue
        found = _odd(having[odd], having[usual])
        if found:
            yield Oddity("name", _bare(printed[odd]), _bare(printed[usual]), found)


def _numbers(texts: Sequence[Text]) -> Iterable[Oddity]:
    """Numbers of the same things: what few have against what most have."""
    having: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for t in texts:
        for unit, number in counted(t.words, t.language):
            if weight(unit) >= COUNTED:
                having[unit][number.value].add(t.id)
    for unit, values in sorted(having.items()):
        if len(values) < 2:
            continue
        counts = Counter({v: len(ds) for v, ds in values.items()})
        usual = max(counts, key=lambda v: (counts[v], -v))
        for value in sorted(values):
            found = _odd(values[value], values[usual]) if value != usual else None
            if found:
                yield Oddity("number", f"{value:,} {unit}", f"{usual:,} {unit}", found)


def _odd(few: set[str], many: set[str]) -> frozenset[str] | None:
    """Those who have only the odd one, where there are at least two of them and more who have only the
    other; who has both writes of the error."""
    odd, usual = few - many, many - few
    return frozenset(odd) if 2 <= len(odd) < len(usual) and len(odd) <= MOST_SHARING else None


def _bare(printed: str) -> str:
    return printed.removesuffix("'s").removesuffix("’s")


def find_spots(text: Text, oddity: Oddity) -> tuple[Passage, ...]:
    """Where a text has what is odd, the first place."""
    if oddity.kind == "name":
        at = text.document.text.find(oddity.shown)
        return (Passage(text.id, at, at + len(oddity.shown)),) if at >= 0 else ()
    for unit, number in counted(text.words, text.language):
        if f"{number.value:,} {unit}" == oddity.shown:
            last = next(w for w in text.words[number.end :] if w.norm == unit)
            return (Passage(text.id, text.words[number.start].start, last.end),)
    return ()
