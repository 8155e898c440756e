"""Train the act coder on all labelled sentences and write ``reading/weights/acts.npz``.

    python -m training.acts.train PLV.jsonl

What it reaches is measured over folds by ``python -m evals plover``; ``weights/acts.md`` says what that was.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from allegata.reading.allegations.coder import Coder, vectors_of
from training.acts.fit import fit, labelled, with_act, without_act

OUT = Path(__file__).parents[2] / "src/allegata/reading/weights/acts.npz"
LEVELS = 127
"""Of the 8 bits that a weight of a word is kept in."""


def save(coder: Coder, path: Path) -> None:
    """Words in 8 bits with one scale a root, the rest in 16."""
    scale = np.abs(coder.words).max(axis=1) / LEVELS
    np.savez_compressed(
        path,
        roots=np.array(coder.roots),
        rarity=coder.rarity.astype(np.float16),
        words=np.rint(coder.words / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float32),
        vectors=coder.vectors.astype(np.float16),
        bias=coder.bias.astype(np.float32),
    )


def main(plv: Path) -> None:
    examples = with_act(labelled(plv)) + without_act()
    save(fit(examples, vectors_of([e.clause for e in examples])), OUT)
    print(f"{len(examples)} examples; {OUT.name}: {OUT.stat().st_size // 1024} kB")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
