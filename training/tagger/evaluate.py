"""A tagger's checkpoint on annotated texts, decoded as at run time but without the rules.

    python training/tagger/evaluate.py CHECKPOINT GOLD.jsonl PREDICTIONS.jsonl

The predictions carry ``nested_in`` and are scored with the scorer of the data.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from network import Tagger

from allegata.reading.tagger.encoding import encode
from allegata.reading.tagger.joint import join
from allegata.reading.tagger.nesting import nest


class Torch:
    """A torch network as `encoding.Model`."""

    def __init__(self, net: Tagger) -> None:
        self.net = net.eval()

    @torch.no_grad()
    def cues(self, ids: Any, marks: Any) -> tuple[Any, Any]:
        mask = torch.ones(1, len(ids), dtype=torch.bool)
        states = self.net.encode(torch.from_numpy(ids)[None], torch.from_numpy(marks)[None], mask)
        return states[0].numpy(), self.net.cue(states)[0].softmax(-1).numpy()

    @torch.no_grad()
    def roles(self, states: Any, anchors: Any) -> Any:
        at = torch.from_numpy(anchors)
        return self.net.roles(torch.from_numpy(states)[None], torch.zeros_like(at), at).softmax(-1).numpy()


def predict(text: str, model: Any) -> list[dict[str, Any]]:
    """Attributions of a text in the form of the data."""
    found = join(text, encode(text, model), (), model)
    return [
        {"id": f"s{i}", "source": f.source, "cue": f.cue, "content": f.content, "score": round(f.score, 3)}
        | {"nested_in": None if outer is None else f"s{outer}"}
        for i, (f, outer) in enumerate(zip(found, nest(found), strict=True))
    ]


def measure(gold: list[dict[str, Any]], predicted: list[list[dict[str, Any]]]) -> dict[str, float]:
    """F1 of detection (contents overlap by half) and of the triple, nearly as the data's scorer counts."""
    hits = triples = of = to = 0
    for doc, found in zip(gold, predicted, strict=True):
        mine = [f for f in found if f["nested_in"] is None]
        theirs = [a for a in doc["attributions"] if not a.get("nested_in")]
        pairs = []
        for i, a in enumerate(theirs):
            for j, f in enumerate(mine):
                x, y = _characters(a["content"]), _characters(f["content"])
                if x & y and len(x & y) / len(x | y) >= 0.5:
                    pairs.append((-len(x & y) / len(x | y), i, j))
        used: set[tuple[str, int]] = set()
        for _, i, j in sorted(pairs):
            if ("a", i) in used or ("f", j) in used:
                continue
            used |= {("a", i), ("f", j)}
            hits += 1
            s, t = _characters(theirs[i]["source"]), _characters(mine[j]["source"])
            triples += bool(s & t) or (not s and not t)
        of, to = of + len(mine), to + len(theirs)
    return {
        "detection": 200 * hits / max(1, of + to),
        "triple": 200 * triples / max(1, of + to),
        "found": of / max(1, to),
    }


def _characters(spans: Any) -> set[int]:
    return {i for s, e in spans for i in range(s, e)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    net = Tagger()
    net.load_state_dict(torch.load(given.checkpoint, weights_only=True))
    model = Torch(net)
    with given.gold.open(encoding="utf-8") as source, given.out.open("w", encoding="utf-8") as out:
        for line in source:
            doc = json.loads(line)
            found = predict(doc["text"], model)
            out.write(json.dumps({"id": doc["id"], "attributions": found, "statements": found}) + "\n")


if __name__ == "__main__":
    main()
