"""Sentence vectors: all-MiniLM-L6-v2 in int8, the same for a sentence whatever stands beside it.

The model quantises its activations with one scale a run, so sentences in one batch change each other's
vectors (down to a cosine of 0.98 against the sentence alone). Each sentence is therefore run alone, without
padding: on one thread 404 a CPU-second where batches of 8 reach 460, and linking does not depend on the
order of documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH = 384
LONGEST = 128
"""Tokens that are read of a sentence; the model was trained on no more."""
READ = 4096
"""Characters that are handed to the tokenizer: 128 tokens of real text end long before."""


def embed(sentences: Sequence[str]) -> npt.NDArray[np.float32]:
    """Vectors of unit length, a row a sentence, so that their dot product is their cosine: (n, 384) float32.

    Any string has a vector, the empty one too. Equal sentences are computed once.
    """
    found: dict[str, npt.NDArray[np.float32]] = {}
    out = np.zeros((len(sentences), WIDTH), dtype=np.float32)
    for row, sentence in enumerate(sentences):
        text = sentence[:READ]
        if text not in found:
            found[text] = _vector(text)
        out[row] = found[text]
    return out


def _vector(text: str) -> npt.NDArray[np.float32]:
    session, words = _model()
    readable = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate has no UTF-8
    ids = np.array([words.encode(readable).ids], dtype=np.int64)
    vector: npt.NDArray[np.float32] = session.run(
        ["vectors"], {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    )[0][0]
    return vector


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Any]:
    """The session and the tokenizer, loaded once a process, when first needed."""
    import onnxruntime
    from tokenizers import Tokenizer

    weights = resources.files("allegata.weights")
    words = Tokenizer.from_str(weights.joinpath("minilm-l6-v2.tokenizer.json").read_text(encoding="utf-8"))
    words.enable_truncation(LONGEST)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with resources.as_file(weights.joinpath("minilm-l6-v2.int8.onnx")) as path:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session, words
