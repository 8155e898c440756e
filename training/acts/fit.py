"""Examples for the act coder, and the fit of its two linear models.

Labelled sentences (``plv``) are taken twice: with the parties as labelled, and with those that the parse
alone gives, as the reader has to find them. Sentences without an act come from `grammar.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from allegata.model import Span
from allegata.reading.allegations.coder import BUCKETS, NONE, Coder, columns_of
from allegata.reading.allegations.features import Clause, clause_features, clause_of
from allegata.reading.allegations.parties import main_clause
from allegata.reading.parsing import parse
from training.acts.grammar import sentences

RENAMED = {"YIELD": "RETREAT"}
"""Roots that the data calls otherwise."""
STRENGTH = 2.0
"""C of the models."""
LENIENCE = 0.2
"""Taken off the score of no act: the rules of `asserted.py` come after."""
MADE = 600
"""Sentences without an act."""
OWN_PARTIES = 0.5
"""Weight of an example whose parties the parse has found."""


@dataclass(slots=True)
class Example:
    """A clause as the coder sees it, its root and its weight."""

    clause: Clause
    columns: npt.NDArray[np.int64]
    root: str
    weight: float


def example(clause: Clause, root: str, weight: float = 1.0) -> Example:
    return Example(clause, columns_of(clause_features(clause)), root, weight)


def labelled(path: Path) -> list[dict[str, Any]]:
    """The rows of ``plv`` with our names of the roots."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    for row in rows:
        row["root"] = RENAMED.get(row["plover"], row["plover"])
    return rows


def given_clause(doc: Any, row: dict[str, Any]) -> Clause:
    """The clause of a row with the parties that are labelled."""

    def tokens(spans: Sequence[Span]) -> list[Any]:
        return [t for t in doc if any(t.idx < end and t.idx + len(t) > start for start, end in spans)]

    return clause_of(doc, tokens(row["source_spans"]), tokens(row["target_spans"]))


def with_act(rows: Sequence[dict[str, Any]]) -> list[Example]:
    """Two examples a row: with the labelled parties, then with those found."""
    examples = []
    for row, doc in zip(rows, parse(r["text"] for r in rows), strict=True):
        examples.append(example(given_clause(doc, row), row["root"]))
        examples.append(example(main_clause(list(doc)), row["root"], OWN_PARTIES))
    return examples


def without_act(seed: int = 0) -> list[Example]:
    """Examples of no act."""
    return [example(main_clause(list(d)), NONE) for d in parse(sentences(MADE, seed))]


def fit(examples: Sequence[Example], vectors: npt.NDArray[np.float32]) -> Coder:
    """The Coder of some examples; ``vectors`` are those of their clauses."""
    counts = np.zeros(BUCKETS)
    for e in examples:
        counts[e.columns] += 1
    rarity = np.where(counts > 0, np.log((1 + len(examples)) / (1 + counts)) + 1, 0).astype(np.float32)
    x = hstack([weighed(examples, rarity), csr_matrix(vectors)]).tocsr()
    model = LinearSVC(C=STRENGTH).fit(x, [e.root for e in examples], [e.weight for e in examples])
    coef = model.coef_.astype(np.float32)
    roots = tuple(str(c) for c in model.classes_)
    bias = model.intercept_.astype(np.float32)
    bias[roots.index(NONE)] -= LENIENCE
    return Coder(roots, rarity, coef[:, :BUCKETS], coef[:, BUCKETS:], bias)


def weighed(examples: Sequence[Example], rarity: npt.NDArray[np.float32]) -> csr_matrix:
    values, columns, ends = [], [], [0]
    for e in examples:
        own = rarity[e.columns]
        values.append(own / max(float(np.linalg.norm(own)), 1e-6))
        columns.append(e.columns)
        ends.append(ends[-1] + len(own))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), (len(examples), BUCKETS))


def guess(coder: Coder, examples: Sequence[Example], vectors: npt.NDArray[np.float32]) -> list[str]:
    """The likeliest root of each example, or `NONE`, as `Coder.guess` has it."""
    scores = weighed(examples, coder.rarity) @ coder.words.T + vectors @ coder.vectors.T + coder.bias
    return [coder.roots[i] for i in np.asarray(scores).argmax(axis=1)]
