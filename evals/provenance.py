"""Real coverage of eight claims: who cites whom, origins, copies, stance (``score_provenance.py``).

One store a claim, its bodies without outlet (but where the labels give one) and without date; what is
scored is the claim with most mentions among those that the claim's own words find.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import allegata
from allegata.contract import claim_json
from allegata.model import AFFIRMING
from evals.figures import run
from evals.readings import keeping
from evals.shared import rows, scorer


def stance_of(mentions: list[dict[str, Any]], outlet: str | None) -> str:
    """The stance of a body in the labels' words, from the stances of its mentions.

    A body asserts where it states the claim in its own voice, attributes where others do, and doubts or
    denies where nobody in it affirms the claim.
    """
    if not mentions:
        return "unrelated"
    affirming = [m for m in mentions if m["stance"] in AFFIRMING]
    if affirming:
        own = [m for m in affirming if m["stance"] == "assert" and set(m["speakers"]) <= {outlet}]
        return "asserts" if own and len(own) * 2 >= len(affirming) else "attributes"
    stances = [m["stance"] for m in mentions]
    return (
        "denies"
        if "deny" in stances or "retract" in stances
        else "doubts"
        if "doubt" in stances
        else "attributes"
    )


def prediction(gold: Mapping[str, Any], claim: Mapping[str, Any] | None) -> dict[str, Any]:
    """A claim in the scorer's format; a store without the claim predicts nothing."""
    if claim is None:
        return {"claim_id": gold["claim_id"], "n_origins": 0, "n_denying": 0, "bodies": [], "copy_links": []}
    ids = {body["body_id"] for body in gold["bodies"]}
    mentions: dict[str, list[dict[str, Any]]] = {}
    for mention in claim["mentions"]:
        mentions.setdefault(mention["document"], []).append(mention)
    copies = {tuple(sorted(edge[:2])) for edge in claim["edges"] if edge[2] in ("copy", "rewrite")}
    copies |= {tuple(sorted((m["document"], m["copy_of"]))) for m in claim["mentions"] if m["copy_of"]}
    denying = sorted({r["source"] for r in claim["responses"] if r["stance"] == "deny"})
    count = claim["independent_origins"]
    return {
        "claim_id": gold["claim_id"],
        "n_origins": count["named"] + count["anonymous"],
        "n_denying": len(denying),
        "bodies": [
            {
                "body_id": body["body_id"],
                "stance": stance_of(mentions.get(body["body_id"], []), body["outlet"]),
                "cites": [cite for m in mentions.get(body["body_id"], []) for cite in m["cites"]],
                "origin_ids": sorted({o for m in mentions.get(body["body_id"], []) for o in m["origin_ids"]}),
            }
            for body in gold["bodies"]
        ],
        "copy_links": [list(pair) for pair in sorted(copies) if set(pair) <= ids],
        "origins": [
            {"source": origin["source"], "role": "supports"}
            for origin in claim["origins"]
            if origin["kind"] != "unattributed"  # an unresolved root is no named origin
        ]
        + [{"source": source, "role": "denies"} for source in denying],
        "derived_from": [[down, up] for up, down, _ in claim["edges"] if up in ids and down in ids],
    }


def claim_of(gold: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any] | None:
    """The claim with most mentions that the labelled claim's words find in a store of its bodies."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.jsonl"
        with path.open("w", encoding="utf-8") as lines:
            for body in gold["bodies"]:
                document = {"id": body["body_id"], "outlet": body["outlet"], "text": texts[body["body_id"]]}
                lines.write(json.dumps({k: v for k, v in document.items() if v is not None}) + "\n")
        with keeping(), allegata.open(f"{folder}/claim.db") as library:
            library.add(path)
            found = [claim_json(claim) for claim in library.claims(gold["claim"])]
    return max(found, key=lambda claim: len(claim["mentions"]), default=None)


def denying_f1(gold: list[dict[str, Any]], predicted: list[dict[str, Any]], scoring: Any) -> float:
    """F1 of the names of denying parties against the labels' counted ones, as the scorer matches names."""
    found = false = missed = 0
    for g, p in zip(gold, predicted, strict=True):
        roots = [r for r in g["roots"] if r["role"] == "denies"]

        def named(name: str, root: str, sources: dict[str, Any] = g["sources"]) -> bool:
            return bool(scoring.match(name, [*sources[root]["aliases"], root.replace("_", " ")]))

        counted = {r["source"] for r in roots if r["counted"] == "yes"}
        names = [o["source"] for o in p.get("origins", []) if o["role"] == "denies"]
        hit = {root for root in counted if any(named(n, root) for n in names)}
        found += len(hit)
        missed += len(counted - hit)
        false += sum(not any(named(n, r["source"]) for r in roots) for n in names)
    return 2 * found / (2 * found + false + missed) if found else 0.0


def dependence(pairs: Mapping[str, float]) -> float:
    """Balanced accuracy over pairs that share an origin and pairs that do not; where the labels hold only one
    kind, the share of it that is right (the scorer would count the other as missed)."""
    if not pairs["independent"]:
        return pairs["recall_dependent"]
    return pairs["balanced_acc"] if pairs["dependent"] else pairs["recall_independent"]


def figures_of(gold: list[dict[str, Any]]) -> dict[str, float]:
    """``origin_error`` is a mean absolute error (better low), the rest run from 0 to 1."""
    scoring = scorer("score_provenance")
    texts = {row["id"]: row["text"] for row in rows("fnc/bodies.jsonl")}
    predicted = [prediction(g, claim_of(g, texts)) for g in gold]
    result = scoring.run(gold, predicted)
    return {
        "origin_error": result["origins"]["mae"],
        "origins_in_range": result["origins"]["in_range"],
        "origin_names_f1": result["origin_names"]["f1"],
        "pair_dependence": dependence(result["pair_dependence"]),
        "cites_f1": result["cites"]["f1"],
        "stance_macro_f1": result["stance"]["macro_f1"],
        "copies_f1": result["copies"]["f1"],
        "copies_partial_recall": result["partial_recall"] or 0.0,
        "denying_f1": denying_f1(gold, predicted, scoring),
        "denying_error": (result["denying"] or {}).get("mae", 0.0),
    }


def measure() -> dict[str, float]:
    """The figures of the eight claims."""
    return figures_of(rows("provenance/claims.jsonl"))


if __name__ == "__main__":
    run(measure)
