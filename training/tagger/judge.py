"""Fit the judge: how far to believe the tagger, the rules and the two together.

    python training/tagger/judge.py train.jsonl [--out src/allegata/weights]

``train.jsonl`` is PolNeAR's training half, of which only the articles held out from training are read: on the
others the tagger is surer than it will be again. Run it after every `export`.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from train import HELD_OUT, read

from allegata.model import Document, Spans
from allegata.reading.parsing import parse
from allegata.reading.sentences import segment
from allegata.reading.statements.reader import find_drafts
from allegata.reading.statements.tree import Tree
from allegata.reading.tagger.decode import Attribution
from allegata.reading.tagger.encoding import encode
from allegata.reading.tagger.joint import paired
from allegata.reading.tagger.judge import FEATURES, features
from allegata.reading.tagger.onnx import shipped

NESTED = 0.3
"""Candidates inside the content of another this likely decide nothing: PolNeAR marks no nesting."""
STRENGTH = 1.0
"""Of the pull of the weights towards nothing."""
_WORD = re.compile(r"\w+")


def examples(
    row: dict[str, Any], found: list[tuple[list[float], Attribution]]
) -> list[tuple[list[float], bool]]:
    """Features of the candidates that PolNeAR decides, and whether source and content are right."""
    words = [m.span() for m in _WORD.finditer(row["text"])]

    def touched(spans: Any) -> set[int]:
        return {i for i, (b, e) in enumerate(words) if any(b < t and s < e for s, t in spans)}

    gold = [(touched(a["content"]), touched(a["source"])) for a in row["attributions"]]
    likely = [f.content for _, f in found if f.score >= NESTED]
    out = []
    for values, f in found:
        if any(_inside(f.cue, content) for content in likely if content is not f.content):
            continue
        content, source = touched(f.content), touched(f.source)
        right = any(
            2 * len(content & c) >= len(content | c) and (bool(source & s) or not (source or s))
            for c, s in gold
        )
        out.append((values, right))
    return out


def _inside(cue: Spans, content: Spans) -> bool:
    return any(s <= cue[0][0] < e for s, e in content)


def fit(values: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logistic regression by Newton's method; all weights but the first are held back."""
    weights = np.zeros(values.shape[1])
    back = STRENGTH * (np.arange(len(weights)) > 0)
    for _ in range(40):
        p = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (right - p) - back * weights
        bend = (values.T * (p * (1 - p))) @ values + np.diag(back + 1e-6)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/allegata/weights"))
    given = parser.parse_args()
    rows = read(given.data)[::HELD_OUT]
    made: list[tuple[list[float], bool]] = []
    for row, doc in zip(rows, parse(r["text"] for r in rows), strict=True):
        text = row["text"]
        drafts, _ = find_drafts(Document(row["id"], text), Tree(doc.text, doc, segment(doc)))
        pairs = paired(text, encode(text, shipped()), drafts, shipped())
        found = [(features(text, c, f, d), f) for c, f, d in pairs if f.cue and f.content]
        made += examples(row, found)
    weights = fit(np.array([v for v, _ in made]), np.array([r for _, r in made], dtype=float))
    plain = {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}
    (given.out / "tagger-judge.json").write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
    print(len(made), "candidates", sum(r for _, r in made), "right", plain)


if __name__ == "__main__":
    main()
