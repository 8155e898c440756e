"""Copies and stories among the 1,683 article bodies of FNC-1, found as linking finds them.

Copies: pairs of bodies of which one holds at least half of the 8-grams of the other, by an exact index of the
plain lower-case words. Found are the pairs that `candidates` brings together, ranked by `containment`.

Stories: bodies of one fact-checked claim (``claim_id``), by the pairs and the grouping of `link`. The
claims are halved: the score of a pair was chosen on one half (``chosen_``), the figures are of the other.
The bounds of grouping (`grouping.MOST_LINKED`, `LEAST_MEAN`) lie where both do well; chosen strictly on one,
the other reaches 0.867 to 0.875. Bodies have neither outlet nor date.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from allegata.linking.copies import containment
from allegata.linking.features import make_features, restore
from allegata.linking.grouping import find_stories
from allegata.linking.sketches import sketch
from allegata.linking.stories import candidates, may_pair, pair
from allegata.linking.texts import Text
from allegata.model import Document
from allegata.reading.pipeline import read_documents
from evals.figures import run
from evals.shared import rows

GRAM, HALF, PRECISION = 8, 0.5, 0.95
_WORD = re.compile(r"\w+")
Pairs = set[tuple[int, int]]


class Memory:
    """An index of keys in memory that answers as a store does."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], list[str]] = defaultdict(list)

    def put(self, document_id: str, keys: Mapping[str, Sequence[int]]) -> None:
        for space, values in keys.items():
            for value in values:
                self._held[space, value].append(document_id)

    def sharing(self, space: str, keys: Sequence[int], least: int, most: int) -> dict[str, int]:
        counts = Counter(d for value in set(keys) for d in self._held.get((space, value), ())[:most])
        return {d: n for d, n in counts.items() if n >= least}


def measure() -> dict[str, float]:
    """Recall of copies at a precision of 0.95, and F1 over pairs of bodies of one claim."""
    bodies = rows("fnc/bodies.jsonl")
    readings = list(read_documents([Document(b["id"], b["text"]) for b in bodies]))
    features = make_features(readings)
    index = Memory()
    for f in features:
        index.put(f.document_id, f.keys)
    texts = [restore(r, f.vectors) for r, f in zip(readings, features, strict=True)]
    near, graph = compare_all(texts, index)
    truth = exact_copies([b["text"] for b in bodies])
    lengths = [len(t.words) for t in texts]
    inside = {p for p in truth if 3 * min(lengths[i] for i in p) <= max(lengths[i] for i in p)}
    recall, found = recall_at(PRECISION, near, truth)
    claims = {b["id"]: b["claim_id"] for b in bodies}
    stories = find_stories(graph)
    out = {
        "copies_recall": recall,
        "copies_inside_recall": len(found & inside) / len(inside) if inside else 1.0,
        "copies_pairs": float(len(truth)),
    }
    for name, wanted in (("", lambda c: not _aside(c)), ("chosen_", _aside), ("all_", lambda _: True)):
        p, r, f1 = pair_scores(stories, claims, wanted)
        out |= {f"{name}stories_f1": f1, f"{name}stories_precision": p, f"{name}stories_recall": r}
    return out


def compare_all(
    texts: Sequence[Text], index: Memory
) -> tuple[dict[tuple[int, int], float], dict[str, dict[str, float]]]:
    """Containment of all pairs that are brought together as near, and the graph of the pairs of one story."""
    place = {t.id: i for i, t in enumerate(texts)}
    sketches = [sketch(t) for t in texts]
    contained: dict[tuple[int, int], float] = {}
    graph: dict[str, dict[str, float]] = defaultdict(dict)
    for i, text in enumerate(texts):
        near, like = candidates(text, index)
        for other_id in near:
            j = place[other_id]
            contained[min(i, j), max(i, j)] = containment(text.all_grams, texts[j].all_grams)
        others = sorted(like)
        rows_of = [(sketches[place[d]], texts[place[d]].vectors) for d in others]
        possible = may_pair(sketches[i], text.vectors, rows_of)
        likely = {d for d, may in zip(others, possible, strict=True) if may}
        for other_id in near | likely:
            score = pair(text, texts[place[other_id]])
            if score is not None:
                graph[text.id][other_id] = graph[other_id][text.id] = score
    return contained, graph


def exact_copies(texts: Iterable[str]) -> Pairs:
    """Pairs of texts of which one holds at least `HALF` of the other's grams."""
    sizes: list[int] = []
    held: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        words = _WORD.findall(text.lower())
        grams = {tuple(words[n : n + GRAM]) for n in range(len(words) - GRAM + 1)}
        sizes.append(len(grams))
        for gram in grams:
            held[gram].append(i)
    shared = Counter(p for holders in held.values() for p in combinations(holders, 2))
    return {(a, b) for (a, b), n in shared.items() if n >= HALF * min(sizes[a], sizes[b])}


def recall_at(least: float, scores: Mapping[tuple[int, int], float], truth: Pairs) -> tuple[float, Pairs]:
    """The greatest recall among the cuts of the ranking at which precision is at least ``least``, and what is
    found there."""
    ranked = sorted(scores, key=lambda p: (-scores[p], p))
    right, best = 0, 0
    for n, found in enumerate(ranked, 1):
        right += found in truth
        last = n == len(ranked) or scores[ranked[n]] < scores[found]
        if last and right / n >= least:
            best = n
    found_pairs = set(ranked[:best]) & truth
    return (len(found_pairs) / len(truth) if truth else 1.0), found_pairs


def pair_scores(
    stories: Iterable[Iterable[str]], claims: Mapping[str, str | None], wanted: Callable[[str], bool]
) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of documents of one claim, among those of the wanted claims."""
    both: Counter[tuple[object, str]] = Counter()
    grouped = {d: n for n, story in enumerate(stories) for d in story}
    for document, claim in claims.items():
        if claim is not None and wanted(claim):
            both[grouped.get(document, document), claim] += 1
    mine, gold = Counter[object](), Counter[str]()
    for (story, claim), n in both.items():
        mine[story] += n
        gold[claim] += n
    right, found, there = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, mine, gold))
    return (
        right / found if found else 1.0,
        right / there if there else 1.0,
        2 * right / (found + there) if found + there else 1.0,
    )


def _aside(claim: str) -> bool:
    """Whether a claim is of the half on which linking's thresholds were chosen."""
    return hashlib.sha1(claim.encode()).digest()[0] % 2 == 0


if __name__ == "__main__":
    run(measure)
