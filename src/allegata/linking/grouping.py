"""Pairs of documents to stories: connected parts, of which a larger one is taken apart where it hangs
together by few pairs only. A pure function of the pairs, whatever their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

Graph = Mapping[str, Mapping[str, float]]
"""The score of each pair, both ways."""

MOST_LINKED = 30
"""Documents that may hang together by single pairs. In a larger part one conflict's many stories chain into
one."""

UNPAIRED, LEAST_MEAN = 0.25, 0.285
"""What a missing pair counts as, and the mean of all pairs between two groups from which they are one: where
both halves of the FNC-1 claims do well (`evals.fnc`)."""

MOST_WEIGHED = 400
"""Documents that are grouped by the mean of all their pairs; a larger one is cut at its weakest first."""

WEAKEST, STEP, CLOSEST = 0.28, 0.05, 0.60
"""The least score of a pair (`stories.SAME_WEEKS`), and the steps and the end of asking for closer ones."""


def find_stories(neighbours: Graph) -> list[list[str]]:
    """The stories, each sorted. One of more than ``MOST_WEIGHED`` documents is taken apart by asking for ever
    closer pairs, so copies of one text stay together however many they are."""
    out: list[list[str]] = []
    todo = [(part, WEAKEST) for part in components(neighbours, neighbours)]
    while todo:
        part, least = todo.pop()
        if len(part) <= MOST_LINKED:
            out.append(part)
        elif len(part) <= MOST_WEIGHED:
            out += join_nearest(part, neighbours)
        elif least >= CLOSEST or len(_closer(part, neighbours, _last(least))) == 1:
            out.append(part)  # what hangs together by the closest pairs does so at each step before
        else:
            least = least + STEP
            todo += [(p, least) for p in _closer(part, neighbours, least)]
    return sorted(out)


def _closer(part: Iterable[str], neighbours: Graph, least: float) -> list[list[str]]:
    """The parts that hang together by pairs of at least that score."""
    return components(part, {d: [n for n, s in neighbours[d].items() if s >= least] for d in part})


def _last(least: float) -> float:
    """The score that is asked for at the end."""
    while least < CLOSEST:
        least = least + STEP
    return least


def join_nearest(part: Iterable[str], neighbours: Graph) -> list[list[str]]:
    """Groups of documents, made by joining ever again the two groups with the greatest mean score between
    them (average linkage), down to ``LEAST_MEAN``. Among equals those with the first ids are joined."""
    groups = {d: [d] for d in sorted(part)}
    sums = {d: {n: s for n, s in neighbours[d].items() if n in groups} for d in groups}
    held = {d: dict.fromkeys(ns, 1.0) for d, ns in sums.items()}

    def mean(a: str, b: str) -> float:
        pairs = len(groups[a]) * len(groups[b])
        return (sums[a][b] + (pairs - held[a][b]) * UNPAIRED) / pairs

    def entry(a: str, b: str) -> tuple[float, str, str, int, int]:
        a, b = min(a, b), max(a, b)
        return (-round(mean(a, b), 9), a, b, len(groups[a]), len(groups[b]))

    heap = [entry(a, b) for a, ns in sums.items() for b in ns if a < b]
    heapify(heap)
    while heap and -heap[0][0] >= LEAST_MEAN:
        _, a, b, size_a, size_b = heappop(heap)
        if len(groups.get(a, ())) != size_a or len(groups.get(b, ())) != size_b:
            continue  # one of the two has grown or is gone since
        groups[a] += groups.pop(b)
        for table in (sums, held):
            mine, theirs = table[a], table.pop(b)
            for c, value in theirs.items():
                del table[c][b]
                if c != a:
                    mine[c] = table[c][a] = mine.get(c, 0) + value
        for c in sums[a]:
            heappush(heap, entry(a, c))
    return [sorted(group) for group in groups.values()]


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
