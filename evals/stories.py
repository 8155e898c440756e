"""The invented stories of our own (``evals/data/stories``), in the format and with the scorer of the
scenarios.

``UNTOUCHED`` are only ever measured, never looked into while linking is written: what their figures say is
nearer to what an unseen story gets.
"""

from __future__ import annotations

from pathlib import Path

from evals.figures import run
from evals.scenarios import score_stories
from evals.shared import scorer

STORIES = Path(__file__).parent / "data" / "stories"

UNTOUCHED = frozenset(
    [
        *("toamasina-lamps", "yvoty-crop-duster", "glenmorlich-polling-cards"),
        *("san-jacobo-cell-three",),
    ]
)


def measure() -> dict[str, float]:
    """The figures of `evals.scenarios`, of the stories that were used and (``untouched_``) of the others."""
    scoring = scorer("score_scenarios")
    gold = scoring.load(STORIES)
    used = {name: story for name, story in gold.items() if name not in UNTOUCHED}
    others = {name: story for name, story in gold.items() if name in UNTOUCHED}
    figures = score_stories(STORIES, used, scoring)
    return figures | {
        f"untouched_{key}": value for key, value in score_stories(STORIES, others, scoring).items()
    }


if __name__ == "__main__":
    run(measure)
