"""The act coder on sentences with a labelled act, over five folds, and on 200 of our own without any.

``plv`` (stratified folds, a sentence's copies in one) gives source and target with each sentence, and the
coder gets them; ``own_parties`` is the same coder that has to find them. An act that the coder does not
see, or takes for denied, imagined or long past, is wrong. ``false_events`` is the shipped coder's, which
finds the parties itself, on ``data/no_events.jsonl``; those sentences are dated ``PUBLISHED``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from allegata.reading.allegations.asserted import is_asserted, is_long_past
from allegata.reading.allegations.coder import NONE, act_coder, vectors_of
from allegata.reading.allegations.parties import main_clause
from allegata.reading.parsing import parse
from evals.figures import run
from evals.shared import SkippedError, data

TEXTS = Path(__file__).with_name("data") / "no_events.jsonl"
PUBLISHED = "2026-11-20"
FOLDS = 5
SEEDS = (0, 1, 2)
"""Figures are means over so many ways to cut the folds."""
QUADS = {
    root: quad
    for quad, roots in enumerate(
        (
            ("AGREE", "CONSULT", "SUPPORT"),
            ("COOPERATE", "AID", "RETREAT"),
            ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
            ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
        ),
        1,
    )
    for root in roots
}
"""Of PLOVER: verbal and material cooperation, verbal and material conflict."""


@dataclass(frozen=True, slots=True)
class Material:
    """The rows of ``plv``, their examples and those without an act, and the vectors of both."""

    rows: list[dict[str, Any]]
    examples: list[Any]
    eventless: list[Any]
    vectors: Any
    empty: Any


def material() -> Material:
    """All that the folds are cut from; parsed and embedded once."""
    try:
        from training.acts import fit
    except ImportError as error:
        raise SkippedError(f"{error.name} is not installed (requirements/training.txt)") from None
    rows = fit.labelled(data("plover/plv.jsonl"))
    examples, eventless = fit.with_act(rows), fit.without_act()
    vectors, empty = (vectors_of([e.clause for e in part]) for part in (examples, eventless))
    return Material(rows, examples, eventless, vectors, empty)


def fold_figures(held: Material, seed: int = 0) -> list[dict[str, float]]:
    """The figures of each fold, then those of all folds together."""
    from sklearn.model_selection import StratifiedGroupKFold

    from training.acts import fit

    rows, examples = held.rows, held.examples
    gold = [row["root"] for row in rows]
    groups = {row["text"]: n for n, row in enumerate(rows)}
    given, own = [NONE] * len(rows), [NONE] * len(rows)
    folds = []
    splits = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for seen, unseen in splits.split(gold, gold, [groups[row["text"]] for row in rows]):
        both = [2 * i + k for i in seen for k in (0, 1)]
        stacked = np.vstack([held.vectors[both], held.empty])
        coder = fit.fit([examples[i] for i in both] + held.eventless, stacked)
        for found, step in ((given, 0), (own, 1)):
            at = [2 * i + step for i in unseen]
            guesses = fit.guess(coder, [examples[i] for i in at], held.vectors[at])
            for i, guess in zip(unseen, guesses, strict=True):
                clause = examples[2 * i + step].clause
                kept = guess != NONE and not is_long_past(clause, None) and is_asserted(clause, guess)
                found[i] = guess if kept else NONE
        folds.append(_figures(rows, unseen, given, own))
    return [*folds, _figures(rows, range(len(rows)), given, own)]


def _figures(
    rows: Sequence[dict[str, Any]], chosen: Iterable[int], given: Sequence[str], own: Sequence[str]
) -> dict[str, float]:
    at = [int(i) for i in chosen]
    gold = [rows[i]["root"] for i in at]
    found, alone = [given[i] for i in at], [own[i] for i in at]
    scores = []
    for root in sorted(set(gold)):
        hits = sum(g == f == root for g, f in zip(gold, found, strict=True))
        scores.append(2 * hits / (gold.count(root) + found.count(root)))
    accused = sum(g == f == "ACCUSE" for g, f in zip(gold, found, strict=True))
    quads = [QUADS.get(f) == rows[i]["quad"] for i, f in zip(at, found, strict=True)]
    return {
        "root_accuracy": sum(g == f for g, f in zip(gold, found, strict=True)) / len(at),
        "macro_f1": sum(scores) / len(scores),
        "quad_accuracy": sum(quads) / len(at),
        "accuse_precision": accused / max(1, found.count("ACCUSE")),
        "accuse_recall": accused / gold.count("ACCUSE"),
        "own_parties_accuracy": sum(g == f for g, f in zip(gold, alone, strict=True)) / len(at),
    }


def false_events() -> float:
    """The share of our sentences without an act in which the shipped coder finds one."""
    rows = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    coder = act_coder()
    docs = parse(row["text"] for row in rows)
    return sum(coder.code(main_clause(list(d)), PUBLISHED) is not None for d in docs) / len(rows)


def measure() -> dict[str, float]:
    """Rates from 0 to 1; ``false_events`` is better low."""
    held = material()
    runs = [fold_figures(held, seed)[-1] for seed in SEEDS]
    return {key: sum(r[key] for r in runs) / len(runs) for key in runs[0]} | {"false_events": false_events()}


if __name__ == "__main__":
    run(measure)
