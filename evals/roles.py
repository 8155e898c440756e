"""Roles and speech of sentences on NewsDiscourse dev: macro-F1 over the nine roles, accuracy of speech.

An article is its sentences, one a line, without the headline; for each gold sentence the read sentence that
overlaps it most counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allegata.model import ROLES
from evals.figures import run
from evals.readings import read_texts
from evals.shared import rows


def measure() -> Mapping[str, float]:
    articles = {row["id"]: row["sentences"] for row in rows("news-discourse/dev.jsonl")}
    readings = read_texts({name: as_text(sentences) for name, sentences in articles.items()})
    pairs: list[tuple[str, str]] = []
    speech = 0
    for name, sentences in articles.items():
        read = readings[name]["sentences"]
        at = 0
        for gold in sentences:
            begin, end = at, at + len(gold["text"])
            at = end + 1
            found = most_overlapping(begin, end, read)
            pairs.append((gold["label"], found["role"]))
            speech += found["speech"] == gold["speech"]
    return {"macro_f1": macro_f1(pairs), "speech_accuracy": speech / len(pairs)}


def as_text(sentences: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(s["text"].replace("\n", " ") for s in sentences)


def most_overlapping(begin: int, end: int, read: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return max(read, key=lambda s: min(end, s["end"]) - max(begin, s["start"]))


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The plain mean of the F1 of each role, over (gold, read)."""
    total = 0.0
    for role in ROLES:
        both = sum(g == r == role for g, r in pairs)
        either = sum((g == role) + (r == role) for g, r in pairs)
        total += 2 * both / either if either else 0.0
    return total / len(ROLES)


if __name__ == "__main__":
    run(measure)
