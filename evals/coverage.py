"""Real coverage of six more claims, labelled by us (``evals/data/coverage.jsonl``) in the format and by the
rules of the eight of `evals.provenance`, with its scorer.

One labeller read every body to its end and wrote the labels without seeing what Allegata says of them. There
is no second annotator: take an origin more or less as noise, and look at ``n_origins_lo`` and
``n_origins_hi``. The labels hold ids of bodies and names only; the texts (FNC-1, of which the development
half) lie in the shared folder. The claims are worded by us; ``emergent_id`` says which fact-checked claim the
bodies belong to.
Nothing here is evidence about anyone: most of these claims were denied, withdrawn or invented.

What is labelled where the rules leave it open:

- a statement about what followed from the claimed event, or a link to an outlet that repeats it, is a
  citation that may be given or not (``noncommittal``);
- a hoax begins with the site that made it up; whom it lets speak counts with it;
- a claim that its own author took back stays one of whom he had it from, and he is a denying ``maybe``;
- unnamed officials of one government count once, whichever outlet they spoke to;
- copies: ``near`` by containment of 5-grams as there, ``partial`` where sentences beyond one common quotation
  were taken over.

The three claims that come last by ``emergent_id`` are ``UNTOUCHED``: labelled with the others, then only ever
measured. `evals.show` does not open them. In the used ones all texts share an origin, so that their
``pair_dependence`` is the share of pairs found to, which one origin for everything would win.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.figures import run
from evals.provenance import figures_of

LABELS = Path(__file__).parent / "data" / "coverage.jsonl"

UNTOUCHED = frozenset(["banksy-arrest", "taliban-five", "macbook-air"])


def labels() -> list[dict[str, Any]]:
    """All six claims, in the format of ``provenance/claims.jsonl``."""
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").split("\n") if line]


def used() -> list[dict[str, Any]]:
    """The claims that may be looked into."""
    return [claim for claim in labels() if claim["claim_id"] not in UNTOUCHED]


def measure() -> dict[str, float]:
    """The figures of `evals.provenance`, of the claims that were used and (``untouched_``) of the others."""
    others = [claim for claim in labels() if claim["claim_id"] in UNTOUCHED]
    return figures_of(used()) | {f"untouched_{key}": value for key, value in figures_of(others).items()}


if __name__ == "__main__":
    run(measure)
