"""The trained tagger under onnxruntime: one thread, one window a run.

The int8 encoder scales its activations over a whole run, so windows are not put in batches: a window's result
does not depend on its neighbours.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from allegata.reading.tagger.encoding import Floats, Model

CUES_AT_ONCE = 64
"""Role scores of one window take 4 KB a cue and window piece at most; this bounds them in hostile text."""

SLOW = ["SkipLayerNormFusion"]
"""Not done to the graph: the fused operator takes ten times what sum and norm take one by one, a fifth
of a window (onnxruntime 1.31)."""


class Onnx:
    """An encoder and a role head as `encoding.Model`. Takes file contents or paths, as onnxruntime does."""

    def __init__(self, encoder: bytes | str, roles: bytes | str) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._encoder, self._roles = (
            onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
            )
            for model in (encoder, roles)
        )

    def cues(self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.int64]) -> tuple[Any, Floats]:
        states, cues = self._encoder.run(["states", "cues"], {"input_ids": ids[None], "marks": marks[None]})
        return states[0], cues

    def roles(self, states: Any, anchors: npt.NDArray[np.int64]) -> Floats:
        parts = [
            self._roles.run(["roles"], {"states": states, "anchors": anchors[i : i + CUES_AT_ONCE]})[0]
            for i in range(0, len(anchors), CUES_AT_ONCE)
        ]
        return np.concatenate(parts)


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model of ``allegata.weights``, loaded once a process."""
    folder = resources.files("allegata.weights")
    with (
        resources.as_file(folder.joinpath("tagger.int8.onnx")) as encoder,
        resources.as_file(folder.joinpath("tagger-roles.onnx")) as roles,
    ):
        return Onnx(str(encoder), str(roles))
