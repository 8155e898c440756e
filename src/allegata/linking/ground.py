"""The documents of one Claim by what they share: words, passages, names, addresses, times. What one of them
may have from others is found here by key, so that a Claim of thousands is not gone through once for each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from allegata.linking.credits import core
from allegata.linking.foreign import find_foreign
from allegata.linking.grounds import STEM, Told, earliest, leaning, mentioned, short_forms, stems
from allegata.linking.words import runs_on
from allegata.model import Document

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


class Shared:
    """How many keys each of a row of things has in common with another."""

    def __init__(self, keys: Iterable[Collection[Hashable]]) -> None:
        held: dict[Hashable, list[int]] = defaultdict(list)
        self._count = 0
        for n, mine in enumerate(keys):
            self._count += 1
            for k in mine:
                held[k].append(n)
        self._held = {k: np.array(ns) for k, ns in held.items() if len(ns) > 1}

    def count(self, keys: Iterable[Hashable]) -> Counts:
        """For each of the things how many of ``keys`` it has; those that no other has are not counted."""
        out = np.zeros(self._count, np.int64)
        for k in keys:
            found = self._held.get(k)
            if found is not None:
                out[found] += 1
        return out


class Wording:
    """Many names, of which those that may stand in a text are found by their rarest word. ``forms`` gives the
    ways in which a name is written."""

    def __init__(self, names: Iterable[str], forms: Callable[[str], Iterable[str]]) -> None:
        runs = {
            (name, form): [] if runs_on(form) else _RUN.findall(form)
            for name in names
            for form in forms(name)
        }
        held = Counter(run for found in runs.values() for run in set(found))
        self._by_run: dict[str, set[str]] = defaultdict(set)
        self._any: set[str] = set()
        for (name, _), found in runs.items():
            if found:
                self._by_run[min(found, key=lambda r: (held[r], r))].add(name)
            else:
                self._any.add(name)

    def possible(self, text: str) -> set[str]:
        """The names that a text may have, among them all that stand in it as words of their own."""
        found = {n for run in set(_RUN.findall(text)) & self._by_run.keys() for n in self._by_run[run]}
        return found | self._any


_RUN = re.compile(r"\w+")


class Ground:
    """The documents of one Claim, in order; each is meant by its number in that order."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = tuple(told)
        self.at = {t.text.id: n for n, t in enumerate(self.told)}
        times = [t.when or (np.nan, np.nan) for t in self.told]
        self._start, self._end = np.array(times, float).reshape(-1, 2).T
        self._texts = [t.text for t in self.told]

    def earlier(self, told: Told) -> Mask:
        """The other documents that the times allow to be upstream; unknown ones allow it."""
        out = np.ones(len(self.told), bool) if told.when is None else ~(self._start > told.when[1])
        if told.text.id in self.at:
            out[self.at[told.text.id]] = False
        return out

    def before(self, told: Told) -> Mask:
        """The other documents that a text may have been taken from: by time where that is clear, else by what
        each says of its sources and has that the other lacks. Never both ways, so that no loops are made."""
        if told.when is None:
            out, undecided = np.zeros(len(self.told), bool), np.ones(len(self.told), bool)
        else:
            out = self._end < told.when[0]
            undecided = ~out & ~(self._start > told.when[1])
        mine = self.at[told.text.id]
        undecided[mine] = False
        if undecided.any():
            naming, named = self._naming(told.text.document.outlet), self._named_outlets(told)
            by_leaning = self._leaning < self._leaning[mine]
            out |= undecided & np.where(naming != named, named, by_leaning)
        return out

    def chosen(self, mask: Mask) -> list[Told]:
        return [self.told[n] for n in np.flatnonzero(mask)]

    def linked(self, told: Told) -> list[int]:
        """The documents that a text links to or embeds."""
        return sorted({n for ref in told.text.refs for n in self._by_address.get(ref, ())})

    def voiced(self, name: str) -> Sequence[int]:
        """The documents that may be cited by a name: of that outlet, or by that author."""
        return self._by_voice.get(name, ())

    def of_outlet(self, name: str | None) -> Sequence[int]:
        return self._by_outlet.get(name, ())

    def names(self, told: Told) -> frozenset[str]:
        """The outlets and authors of the Claim that a text mentions."""
        return self._names[self.at[told.text.id]]

    def shared_passages(self, told: Told) -> Counts:
        """How many sampled fingerprints each document shares with a text."""
        return self._grams.count(told.text.grams)

    def shared_words(self, told: Told) -> Counts:
        """How many telling words each document shares with a text."""
        return self._telling.count(told.text.telling)

    @cached_property
    def outlets(self) -> frozenset[str]:
        return frozenset(t.document.outlet for t in self._texts if t.document.outlet)

    @cached_property
    def cores(self) -> NDArray[np.str_]:
        """`core` of each outlet."""
        return np.array([core(t.document.outlet or "?") for t in self._texts])

    @cached_property
    def tongues(self) -> NDArray[np.str_]:
        return np.array([t.tongue for t in self._texts])

    @cached_property
    def telling(self) -> Counts:
        """How many telling words each document has."""
        return np.array([len(t.telling) for t in self._texts])

    @cached_property
    def order(self) -> Counts:
        """The place of each document among all by who comes first (`grounds.earliest`)."""
        return _places(sorted(range(len(self.told)), key=lambda n: earliest(self.told[n])))

    @cached_property
    def _leaning(self) -> Counts:
        """The place of each by how far it seems from the source, where no time decides."""
        return _places(
            sorted(range(len(self.told)), key=lambda n: (not self.told[n].own, *leaning(self._texts[n])))
        )

    @cached_property
    def _grams(self) -> Shared:
        return Shared(t.grams for t in self._texts)

    @cached_property
    def _telling(self) -> Shared:
        return Shared(t.telling for t in self._texts)

    @cached_property
    def _by_address(self) -> Mapping[str, list[int]]:
        out: dict[str, list[int]] = defaultdict(list)
        for n, t in enumerate(self._texts):
            for ref in {t.id, t.url} - {None}:
                out[ref or ""].append(n)
        return out

    @cached_property
    def _by_voice(self) -> Mapping[str, list[int]]:
        out: dict[str, list[int]] = defaultdict(list)
        for n, t in enumerate(self._texts):
            for voice in _voices(t.document):
                out[voice].append(n)
        return out

    @cached_property
    def _by_outlet(self) -> Mapping[str | None, list[int]]:
        out: dict[str | None, list[int]] = defaultdict(list)
        for n, t in enumerate(self._texts):
            out[t.document.outlet].append(n)
        return out

    @cached_property
    def _names(self) -> list[frozenset[str]]:
        every = self.outlets | self._by_voice.keys()
        wording = Wording(every, short_forms)
        abroad: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for name in every:
            if len(name) >= STEM:
                abroad[stems(name)].add(name)
        out = []
        for t in self._texts:
            possible = wording.possible(t.document.text)
            if t.tongue != "en":
                for credit in find_foreign(t.document.text, t.tongue):
                    possible |= abroad.get(stems(credit.name), set())
            out.append(frozenset(n for n in possible if mentioned(n, t)))
        return out

    @cached_property
    def _mentioning(self) -> Mapping[str, list[int]]:
        out: dict[str, list[int]] = defaultdict(list)
        for n, names in enumerate(self._names):
            for name in names:
                out[name].append(n)
        return out

    def _naming(self, outlet: str | None) -> Mask:
        """The documents that mention an outlet."""
        out = np.zeros(len(self.told), bool)
        if outlet is not None:
            out[self._mentioning.get(outlet, [])] = True
        return out

    def _named_outlets(self, told: Told) -> Mask:
        """The documents of which a text mentions the outlet."""
        out = np.zeros(len(self.told), bool)
        for name in self.names(told):
            out[self._by_outlet.get(name, [])] = True
        return out


def _voices(document: Document) -> list[str]:
    """The names by which others cite a Document."""
    kind, author = document.kind, document.author
    if kind == "statement":
        return []
    named = [author] if kind == "post" else [document.outlet, author if _is_person(author) else None]
    return [n for n in named if n]


def _is_person(author: str | None) -> bool:
    """A by-line of a first name or initial and a surname, not a desk's."""
    return bool(
        author and re.fullmatch(r"[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]+){1,3}", author)
    ) and not re.search(
        r"(?i)\b(?:desk|staff|team|reporter|correspondent|editors?|news\w*|agenc\w+|admin|office|service|press)\b",
        author or "",
    )


def _places(order: Sequence[int]) -> Counts:
    out = np.empty(len(order), np.int64)
    out[np.array(order, np.int64)] = np.arange(len(order))
    return out
