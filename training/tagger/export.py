"""A checkpoint of the tagger to what ships: an int8 encoder with the cue head, and the role head, both ONNX.

    python training/tagger/export.py CHECKPOINT TEXTS.jsonl [--out src/allegata/weights] [--whole]

TEXTS (annotated or not) only set the scales of the activations; nothing of them is kept. ``--whole`` writes
32 bits throughout, to measure what int8 costs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import HEADS, HIDDEN, LAYERS, NAMES, SIZE
from onnx import TensorProto

from allegata.reading.tagger.windows import FIRST, LAST, LENGTH, split

sys.path.append(str(Path(__file__).resolve().parents[1]))
from bert_graph import Graph
from quantise import quantise

CONFIG = {
    "num_attention_heads": HEADS,
    "hidden_size": SIZE,
    "num_hidden_layers": LAYERS,
    "layer_norm_eps": 1e-12,
}
STRENGTH = 0.75
"""Of `quantise`: the best of 0.5 to 0.8 on 28 windows of held-out articles."""
WINDOWS = 48
"""Windows that set the scales."""

Weights = dict[str, Any]


def bert(state: Weights) -> Weights:
    """The encoder's parameters by BERT's names."""
    out = {
        "embeddings.word_embeddings.weight": state["words.weight"],
        "embeddings.position_embeddings.weight": state["places.weight"],
        "embeddings.token_type_embeddings.weight": state["kind"][None],
        "embeddings.LayerNorm.weight": state["norm.weight"],
        "embeddings.LayerNorm.bias": state["norm.bias"],
    }
    for i in range(LAYERS):
        for ours, theirs in NAMES.items():
            for part in ("weight", "bias"):
                out[f"encoder.layer.{i}.{theirs}.{part}"] = state[f"layers.{i}.{ours}.{part}"]
    return out


def encoder(state: Weights, path: Path, whole: bool) -> None:
    """``input_ids`` (1, t) and ``marks`` (1, t, 3) to ``states`` (1, t, SIZE) and ``cues`` (1, t, 3)."""
    graph = Graph()
    extra = []
    for i in range(3):
        which = graph.constant(f"which{i}", i, np.int64)
        column = graph.add("Gather", ["marks", which], axis=2)
        extra.append(graph.add("Gather", [graph.constant(f"marks{i}", state[f"marks.{i}.weight"]), column]))
    weights = bert(state)
    x = graph.encoder(graph.embed(weights, CONFIG, LENGTH, whole, extra), weights, CONFIG, None, fused=True)
    graph.add("Identity", [x], "states")
    scores = graph.add(
        "Gemm",
        [
            graph.add("Squeeze", [x, graph.constant("first", [0], np.int64)]),
            graph.constant("cue.weight", state["cue.weight"]),
            graph.constant("cue.bias", state["cue.bias"]),
        ],
        transB=1,
    )
    graph.add("Softmax", [scores], "cues", axis=-1)
    inputs = {"input_ids": (TensorProto.INT64, (1, "t")), "marks": (TensorProto.INT64, (1, "t", 3))}
    graph.save(path, inputs, {"states": (1, "t", SIZE), "cues": ("t", 3)}, "allegata-tagger")


def roles(state: Weights, path: Path) -> None:
    """``states`` (t, SIZE) and ``anchors`` (n) to ``roles`` (n, t, 4)."""
    graph = Graph()
    second = graph.constant("second", [1], np.int64)
    at = graph.add("Gather", ["states", "anchors"])
    gate = graph.add("Unsqueeze", [graph.linear(at, state, "gate"), second])
    shift = graph.add("Unsqueeze", [graph.linear(at, state, "anchor"), second])
    z = graph.add("Add", [graph.add("Mul", [graph.linear("states", state, "piece"), gate]), shift])
    zero, one = graph.constant("zero", 0, np.int64), graph.constant("one", 1, np.int64)
    length = graph.add("Gather", [graph.add("Shape", ["states"]), zero])
    places = graph.add("Range", [zero, length, one])
    anchors = graph.add("Unsqueeze", ["anchors", second])
    distance = graph.add(
        "Add", [graph.add("Sub", [places, anchors]), graph.constant("middle", LENGTH - 1, np.int64)]
    )
    table = graph.constant("distance", state["distance.weight"])
    z = graph.add("Add", [z, graph.add("Gather", [table, distance])])
    graph.add("Softmax", [graph.linear(graph.add("Gelu", [z]), state, "role")], "roles", axis=-1)
    inputs = {"states": (TensorProto.FLOAT, ("t", SIZE)), "anchors": (TensorProto.INT64, ("n",))}
    graph.save(path, inputs, {"roles": ("n", "t", 4)}, "allegata-tagger-roles")


def feeds(path: Path) -> list[dict[str, Any]]:
    """One window of each of the first texts."""
    out: list[dict[str, Any]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            pieces = split(json.loads(line)["text"])
            n = min(len(pieces), LENGTH - 2)
            ids = np.concatenate([[FIRST], pieces.ids[:n], [LAST]])[None]
            marks = np.zeros((1, n + 2, 3), dtype=np.int64)
            marks[0, 1:-1] = pieces.marks[:n]
            out.append({"input_ids": ids, "marks": marks})
            if len(out) == WINDOWS:
                break
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/allegata/weights"))
    parser.add_argument("--whole", action="store_true")
    given = parser.parse_args()
    state = {k: v.numpy() for k, v in torch.load(given.checkpoint, weights_only=True).items()}
    assert state["piece.weight"].shape == (HIDDEN, SIZE)
    target = given.out / "tagger.int8.onnx"
    if given.whole:
        encoder(state, target, whole=True)
    else:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "tagger.onnx"
            encoder(state, source, whole=False)
            quantise(source, target, feeds(given.texts), STRENGTH)
    roles(state, given.out / "tagger-roles.onnx")
    for file in (target, given.out / "tagger-roles.onnx"):
        print(f"{file.name} {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
