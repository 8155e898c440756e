"""Posts and the verified claims they match, CheckThat! 2022 2A dev, ranked by the linker's own matcher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allegata.linking.matching import Matcher
from evals.figures import run
from evals.shared import rows

DEPTH = 5


def measure() -> Mapping[str, float]:
    """MAP@5, and how often the best match is right."""
    claims, posts = rows("checkthat/vclaims.jsonl"), rows("checkthat/dev.jsonl")
    matcher = Matcher([[c["vclaim"], c["title"], c["subtitle"] or ""] for c in claims])
    precisions, firsts = [], 0
    for post in posts:
        found = [claims[m.index]["id"] for m in matcher.rank(post["text"], DEPTH)]
        precisions.append(average_precision(found, post["rel"]))
        firsts += bool(found) and found[0] in post["rel"]
    return {"map_at_5": sum(precisions) / len(posts), "first": firsts / len(posts)}


def average_precision(found: Sequence[str], gold: Sequence[str]) -> float:
    """Average precision of a ranking cut at `DEPTH`."""
    hits, total = 0, 0.0
    for place, name in enumerate(found, 1):
        if name in gold:
            hits += 1
            total += hits / place
    return total / min(DEPTH, len(gold))


if __name__ == "__main__":
    run(measure)
