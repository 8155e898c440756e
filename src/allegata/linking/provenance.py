"""From who-had-it-from-whom to the number of independent origins.

The graph of a Claim has documents and parties as nodes and citations as edges, upstream to downstream. Its
roots are where the information came in; a loop of documents that cite one another counts through whatever
feeds it from outside, and as one unresolved root where nothing does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allegata.model import OriginCount


@dataclass(frozen=True, slots=True)
class Roots:
    """Which roots each document leads back to. ``reached`` maps a document to root node ids; ``loops`` are
    strongly connected parts of two or more documents."""

    reached: Mapping[str, frozenset[str]]
    loops: tuple[tuple[str, ...], ...]


def find_roots(
    documents: Sequence[str], edges: Iterable[tuple[str, str]], relays: Iterable[tuple[str, str]] = ()
) -> Roots:
    """Roots of every document. ``edges`` run upstream to downstream; a node that no edge enters is a root.
    ``relays`` are such edges between parties: where one document says that an outlet has it from an
    official, so has every document that cites the outlet. A part of the graph that only cites itself is its
    own root, under the id of its first document."""
    incoming: dict[str, set[str]] = defaultdict(set)
    order = {d: i for i, d in enumerate(documents)}
    between = sorted(set(relays))
    for up, down in (*edges, *between):
        if up != down:
            incoming[down].add(up)
    passing = dict.fromkeys(down for _, down in between if down not in order)
    parts = _strong_parts([*documents, *passing], incoming)
    reached: dict[str, frozenset[str]] = {}
    loops = []
    for part in parts:  # upstream parts come before downstream ones
        outside = {u for d in part for u in incoming[d]} - set(part)
        roots: set[str] = set()
        for u in outside:
            roots |= reached.get(u, frozenset({u}))
        if not roots:
            roots = {min(part, key=lambda d: (order.get(d, len(order)), d))}
        for d in part:
            reached[d] = frozenset(roots)
        if sum(d in order for d in part) > 1:
            loops.append(tuple(sorted((d for d in part if d in order), key=lambda d: order[d])))
    return Roots({d: reached[d] for d in documents}, tuple(sorted(loops)))


def _strong_parts(nodes: list[str], incoming: Mapping[str, set[str]]) -> list[list[str]]:
    """Strongly connected parts (Tarjan 1972, without recursion), each after all parts upstream of it."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    parts: list[list[str]] = []
    known = set(nodes)
    for root in nodes:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(sorted(incoming.get(root, ()))))]
        while work:
            node, rest = work[-1]
            for up in rest:
                if up not in known:
                    continue
                if up not in index:
                    index[up] = low[up] = len(index)
                    stack.append(up)
                    on_stack.add(up)
                    work.append((up, iter(sorted(incoming.get(up, ())))))
                    break
                if up in on_stack:
                    low[node] = min(low[node], index[up])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    part = []
                    while True:
                        n = stack.pop()
                        on_stack.discard(n)
                        part.append(n)
                        if n == node:
                            break
                    parts.append(part)
    return parts


def count(named: int, anonymous: int, unresolved: int, foldable: int) -> OriginCount:
    """The interval. ``named + anonymous`` is the point; ``high`` adds every unresolved root as if new;
    ``low`` takes away the anonymous voices that may be a named or another anonymous origin."""
    low = named + anonymous - foldable
    if named + anonymous + unresolved and low <= 0:
        low = 1 if named + anonymous else 0
    return OriginCount(low, named + anonymous + unresolved, named, anonymous, unresolved)
