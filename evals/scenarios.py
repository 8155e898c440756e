"""Whole collections: claims, origins, edges and denials of the invented stories (``score_scenarios.py``).

A new store a story, its documents added, then its claims. Each story is read four ways: as JSON Lines,
with the pages that exist as HTML, as JSON Lines without the documents that take the story apart
(`checks_and_corrections`), and as JSON Lines in other orders and in portions, which must give the very same
claims.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import allegata
from allegata.contract import claim_json
from evals.figures import run
from evals.readings import keeping
from evals.shared import data, rows, scorer

ORDERS = 2
"""Shuffled orders that each story is added in, besides its own."""

ALIKE = 0.75
"""Likeness of two names from which the scorer takes them for one."""

Rows = list[dict[str, Any]]


def claims_of(portions: Iterable[Sequence[Path]]) -> tuple[Rows, list[str]]:
    """The claims of a new store after adding each portion of files, and the ids of its documents."""
    with (
        keeping(),
        tempfile.TemporaryDirectory() as folder,
        allegata.open(f"{folder}/story.db") as library,
    ):
        for portion in portions:
            library.add(*portion)
        return [claim_json(claim) for claim in library.claims()], [d.id for d in library.documents()]


def prediction(claims: Rows, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Claims in the scorer's format. ``names`` turns the store's document ids into those of the labels."""
    names = names or {}

    def name(node: str) -> str:
        return names.get(node, node)

    return {
        "claims": [
            {
                "proposition": claim["proposition"],
                "accuser": claim["accuser"],
                "accused": claim["accused"],
                "documents": sorted({name(m["document"]) for m in claim["mentions"]}),
                "independent_origins": claim["independent_origins"],
                "origins": claim["origins"],
                "edges": [[name(edge[0]), name(edge[1])] for edge in claim["edges"]],
                "responses": [
                    response | {"stance": "demand_investigation"}
                    if response["stance"] == "demand"
                    else response
                    for response in claim["responses"]
                ],
                "circular": [[name(a), name(b)] for a, b in claim["circular"]],
            }
            for claim in claims
        ]
    }


def write_jsonl(path: Path, documents: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
    return path


def from_json(story: Path) -> Rows:
    return claims_of([[story / "documents.jsonl"]])[0]


def from_pages(story: Path, documents: Rows) -> dict[str, Any]:
    """The story with every page that exists as HTML, the rest as JSON Lines."""
    pages = [story / "html" / f"{d['id']}.html" for d in documents]
    pages = [page for page in pages if page.exists()]
    with tempfile.TemporaryDirectory() as folder:
        rest = [d for d in documents if d["id"] not in {page.stem for page in pages}]
        portion = [*pages, *([write_jsonl(Path(folder) / "rest.jsonl", rest)] if rest else [])]
        ids = [reading.document.id for reading in allegata.read_all(pages)]
        claims, _ = claims_of([portion])
    return prediction(claims, dict(zip(ids, (page.stem for page in pages), strict=True)))


def same_in_any_order(documents: Rows, claims: Rows, seed: int) -> bool:
    """True where a shuffled order, added in three portions, gives the very same claims."""
    shuffled = documents[:]
    random.Random(seed).shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        portions = [[write_jsonl(Path(folder) / f"{i}.jsonl", shuffled[i::3])] for i in range(3)]
        return claims_of(portions)[0] == claims


def checks_and_corrections(gold: Mapping[str, Any]) -> set[str]:
    """Ids of the documents that spell a chain out: those with a mention that takes the claim back, or that
    denies or doubts it and names the documents it speaks of."""
    return {
        m["document"]
        for claim in gold["claims"]
        for m in claim["mentions"]
        if m["stance"] == "retract" or (m["stance"] in ("deny", "doubt") and m["cited_documents"])
    }


def gold_without(gold: Mapping[str, Any], gone: set[str]) -> dict[str, Any]:
    """The labels of a story that lacks some of its documents. What only these say is asked of nobody: an
    origin first seen there goes, a withdrawal made in a correction has not happened."""
    withdrawing = any(m["stance"] == "retract" for c in gold["claims"] for m in c["mentions"])
    claims = []
    for claim in gold["claims"]:
        mentions = [
            m
            | {
                "cited_documents": [d for d in m["cited_documents"] if d not in gone],
                "copy_of": None if m["copy_of"] in gone else m["copy_of"],
            }
            for m in claim["mentions"]
            if m["document"] not in gone
        ]
        origins = [
            {k: v for k, v in o.items() if not (withdrawing and k == "withdrawn_at")}
            for o in claim["origins"]
            if o["first_document"] not in gone
        ]
        live = [o["kind"] for o in origins if "withdrawn_at" not in o]
        anonymous, unresolved = live.count("anonymous"), live.count("unattributed")
        count = {
            "named": len(live) - anonymous - unresolved,
            "anonymous": anonymous,
            "unresolved": unresolved,
        }
        if mentions:
            claims.append(
                claim
                | {
                    "mentions": mentions,
                    "origins": origins,
                    "independent_origins": claim["independent_origins"] | count,
                    "responses": [r for r in claim["responses"] if r["document"] not in gone],
                    "circular": [pair for pair in claim["circular"] if gone.isdisjoint(pair)],
                }
            )
    return dict(gold) | {"claims": claims}


Gold = Mapping[str, tuple[dict[str, Any], dict[str, Any]]]
"""As the scorer loads it: name of a story -> (labels, documents by id)."""


def score_stories(root: Path, gold: Gold, scoring: Any) -> dict[str, float]:
    """Figures of the stories under ``root`` as JSON Lines, whole and (``bare_``) without their fact-checks
    and corrections."""
    whole = {name: prediction(from_json(root / name)) for name in gold}
    gold_of_bare, bare = {}, {}
    for name, (labels, documents) in gold.items():
        gone = checks_and_corrections(labels)
        left = {d: v for d, v in documents.items() if d not in gone}
        gold_of_bare[name] = (gold_without(labels, gone), left)
        with tempfile.TemporaryDirectory() as folder:
            portion = [write_jsonl(Path(folder) / "story.jsonl", left.values())]
            bare[name] = prediction(claims_of([portion])[0])
    figures = figures_of(scoring.score(gold, whole)) | parties_named(gold, whole, scoring)
    return figures | {f"bare_{k}": v for k, v in figures_of(scoring.score(gold_of_bare, bare)).items()}


def parties_named(gold: Gold, predicted: Mapping[str, Any], scoring: Any) -> dict[str, float]:
    """Of the labelled claims that have an accuser (an accused), the share whose paired claim names them, by
    the scorer's likeness of names."""
    asked, right = dict.fromkeys(("accuser", "accused"), 0), dict.fromkeys(("accuser", "accused"), 0)
    for name, (labels, _) in gold.items():
        ours = predicted[name]["claims"]
        paired = scoring.assign(labels["claims"], ours)
        for number, claim in enumerate(labels["claims"]):
            found = ours[paired[number][0]] if number in paired else {}
            for side in asked:
                if claim.get(side):
                    asked[side] += 1
                    right[side] += bool(found.get(side)) and scoring.sim(claim[side], found[side]) >= ALIKE
    return {f"{side}_named": right[side] / asked[side] if asked[side] else 0.0 for side in asked}


def measure() -> dict[str, float]:
    """``origin_error`` is a mean absolute error, ``interval_width`` a mean (better low); the rest are F1 or
    shares from 0 to 1."""
    root = data("scenarios")
    scoring = scorer("score_scenarios")
    gold = scoring.load(root)
    as_pages, same = {}, []
    for name in gold:
        story = root / name
        documents = rows(f"scenarios/{name}/documents.jsonl")
        claims = from_json(story)
        as_pages[name] = from_pages(story, documents)
        same += [same_in_any_order(documents, claims, seed) for seed in range(ORDERS)]
    figures = score_stories(root, gold, scoring)
    figures |= {f"pages_{key}": value for key, value in figures_of(scoring.score(gold, as_pages)).items()}
    return figures | {"same_in_any_order": sum(same) / len(same)}


def figures_of(score: Mapping[str, Any]) -> dict[str, float]:
    count = score["origin_count"]
    return {
        "origin_error": count["mean_abs_error"],
        "origin_names_f1": score["origin_name"]["f1"],
        "bcubed_f1": score["clustering_bcubed"]["f1"],
        "edge_f1": score["edge"]["f1"],
        "source_edge_f1": score["source_edge"]["f1"],
        "denial_f1": score["denial"]["f1"],
        "response_f1": score["response_any"]["f1"],
        "interval_coverage": count["interval_coverage"],
        "interval_width": count["mean_interval_width"],
        "circular_f1": score["circular_claim"]["f1"],
        "claims_per_gold_claim": score["claims"]["predicted"] / score["claims"]["gold"],
    }


if __name__ == "__main__":
    run(measure)
