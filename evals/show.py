"""What a figure is made of: labels and claims side by side, for one or more stories or labelled claims.

    python -m evals.show scenarios [NAME ...]
    python -m evals.show stories [NAME ...]
    python -m evals.show provenance [CLAIM ...]
    python -m evals.show coverage [CLAIM ...]       (those that may be looked into)

Stories and claims that are only measured are not shown. Readings are kept between runs while the reader stays
the same, so that only linking is made anew.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals import coverage, provenance, scenarios
from evals.shared import SkippedError, data, rows, scorer
from evals.stories import STORIES, UNTOUCHED

USAGE = "python -m evals.show scenarios|stories|provenance|coverage [NAME ...]"


def show_stories(root: Path, names: Sequence[str]) -> None:
    """Each labelled claim of the stories under ``root`` with the claim that the scorer pairs with it."""
    scoring = scorer("score_scenarios")
    gold = {
        n: g
        for n, g in scoring.load(root).items()
        if (n in names if names else root != STORIES or n not in UNTOUCHED)
    }
    predicted = {}
    for name in gold:
        predicted[name] = scenarios.prediction(scenarios.from_json(root / name))
    for name, (labels, documents) in gold.items():
        print(f"\n=== {name}")
        found = predicted[name]["claims"]
        paired = scoring.assign(labels["claims"], found)
        for number, claim in enumerate(labels["claims"]):
            _show_claim(claim, found[paired[number][0]] if number in paired else None, documents, scoring)
        taken = {j for j, _ in paired.values()}
        for number, claim in enumerate(found):
            if number not in taken and len(claim["documents"]) > 1:
                print(f"\n  ONLY OURS {claim['documents']}: {claim['proposition'][:150]}")
    print()
    for figure, value in scenarios.figures_of(scoring.score(gold, predicted)).items():
        print(f"{figure:22} {value:.3f}")


def _show_claim(
    gold: Mapping[str, Any], found: Mapping[str, Any] | None, documents: Collection[str], scoring: Any
) -> None:
    count = gold["independent_origins"]
    print(f"\n  LABELLED {gold['proposition'][:150]}")
    if found is None:
        print("  nothing pairs with it")
        return
    ours = found["independent_origins"]
    print(f"  OURS     {found['proposition'][:150]}")
    print(f"  origins  {_count(count)} / ours {_count(ours)}")
    _differ("documents", {m["document"] for m in gold["mentions"]}, set(found["documents"]))
    names, given = [o["source"] for o in scoring.live(gold)], [o["source"] for o in found["origins"]]
    _differ_by_name("origins", names, given, scoring)
    edges, firsts = scoring.gold_edges(gold)
    mine = {tuple(edge) for edge in found["edges"]}
    _differ("edges", edges, {e for e in mine if e[0] in documents})
    print(f"    sources labelled {sorted(firsts)}")
    print(f"    ours             {sorted(e for e in mine if e[0] not in documents)}")
    for stance in ("deny", "confirm", "doubt", "demand_investigation"):
        theirs = [r["source"] for r in gold["responses"] if r["stance"] == stance]
        _differ_by_name(
            stance, theirs, [r["source"] for r in found["responses"] if r["stance"] == stance], scoring
        )
    _differ(
        "circular",
        {tuple(sorted(x)) for x in gold["circular"]},
        {tuple(sorted(x)) for x in found["circular"]},
    )


def _count(count: Mapping[str, int]) -> str:
    return f"{count.get('named', 0) + count.get('anonymous', 0)} [{count['low']}–{count['high']}]"


def _differ(what: str, labelled: Collection[Any], ours: Collection[Any]) -> None:
    missing, more = sorted(set(labelled) - set(ours)), sorted(set(ours) - set(labelled))
    if missing or more:
        print(f"    {what}: missing {missing} wrong {more}")


def _differ_by_name(what: str, labelled: Sequence[str], ours: Sequence[str], scoring: Any) -> None:
    pairs = scoring.match_names(list(labelled), list(ours))
    missing = [n for i, n in enumerate(labelled) if i not in {i for i, _ in pairs}]
    more = [n for j, n in enumerate(ours) if j not in {j for _, j in pairs}]
    if missing or more:
        print(f"    {what}: missing {missing} wrong {more}")


def show_provenance(claims: Sequence[Mapping[str, Any]]) -> None:
    """Each labelled claim of real coverage: its origins and deniers against ours, cites that differ."""
    texts = {row["id"]: row["text"] for row in rows("fnc/bodies.jsonl")}
    scoring = scorer("score_provenance")
    for gold in claims:
        claim = provenance.claim_of(gold, texts)
        ours = provenance.prediction(gold, claim)
        print(f"\n=== {gold['claim_id']} {gold['claim']}  ({gold['n_mentions']} mentions)")
        print(f"  OURS     {claim['proposition'][:150] if claim else None}")
        low, high = gold["n_origins_lo"], gold["n_origins_hi"]
        print(f"  origins  {gold['n_origins']} [{low}–{high}] / ours {ours['n_origins']}")
        for root in gold["roots"]:
            print(f"    labelled {root['role']:8} {root['source']} (counted: {root['counted']})")
        for origin in ours.get("origins", []):
            print(f"    ours     {origin['role']:8} {origin['source']}")
        found = {body["body_id"]: body for body in ours["bodies"]}
        for body in gold["bodies"]:
            mine = found.get(body["body_id"], {})
            theirs = [(c["role"][:4], c["source"], c["via"]) for c in body["cites"]]
            cites = [(c["role"][:4], c["source"], c.get("via")) for c in mine.get("cites", [])]
            print(f"  {body['body_id']} {body['stance']} {body['origins']} {theirs}")
            print(f"      ours: {mine.get('stance')} {mine.get('origin_ids')} {cites}")
        result = scoring.run([gold], [ours])
        for key in ("origin_names", "cites", "pair_dependence"):
            print(f"  {key} {result[key]}")


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in ("scenarios", "stories", "provenance", "coverage"):
        print(USAGE, file=sys.stderr)
        return 2
    what, names = arguments[0], arguments[1:]
    unseen = {"coverage": coverage.UNTOUCHED, "stories": UNTOUCHED}.get(what, frozenset())
    if closed := sorted(unseen.intersection(names)):
        print(f"only measured, never looked into: {', '.join(closed)}", file=sys.stderr)
        return 2
    try:
        if what in ("provenance", "coverage"):
            claims = rows("provenance/claims.jsonl") if what == "provenance" else coverage.used()
            show_provenance([claim for claim in claims if not names or claim["claim_id"] in names])
        else:
            show_stories(data("scenarios") if what == "scenarios" else STORIES, names)
    except SkippedError as reason:
        print(f"skipped: {reason}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
